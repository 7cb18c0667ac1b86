"""Propose names for runs of syllables, and compare them character by character."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.scripts.names import APART, AROUND, INITIAL, LEADING, LOOKS, TRAILING, Names
from touchmark.engine.screening.text.scripts.syllables import MASK, Syllables
from touchmark.engine.screening.text.scripts.tables import (
    ALIKE,
    ALIKE_WITH_PART,
    FIRST,
    LAST,
    LOOK_SIZE,
    MOST_PIECES,
    MOST_READINGS,
    han,
    initials,
    single,
)

#: How the characters of a name are met, each a counter of ``BITS`` bits: as they are, with the same sound, a sound
#: confused with it, a like look, in pinyin, masked, not written at all, with something small before, changed about.
SAME, SOUND, NEAR, LOOK, PINYIN, MASKED, UNWRITTEN, PARTED, SWAPPED = range(9)
BITS, COUNTERS = 4, 9
_COUNTED = (1 << BITS * COUNTERS) - 1
_ODD = _COUNTED - (1 << BITS) + 1
#: Of a name of so many characters two side by side may change places, or one may be left out.
_LEAST_SLIPPED = 4
_FIRST_CHARS = 2  # before a mask that ends a name, so many characters must be written
_NO = -1
_OF_THREE = 3  # of a name of so many characters, two side by side may stand alone
_HOUSE = ord("家")  # "the house of C": a maker's first character and this


@dataclass(frozen=True, slots=True, eq=False)
class Proposals:
    """Proposal i is tokens ``first[i]`` to ``last[i]`` for entry ``entry[i]``; ``times`` is (n, 9), one per counter."""

    first: Ints
    last: Ints
    entry: Ints
    times: NDArray[np.int64]

    def taken(self, which: Ints | Mask) -> Self:
        """The proposals chosen by index or by mask."""
        return type(self)(self.first[which], self.last[which], self.entry[which], self.times[which])

    def __len__(self) -> int:
        return len(self.first)


def proposals(cut: Syllables, names: Names) -> Proposals:
    """Propose every name of which two syllables are met, where the rest can be explained."""
    tables, room = han(), 256
    while True:
        into = np.zeros(room, np.int64), np.zeros(room, np.int64), np.zeros(room, np.int64), np.zeros(room, np.int64)
        made = _propose(
            cut.char, cut.near, cut.sound, cut.parted, names.chars, names.bounds, names.flags, names.keys, names.entry,
            names.maybe, tables.readings, tables.near, tables.parts, tables.telling, tables.alike,
            tables.pieces, tables.look, initials(), single(), *into,
        )  # fmt: skip
        if made <= room:
            first, last, entry, packed = (array[:made] for array in into)
            shifts = BITS * np.arange(COUNTERS)
            return Proposals(first, last, entry, (packed[:, None] >> shifts) & ((1 << BITS) - 1))
        room = made


@inlined
def _lowest(keys: NDArray[np.int64], maybe: NDArray[np.uint8], kind: int, one: int, other: int) -> int:
    """Where the entries of a pair begin among the keys, or -1."""
    key = (kind << 36) | (one << 16) | other
    slot = (((key ^ (key >> 17)) * 0x9E3779B1) >> 8) & (len(maybe) * 8 - 1)
    if not maybe[slot >> 3] >> (slot & 7) & 1:
        return _NO
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < len(keys) and keys[low] == key else _NO


@inlined
def _like(
    one: int,
    other: int,
    parts: NDArray[np.uint16],
    telling: NDArray[np.uint8],
    alike: NDArray[np.uint16],
    pieces: NDArray[np.uint16],
    look: NDArray[np.int8],
) -> bool:
    """
    Whether two characters look alike.

    They do by a group in common, a telling part in common, one being a part of the other, or as they are drawn.
    """
    i, j = 2 * (one - FIRST), 2 * (other - FIRST)
    if alike[i] and (alike[i] == alike[j] or alike[i] == alike[j + 1]):
        return True
    if alike[i + 1] and (alike[i + 1] == alike[j] or alike[i + 1] == alike[j + 1]):
        return True
    for k in range(2):
        part = int(parts[i + k])
        if part and part == parts[j + k] and telling[part - FIRST]:
            return True
        if part == other and telling[other - FIRST]:
            return True
        if parts[j + k] == one and telling[one - FIRST]:
            return True
    least = ALIKE_WITH_PART if _share(one, other, pieces) else ALIKE
    return _alikeness(one, other, look) >= least


@inlined
def _share(one: int, other: int, pieces: NDArray[np.uint16]) -> bool:
    """Whether two characters have a part in common."""
    i, j = MOST_PIECES * (one - FIRST), MOST_PIECES * (other - FIRST)
    for k in range(MOST_PIECES):
        for m in range(MOST_PIECES):
            if pieces[i + k] and pieces[i + k] == pieces[j + m]:
                return True
    return False


@inlined
def _alikeness(one: int, other: int, look: NDArray[np.int8]) -> int:
    """How alike two characters are drawn, of 127 times 127."""
    i, j, alike = LOOK_SIZE * (one - FIRST), LOOK_SIZE * (other - FIRST), 0
    for k in range(LOOK_SIZE):
        alike += int(np.int64(look[i + k])) * int(np.int64(look[j + k]))
    return alike


@inlined
def _shared(sound: int, char: int, readings: NDArray[np.uint16], near_of: NDArray[np.uint16], merged: bool) -> bool:
    """Whether a syllable is a reading of a character, or confused with one."""
    row = MOST_READINGS * (char - FIRST)
    for k in range(MOST_READINGS):
        reading = int(readings[row + k])
        if reading and (near_of[reading] == near_of[sound] if merged else reading == sound):
            return True
    return False


@inlined
def _begins(letter: int, char: int, readings: NDArray[np.uint16], initials: NDArray[np.uint8]) -> bool:
    """Whether a reading of a character begins with a letter."""
    row, begins = MOST_READINGS * (char - FIRST), False
    for k in range(MOST_READINGS):
        begins |= readings[row + k] > 0 and initials[readings[row + k]] == letter
    return begins


@inlined
def _met(
    written: int,
    near: int,
    sound: int,
    char: int,
    readings: NDArray[np.uint16],
    near_of: NDArray[np.uint16],
    parts: NDArray[np.uint16],
    telling: NDArray[np.uint8],
    alike: NDArray[np.uint16],
    pieces: NDArray[np.uint16],
    look: NDArray[np.int8],
    initials: NDArray[np.uint8],
    single: NDArray[np.uint8],
) -> int:
    """How a character of a name is met by a token: a counter, or -1."""
    if written == char:
        return SAME
    if near == MASK:
        return MASKED if sound >= 0 or _begins(-sound, char, readings, initials) else _NO
    if sound and _shared(sound, char, readings, near_of, False):
        return SOUND if written else PINYIN
    if written == 0 and sound and single[sound] and _begins(int(single[sound]), char, readings, initials):
        return MASKED
    if not FIRST <= written <= LAST:
        return _NO
    if _like(written, char, parts, telling, alike, pieces, look):
        return LOOK
    return NEAR if sound and _shared(sound, char, readings, near_of, True) else _NO


@inlined
def _compared(
    at: int,
    char: NDArray[np.uint32],
    near: NDArray[np.int32],
    sound: NDArray[np.int32],
    parted: NDArray[np.uint8],
    chars: NDArray[np.uint32],
    begin: int,
    size: int,
    only_same: bool,
    readings: NDArray[np.uint16],
    near_of: NDArray[np.uint16],
    parts: NDArray[np.uint16],
    telling: NDArray[np.uint8],
    alike: NDArray[np.uint16],
    pieces: NDArray[np.uint16],
    look: NDArray[np.int8],
    initials: NDArray[np.uint8],
    single: NDArray[np.uint8],
) -> int:
    """The counters of a name against the tokens from ``at`` on, and the tokens it takes times 2 ** 40; or -1."""
    counted = 0
    for k in range(size):
        if at + k >= len(char):
            return _NO
        how = _met(
            int(char[at + k]), int(near[at + k]), int(sound[at + k]), int(chars[begin + k]),
            readings, near_of, parts, telling, alike, pieces, look, initials, single,
        )  # fmt: skip
        if how < 0 or (only_same and how != SAME):
            return _NO
        if k and parted[at + k]:
            counted += 1 << (BITS * PARTED)
        if how == MASKED and k >= _FIRST_CHARS and k + 1 < size:
            goes_on = (
                at + k + 1 < len(char)
                and near[at + k + 1] != 0
                and (char[at + k + 1] == chars[begin + k + 1] or near[at + k + 1] == MASK)
            )
            if not goes_on:
                return ((k + 1) << 40) | (counted + (1 << (BITS * MASKED)) + ((size - k - 1) << (BITS * UNWRITTEN)))
        counted += 1 << (BITS * how)
    return (size << 40) | counted


@inlined
def _agree(
    at: int, char: NDArray[np.uint32], near: NDArray[np.int32], parted: NDArray[np.uint8], chars: NDArray[np.uint32],
    begin: int, many: int,
) -> int:  # fmt: skip
    """How many tokens from one on are characters of a name from one on, side by side, up to so many."""
    k = 0
    while (
        k < many
        and at + k < len(char)
        and char[at + k] == chars[begin + k]
        and near[at + k] > 0
        and not (k and parted[at + k])
    ):
        k += 1
    return k


@inlined
def _changed_about(
    at: int, char: NDArray[np.uint32], near: NDArray[np.int32], parted: NDArray[np.uint8], chars: NDArray[np.uint32],
    begin: int, size: int,
) -> int:  # fmt: skip
    """The counters of a name of which two characters side by side changed places, as ``_compared``; or -1."""
    if at < 0 or at + size > len(char):
        return _NO
    k = _agree(at, char, near, parted, chars, begin, size)
    if k + 2 > size or char[at + k] != chars[begin + k + 1] or char[at + k + 1] != chars[begin + k]:
        return _NO
    rest = size - k - 2
    if (
        near[at + k] <= 0
        or near[at + k + 1] <= 0
        or _agree(at + k + 2, char, near, parted, chars, begin + k + 2, rest) < rest
    ):
        return _NO
    return (size << 40) | (size - 2) << (BITS * SAME) | 1 << (BITS * SWAPPED)


@inlined
def _left_out(
    at: int, char: NDArray[np.uint32], near: NDArray[np.int32], parted: NDArray[np.uint8], chars: NDArray[np.uint32],
    begin: int, size: int,
) -> int:  # fmt: skip
    """The counters of a name of which one character is not written, neither its first nor its last; or -1."""
    if at < 0 or at + size - 1 > len(char):
        return _NO
    k = _agree(at, char, near, parted, chars, begin, size)
    if k == 0 or k + 1 >= size:
        return _NO
    rest = size - k - 1
    if parted[at + k] or _agree(at + k, char, near, parted, chars, begin + k + 1, rest) < rest:
        return _NO
    return ((size - 1) << 40) | (size - 1) << (BITS * SAME) | 1 << (BITS * UNWRITTEN)


@native
def _propose(  # noqa: C901
    char: NDArray[np.uint32],
    near: NDArray[np.int32],
    sound: NDArray[np.int32],
    parted: NDArray[np.uint8],
    chars: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    flags: NDArray[np.uint8],
    keys: NDArray[np.int64],
    entry: NDArray[np.int32],
    maybe: NDArray[np.uint8],
    readings: NDArray[np.uint16],
    near_of: NDArray[np.uint16],
    parts: NDArray[np.uint16],
    telling: NDArray[np.uint8],
    alike: NDArray[np.uint16],
    pieces: NDArray[np.uint16],
    look: NDArray[np.int8],
    initials: NDArray[np.uint8],
    single: NDArray[np.uint8],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    found: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> int:
    """Look up the pairs of every token with those after it; give how many proposals there are, also without room."""
    made, many = 0, len(char)
    for at in range(many - 1):
        if near[at] <= 0:
            continue
        for kind in range(5):
            far = 2 if kind == AROUND else 1
            if at + far >= many:
                continue
            one, other = int(near[at]), int(near[at + far])
            if kind == LOOKS:
                one, other = int(char[at]), int(char[at + 1])
                if one == 0 or other == 0:
                    continue
            if kind == INITIAL:
                if char[at] == 0 or (other != MASK and char[at + 1] != _HOUSE):
                    continue
                one, other = int(char[at]), 0
            if other < 0 or (other == 0 and kind != INITIAL):
                continue
            row = _lowest(keys, maybe, kind, one, other)
            key = (kind << 36) | (one << 16) | other
            while 0 <= row < len(keys) and keys[row] == key:
                name = int(entry[row])
                row += 1
                begin, size = bounds[name], bounds[name + 1] - bounds[name]
                start = at + 2 - size if kind == TRAILING else at
                if size == _OF_THREE and flags[name] & APART == 0 and kind in (LEADING, TRAILING):
                    skip = 1 if kind == TRAILING else 0
                    both = char[at] == chars[begin + skip] and char[at + 1] == chars[begin + skip + 1]
                    other_one = at + 2 if kind == LEADING else at - 1
                    there = 0 <= other_one < many and char[other_one] == chars[begin + (2 if kind == LEADING else 0)]
                    if both and not there and not parted[at + 1]:
                        if made < len(first):
                            first[made], last[made], found[made] = at, at + 1, name
                            counts[made] = (2 << (BITS * SAME)) | (1 << (BITS * UNWRITTEN))
                        made += 1
                if start < 0:
                    continue
                if kind == INITIAL:
                    second = int(chars[begin + 1])
                    if sound[at + 1] < 0 and (size > 2 or not _begins(-sound[at + 1], second, readings, initials)):
                        continue
                    taken = (2 << 40) | (1 << (BITS * MASKED)) | ((size - 2) << (BITS * UNWRITTEN)) | 1
                else:
                    # What the first two syllables propose is not proposed again by others.
                    lead = near_of[readings[MOST_READINGS * (int(chars[begin + 1]) - FIRST)]] == near[start + 1]
                    lead = lead and near_of[readings[MOST_READINGS * (int(chars[begin]) - FIRST)]] == near[start]
                    if kind != LEADING and lead:
                        continue
                    taken = _compared(
                        start, char, near, sound, parted, chars, begin, size, flags[name] & APART > 0,
                        readings, near_of, parts, telling, alike, pieces, look, initials, single,
                    )  # fmt: skip
                    if taken < 0 and size >= _LEAST_SLIPPED and flags[name] & APART == 0 and kind != AROUND:
                        left_out = _left_out(
                            at + 3 - size if kind == TRAILING else at, char, near, parted, chars, begin, size
                        )
                        taken = _changed_about(start, char, near, parted, chars, begin, size)
                        if left_out > 0 and taken < 0:
                            start, taken = at + 3 - size if kind == TRAILING else at, left_out
                if taken < 0 or (taken & _ODD == 0 and flags[name] & APART == 0):
                    continue
                if made < len(first):
                    first[made], last[made] = start, start + (taken >> 40) - 1
                    found[made], counts[made] = name, taken & _COUNTED
                made += 1
    return made
