"""Windows of units whose letters hash to a spelling of a mark: candidates, not yet compared."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.hashing import LONGEST
from touchmark.engine.screening.text.index import STARTS, WHOLE, Index
from touchmark.engine.screening.text.ragged import Ints, owners, places
from touchmark.engine.screening.text.tokens import Units

#: Of one spelling, so many places per text are looked at: more cannot be written as findings, and a text made of a
#: thousand times the same word is not worth a thousand comparisons per right that shares it.
MOST_PER_TEXT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Window i is units ``first[i]`` up to ``first[i] + count[i]``, proposed for an entry of the index."""

    first: Ints
    count: Ints
    entry: Ints

    def taken(self, which: Ints | NDArray[np.bool_]) -> Self:
        """The windows chosen by index or by mask."""
        return type(self)(*(getattr(self, f.name)[which] for f in fields(self)))

    @property
    def last(self) -> Ints:
        """The last unit of each."""
        return self.first + self.count - 1

    def __len__(self) -> int:
        return len(self.first)


def windows(units: Units, index: Index) -> Windows:
    """
    Propose every window whose letters hash to an entry, each with every such entry.

    All windows of one unit are tried, then those of two that still start like some mark, and so on.
    """
    single = units.hashes
    first = np.flatnonzero(units.lengths <= LONGEST)
    hashes, size = single[first], units.lengths[first]
    found: list[tuple[Ints, Ints, hashing.Hashes]] = []
    count = 1
    while len(first):
        flags = index.flags(hashes)
        whole = np.flatnonzero(flags & WHOLE)
        found.append((first[whole], np.full(len(whole), count), hashes[whole]))
        going_on = np.flatnonzero(flags & STARTS)
        going_on = going_on[_stands_on(units, first[going_on] + count, size[going_on])]
        following = first[going_on] + count
        hashes = hashing.longer(hashes[going_on], size[going_on], single[following])
        first, size, count = first[going_on], size[going_on] + units.lengths[following], count + 1
    return _proposals(units, index, found)


def _stands_on(units: Units, following: Ints, size: Ints) -> NDArray[np.bool_]:
    """Whether the unit following is of the same text, near, and does not make the window too long."""
    inside = following < len(units)
    safe = np.where(inside, following, 0)
    return inside & ~units.apart[safe] & (size + units.lengths[safe] <= LONGEST)


def _proposals(units: Units, index: Index, found: list[tuple[Ints, Ints, hashing.Hashes]]) -> Windows:
    if not found:
        empty = np.empty(0, np.int64)
        return Windows(empty, empty, empty)
    first, count, hashes = (np.concatenate(part) for part in zip(*found, strict=True))
    entry, many = index.entries(hashes)
    kept = np.flatnonzero(many)
    kept = kept[_not_too_often(units.text[first[kept]], entry[kept], first[kept])]
    row = kept[owners(many[kept])]
    return Windows(first[row], count[row], places(entry[kept], many[kept]))


def _not_too_often(text: Ints, entry: Ints, first: Ints) -> NDArray[np.bool_]:
    """Whether a window is among the first ``MOST_PER_TEXT`` of its text and spelling."""
    order = np.lexsort((first, entry, text))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(text[order]) != 0) | (np.diff(entry[order]) != 0)
    begun = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    among = np.empty(len(order), np.bool_)
    among[order] = np.arange(len(order)) - begun < MOST_PER_TEXT
    return among
