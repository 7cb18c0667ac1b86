"""
Cut folded texts into units, the atoms of a match, and tell what stands between them.

A unit is a longest run of letters, a longest run of digits, or one character of a script that is written without
spaces. "coach" is no unit of "coaching"; in "nike2024" and "nike运动鞋" it is one. A match is a window of whole units.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Folded, kinds
from touchmark.engine.screening.text.hashing import BASE
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, places

#: Two units with more than this many signs between them (spaces not counted) do not stand together.
MOST_SIGNS_BETWEEN = 2


@dataclass(frozen=True, eq=False)
class Units:
    """The units of all texts in reading order; unit u is folded points ``start[u]`` up to ``end[u]``."""

    folded: Folded
    start: Ints
    end: Ints
    text: Ints  # number of the text that a unit belongs to
    letters: NDArray[np.uint32]  # the folded points of all units, without what stands between
    first_letter: Ints  # where each unit starts among ``letters``; one more entry than units
    hashes: hashing.Hashes  # the hash of each unit
    kind: NDArray[np.uint8]  # the ``Kind`` of each unit
    opens: Mask  # whether a unit is the first of its text
    apart: Mask  # whether it does not stand together with the one before it: another text, or too many signs between
    bits: NDArray[np.uint8]  # what stands before it, back to the one before, as bits of ``letters.GAP_BIT``; 0: nothing

    @cached_property
    def lengths(self) -> Ints:
        """How many letters each unit has."""
        return self.end - self.start

    @cached_property
    def gap(self) -> Ints:
        """How many characters stand before each unit, back to the unit before it; 0 at the start of a text."""
        gap = np.zeros(len(self), np.int64)
        gap[1:] = self.start[1:] - self.end[:-1]
        gap[self.opens] = 0
        return gap

    @cached_property
    def closes(self) -> Mask:
        """Whether a unit is the last of its text."""
        return np.append(self.opens[1:], True)[: len(self)]

    def are(self, kind: Kind, units: Ints) -> Mask:
        """Whether some units are of a kind."""
        alike: Mask = self.kind[units] == kind
        return alike

    def between(self, units: Ints, table: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
        """
        Tell what stands before some units, back to the one before each: the bits of every character there, together.

        ``table`` gives the bits of each code point; without it they are those of ``letters.GAP_BIT``.
        """
        if table is None:
            return self.bits[units]
        bits = np.zeros(len(units), np.uint8)
        some = np.flatnonzero(self.gap[units])
        if len(some):
            sizes = self.gap[units[some]]
            signs = self.folded.text.points[places(self.start[units[some]] - sizes, sizes)]
            bits[some] = np.bitwise_or.reduceat(table[np.minimum(signs, len(table) - 1)], offsets(sizes)[:-1])
        return bits

    def __len__(self) -> int:
        return len(self.start)


def units_of(folded: Folded) -> Units:
    """Cut folded texts into units."""
    text, most = folded.text, len(folded.text.points)
    start, end, of, first_letter = (np.empty(most + 1, np.int64) for _ in range(4))
    letters, hashes = np.empty(most, np.uint32), np.empty(most, np.uint64)
    kind, bits = np.empty(most, np.uint8), np.empty(most, np.uint8)
    opens, apart = np.empty(most, np.bool_), np.empty(most, np.bool_)
    many = _cut(
        text.points, text.bounds, kinds(), start, end, of, letters, first_letter, hashes, kind, opens, apart, bits
    )
    return Units(
        folded,
        start[:many],
        end[:many],
        of[:many],
        letters[: first_letter[many]],
        first_letter[: many + 1],
        hashes[:many],
        kind[:many],
        opens[:many],
        apart[:many],
        bits[:many],
    )


_LETTER, _HAN = int(Kind.LETTER), int(Kind.HAN)
_SPACE, _NEWLINE = int(Kind.SPACE), int(Kind.NEWLINE)


@native
def _cut(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    kinds_of: NDArray[np.uint8],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    text: NDArray[np.int64],
    letters: NDArray[np.uint32],
    first_letter: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    kind: NDArray[np.uint8],
    opens: NDArray[np.bool_],
    apart: NDArray[np.bool_],
    bits: NDArray[np.uint8],
) -> int:
    """Walk through all texts once; there are as many units as points at most. Gives how many there are."""
    unit, letter = 0, 0
    for number in range(len(bounds) - 1):
        at, stop = bounds[number], bounds[number + 1]
        before, signs, first = np.uint8(0), 0, True
        while at < stop:
            here = kinds_of[points[at]]
            if here < _LETTER:
                before |= np.uint8(1) << here
                signs += here != _SPACE and here != _NEWLINE
                at += 1
                continue
            start[unit], text[unit], kind[unit], first_letter[unit] = at, number, here, letter
            opens[unit], apart[unit] = first, first or signs > MOST_SIGNS_BETWEEN
            bits[unit] = np.uint8(0) if first else before
            hashed, power = np.uint64(0), np.uint64(1)
            while True:
                letters[letter] = points[at]
                hashed += (np.uint64(points[at]) + np.uint64(1)) * power
                power *= BASE
                letter += 1
                at += 1
                if at >= stop or here >= _HAN or kinds_of[points[at]] != here:
                    break
            end[unit], hashes[unit] = at, hashed
            unit += 1
            before, signs, first = np.uint8(0), 0, False
    first_letter[unit] = letter
    return unit
