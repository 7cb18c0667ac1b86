"""
Pages of memory that a process has done with: they go back to the system, and whoever needs one again reads its file.

Called by the snapshot between batches. Only pages that are as they stand in a file are given back, so that nothing is
lost; where the system does not tell of its mappings nothing happens.
"""

import ctypes
import mmap
from collections.abc import Iterator
from pathlib import Path

#: What loads machine code, and is not needed when that is done.
LOADER = "libllvmlite"
_MAPS, _CODE = Path("/proc/self/maps"), "r-xp"


def let_go_of_code(name: str = LOADER) -> None:
    """Keep the machine code of a library in memory no longer than until now."""
    advice = getattr(mmap, "MADV_DONTNEED", None)
    if advice is None or not _MAPS.exists():
        return
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    for start, end in _code_of(name):
        madvise(start, end - start, advice)


def _code_of(name: str) -> Iterator[tuple[int, int]]:
    """Where the code of a library lies: pages that nobody may write to, so that none differs from its file."""
    for line in _MAPS.read_text().splitlines():
        if name in line and line.split()[1] == _CODE:
            start, _, end = line.split()[0].partition("-")
            yield int(start, 16), int(end, 16)
