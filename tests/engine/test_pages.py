"""Pages that are given back are read again by whoever needs them."""

from pathlib import Path

import llvmlite.binding as llvm
import pytest

from touchmark.engine.pages import LOADER, let_go_of_code

_SMAPS = Path("/proc/self/smaps")


@pytest.mark.skipif(not _SMAPS.exists(), reason="the system does not tell of its mappings")
def test_code_that_was_let_go_takes_no_memory_and_is_read_again() -> None:
    llvm.parse_assembly("declare void @one()")
    assert _resident() > 0
    let_go_of_code()
    assert _resident() == 0
    assert "two" in str(llvm.parse_assembly("declare void @two()"))
    assert _resident() > 0


def test_a_library_that_nobody_has_loaded_is_no_fault() -> None:
    let_go_of_code("no such library")


def _resident() -> int:
    """Kilobytes of the loader's code that are in memory."""
    size, inside = 0, False
    for line in _SMAPS.read_text().splitlines():
        if not line.split(" ")[0].endswith(":"):
            inside = LOADER in line and " r-xp " in line
        elif inside and line.startswith("Rss:"):
            size += int(line.split()[1])
    return size
