"""What is counted of the words and characters of a proposal: only of those that are asked about."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text.fold import kinds
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints
from touchmark.engine.screening.text.spellings.cut import DIGITS, Cut
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.propose import Proposals
from touchmark.engine.screening.text.spellings.signs import MASK, SPLIT, roles

_SYMBOL = int(Kind.SYMBOL)
_LEAST_PIECE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How many there are within each proposal."""

    odd: Ints  # words that are not ordinary
    pieces: Ints  # words that are, of three letters and more
    numbers: Ints  # words of digits
    digits: Ints
    splits: Ints  # signs that part words
    masks: Ints  # signs that are written in place of letters

    @classmethod
    def of(cls, proposed: Proposals, folded: Points, cut: Cut) -> "Counts":
        """Count within each proposal."""
        odd, pieces, numbers, digits, splits, masks = (np.empty(len(proposed), np.int64) for _ in range(6))
        _words(cut.start, cut.end, cut.holds, cut.level, proposed.word, proposed.last_word, odd, pieces, numbers)
        _characters(folded.points, kinds(), roles(), proposed.start, proposed.end, digits, splits, masks)
        return cls(odd, pieces, numbers, digits, splits, masks)


@native
def _words(
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    holds: NDArray[np.uint8],
    level: NDArray[np.uint8],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    odd: NDArray[np.int64],
    pieces: NDArray[np.int64],
    numbers: NDArray[np.int64],
) -> None:
    for row in range(first.size):
        odd[row] = pieces[row] = numbers[row] = 0
        for word in range(first[row], last[row] + 1):
            odd[row] += level[word] == 0
            pieces[row] += level[word] > 0 and end[word] - start[word] >= _LEAST_PIECE
            numbers[row] += holds[word] == DIGITS


@native
def _characters(
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    digits: NDArray[np.int64],
    splits: NDArray[np.int64],
    masks: NDArray[np.int64],
) -> None:
    for row in range(start.size):
        digits[row] = splits[row] = masks[row] = 0
        for place in range(start[row], end[row]):
            point = number(points[place])
            known = point < roles.size
            role = number(roles[point if known else roles.size - 1])
            digits[row] += 48 <= point < 58
            splits[row] += role & SPLIT > 0
            masks[row] += role & MASK > 0 if known else kinds[point] == _SYMBOL
