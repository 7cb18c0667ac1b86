"""
Keys and the entries that have them: an open-addressed table, and a filter in front that knows most keys are in none.

A slot holds half of the key's bits and the entry. As much is in a snapshot as two arrays that can be mapped from files.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.spellings.keys import number

#: Of one key so many entries are kept: a register of ten thousand marks one letter apart finds the first of them.
MOST_PER_KEY = 48
#: Slots per key, bits of the filter per key, and the least of both.
ROOM, BITS, LEAST = 1.4, 10, 64


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """``slots``: half a key in the upper half, the entry and one in the lower; 0 is an empty one."""

    slots: NDArray[np.uint64]
    filter: NDArray[np.uint8]

    @classmethod
    def empty(cls, keys: int, marked: int) -> "Table":
        """Room for so many keys with entries, and so many more that are only in the filter."""
        filtered = max(LEAST, (keys + marked) * BITS // 8)
        return cls(np.zeros(max(LEAST, int(keys * ROOM)), np.uint64), np.zeros(filtered, np.uint8))


_LOW, _HALF, _ONE, _THREE, _SEVEN = (
    np.uint64(0xFFFFFFFF),
    np.uint64(32),
    np.uint64(1),
    np.uint64(3),
    np.uint64(7),
)


@inlined
def mark(filter: NDArray[np.uint8], key: np.uint64) -> None:
    """Put a key into the filter."""
    bit = ((key >> _HALF) * np.uint64(filter.size * 8)) >> _HALF
    filter[number(bit >> _THREE)] |= np.uint8(_ONE << (bit & _SEVEN))


@inlined
def marked(filter: NDArray[np.uint8], key: np.uint64) -> bool:
    """Whether a key is in the filter; now and then said of one that is not."""
    bit = ((key >> _HALF) * np.uint64(filter.size * 8)) >> _HALF
    return (np.uint64(filter[number(bit >> _THREE)]) >> (bit & _SEVEN)) & _ONE == _ONE  # type: ignore[no-any-return]


@inlined
def put(slots: NDArray[np.uint64], key: np.uint64, entry: int) -> None:
    """Put an entry under a key, if it is not there and there are not too many."""
    slot = number(((key & _LOW) * np.uint64(slots.size)) >> _HALF)
    held = (key >> _HALF) << _HALF | np.uint64(entry + 1)
    many = 0
    while slots[slot] != np.uint64(0) and slots[slot] != held and many < MOST_PER_KEY:
        many += 1 if slots[slot] >> _HALF == held >> _HALF else 0
        slot = slot + 1 if slot + 1 < slots.size else 0
    if slots[slot] == np.uint64(0):
        slots[slot] = held


@inlined
def entries(slots: NDArray[np.uint64], key: np.uint64, out: NDArray[np.int32]) -> int:
    """Write the entries under a key: their number."""
    slot = number(((key & _LOW) * np.uint64(slots.size)) >> _HALF)
    found = 0
    while slots[slot] != np.uint64(0) and found < out.size:
        if slots[slot] >> _HALF == key >> _HALF:
            out[found] = np.int32(slots[slot] & _LOW) - np.int32(1)
            found += 1
        slot = slot + 1 if slot + 1 < slots.size else 0
    return found
