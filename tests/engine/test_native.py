"""Kernels: the same as in Python, kept for the next process, never served by old code."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import numpy as np
import pytest
from numpy.typing import NDArray

from touchmark.engine import native as module
from touchmark.engine.native import NotNative, inlined, native

STEP = 3


@inlined
def stepped(value: int) -> int:
    """Part of a kernel, with a constant of its module."""
    return value + STEP


@native
def sums(values: NDArray[np.int32], out: NDArray[np.float64], factor: float) -> int:
    """Running sums."""
    total = 0
    for place in range(len(values)):
        total += stepped(values[place])
        out[place] = total * factor
    return total


@native
def fills(out: NDArray[np.bool_], so: bool) -> None:
    """Give nothing back."""
    for place in range(len(out)):
        out[place] = so


def test_a_kernel_does_what_its_python_does() -> None:
    values = np.arange(10, dtype=np.int32)
    compiled, plain = np.zeros(10), np.zeros(10)
    assert sums(values, compiled, 0.5) == sums.python(values, plain, 0.5) == 75
    assert compiled.tolist() == plain.tolist()
    flags = np.zeros(3, np.bool_)
    fills(flags, True)
    assert flags.all()


class Pair(NamedTuple):
    """Arrays that a kernel hands on together."""

    values: NDArray[np.int64]
    others: NDArray[np.int64]


@inlined
def shared(pair: Pair, place: int) -> int:
    """Part of a kernel, which is handed arrays."""
    return int(pair.values[place] * pair.others[place])


def test_nobody_counts_who_holds_an_array() -> None:
    @native
    def product(values: NDArray[np.int64], others: NDArray[np.int64]) -> int:
        pair, total = Pair(values, others), 0
        for place in range(len(values)):
            total += shared(pair, place)
        return total

    assert product(np.arange(4), np.arange(4)) == 14
    code = module._kept(module._name(product.python))
    assert code is not None
    assert b"NRT_incref" not in code


def test_a_kernel_takes_nothing_but_what_it_says() -> None:
    values, out = np.arange(10, dtype=np.int32), np.zeros(10)
    for wrong in (values.astype(np.int64), values[::2], values.reshape(2, 5)):
        with pytest.raises(NotNative, match="takes int32"):
            sums(wrong, out, 1.0)
    with pytest.raises(NotNative, match="3 arguments"):
        sums(values, out)  # type: ignore[call-arg]


def test_a_kernel_that_would_make_an_array_is_refused() -> None:
    @native
    def makes(values: NDArray[np.int64]) -> int:
        return len(np.zeros(values[0]))

    with pytest.raises(NotNative, match="makes no array"):
        makes(np.ones(1, np.int64))


def test_a_kernel_that_takes_an_object_is_refused() -> None:
    @native
    def odd(values: str) -> int:
        return len(values)

    with pytest.raises(NotNative, match="takes arrays"):
        odd("x")


PROGRAM = """
import math
import sys
import numpy as np
from numpy.typing import NDArray
from touchmark.engine.native import inlined, native

@inlined
def total(out: NDArray[np.int64]) -> int:
    gathered = 0
    for place in range(len(out)):
        if out[place] > 3:
            break
        gathered += out[place] * out[place // 2]
    return gathered

@native
def double(out: NDArray[np.int64], logs: NDArray[np.float64], spare: NDArray[np.int64]) -> None:
    spare[:] = 0  # the compiler makes a call of the system's memset of this
    while total(spare) + total(out) < 0:
        spare[:] = 1
    for place in range(len(out)):
        out[place] *= FACTOR
        logs[place] = math.log(out[place] + 1)

numbers, logs, spare = np.arange(3), np.zeros(3), np.ones(3, np.int64)
double(numbers, logs, spare)
assert spare.tolist() == [0, 0, 0]
assert np.allclose(logs, np.log(numbers + 1))
print(numbers.tolist(), "numba" in sys.modules)
"""


def ran(folder: Path, factor: str, once: str) -> str:
    program = folder / "program.py"
    program.write_text(PROGRAM.replace("FACTOR", factor) + f"# {once}")
    command = [sys.executable, str(program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ, check=True)
    return done.stdout.strip()


def test_the_next_process_needs_no_compiler_and_a_changed_kernel_is_compiled_again(tmp_path: Path) -> None:
    once = str(uuid4())  # no earlier run has compiled it
    assert ran(tmp_path, "2", once) == "[0, 2, 4] True"
    assert ran(tmp_path, "2", once) == "[0, 2, 4] False"
    assert ran(tmp_path, "5", once) == "[0, 5, 10] True"


def test_machine_code_is_not_taken_from_where_others_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    (open_to_all / "k.o").write_bytes(b"name\ncode")
    monkeypatch.setattr(module, "_folders", lambda: iter([open_to_all]))
    open_to_all.chmod(0o755)
    assert module._kept("k.o") == b"name\ncode"
    open_to_all.chmod(0o777)
    assert module._kept("k.o") is None


def test_without_a_place_to_keep_it_the_code_still_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(module, "_folders", lambda: iter([tmp_path / "file" / "below"]))
    assert module._keep("k.o", b"code") == b"code"
