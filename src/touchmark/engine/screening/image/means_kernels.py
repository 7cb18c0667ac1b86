"""
The loop of ``means``: the mean of every block of a baseline JPEG, all else of it skipped.

A block is the difference of its mean from that of the block before, and then codes of variable length for what varies
within it. Those must be gone through, as nothing says where the next block begins, but need not be understood: one
look at a table tells how far as many of them as fit into twelve bits lead.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native

WINDOW = 12  # bits that are looked up at once
LONGEST = 16  # bits of the longest code
_VALUES, _CODES = 1 << WINDOW, 1 << LONGEST
_LAST = 64  # values in a block

_32, _48, _52, _64, _1, _8 = (np.uint64(32), np.uint64(48), np.uint64(52), np.uint64(64), np.uint64(1), np.uint64(8))
_FIFTEEN, _BYTE, _ADVANCE, _END = np.uint64(15), np.uint64(255), np.uint64(0x7F0), np.uint64(0x8000)
_FOUR = np.uint64(4)


@native
def fill_skips(codes: NDArray[np.uint16], skips: NDArray[np.uint16]) -> None:
    """
    Fill a table of what twelve bits lead over: bits (4), values (7), and whether the block ends there (1).

    ``codes`` gives for sixteen bits the length of the code that they begin with and its symbol; nought is no code.
    """
    for value in range(_VALUES):
        used: Any = 0
        passed: Any = 0
        end = 0
        while True:
            code = np.int64(codes[((value << LONGEST - WINDOW) << used) & (_CODES - 1)])
            length, run, size = code >> 8, (code & 255) >> 4, code & 15
            if length == 0 or used + length + size > WINDOW:
                break
            if size == 0 and run != 15:
                used, end = used + length, 1
                break
            if passed + run + 1 >= _LAST:
                break
            used, passed = used + length + size, passed + run + 1
        skips[value] = np.uint16(used | passed << 4 | end << 15)


@inlined
def four_bytes(data: NDArray[np.uint8], place: Any) -> Any:
    """Read four bytes, the first one highest."""
    high = np.uint64(data[place]) << np.uint64(24) | np.uint64(data[place + np.uint64(1)]) << np.uint64(16)
    return high | np.uint64(data[place + np.uint64(2)]) << _8 | np.uint64(data[place + np.uint64(3)])


@inlined
def has_marker(four: Any) -> Any:
    """Whether one of four bytes is FF."""
    return (np.uint64(0xFFFFFFFF) - four - np.uint64(0x01010101)) & four & np.uint64(0x80808080) != np.uint64(0)


@native
def take_means(  # noqa: C901 - a call within the loop costs more than all it does
    data: NDArray[np.uint8],
    start: int,
    codes: NDArray[np.uint16],
    skips: NDArray[np.uint16],
    mean_table: NDArray[np.int64],
    rest_table: NDArray[np.int64],
    wanted: int,
    across: int,
    down: int,
    h: int,
    v: int,
    restart: int,
    quantum: int,
    means: NDArray[np.uint8],
) -> int:
    """
    Write the means of the first component, (down * v) x (across * h); give 0, or 1 if the data are not as they must be.

    ``data`` ends with eight bytes that do not belong to it. Per block of a unit, ``mean_table`` and ``rest_table`` say
    which of ``codes``, each of 65536, and of ``skips``, each of 4096, it is stored by; the first ``wanted`` blocks are
    of the first component. After every ``restart`` units, if any, the count starts afresh.
    """
    place, end = np.uint64(start), np.uint64(data.size - 8)
    window: Any = np.uint64(0)
    count: Any = 0
    lacking: Any = 0
    level: Any = 0
    for unit in range(across * down):
        if restart and unit and unit % restart == 0:
            if lacking > count:
                return 1
            # What is left of the last byte is filled up; then comes FF and the number of the restart.
            if place + np.uint64(1) >= end or data[place] != 255 or data[place + np.uint64(1)] >> 3 != 26:
                return 1
            place += np.uint64(2)
            window, count, lacking, level = np.uint64(0), 0, 0, 0
        for block in range(mean_table.size):
            mean_base, rest_base = np.uint64(mean_table[block]) << np.uint64(16), np.uint64(rest_table[block])
            passed: Any = 0
            while passed < _LAST:
                if count < 32:
                    four = four_bytes(data, place)
                    if place + _FOUR <= end and not has_marker(four):
                        window |= four << np.uint64(32 - count)
                        place, count = place + _FOUR, count + 32
                    else:
                        while count <= 56:
                            byte = np.uint64(data[place]) if place < end else _BYTE
                            if byte == _BYTE and (place + _1 >= end or data[place + _1] != 0):
                                lacking, byte = lacking + 8, np.uint64(0)  # a marker: nothing more comes
                            else:
                                place += np.uint64(2) if byte == _BYTE else _1
                            window |= byte << np.uint64(56 - count)
                            count += 8
                if passed:
                    skip = np.uint64(skips[(rest_base << np.uint64(WINDOW)) + (window >> _52)])
                    bits, over = skip & _FIFTEEN, np.int64((skip & _ADVANCE) >> _FOUR)
                    if bits and passed + over < _LAST:
                        window <<= bits
                        count -= np.int64(bits)
                        passed += over
                        if skip & _END:
                            break
                        continue
                    code = np.uint64(codes[(rest_base << np.uint64(16)) + (window >> _48)])
                else:
                    code = np.uint64(codes[mean_base + (window >> _48)])
                length, size = code >> _8, code & _FIFTEEN
                if length == np.uint64(0):
                    return 1
                window <<= length
                count -= np.int64(length)
                if passed == 0:
                    if code & _BYTE > np.uint64(11):
                        return 1
                    if block < wanted and size:
                        value = np.int64(window >> (_64 - size))
                        level += value if value >> np.int64(size - _1) else value - (1 << np.int64(size)) + 1
                    if block < wanted:
                        x, y = unit % across * h + block % h, unit // across * v + block // h
                        means[y * (across * h) + x] = np.uint8(min(max((level * quantum + 4 >> 3) + 128, 0), 255))
                    passed = 1
                elif size:
                    passed += np.int64((code & _BYTE) >> _FOUR) + 1
                elif code & _BYTE == np.uint64(0xF0):
                    passed += 16
                else:
                    break
                window <<= size
                count -= np.int64(size)
            if passed > _LAST or lacking > count:
                return 1
    return 0
