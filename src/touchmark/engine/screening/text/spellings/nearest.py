"""How ordinary the words are that are one letter away: a typing error of one is more likely than a disguise."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.words import level_of

_UNIT = np.uint64(1)


@native
def around(
    points: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    words: NDArray[np.uint64],
    power: NDArray[np.uint64],
    out: NDArray[np.uint8],
) -> None:
    """Tell how ordinary the most ordinary word is that is one letter away from each piece."""
    for row in range(starts.size):
        out[row] = np.uint8(_nearest(points, starts[row], ends[row], words, power))


@inlined
def _nearest(
    points: NDArray[np.uint32], start: int, end: int, words: NDArray[np.uint64], power: NDArray[np.uint64]
) -> int:
    size, best = end - start, 0
    whole = np.uint64(0)
    for k in range(size):
        whole += (np.uint64(points[start + k]) + _UNIT) * power[k]
    shorter = np.uint64(0)  # the letters after this one, one place nearer
    longer = np.uint64(0)  # the letters from this one on, one place further
    for k in range(size, -1, -1):
        if k < size:
            longer += (np.uint64(points[start + k]) + _UNIT) * power[k + 1]
        head = whole - _from_here(points, start, size, k, power)
        for letter in range(97, 123):
            added = (np.uint64(letter) + _UNIT) * power[k]
            best = max(best, level_of(words, head + added + longer))
            if k < size:
                old = (np.uint64(points[start + k]) + _UNIT) * power[k]
                best = max(best, level_of(words, whole - old + added))
        if k < size:
            best = max(best, level_of(words, head + shorter))
            if k > 0:
                shorter += (np.uint64(points[start + k]) + _UNIT) * power[k - 1]
            if k + 1 < size:
                one, two = np.uint64(points[start + k]), np.uint64(points[start + k + 1])
                moved = whole + two * power[k] + one * power[k + 1] - one * power[k] - two * power[k + 1]
                best = max(best, level_of(words, moved))
    return best


@inlined
def _from_here(points: NDArray[np.uint32], start: int, size: int, k: int, power: NDArray[np.uint64]) -> np.uint64:
    """Hash the letters from one on, in place."""
    total = np.uint64(0)
    for place in range(k, size):
        total += (np.uint64(points[start + place]) + _UNIT) * power[place]
    return total


#: What is said of nothing at all, and of digits.
NOTHING, NUMBER = 99, 60
#: What digits are among letters.
_AS_LETTERS = np.array([ord(letter) for letter in "oizeasgtbg"], np.uint32)
#: A word of so many letters may be beside a mark if it is one of ``beside``; a longer one if it is an ordinary word.
_SHORT = 3


@native
def remains(
    points: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    words: NDArray[np.uint64],
    beside: NDArray[np.uint64],
    out: NDArray[np.uint8],
) -> None:
    """Tell how ordinary each piece of a word is, as one word or two, of which the less ordinary counts."""
    for row in range(starts.size):
        start, end = starts[row], ends[row]
        best = _level(points, start, end, words, beside) if end > start else NOTHING
        for middle in range(start + 2, min(end - 1, start + 24)):
            one = _level(points, start, middle, words, beside)
            best = max(best, min(one, _level(points, middle, end, words, beside)) if one else 0)
        out[row] = np.uint8(best)


@inlined
def in_letters(point: int) -> int:
    """A digit as the letter that it stands for among letters: sh0p."""
    return number(_AS_LETTERS[point - 48]) if 48 <= point < 58 else point


@inlined
def _level(
    points: NDArray[np.uint32], start: int, end: int, words: NDArray[np.uint64], beside: NDArray[np.uint64]
) -> int:
    digits, hashed, power = True, np.uint64(0), _UNIT
    for place in range(start, end):
        point = number(points[place])
        digits = digits and 48 <= point < 58
        hashed += (np.uint64(in_letters(point)) + _UNIT) * power
        power *= hashing.BASE
    if digits:
        return NUMBER
    if end - start > _SHORT:
        return level_of(words, hashed)
    for known in range(beside.size):
        if beside[known] == hashed:
            return NUMBER
    return 0
