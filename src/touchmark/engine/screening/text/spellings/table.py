"""
Keys and the entries that have them: an open-addressed table, and a filter in front that knows most keys are in none.

A slot has five bytes: a few bits of the key, and the entry. One entry in thousands that are given is not of the key,
so that whoever asks compares. As much is in a snapshot as two arrays that can be mapped from files.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.spellings.keys import number

#: Of one key so many entries are kept: a register of ten thousand marks one letter apart finds the first of them.
MOST_PER_KEY = 48
#: Slots per key, bits of the filter per key, and the least of both.
ROOM, BITS, LEAST = 1.3, 10, 64
#: Bytes of a slot, and bits of it that are the entry's.
SLOT, OF_ENTRY = 5, 28


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """``slots``: ``SLOT`` bytes each, the least first: the entry and one, then bits of the key; 0 is an empty one."""

    slots: NDArray[np.uint8]
    filter: NDArray[np.uint8]

    @classmethod
    def empty(cls, keys: int, marked: int) -> "Table":
        """Room for so many keys with entries, and so many more that are only in the filter."""
        slots = max(LEAST, int(keys * ROOM))
        filtered = max(LEAST, (keys + marked) * BITS // 8)
        return cls(np.zeros(SLOT * slots, np.uint8), np.zeros(filtered, np.uint8))


_LOW, _HALF, _ONE, _THREE, _SEVEN = (
    np.uint64(0xFFFFFFFF),
    np.uint64(32),
    np.uint64(1),
    np.uint64(3),
    np.uint64(7),
)
_WHOLE, _ENTRY = (1 << 8 * SLOT) - 1, (1 << OF_ENTRY) - 1
_SIGNS = _WHOLE - _ENTRY


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
def _slot_of(slots: NDArray[np.uint8], key: np.uint64) -> int:
    """Give the slot at which a key is looked for first."""
    return number(((key & _LOW) * np.uint64(slots.size // SLOT)) >> _HALF)


@inlined
def _held_in(slots: NDArray[np.uint8], slot: int) -> int:
    """Give what a slot holds."""
    at, held = SLOT * slot, 0
    for byte in range(SLOT):
        held |= number(slots[at + byte]) << (8 * byte)
    return held


@inlined
def _sign(key: np.uint64) -> int:
    """Give the bits of a key that its slots have, in their place."""
    return (number(key >> _HALF) << OF_ENTRY) & _WHOLE


@inlined
def put(slots: NDArray[np.uint8], key: np.uint64, entry: int) -> None:
    """Put an entry under a key, if it is not there and there are not too many."""
    slot, many = _slot_of(slots, key), 0
    sign = _sign(key)
    held, here = sign | (entry + 1), _held_in(slots, slot)
    while here not in (0, held) and many < MOST_PER_KEY:
        many += 1 if here & _SIGNS == sign else 0
        slot = slot + 1 if slot + 1 < slots.size // SLOT else 0
        here = _held_in(slots, slot)
    if here == 0:
        for byte in range(SLOT):
            slots[SLOT * slot + byte] = (held >> (8 * byte)) & 255


@inlined
def entries(slots: NDArray[np.uint8], key: np.uint64, out: NDArray[np.int32]) -> int:
    """Write the entries under a key, and now and then another: their number."""
    slot, sign, found = _slot_of(slots, key), _sign(key), 0
    here = _held_in(slots, slot)
    while here != 0 and found < out.size:
        if here & _SIGNS == sign:
            out[found] = np.int32((here & _ENTRY) - 1)
            found += 1
        slot = slot + 1 if slot + 1 < slots.size // SLOT else 0
        here = _held_in(slots, slot)
    return found
