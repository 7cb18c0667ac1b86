"""
The spellings of all marks under one view, as sorted hashes over flat arrays that can be mapped from files.

A small filter in front answers for most windows of a text "no mark starts so" or "no mark is this", in one look.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.hashing import Hashes
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, places

STARTS = 1  # a flag of the filter: some spelling starts with these letters and goes on
WHOLE = 2  # some spelling is these letters

_SLOTS_PER_PREFIX = 8
_LEAST_BITS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """
    Entry e is one spelling of one form: its letters are ``letters[bounds[e] : bounds[e + 1]]``.

    Entries are sorted by hash, then by form. ``joints`` goes with ``letters``: where the mark itself may be parted.
    """

    hashes: Hashes
    form: NDArray[np.int32]
    bounds: Ints
    letters: NDArray[np.uint32]
    joints: NDArray[np.uint8]
    filter: NDArray[np.uint8]  # two flags per slot, four slots per byte

    @classmethod
    def of(
        cls, letters: NDArray[np.uint32], joints: NDArray[np.uint8], lengths: Ints, forms: NDArray[np.int32]
    ) -> Self:
        """Build from spellings that lie one after another; each has 1 to ``LONGEST`` letters."""
        bounds = offsets(lengths)
        hashes = hashing.runs(letters, bounds[:-1], bounds[1:])
        order = np.lexsort((forms, hashes))
        where = places(bounds[:-1][order], lengths[order])
        return cls(
            hashes[order],
            forms[order].astype(np.int32),
            offsets(lengths[order]),
            letters[where],
            joints[where],
            _filter(letters, lengths, hashes),
        )

    def flags(self, hashes: Hashes) -> NDArray[np.uint8]:
        """Ask the filter; a flag may be set in error, but is never missing."""
        slot = hashing.slots(hashes, _bits(self.filter))
        found: NDArray[np.uint8] = (self.filter[slot >> 2] >> ((slot & 3) << 1).astype(np.uint8)) & np.uint8(3)
        return found

    def entries(self, hashes: Hashes) -> tuple[Ints, Ints]:
        """Give, per hash, the first entry that has it and how many do."""
        first = np.searchsorted(self.hashes, hashes, side="left")
        return first, np.searchsorted(self.hashes, hashes, side="right") - first

    @property
    def lengths(self) -> Ints:
        """How many letters each entry has."""
        return np.diff(self.bounds)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The index as named arrays, to be stored."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def __len__(self) -> int:
        return len(self.form)


def _filter(letters: NDArray[np.uint32], lengths: Ints, hashes: Hashes) -> NDArray[np.uint8]:
    """Mark every spelling and every start of one."""
    starts = _starts(letters, lengths)
    bits = max(_LEAST_BITS, int(len(starts) * _SLOTS_PER_PREFIX).bit_length())
    flags = np.zeros(1 << bits, np.uint8)
    flags[hashing.slots(starts, bits)] |= STARTS
    flags[hashing.slots(hashes, bits)] |= WHOLE
    packed: NDArray[np.uint8] = np.bitwise_or.reduce(flags.reshape(-1, 4) << np.array([0, 2, 4, 6], np.uint8), axis=1)
    return packed


def _bits(held: NDArray[np.uint8]) -> int:
    return (len(held) * 4).bit_length() - 1


def _starts(letters: NDArray[np.uint32], lengths: Ints) -> Hashes:
    """Hash every start of every spelling, the whole left out, each once."""
    begins = offsets(lengths)[:-1]
    starts, ends = np.repeat(begins, lengths - 1), places(begins + 1, lengths - 1)
    hashes = np.sort(hashing.runs(letters, starts, ends))
    new: Mask = np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)]
    return hashes[new]
