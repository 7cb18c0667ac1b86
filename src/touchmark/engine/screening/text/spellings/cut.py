"""Cut folded texts into words: longest runs of letters and digits of scripts that part words."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text.fold import kinds
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.signs import is_word
from touchmark.engine.screening.text.spellings.words import Words, hash_of, level_of

#: What a word holds, as bits.
LETTERS, DIGITS = 1, 2
_DIGIT = int(Kind.DIGIT)


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Word w is folded points ``start[w]`` up to ``end[w]``; ``level``: how ordinary it is."""

    start: Ints
    end: Ints
    text: Ints
    holds: NDArray[np.uint8]
    level: NDArray[np.uint8]

    @classmethod
    def of(cls, folded: Points, words: Words) -> Self:
        """Cut all texts."""
        most = len(folded.points) // 2 + len(folded) + 1
        start, end, text = (np.empty(most, np.int64) for _ in range(3))
        holds, level = np.empty(most, np.uint8), np.empty(most, np.uint8)
        many = _cut(folded.points, folded.bounds, kinds(), words, start, end, text, holds, level)
        return cls(start[:many], end[:many], text[:many], holds[:many], level[:many])

    def __len__(self) -> int:
        return len(self.start)


@native
def _cut(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    words: NDArray[np.uint64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    text: NDArray[np.int64],
    holds: NDArray[np.uint8],
    level: NDArray[np.uint8],
) -> int:
    many = 0
    for of in range(bounds.size - 1):
        place = bounds[of]
        while place < bounds[of + 1]:
            if not is_word(number(kinds[points[place]])):
                place += 1
                continue
            begun, held = place, 0
            while place < bounds[of + 1] and is_word(number(kinds[points[place]])):
                held |= DIGITS if number(kinds[points[place]]) == _DIGIT else LETTERS
                place += 1
            start[many], end[many], text[many], holds[many] = begun, place, of, held
            level[many] = np.uint8(level_of(words, hash_of(points, begun, place)))
            many += 1
    return many
