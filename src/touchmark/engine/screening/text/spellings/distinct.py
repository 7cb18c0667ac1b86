"""
Readings that say the same: words recur, and what a word may hide is worked out once for all places that it stands at.

Two readings are the same if they are asked the same of the same letters, and stand for the same characters, capitals
behind small letters told apart. Where they stand, and what is around them, is another matter.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.fold import Folded
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, owners, places
from touchmark.engine.screening.text.spellings.keys import extended, mixed, number
from touchmark.engine.screening.text.spellings.proposals import Proposals
from touchmark.engine.screening.text.spellings.readings.ask import ABOUT, ASKS, END, FIRST, LAST, LAST_WORD, START, WORD
from touchmark.engine.screening.text.spellings.readings.read import Readings
from touchmark.engine.screening.text.spellings.told import keys_of


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """
    Reading ``first[d]`` is said first; ``every[bounds[d] : bounds[d + 1]]`` say the same, that one among them.

    ``which[r]``: as which of those that differ reading r counts.
    """

    read: Readings
    first: Ints
    every: Ints
    bounds: Ints
    which: Ints

    @classmethod
    def of(cls, read: Readings, seen: NDArray[np.uint32]) -> Self:
        """Find which readings are the same; ``seen`` as ``seen_in_place_of`` gives it."""
        many = len(read)
        first, of, every = (np.empty(many, np.int64) for _ in range(3))
        bounds, slots = np.zeros(many + 2, np.int64), np.zeros(2 << many.bit_length(), np.int64)
        made = _distinct(read.letters, read.bounds, read.about, seen, slots, first, of, every, bounds)
        return cls(read, first[:made], every, bounds[: made + 1], of)

    def keys(self, seen: NDArray[np.uint32], seed: int) -> NDArray[np.uint64]:
        """Hash those that differ, beginning with a number."""
        return keys_of(self.read.letters, self.read.bounds, self.read.about, ABOUT, seen, self.first, seed)

    def worth_telling(self, come_to: Ints) -> Mask:
        """Tell those to tell of, if some come to something: those with one of them in a group, and those in none."""
        comes_to, telling = np.zeros(len(self), np.bool_), np.zeros(len(self.read.keys) + 1, np.bool_)
        comes_to[come_to], telling[-1] = True, True
        telling[self.read.group[comes_to[self.which]]] = True
        worth = np.zeros(len(self), np.bool_)
        worth[self.which[telling[self.read.group]]] = True
        return worth

    def start(self, which: Ints) -> Ints:
        """Where the first of each begins."""
        begins: Ints = self.read.about.reshape(-1, ABOUT)[self.first[which], START]
        return begins

    def words(self, which: Ints) -> tuple[Ints, Ints]:
        """The first word and the last of the first of each."""
        about = self.read.about.reshape(-1, ABOUT)
        return about[self.first[which], WORD], about[self.first[which], LAST_WORD]

    def spread(self, proposed: Proposals) -> tuple[Proposals, Ints]:
        """Give proposals at every place where their readings stand, and of each the row that it comes from."""
        many = self.bounds[proposed.reading + 1] - self.bounds[proposed.reading]
        row = owners(many)
        return self.moved(proposed, row, self.every[places(self.bounds[proposed.reading], many)]), row

    def moved(self, proposed: Proposals, row: Ints, reading: Ints) -> Proposals:
        """Give proposals as they are where other readings, that say the same, stand."""
        about = self.read.about.reshape(-1, ABOUT)
        of = proposed.reading[row]
        shift = about[reading, START] - about[self.first[of], START]
        word, last_word = about[reading, WORD], about[reading, LAST_WORD]
        start, end = proposed.start[row] + shift, proposed.end[row] + shift
        return Proposals(start, end, proposed.entry[row], proposed.view[row], word, last_word, of)

    def __len__(self) -> int:
        return len(self.first)


def seen_in_place_of(original: Points, folded: Folded) -> NDArray[np.uint32]:
    """Tell characters apart as they are weighed: folded, or as written if that is no ASCII; capitals behind small."""
    seen = np.empty(len(folded.text.points), np.uint32)
    _seen(folded.text.points, folded.source, original.points, seen)
    return seen


_LARGE, _UNLIKE = 1 << 30, 1 << 29
_ASCII = 128
_a, _z, _A, _Z = (ord(letter) for letter in "azAZ")
_BASIS, _TURN = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


@native
def _seen(
    points: NDArray[np.uint32],
    source: NDArray[np.int64],
    originals: NDArray[np.uint32],
    seen: NDArray[np.uint32],
) -> None:
    before = 0
    for place in range(points.size):
        here = number(originals[source[place]])
        seen[place] = points[place] if here < _ASCII else np.uint32(here | _UNLIKE)
        if _a <= before <= _z and _A <= here <= _Z:
            seen[place] |= np.uint32(_LARGE)
        before = here


@native
def _distinct(
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    seen: NDArray[np.uint32],
    slots: NDArray[np.int64],
    first: NDArray[np.int64],
    of: NDArray[np.int64],
    every: NDArray[np.int64],
    bounds: NDArray[np.int64],
) -> int:
    """Number the different readings, and sort all by that; gives how many there are."""
    made, last = 0, slots.size - 1
    for reading in range(limits.size - 1):
        slot = number(_hashed(letters, limits, about, seen, reading) >> _TURN) & last
        while slots[slot] != 0 and not _same(letters, limits, about, seen, reading, first[slots[slot] - 1]):
            slot = (slot + 1) & last
        if slots[slot] == 0:
            first[made] = reading
            made += 1
            slots[slot] = made
        of[reading] = slots[slot] - 1
        bounds[of[reading] + 2] += 1
    for number_of in range(made):
        bounds[number_of + 2] += bounds[number_of + 1]
    for reading in range(limits.size - 1):
        every[bounds[of[reading] + 1]] = reading
        bounds[of[reading] + 1] += 1
    return made


@inlined
def _hashed(
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    seen: NDArray[np.uint32],
    reading: int,
) -> np.uint64:
    """Hash a reading: its letters, what is asked of it, what it stands for."""
    at, key = reading * ABOUT, np.uint64(0)
    for place in range(limits[reading], limits[reading + 1]):
        key = extended(key, letters[place])
    for place in range(about[at + START], about[at + END]):
        key = extended(key, seen[place])
    for column in (ASKS, FIRST, LAST):
        key = extended(key, about[at + column])
    return mixed(key, _BASIS)


@inlined
def _same(
    letters: NDArray[np.uint32],
    limits: NDArray[np.int64],
    about: NDArray[np.int64],
    seen: NDArray[np.uint32],
    one: int,
    other: int,
) -> bool:
    """Whether two readings say the same."""
    here, there, at, to = limits[one], limits[other], one * ABOUT, other * ABOUT
    start, begin, size = about[at + START], about[to + START], about[at + END] - about[at + START]
    same = limits[one + 1] - here == limits[other + 1] - there and size == about[to + END] - begin
    for column in (ASKS, FIRST, LAST):
        same = same and about[at + column] == about[to + column]
    for place in range(limits[one + 1] - here if same else 0):
        same = same and letters[here + place] == letters[there + place]
    for place in range(size if same else 0):
        same = same and seen[start + place] == seen[begin + place]
    return bool(same)
