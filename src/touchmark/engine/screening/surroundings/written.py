"""How letters are written: capitals among small ones, small ones among capitals, letters drawn otherwise."""

from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Hits, Trick, is_one
from touchmark.engine.screening.surroundings.texts import Texts
from touchmark.engine.screening.text.fold import kinds, lookalikes
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, places

#: So much of a text is read for how its letters are written.
READ = 2_000
#: Letters of Latin, Greek and Cyrillic: what has capitals among them does not change any more.
_CASED = 0x530
#: Where the full-width forms of the visible signs of ASCII begin, and how many there are.
_WIDE, _WIDES, _FIRST_WIDE = 0xFF01, 94, ord("!")
#: In a text written in small letters at least so many words start small for one that starts with a capital; so it is in
#: one of a script that has no capitals.
_MOSTLY, _FEWEST = 2, 2
#: From this share on, of the letters around a place, a text is set in fancy letters.
_FANCY = 0.4
_LETTER, _ASCII = int(Kind.LETTER), 0x7F


def how_written(hits: Hits, texts: Texts) -> tuple[Mask, Mask, Mask, Mask, Mask]:
    """Of each place: whether it opens its text, is small among capitals, a capital or large among small ones, fancy."""
    out = [np.zeros(len(hits), np.bool_) for _ in range(5)]
    for number, points in enumerate(texts.fields):
        at = np.flatnonzero((hits.field == number) & (hits.start >= 0) & (hits.end <= READ))
        if len(at):
            found = _Letters.of(_heads(points)).around(texts.text[at], hits.start[at], hits.end[at])
            for array, values in zip(out, found, strict=True):
                array[at] = values
    fancy = out[4] & is_one(hits.trick, (Trick.LOOKALIKES, Trick.SIGNS, Trick.TURNED))
    return out[0], out[1], out[2], out[3], fancy


def _heads(points: Points) -> Points:
    """As much of each text as is read."""
    lengths = np.minimum(points.lengths, READ)
    if lengths.sum() == len(points.points):
        return points
    return Points(points.points[places(points.bounds[:-1], lengths)], offsets(lengths))


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
        counts = np.empty((6, len(points.points) + 1), np.int64)
        _count(points.points, points.bounds, kinds(), lookalikes(), *_cases(), *counts)
        return cls(points, *counts)

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


@native
def _count(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    alike: NDArray[np.bool_],
    upper: NDArray[np.bool_],
    lower: NDArray[np.bool_],
    words: NDArray[np.int64],
    capitals: NDArray[np.int64],
    small: NDArray[np.int64],
    letters: NDArray[np.int64],
    large: NDArray[np.int64],
    strange: NDArray[np.int64],
) -> None:
    """Count all sorts in one walk."""
    words[0] = capitals[0] = small[0] = letters[0] = large[0] = strange[0] = 0
    for text in range(len(bounds) - 1):
        within, first = False, True
        for at in range(bounds[text], bounds[text + 1]):
            char = _of_usual_width(int(points[at]))
            near = min(char, _CASED)
            word, odd = kinds[char] >= _LETTER, alike[char] and char > _ASCII
            starts = word and not within
            goes_on = at + 1 < bounds[text + 1] and kinds[_of_usual_width(int(points[at + 1]))] >= _LETTER
            words[at + 1] = words[at] + word
            capitals[at + 1] = capitals[at] + (starts and not first and goes_on and upper[near])
            small[at + 1] = small[at] + (starts and lower[near])
            letters[at + 1] = letters[at] + (word or odd)
            large[at + 1] = large[at] + upper[near]
            strange[at + 1] = strange[at] + odd
            first, within = first and not starts, word


@inlined
def _of_usual_width(char: int) -> int:
    """Give the letter of the width that is usual for one of full width."""
    return char - _WIDE + _FIRST_WIDE if _WIDE <= char < _WIDE + _WIDES else char


def _narrow(chars: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Letters of full width, as those of the width that is usual."""
    wide = (chars >= _WIDE) & (chars < _WIDE + _WIDES)
    return np.where(wide, chars - np.uint32(_WIDE - _FIRST_WIDE), chars).astype(np.uint32)


@cache
def _cases() -> tuple[Mask, Mask]:
    chars = [chr(point) for point in range(_CASED)]
    upper = np.array([*(char.isupper() for char in chars), False])
    return upper, np.array([*(char.islower() for char in chars), False])
