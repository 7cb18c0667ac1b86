"""
What is known to come to nothing: hashes of words, and of words side by side, that hide no spelling of a register.

Words recur from batch to batch, and nearly all of them hide nothing. A memo belongs to the layers of one register and
to one process; it is bounded, and forgets everything when it is full. Its hashes begin with a number that every memo
draws anew, so that nobody can write two words that it takes for one. Findings do not depend on what it holds.
"""

import secrets
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.told import Told, mingled

#: A memo has so many places, of eight bytes, of which one in two is filled; it begins with fewer, and grows.
PLACES, FIRST_PLACES = 1 << 22, 1 << 16
#: What stands between two words is told up to so many characters.
MOST_SIGNS = 4

_TURN = np.uint64(31)
_FREE, _ONE = np.uint64(0), np.uint64(1)


@dataclass(slots=True, eq=False)
class Memo:
    """Hashes of what hides nothing, open-addressed; 0 is a free place."""

    slots: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(min(FIRST_PLACES, PLACES), np.uint64))
    held: int = 0
    told: Told = field(default_factory=Told)
    seed: int = field(default_factory=lambda: secrets.randbits(62))

    def keep(self, keys: NDArray[np.uint64]) -> None:
        """Remember what hides nothing."""
        keys = keys[: PLACES // 2]
        if self.held + len(keys) > len(self.slots) // 2:
            self._make_room(self.held + len(keys))
        self.held += _keep(keys, self.slots)

    def _make_room(self, many: int) -> None:
        """Make the table large enough; one that may grow no more is emptied."""
        kept = self.slots[self.slots != _FREE] if many <= PLACES // 2 else self.slots[:0]
        self.slots = np.zeros(min(PLACES, 1 << (3 * many).bit_length()), np.uint64)
        self.held = _keep(kept, self.slots)


@dataclass(slots=True, eq=False)
class Memos:
    """The memo of a register, lent to one batch at a time: others that are screened meanwhile have one of their own."""

    idle: list[Memo] = field(default_factory=list)

    def lent(self) -> Memo:
        """Take the memo, or a new one."""
        try:
            return self.idle.pop()
        except IndexError:
            return Memo()

    def given_back(self, memo: Memo) -> None:
        """Keep a memo for the next batch, one at most."""
        if not self.idle:
            self.idle.append(memo)


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """Per word of a cut, hashes of what is written there, and of what stands between it and the word before it."""

    word: NDArray[np.uint64]
    gap: NDArray[np.uint64]

    @classmethod
    def of(cls, points: NDArray[np.uint32], seen: NDArray[np.uint32], cut: Cut, memo: Memo) -> Self:
        """Hash folded characters together with what is seen in their place."""
        made = cls(np.empty(len(cut), np.uint64), np.empty(len(cut), np.uint64))
        _contents(points, seen, cut.start, cut.end, memo.seed, made.word, made.gap)
        return made


@inlined
def is_nothing(slots: NDArray[np.uint64], key: np.uint64) -> bool:
    """Whether something is known to hide nothing."""
    last = number(slots.size - 1)
    slot = number(key) & last
    while slots[slot] != _FREE and slots[slot] != key:
        slot = (slot + 1) & last
    return slots[slot] != _FREE  # type: ignore[no-any-return]


@native
def _keep(keys: NDArray[np.uint64], slots: NDArray[np.uint64]) -> int:
    """Enter hashes; gives how many are new."""
    last, many = number(slots.size - 1), 0
    for place in range(keys.size):
        key = keys[place]
        slot = number(key) & last
        while slots[slot] != _FREE and slots[slot] != key:
            slot = (slot + 1) & last
        many += slots[slot] == _FREE
        slots[slot] = key
    return many


@native
def _contents(
    points: NDArray[np.uint32],
    seen: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    seed: int,
    word: NDArray[np.uint64],
    gap: NDArray[np.uint64],
) -> None:
    before = 0
    for of in range(starts.size):
        word[of], gap[of] = np.uint64(seed), np.uint64(seed) + _ONE
        for place in range(before, starts[of] if starts[of] - before <= MOST_SIGNS else before):
            gap[of] = mingled(gap[of], np.uint64(points[place]) << _TURN ^ np.uint64(seen[place]))
        for place in range(starts[of], ends[of]):
            word[of] = mingled(word[of], np.uint64(points[place]) << _TURN ^ np.uint64(seen[place]))
        before = ends[of]
