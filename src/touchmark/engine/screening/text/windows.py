"""Windows of units whose letters hash to a spelling of a mark: candidates, not yet compared."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.hashing import LONGEST, mixed
from touchmark.engine.screening.text.index import Index, bits_of_size, first_entry, held
from touchmark.engine.screening.text.ragged import Ints, Mask, owners, places
from touchmark.engine.screening.text.tokens import Units

#: Of one spelling, so many places per text are looked at: more cannot be written as findings, and a text made of a
#: thousand times the same word is not worth a thousand comparisons per right that shares it.
MOST_PER_TEXT = 64

_STARTS, _WHOLE = 1, 2


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


def windows(units: Units, index: Index, wanted: Mask | None = None) -> Windows:
    """
    Propose every window whose letters hash to an entry, each with every such entry.

    From each unit on, windows grow as long as some mark still starts like them. ``wanted``: of which texts.
    """
    wanted = np.ones(len(units.folded.text), np.bool_) if wanted is None else wanted
    first, count, entry, many = _proposed(units, index, wanted)
    text = units.text[first]
    if (text[MOST_PER_TEXT:] == text[:-MOST_PER_TEXT]).any():
        kept = _not_too_often(text, entry, first)
        first, count, entry, many = first[kept], count[kept], entry[kept], many[kept]
    if many.max(initial=1) == 1:
        return Windows(first, count, entry)
    row = owners(many)
    return Windows(first[row], count[row], places(entry, many))


def _proposed(units: Units, index: Index, wanted: Mask) -> tuple[Ints, Ints, Ints, Ints]:
    """Give first unit, number of units, first entry and how many entries of each window, in the order of texts."""
    flags, room = np.empty(len(units), np.uint8), len(units)
    while True:
        first, count, entry, many = (np.empty(room, np.int64) for _ in range(4))
        made = _propose(
            units.lengths,
            units.hashes,
            units.apart,
            units.text,
            wanted,
            hashing.powers(LONGEST),
            index.starts,
            index.wholes,
            index.table,
            index.hashes,
            bits_of_size(8 * len(index.starts)),
            bits_of_size(8 * len(index.wholes)),
            bits_of_size(len(index.table)),
            flags,
            first,
            count,
            entry,
            many,
        )
        if made <= room:
            return first[:made], count[:made], entry[:made], many[:made]
        room = made


@native
def _propose(
    lengths: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    apart: NDArray[np.bool_],
    text: NDArray[np.int64],
    wanted: NDArray[np.bool_],
    powers: NDArray[np.uint64],
    starts: NDArray[np.uint8],
    wholes: NDArray[np.uint8],
    table: NDArray[np.uint64],
    held_hashes: NDArray[np.uint64],
    start_bits: int,
    whole_bits: int,
    table_bits: int,
    flags: NDArray[np.uint8],
    first: NDArray[np.int64],
    count: NDArray[np.int64],
    entry: NDArray[np.int64],
    many: NDArray[np.int64],
) -> int:
    """Propose windows; gives how many there are, also where there is no room for all."""
    for unit in range(len(lengths)):  # apart from what follows, so that the looks into memory go side by side
        flags[unit] = 0
        if lengths[unit] <= LONGEST and wanted[text[unit]]:
            spread = mixed(hashes[unit])
            flags[unit] = held(starts, start_bits, spread) * _STARTS + held(wholes, whole_bits, spread) * _WHOLE
    made = 0
    for unit in range(len(lengths)):
        flag, size, hashed, last = flags[unit], lengths[unit], hashes[unit], unit
        while flag != 0:
            here = first_entry(table, table_bits, held_hashes, hashed) if flag & _WHOLE else -1
            if here >= 0:
                if made < len(first):
                    alike = 1
                    while here + alike < len(held_hashes) and held_hashes[here + alike] == hashed:
                        alike += 1
                    first[made], count[made], entry[made], many[made] = unit, last - unit + 1, here, alike
                made += 1
            last += 1
            if not flag & _STARTS or last >= len(lengths) or apart[last] or size + lengths[last] > LONGEST:
                break
            hashed += hashes[last] * powers[size]
            size += lengths[last]
            spread = mixed(hashed)
            flag = held(starts, start_bits, spread) * _STARTS + held(wholes, whole_bits, spread) * _WHOLE
    return made


def _not_too_often(text: Ints, entry: Ints, first: Ints) -> NDArray[np.bool_]:
    """Whether a window is among the first ``MOST_PER_TEXT`` of its text and spelling."""
    order = np.lexsort((first, entry, text))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(text[order]) != 0) | (np.diff(entry[order]) != 0)
    begun = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    among = np.empty(len(order), np.bool_)
    among[order] = np.arange(len(order)) - begun < MOST_PER_TEXT
    return among
