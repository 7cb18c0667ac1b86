"""
What readings come to, told from batch to batch: the spellings that a word may be by itself, and words of marks near it.

Only readings of which something may come are told of; where nothing comes of a word, its group is known (``memo``).
Hashes begin with the number that a memo has drawn. When there is no more room, everything is forgotten.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.ragged import Ints, owners, places
from touchmark.engine.screening.text.spellings.keys import number

#: Room for so many readings, and for so many rows of them in all, each of so many numbers.
READINGS, ROWS, COLUMNS = 1 << 17, 1 << 20, 4

_FREE, _MIX, _TURN = np.uint64(0), np.uint64(0xBF58476D1CE4E5B9), np.uint64(31)


@dataclass(slots=True, eq=False)
class Told:
    """Reading ``which[s]``, whose key is ``slots[s]``, has rows from ``bounds[which[s]]`` up to the next bound."""

    slots: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(4 * READINGS, np.uint64))
    which: NDArray[np.int32] = field(default_factory=lambda: np.zeros(4 * READINGS, np.int32))
    bounds: Ints = field(default_factory=lambda: np.zeros(READINGS + 1, np.int64))
    rows: Ints = field(default_factory=lambda: np.empty((ROWS, COLUMNS), np.int64))
    many: int = 0

    def numbers(self, keys: NDArray[np.uint64]) -> Ints:
        """Give the number of each reading, -1 where it is not told of."""
        out = np.empty(len(keys), np.int64)
        _find(keys, self.slots, self.which, out)
        return out

    def of(self, numbers: Ints) -> tuple[Ints, Ints]:
        """Give the rows of readings, and of each row the place of its reading among those asked for."""
        many = self.bounds[numbers + 1] - self.bounds[numbers]
        return self.rows[places(self.bounds[numbers], many)], owners(many)

    def keep(self, keys: NDArray[np.uint64], reading: Ints, rows: Ints) -> None:
        """Remember readings that are not told of yet; ``reading`` says of each row which one of them it is of."""
        if len(keys) > READINGS or len(rows) > ROWS:
            return
        if self.many + len(keys) > READINGS or self.bounds[self.many] + len(rows) > ROWS:
            self.slots[:], self.many = 0, 0
        begin, first = int(self.bounds[self.many]), self.many
        ends = begin + np.cumsum(np.bincount(reading, minlength=len(keys)))
        self.bounds[first + 1 : first + 1 + len(keys)] = ends
        self.rows[begin : begin + len(rows)] = rows[np.argsort(reading, kind="stable")]
        self.many += len(keys)
        _enter(keys, first, self.slots, self.which)


def keys_of(
    letters: NDArray[np.uint32],
    limits: Ints,
    about: Ints,
    columns: int,
    seen: NDArray[np.uint32],
    chosen: Ints,
    seed: int,
) -> NDArray[np.uint64]:
    """Hash readings: their letters, what they stand for, what is asked of them."""
    out = np.empty(len(chosen), np.uint64)
    _hash(letters, limits, about, columns, seen, chosen, seed, out)
    return out


@inlined
def mingled(key: np.uint64, other: np.uint64) -> np.uint64:
    """Hash two hashes together."""
    key = (key ^ other) * _MIX
    return key ^ (key >> _TURN)


@native
def _hash(
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    columns: int,
    seen: NDArray[np.uint32],
    chosen: NDArray[np.int64],
    seed: int,
    out: NDArray[np.uint64],
) -> None:
    for row in range(chosen.size):
        reading = chosen[row]
        at, key = reading * columns, np.uint64(seed)
        for column in range(4, columns):
            key = mingled(key, np.uint64(about[at + column]))
        key = mingled(key, np.uint64(about[at + 1] - about[at]))
        for place in range(limits[reading], limits[reading + 1]):
            key = mingled(key, np.uint64(letters[place]))
        for place in range(about[at], about[at + 1]):
            key = mingled(key, np.uint64(seen[place]))
        out[row] = key


@inlined
def _slot(key: np.uint64, slots: NDArray[np.uint64]) -> int:
    """Give the slot of a key, or the free one where it would be."""
    last = number(slots.size - 1)
    slot = number(key) & last
    while slots[slot] != _FREE and slots[slot] != key:
        slot = (slot + 1) & last
    return slot


@native
def _find(
    keys: NDArray[np.uint64], slots: NDArray[np.uint64], which: NDArray[np.int32], out: NDArray[np.int64]
) -> None:
    for row in range(keys.size):
        slot = _slot(keys[row], slots)
        out[row] = which[slot] if slots[slot] != _FREE else -1


@native
def _enter(keys: NDArray[np.uint64], first: int, slots: NDArray[np.uint64], which: NDArray[np.int32]) -> None:
    for row in range(keys.size):
        slot = _slot(keys[row], slots)
        slots[slot], which[slot] = keys[row], first + row
