"""
Doors of kernels: they take array objects apart in machine code, as ctypes in Python takes longer than most loops do.

A kernel takes an array as its address and its size. A door in front of it, written in LLVM's language, takes the object
and reads them where CPython's numpy keeps them, as numba does; ``require_layout`` sees that they are there. Called by
``native`` alone. Does not live here: kernels, and where their code is kept.
"""

import ctypes
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

#: What the name of a door ends with.
DOOR = ".door"
#: What a door answers to an array that is not one contiguous row.
STRANGE = 1 << 20
#: Where an array object holds its address, how many dimensions it has, its sizes and its flags; the flag asked for.
_ADDRESS, _DIMENSIONS, _SIZES, _FLAGS, _CONTIGUOUS = 16, 24, 32, 64, 1
_NUMBERS: dict[type | None, str] = {int: "i64", float: "double", bool: "i8"}

_OPENED = f"""
b{{place}}:
%pa{{place}} = getelementptr i8, ptr %a{{place}}, i64 {_ADDRESS}
%d{{place}} = load ptr, ptr %pa{{place}}
%pm{{place}} = getelementptr i8, ptr %a{{place}}, i64 {_DIMENSIONS}
%m{{place}} = load i32, ptr %pm{{place}}
%ps{{place}} = getelementptr i8, ptr %a{{place}}, i64 {_SIZES}
%s{{place}} = load ptr, ptr %ps{{place}}
%pf{{place}} = getelementptr i8, ptr %a{{place}}, i64 {_FLAGS}
%f{{place}} = load i32, ptr %pf{{place}}
%c{{place}} = and i32 %f{{place}}, {_CONTIGUOUS}
%x{{place}} = icmp eq i32 %c{{place}}, {_CONTIGUOUS}
%y{{place}} = icmp eq i32 %m{{place}}, 1
%z{{place}} = and i1 %x{{place}}, %y{{place}}
br i1 %z{{place}}, label %l{{place}}, label %strange
l{{place}}:
%n{{place}} = load i64, ptr %s{{place}}
br label %b{{after}}"""


def door(name: str, arrays: Sequence[np.dtype[Any] | None], numbers: Sequence[type | None]) -> str:
    """
    Write the door of a kernel of that name in LLVM's language, given its arguments as ``native`` knows them.

    numba's code takes of each array two owners, its size, that of an element, its address, its size and its stride.
    """
    takes, given, opened = ["ptr %ret", "ptr %exc"], ["ptr %ret", "ptr %exc"], ""
    for place, (array, number) in enumerate(zip(arrays, numbers, strict=True)):
        takes.append(f"{_NUMBERS[number] if array is None else 'ptr'} %a{place}")
        opened += (
            f"\nb{place}:\nbr label %b{place + 1}" if array is None else _OPENED.format(place=place, after=place + 1)
        )
        size = f"i64 %n{place}, i64 {array.itemsize if array else 0}"
        given.append(takes[-1] if array is None else f"ptr null, ptr null, {size}, ptr %d{place}, {size}")
    called = f'%r = call i32 @"{name}"({", ".join(given)})'
    begins = f'define i32 @"{name}{DOOR}"({", ".join(takes)}) {{\nbr label %b0'
    return f"\n{begins}{opened}\nb{len(arrays)}:\n{called}\nret i32 %r\nstrange:\nret i32 {STRANGE}\n}}\n"


class UnknownLayout(RuntimeError):
    """Arrays of this Python are not laid out in memory as those of CPython: no kernel can be called."""


@cache
def require_layout() -> None:
    """
    See that arrays are laid out in memory as doors read them.

    :raises UnknownLayout: if they are not
    """
    probe, gaps = np.arange(5), np.arange(6)[::2]
    at, flags = id(probe), [ctypes.c_int32.from_address(id(array) + _FLAGS).value for array in (probe, gaps)]
    sizes = ctypes.c_void_p.from_address(at + _SIZES).value
    same = ctypes.c_void_p.from_address(at + _ADDRESS).value == probe.ctypes.data
    same = same and ctypes.c_int32.from_address(at + _DIMENSIONS).value == probe.ndim
    same = same and sizes is not None and ctypes.c_int64.from_address(sizes).value == probe.size
    if not same or [flag & _CONTIGUOUS for flag in flags] != [_CONTIGUOUS, 0]:
        raise UnknownLayout("this Python does not lay out arrays as CPython with numpy 2 does; run it there")
