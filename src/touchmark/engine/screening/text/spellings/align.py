"""
Compare what was proposed with its spelling, letter by letter: what was done to hide it, and how often.

The cheapest way from the letters of the mark to the characters of the text; each step is of one ``Step``, and what a
step costs says how readily a reader takes one for the other, not how likely a seller does it.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.signs import LETTER, MASK, drawn, is_space, is_word, role_of


class Step(IntEnum):
    """What was done to a letter. ``BITS`` of a number are the times of each."""

    DRAWN = 0  # i for l, rn for m
    SIGNS = 1  # a sign between letters
    MASKED = 2
    DIGITS = 3
    REPEATED = 4
    DROPPED = 5
    ADDED = 6
    SWAPPED = 7
    CHANGED = 8
    VOWELS = 9  # a vowel left out
    SOUND = 10
    PARTED = 11  # a space where the mark has none


BITS = 5
#: More characters or letters than this are not compared.
MOST_CELLS, MOST_LETTERS = 64, 96
WIDTH = MOST_LETTERS + 1
#: Above the times of the steps is how many letters were changed from one vowel to another.
OF_VOWELS = BITS * len(Step)
#: What no way may cost, and what one of a way without signs may.
TOO_MUCH, MOST_COST = 100, 24

_DRAWN, _SIGNS, _MASKED, _DIGITS, _REPEATED, _DROPPED, _ADDED, _SWAPPED, _CHANGED, _VOWELS, _SOUND, _PARTED = (
    1 << BITS * step for step in range(12)
)
_VOWEL_CHANGED = _CHANGED + (1 << OF_VOWELS)
_CHEAP, _LIKE, _SOUNDS, _VOWEL, _LETTER = 1, 2, 3, 4, 6
_BAND = 4

_one, _three = ord("1"), ord("3")
_a, _b, _c, _d, _e, _f, _h, _i, _k, _l, _m, _n, _o, _p, _r, _s, _u, _v, _w, _x, _y, _z = (
    ord(letter) for letter in "abcdefhiklmnoprsuvwxyz"
)


@native
def align(  # noqa: C901 (the cells of a table, each asked for all steps)
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    originals: NDArray[np.uint32],
    source: NDArray[np.int64],
    turned: NDArray[np.uint32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    backward: NDArray[np.uint8],
    letters: NDArray[np.uint32],
    joint: NDArray[np.uint8],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    roles: NDArray[np.uint8],
    alike: NDArray[np.uint32],
    sounds: NDArray[np.uint32],
    cell: NDArray[np.uint32],
    about: NDArray[np.uint8],
    cost: NDArray[np.int32],
    steps: NDArray[np.int64],
    out_cost: NDArray[np.int32],
    out_steps: NDArray[np.int64],
) -> None:
    """
    Compare points from each start up to each end with letters from each first up to each last.

    ``backward``: 1, from the end; 2, and upside down.
    """
    for row in range(starts.size):
        out_cost[row], out_steps[row] = TOO_MUCH, 0
        size, signs, spaces = _cells(
            points, kinds, originals, source, turned, starts[row], ends[row], backward[row], roles, cell, about
        )
        many = lasts[row] - firsts[row]
        if size < 0 or many > MOST_LETTERS or (size - signs > many + 24):
            continue
        first = firsts[row]
        band, lost = _BAND + signs + abs(size - many), False
        for i in range(size + 1):
            for j in range(many + 1):
                cost[i * WIDTH + j] = TOO_MUCH
            least = TOO_MUCH
            for j in range(max(0, i - band), min(many, i + band) + 1):
                at = i * WIDTH + j
                if at == 0:
                    cost[at], steps[at], least = 0, 0, 0
                    continue
                best, way = TOO_MUCH, number(0)
                letter = number(letters[first + j - 1]) if j > 0 else 0
                previous = number(letters[first + j - 2]) if j > 1 else 0
                here = number(cell[i - 1]) if i > 0 else 0
                behind = number(cell[i - 2]) if i > 1 else 0
                sign = i > 0 and (about[i - 1] & _SIGN) != 0
                if i > 0 and j > 0:
                    price, step = _instead(here, sign, letter, about[i - 1], alike, sounds)
                    best, way = _better(
                        cost, steps, at - WIDTH - 1, price, step, _parted(about, i - 1, joint, first, j - 1), best, way
                    )
                if i > 0:
                    price, step = _between(here, sign, i, size, j, many, behind, previous, letter, joint, first)
                    best, way = _better(cost, steps, at - WIDTH, price, step, False, best, way)
                if j > 0:
                    price, step = _without(letter, previous, sign, number(about[i - 1]) if i > 0 else 0)
                    best, way = _better(cost, steps, at - 1, price, step, False, best, way)
                if i > 1 and j > 1 and here != behind and not sign and _swapped(behind, here, previous, letter, alike):
                    digits = here != previous or behind != letter
                    best, way = _better(
                        cost,
                        steps,
                        at - 2 * WIDTH - 2,
                        _LETTER + (_LIKE if digits else 0),
                        _SWAPPED + (_DIGITS if digits else 0),
                        _parted(about, i - 2, joint, first, j - 2),
                        best,
                        way,
                    )
                if i > 1 and j > 0:
                    price, step = _two_for_one(behind, here, letter)
                    if price:
                        best, way = _better(
                            cost,
                            steps,
                            at - 2 * WIDTH - 1,
                            price,
                            step,
                            _parted(about, i - 2, joint, first, j - 1),
                            best,
                            way,
                        )
                if i > 0 and j > 1 and not sign:
                    price, step = _two_for_one(previous, letter, here)
                    if price:
                        best, way = _better(
                            cost,
                            steps,
                            at - WIDTH - 2,
                            price,
                            step,
                            _parted(about, i - 1, joint, first, j - 2),
                            best,
                            way,
                        )
                for back in range(2, 5):
                    if i >= back and j > 0 and (about[i - back] & _DRAWS) != 0:
                        figure = drawn(cell, i - back, i, False)
                        if figure >> 8 == back and figure & 255 == letter:
                            best, way = _better(
                                cost,
                                steps,
                                at - back * WIDTH - 1,
                                _LIKE,
                                _DIGITS,
                                _parted(about, i - back, joint, first, j - 1),
                                best,
                                way,
                            )
                cost[at], steps[at] = best, way
                least = min(least, best)
            # Two letters exchanged reach over one row, and signs that draw a letter over three: those cost little.
            if least > MOST_COST + signs + _SOUNDS * spaces:
                lost = True
                break
        if not lost:
            out_cost[row] = cost[size * WIDTH + many]
            out_steps[row] = steps[size * WIDTH + many]


_SIGN, _SPACED, _HIDES, _LOOKS, _DRAWS = 1, 2, 4, 8, 16


@inlined
def _cells(
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    originals: NDArray[np.uint32],
    source: NDArray[np.int64],
    turned: NDArray[np.uint32],
    start: int,
    end: int,
    backward: int,
    roles: NDArray[np.uint8],
    cell: NDArray[np.uint32],
    about: NDArray[np.uint8],
) -> tuple[int, int, int]:
    """Take characters apart from the spaces before them: how many, how many signs and spaces; -1: too many."""
    size, signs, spaces, spaced, same = 0, 0, 0, 0, 0
    for at in range(end - start):
        place = end - 1 - at if backward else start + at
        point = points[place]
        if backward > 1 and originals[source[place]] < turned.size and turned[originals[source[place]]]:
            point = turned[originals[source[place]]]
        kind = number(kinds[point])
        if is_space(kind):
            spaces += 1 if spaced == 0 else 0
            spaced = _SPACED
            continue
        same = same + 1 if size > 0 and cell[size - 1] == point else 0
        if same > 3 and kind >= 8:
            continue
        if size == MOST_CELLS:
            return -1, 0, 0
        cell[size], about[size] = point, np.uint8(spaced)
        if not (is_word(kind) or kind > 8):
            role = role_of(number(point), kind, roles)
            about[size] |= np.uint8(_SIGN | (_HIDES if role & MASK else 0) | (_LOOKS if role & LETTER else 0) | _DRAWS)
            signs += 1
        size += 1
        spaced = 0
    return size, signs, spaces


@inlined
def _better(
    cost: NDArray[np.int32],
    steps: NDArray[np.int64],
    at: int,
    price: int,
    step: int,
    parted: bool,
    best: int,
    way: int,
) -> tuple[int, int]:
    """Give the cheaper of the best way so far and the one over a place."""
    whole = number(cost[at]) + price + (_SOUNDS if parted else 0)
    if whole < best:
        return whole, steps[at] + step + (_PARTED if parted else 0)
    return best, way


@inlined
def _parted(about: NDArray[np.uint8], i: int, joint: NDArray[np.uint8], first: int, j: int) -> bool:
    """Whether a space stands before a character where the mark has none."""
    return i > 0 and (about[i] & _SPACED) != 0 and joint[first + j] == 0


@inlined
def _instead(
    here: int, sign: bool, letter: int, about: int, alike: NDArray[np.uint32], sounds: NDArray[np.uint32]
) -> tuple[int, int]:
    """One character for one letter."""
    if here == letter:
        return 0, 0
    looks = number(alike[here]) if here < alike.size else here
    same = looks == letter or (looks == _l and letter == _i) or (looks == _i and letter == _l)
    if sign:
        if (about & _LOOKS) != 0 and same:
            return _LIKE, _DIGITS
        return (_LIKE if about & _HIDES else _SOUNDS), _MASKED
    if same:
        return _LIKE, (_DIGITS if 48 <= here < 58 else _DRAWN)
    if 48 <= here < 58:
        return _LETTER + 2, _CHANGED
    if here < sounds.size and letter < sounds.size and sounds[here] == sounds[letter]:
        return _SOUNDS, _SOUND
    if (here == _c and letter in (_s, _z)) or (letter == _c and here in (_s, _z)):
        return _SOUNDS, _SOUND
    return _LETTER, (_VOWEL_CHANGED if is_vowel(here) and is_vowel(letter) else _CHANGED)


@inlined
def _swapped(behind: int, here: int, previous: int, letter: int, alike: NDArray[np.uint32]) -> bool:
    """Whether two characters are two letters the other way about; digits are what they look like."""
    return _looks(here, previous, alike) and _looks(behind, letter, alike)


@inlined
def _looks(here: int, letter: int, alike: NDArray[np.uint32]) -> bool:
    """Whether a character is a letter, or a digit that looks like it."""
    looks = number(alike[here]) if 48 <= here < 58 else here
    return looks == letter or (looks == _l and letter == _i and here != looks)


@inlined
def is_vowel(letter: int) -> bool:
    """Whether a letter is a vowel, y among them."""
    return letter in (_a, _e, _i, _o, _u, _y)


@inlined
def _between(
    here: int,
    sign: bool,
    i: int,
    size: int,
    j: int,
    many: int,
    behind: int,
    previous: int,
    letter: int,
    joint: NDArray[np.uint8],
    first: int,
) -> tuple[int, int]:
    """A character that the mark does not have."""
    if sign:
        if j == 0 or j == many:
            return TOO_MUCH, 0
        return (0, 0) if joint[first + j] else (_CHEAP, _SIGNS)
    if here == behind and here == letter:
        return _CHEAP, _REPEATED
    if here == _h and i > 1:
        return _SOUNDS, _SOUND
    if 48 <= here < 58:
        return _LETTER + 2, _ADDED
    return _LETTER, _ADDED


@inlined
def _without(letter: int, previous: int, sign: bool, about: int) -> tuple[int, int]:
    """A letter of the mark that is not there."""
    if sign and about & _HIDES:
        return _SOUNDS, _MASKED
    if letter == previous:
        return _SOUNDS, _DROPPED
    if letter == _h:
        return _SOUNDS, _SOUND
    if letter in (_a, _e, _i, _o, _u):
        return _VOWEL, _VOWELS
    return _LETTER, _DROPPED


@inlined
def _two_for_one(first: int, second: int, one: int) -> tuple[int, int]:
    """Two letters for one, or one for two: how alike they are."""
    if (first == _r and second == _n and one == _m) or (first == _c and second == _l and one == _d):
        return _LIKE, _DRAWN
    if one == _w and first == second and (first in (_u, _v)):
        return _LIKE, _DRAWN
    if one == _b and second == _three and (first in (_l, _i, _one)):
        return _LIKE, _DIGITS
    if first == _p and second == _h and one == _f:
        return _SOUNDS, _SOUND
    if first == _c and (second in (_k, _h)) and one == _k:
        return _SOUNDS, _SOUND
    if second == _s and one == _x and (first in (_k, _c)):
        return _SOUNDS, _SOUND
    if one == _u and first == _o and (second in (_u, _o)):
        return _SOUNDS, _SOUND
    if one == _o and first == _a and second == _u:
        return _SOUNDS, _SOUND
    if one == _i and first == _e and (second in (_e, _y, _i)):
        return _SOUNDS, _SOUND
    return 0, 0
