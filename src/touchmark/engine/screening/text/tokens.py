"""
Cut folded texts into units, the atoms of a match, and tell what stands between them.

A unit is a longest run of letters, a longest run of digits, or one character of a script that is written without
spaces. "coach" is no unit of "coaching"; in "nike2024" and "nike运动鞋" it is one. A match is a window of whole units.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Folded, kinds
from touchmark.engine.screening.text.letters import GAP_BIT, Kind
from touchmark.engine.screening.text.points import Points
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

    @cached_property
    def lengths(self) -> Ints:
        """How many letters each unit has."""
        return self.end - self.start

    @cached_property
    def first_letter(self) -> Ints:
        """Where each unit starts among ``letters``; one more entry than units."""
        return offsets(self.lengths)

    @cached_property
    def hashes(self) -> hashing.Hashes:
        """The hash of each unit."""
        return hashing.runs(self.letters, self.first_letter[:-1], self.first_letter[1:])

    @cached_property
    def kind(self) -> NDArray[np.uint8]:
        """The ``Kind`` of each unit."""
        return kinds()[self.folded.text.points[self.start]]

    @cached_property
    def gap(self) -> Ints:
        """How many characters stand before each unit, back to the unit before it; 0 at the start of a text."""
        gap = np.zeros(len(self), np.int64)
        gap[1:] = self.start[1:] - self.end[:-1]
        gap[self.opens] = 0
        return gap

    @cached_property
    def opens(self) -> Mask:
        """Whether a unit is the first of its text."""
        opens = np.ones(len(self), np.bool_)
        opens[1:] = self.text[1:] != self.text[:-1]
        return opens

    @cached_property
    def closes(self) -> Mask:
        """Whether a unit is the last of its text."""
        return np.append(self.opens[1:], True)[: len(self)]

    @cached_property
    def apart(self) -> Mask:
        """Whether a unit does not stand together with the one before it: another text, or too many signs between."""
        apart = self.opens.copy()
        long = np.flatnonzero(self.gap > MOST_SIGNS_BETWEEN)
        if len(long):
            between = kinds()[self.folded.text.points[places(self.end[long - 1], self.gap[long])]]
            signs = (between != Kind.SPACE) & (between != Kind.NEWLINE)
            apart[long] = np.add.reduceat(signs, offsets(self.gap[long])[:-1], dtype=np.int64) > MOST_SIGNS_BETWEEN
        return apart

    def are(self, kind: Kind, units: Ints) -> Mask:
        """Whether some units are of a kind."""
        alike: Mask = self.kind[units] == kind
        return alike

    @cached_property
    def bits(self) -> NDArray[np.uint8]:
        """What stands before each unit, back to the one before it, as bits of ``letters.GAP_BIT``; 0: nothing does."""
        return self.between(np.arange(len(self)))

    def between(self, units: Ints, table: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
        """
        Tell what stands before some units, back to the one before each: the bits of every character there, together.

        ``table`` gives the bits of each code point; without it they are those of ``letters.GAP_BIT``.
        """
        bits = np.zeros(len(units), np.uint8)
        some = np.flatnonzero(self.gap[units])
        if len(some):
            sizes = self.gap[units[some]]
            signs = self.folded.text.points[places(self.start[units[some]] - sizes, sizes)]
            found = GAP_BIT[kinds()[signs]] if table is None else table[np.minimum(signs, len(table) - 1)]
            bits[some] = np.bitwise_or.reduceat(found, offsets(sizes)[:-1])
        return bits

    def __len__(self) -> int:
        return len(self.start)


def units_of(folded: Folded) -> Units:
    """Cut folded texts into units."""
    text = folded.text
    kind = kinds()[text.points]
    change = _changes(kind, text)
    begins = np.flatnonzero(change)
    ends = np.append(begins[1:], len(kind))
    word = kind[begins] >= Kind.LETTER
    start, end = begins[word], ends[word]
    per_text = np.diff(np.searchsorted(start, text.bounds))
    return Units(folded, start, end, np.repeat(np.arange(len(text)), per_text), text.points[kind >= Kind.LETTER])


def _changes(kind: NDArray[np.uint8], text: Points) -> Mask:
    """Where a unit, or what stands between two, begins."""
    change = kind >= Kind.HAN
    if len(change):
        change[1:] |= kind[1:] != kind[:-1]
        change[text.bounds[:-1][text.lengths > 0]] = True
    return change
