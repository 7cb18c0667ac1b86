"""How letters are written: capitals among small ones, small ones among capitals, letters drawn otherwise."""

from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, taken
from touchmark.engine.screening.hits import FIELDS, Hits, Trick, is_one
from touchmark.engine.screening.text.fold import kinds, lookalikes
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets

#: So much of a text is read for how its letters are written.
READ = 2_000
#: Letters of Latin, Greek and Cyrillic: what has capitals among them does not change any more.
_CASED = 0x530
#: Where the full-width forms of the visible signs of ASCII begin, and how many there are.
_WIDE, _WIDES = 0xFF01, 94
#: In a text written in small letters at least so many words start small for one that starts with a capital; so it is in
#: one of a script that has no capitals.
_MOSTLY, _FEWEST = 2, 2
#: From this share on, of the letters around a place, a text is set in fancy letters.
_FANCY = 0.4


def how_written(hits: Hits, batch: Batch) -> tuple[Mask, Mask, Mask, Mask, Mask]:
    """Of each place: whether it opens its text, is small among capitals, a capital or large among small ones, fancy."""
    out = [np.zeros(len(hits), np.bool_) for _ in range(5)]
    for number, name in enumerate(FIELDS[:4]):
        at = np.flatnonzero((hits.field == number) & (hits.start >= 0) & (hits.end <= READ))
        if len(at):
            listing, text = np.unique(hits.listing[at], return_inverse=True)
            read = compute.utf8_slice_codeunits(compute.fill_null(taken(batch, name, listing), ""), 0, READ)
            found = _Letters.of(Points.of(read)).around(text, hits.start[at], hits.end[at])
            for array, values in zip(out, found, strict=True):
                array[at] = values
    fancy = out[4] & is_one(hits.trick, (Trick.LOOKALIKES, Trick.SIGNS, Trick.TURNED))
    return out[0], out[1], out[2], out[3], fancy


@dataclass(frozen=True, slots=True, eq=False)
class _Letters:
    """How many letters of a sort come before each point of some texts, and one more entry."""

    points: Points
    words: Ints
    capitals: Ints  # words that start with one, but for the first of a text, and sizes: "L"
    small: Ints  # words that start with a small letter
    letters: Ints
    large: Ints  # capitals anywhere
    strange: Ints  # letters that look like others

    @classmethod
    def of(cls, points: Points) -> Self:
        upper, lower = _cases()
        chars = _narrow(points.points)
        near = np.minimum(chars, _CASED)
        word = kinds()[chars] >= Kind.LETTER
        starts = word.copy()
        starts[1:] &= ~word[:-1]
        starts[points.bounds[:-1][points.lengths > 0]] = word[points.bounds[:-1][points.lengths > 0]]
        strange = lookalikes()[chars] & (chars > 0x7F)
        telling = starts & np.append(word[1:] & ~starts[1:], False)
        telling[_first_words(points, starts)] = False
        return cls(
            points,
            offsets(word),
            offsets(telling & upper[near]),
            offsets(starts & lower[near]),
            offsets(word | strange),
            offsets(upper[near]),
            offsets(strange),
        )

    def around(self, text: Ints, start: Ints, end: Ints) -> tuple[Mask, Mask, Mask, Mask, Mask]:
        """Look around places of the texts."""
        first, last = self.points.bounds[text], self.points.bounds[text + 1]
        begin, stop = np.minimum(first + start, last), np.minimum(first + end, last)

        def besides(counts: Ints) -> Ints:
            rest: Ints = counts[last] - counts[first] - (counts[stop] - counts[begin])
            return rest

        upper, lower = _cases()
        chars = _narrow(np.append(self.points.points, 0)[np.minimum(begin, len(self.points.points))])
        near = np.minimum(chars, _CASED)
        capitals, small = besides(self.capitals), besides(self.small)
        in_small = (small >= _FEWEST) & (small >= _MOSTLY * capitals)
        in_small |= (small + capitals == 0) & (besides(self.words) >= _FEWEST)
        opens = self.words[begin] == self.words[first]
        fancy = besides(self.strange) > _FANCY * np.maximum(besides(self.letters), 1)
        no_capital = lower[near] & (self.large[stop] == self.large[begin])
        large = self.large[stop] - self.large[begin]
        mostly_small = besides(self.letters) > _MOSTLY * besides(self.large)
        all_large = (large > 1) & (large == self.letters[stop] - self.letters[begin]) & mostly_small
        return opens, no_capital & (capitals > 0), upper[near] & in_small, all_large, fancy


def _first_words(points: Points, starts: Mask) -> Ints:
    """Where the first word of each text starts that has one."""
    at = np.flatnonzero(starts)
    first = np.searchsorted(at, points.bounds[:-1])
    found: Ints = at[first[first < np.searchsorted(at, points.bounds[1:])]]
    return found


def _narrow(chars: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Letters of full width, as those of the width that is usual."""
    wide = (chars >= _WIDE) & (chars < _WIDE + _WIDES)
    return np.where(wide, chars - np.uint32(_WIDE - ord("!")), chars).astype(np.uint32)


@cache
def _cases() -> tuple[Mask, Mask]:
    chars = [chr(point) for point in range(_CASED)]
    upper = np.array([*(char.isupper() for char in chars), False])
    return upper, np.array([*(char.islower() for char in chars), False])
