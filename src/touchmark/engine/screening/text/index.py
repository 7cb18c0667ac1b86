"""
The spellings of all marks under one view, as hashes in a table over flat arrays that can be mapped from files.

Two small filters in front answer for most windows of a text "no mark starts so" and "no mark is this", in one look.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.hashing import BASE, Hashes, mixed
from touchmark.engine.screening.text.ragged import Ints, Mask, gathered, offsets

#: Bits of ``Index.joints``: where a mark may be parted.
JOINT = np.uint8(1)
JOINT_AND = np.uint8(2)  # and where it is parted by "&"

_JOINT = int(JOINT)

#: Slots per thing held: of the filters a bit each, of the table 64.
_PER_START, _PER_WHOLE, _PER_HASH = 8, 16, 2
_LEAST_BITS = 6
#: Letters from here on are narrowed to others, of which nobody has a use, by their last bits.
_TOP, _NARROW, _LAST = 0x10000, 0xE000, 0xFFF
#: What two indexes that share entries have in common.
SHARED = ("hashes", "form", "bounds", "letters", "joints", "table")


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """
    Entry e is one spelling of one form: its letters are ``letters[bounds[e] : bounds[e + 1]]``.

    Entries are sorted by hash, then by form. Letters are ``narrowed``; ``joints`` goes with them: where the mark itself
    may be parted.
    The filters have a bit, and the table a number, for each slot; there are as many as a power of two.

    Two views share their entries (``sharing``): ``own`` says which are of this one. Filters are each view's.
    """

    hashes: Hashes
    form: NDArray[np.int32]
    bounds: Ints
    letters: NDArray[np.uint16]
    joints: NDArray[np.uint8]
    own: NDArray[np.bool_]
    starts: NDArray[np.uint8]  # filter: some spelling starts with these letters and goes on
    wholes: NDArray[np.uint8]  # filter: some spelling is these letters
    firsts: NDArray[np.uint8]  # filter: some spelling may be parted behind these letters, ``as_one``
    table: NDArray[np.uint64]  # the last half of a hash, mixed, and 1 + the first entry that has it; 0: free

    @classmethod
    def of(
        cls, letters: NDArray[np.uint32], joints: NDArray[np.uint8], lengths: Ints, forms: NDArray[np.int32]
    ) -> Self:
        """Build from spellings that lie one after another; each has 1 to ``LONGEST`` letters."""
        bounds = offsets(lengths)
        hashes = hashing.runs(letters, bounds[:-1], bounds[1:])
        order = np.lexsort((forms, hashes))
        starts, lengths = bounds[:-1][order], lengths[order]
        joints, letters = gathered(joints, starts, lengths), gathered(letters, starts, lengths)
        hashes, bounds = hashes[order], offsets(lengths)
        form = forms[order].astype(np.int32)
        return cls(
            hashes,
            form,
            bounds,
            np.where(letters < _TOP, letters, _NARROW + (letters & _LAST)).astype(np.uint16),
            joints,
            np.ones(len(form), np.bool_),
            _starts(letters, bounds),
            _wholes(hashes),
            _firsts(letters, joints, bounds),
            _table(hashes),
        )

    @property
    def lengths(self) -> Ints:
        """How many letters each entry has."""
        return np.diff(self.bounds)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The index as named arrays, to be stored."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def __len__(self) -> int:
        return len(self.form)


def sharing(one: Index, other: Index) -> tuple[Index, Index]:
    """Let two indexes of the same forms, each once in either, share entries: most are spelled alike in both."""
    same = _alike(one, other)
    added = np.flatnonzero(~same)
    hashes, form = np.append(one.hashes, other.hashes[added]), np.append(one.form, other.form[added])
    order = np.lexsort((form, hashes))
    begins = np.append(one.bounds[:-1], other.bounds[added] + len(one.letters))[order]
    lengths = np.append(one.lengths, other.lengths[added])[order]
    columns = ((one.letters, other.letters), (one.joints, other.joints))
    letters, joints = (gathered(np.concatenate(column), begins, lengths) for column in columns)
    hashes, form, bounds = hashes[order], form[order], offsets(lengths)
    of_other = np.append(np.isin(one.form, other.form[same]), np.ones(len(added), np.bool_))[order]
    kept = (hashes, form, bounds, letters, joints)
    table = _table(hashes)
    return (
        Index(*kept, order < len(one), one.starts, one.wholes, one.firsts, table),
        Index(*kept, of_other, other.starts, other.wholes, other.firsts, table),
    )


def _alike(one: Index, other: Index) -> Mask:
    """Whether each entry of the other one is spelled, and may be parted, as the same form is in the first."""
    if not len(one) or not len(other):
        return np.zeros(len(other), np.bool_)
    place = np.full(int(max(one.form.max(), other.form.max())) + 1, -1)
    place[one.form] = np.arange(len(one))
    there = place[other.form]
    same: Mask = (there >= 0) & (one.hashes[there] == other.hashes) & (one.lengths[there] == other.lengths)
    row = np.flatnonzero(same)
    if len(row):
        mine, theirs, lengths = one.bounds[there[row]], other.bounds[row], other.lengths[row]
        unlike = gathered(one.letters, mine, lengths) != gathered(other.letters, theirs, lengths)
        unlike |= gathered(one.joints, mine, lengths) != gathered(other.joints, theirs, lengths)
        same[row] = ~np.logical_or.reduceat(unlike, offsets(lengths)[:-1])
    return same


def bits_of_size(slots: int) -> int:
    """Give of which power of two a number of slots is."""
    return slots.bit_length() - 1


def _enough(many: int, each: int) -> int:
    """Give how many bits number enough slots."""
    return max(_LEAST_BITS, (many * each).bit_length())


def _starts(letters: NDArray[np.uint32], bounds: Ints) -> NDArray[np.uint8]:
    """Mark every start of every spelling; how many differ is told by marking them in a filter of the largest size."""
    bits = _enough(len(letters), _PER_START)
    while True:
        filled = np.zeros(1 << (bits - 3), np.uint8)
        fitting = _enough(_mark_starts(letters, bounds, filled, bits), _PER_START)
        if fitting >= bits:
            return filled
        bits = fitting


def _wholes(hashes: Hashes) -> NDArray[np.uint8]:
    bits = _enough(len(hashes), _PER_WHOLE)
    filled = np.zeros(1 << (bits - 3), np.uint8)
    _mark_wholes(hashes, filled, bits)
    return filled


def _firsts(letters: NDArray[np.uint32], joints: NDArray[np.uint8], bounds: Ints) -> NDArray[np.uint8]:
    bits = _enough(int(((joints & JOINT) > 0).sum()), _PER_WHOLE)
    filled = np.zeros(1 << (bits - 3), np.uint8)
    _mark_firsts(letters, joints, bounds, filled, bits)
    return filled


def _table(hashes: Hashes) -> NDArray[np.uint64]:
    bits = _enough(len(hashes), _PER_HASH)
    table = np.zeros(1 << bits, np.uint64)
    _enter(hashes, table, bits)
    return table


@inlined
def narrowed(letter: int) -> int:
    """Give the 16 bits by which letters are compared: rare ones share some, and their hashes were the same before."""
    return letter if letter < _TOP else _NARROW + (letter & _LAST)


@inlined
def held(filled: NDArray[np.uint8], bits: int, spread: np.uint64) -> bool:
    """Whether a filter of so many bits may hold a hash that was mixed."""
    slot = np.int64(spread >> np.uint64(64 - bits))
    return bool((filled[slot >> 3] >> np.uint8(slot & 7)) & 1)


@inlined
def first_entry(table: NDArray[np.uint64], bits: int, hashes: NDArray[np.uint64], hashed: np.uint64) -> int:
    """Give the first entry that has a hash, -1 where none has."""
    spread = mixed(hashed)
    slot, mark = np.int64(spread >> np.uint64(64 - bits)), spread & np.uint64(0xFFFFFFFF)
    while table[slot] != 0:
        entry = np.int64(table[slot] & np.uint64(0xFFFFFFFF)) - 1
        if table[slot] >> np.uint64(32) == mark and hashes[entry] == hashed:
            return int(entry)
        slot = (slot + 1) & (len(table) - 1)
    return -1


@native
def _mark_starts(letters: NDArray[np.uint32], bounds: NDArray[np.int64], filled: NDArray[np.uint8], bits: int) -> int:
    """Set the bit of every start of every spelling; gives how many bits are set."""
    many = 0
    for entry in range(len(bounds) - 1):
        hashed, power = np.uint64(0), np.uint64(1)
        for at in range(bounds[entry], bounds[entry + 1] - 1):
            hashed += (np.uint64(letters[at]) + np.uint64(1)) * power
            power *= BASE
            slot = np.int64(mixed(hashed) >> np.uint64(64 - bits))
            bit = np.uint8(1 << (slot & 7))
            many += (filled[slot >> 3] & bit) == 0
            filled[slot >> 3] |= bit
    return many


@native
def _mark_wholes(hashes: NDArray[np.uint64], filled: NDArray[np.uint8], bits: int) -> None:
    for entry in range(len(hashes)):
        slot = np.int64(mixed(hashes[entry]) >> np.uint64(64 - bits))
        filled[slot >> 3] |= np.uint8(1 << (slot & 7))


@native
def _mark_firsts(
    letters: NDArray[np.uint32],
    joints: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    filled: NDArray[np.uint8],
    bits: int,
) -> None:
    for entry in range(len(bounds) - 1):
        hashed, power = np.uint64(0), np.uint64(1)
        for at in range(bounds[entry], bounds[entry + 1]):
            if at > bounds[entry] and joints[at] & _JOINT:
                slot = np.int64(mixed(hashed) >> np.uint64(64 - bits))
                filled[slot >> 3] |= np.uint8(1 << (slot & 7))
            hashed += (np.uint64(as_one(int(letters[at]))) + np.uint64(1)) * power
            power *= BASE


_0, _1, _3, _4, _5, _7, _8, _9 = (ord(digit) for digit in "01345789")
_a, _b, _e, _g, _i, _l, _o, _s, _t = (ord(letter) for letter in "abegilost")


@inlined
def as_one(letter: int) -> int:
    """Give one letter for a digit and all letters that it is taken for."""
    if letter == _i:
        return _l
    if letter < _0 or letter > _9:
        return letter
    if letter == _0:
        return _o
    if letter == _1:
        return _l
    if letter == _3:
        return _e
    if letter == _4:
        return _a
    if letter == _5:
        return _s
    if letter == _7:
        return _t
    if letter == _8:
        return _b
    return _g if letter == _9 else letter


@native
def _enter(hashes: NDArray[np.uint64], table: NDArray[np.uint64], bits: int) -> None:
    """Enter every hash, sorted, once: in its slot, or in the next that is free."""
    for entry in range(len(hashes)):
        if entry and hashes[entry] == hashes[entry - 1]:
            continue
        spread = mixed(hashes[entry])
        slot = np.int64(spread >> np.uint64(64 - bits))
        while table[slot] != 0:
            slot = (slot + 1) & (len(table) - 1)
        table[slot] = (spread << np.uint64(32)) | np.uint64(entry + 1)
