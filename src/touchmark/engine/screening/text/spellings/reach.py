"""
What letters may have become by few edits.

What stands there is taken as a set of places, a bit each, and read along the letters of the spelling: the bits are the
places that can be reached with no edit, with one, with two.
"""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.needs import (
    ASCII,
    MOST_PLACES,
    pair,
)
from touchmark.engine.screening.text.spellings.signs import MASK, is_space, is_word, role_of

#: Parts of what is known of a text, as places in ``where``: per letter, the places that it stands at; per letter, the
#: places of two letters that stand for it; then the signs, which may stand for any letter; what may be left out at no
#: cost; behind which letters may be hidden; all places; and how many letters it takes to explain them.
_PAIRS, _SIGNS, _FREE, _HIDE, _ALL, _LEAST, WHERE = (ASCII, *range(2 * ASCII, 2 * ASCII + 6))
_a, _e, _h, _i, _o, _u = (ord(a) for a in "aehiou")
_LETTER = int(Kind.LETTER)
_ZERO, _ONE, _TWO = (np.uint64(i) for i in range(3))


@inlined
def placed(
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    start: int,
    end: int,
    alike: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    loose: bool,
    where: NDArray[np.uint64],
) -> None:
    """Take what stands there apart by letters; where nothing can be told of it, its places are said to be none."""
    for letter in range(WHERE):
        where[letter] = _ZERO
    size, previous, free = 0, 0, 0
    for place in range(start, end):
        kind, point = number(kinds[points[place]]), number(points[place])
        if is_space(kind):
            continue
        if (kind >= _LETTER and not (is_word(kind) and point < ASCII)) or size == MOST_PLACES:
            where[_ALL] = _ZERO
            return
        bit = _ONE << np.uint64(size)
        letter = number(alike[point]) if kind >= _LETTER else 0
        if letter == 0:
            where[_SIGNS] |= bit
            where[_FREE] |= bit
            free += 1
            where[_HIDE] |= bit << _ONE if role_of(point, kind, roles) & MASK else _ZERO
        elif letter == previous or (loose and letter == _h):
            where[_FREE] |= bit
            free += 1
        where[letter] |= bit
        both = pair(previous, letter, loose)
        if both:
            where[_PAIRS + both] |= bit >> _ONE
            free += 1
        previous = letter
        size += 1
        where[_ALL], where[_LEAST] = (bit << _ONE << _ONE) - _ONE, np.uint64(max(size - free, 0))


@inlined
def may_be(
    where: NDArray[np.uint64],
    letters: NDArray[np.uint32],
    begins: int,
    size: int,
    alike: NDArray[np.uint8],
    loose: bool,
    most: int,
) -> bool:
    """Whether letters may have become what stands there by so many edits; leaving out vowels is one, however many."""
    every = where[_ALL]
    if every == _ZERO:
        return True
    if number(where[_LEAST]) > size + most:
        return False
    free, signs, hide, goal = where[_FREE], where[_SIGNS], where[_HIDE], (every + _ONE) >> _ONE
    # Places reached without edits, with one, two; with vowels left out and nothing else, and with one edit more.
    none, one, two, bare, bare_one = _freely(_ONE, free), _ZERO, _ZERO, _ZERO, _ZERO
    if most > 0:
        one = (none << _ONE) & every
        two = (one << _ONE) & every if most > 1 else _ZERO
    none_before, one_before, bare_before, two_before, bare_one_before = _ZERO, _ZERO, _ZERO, _ZERO, _ZERO
    previous = 0
    for place in range(begins, begins + size):
        point = number(letters[place])
        if point >= ASCII:
            return True
        letter = number(alike[point])
        here, pairs, merged = where[letter] | signs, where[_PAIRS + letter], pair(previous, letter, loose)
        both = where[merged] if merged else _ZERO
        swapped = where[previous] if previous else _ZERO
        silent = every if loose and letter == _h else hide
        vowel = point in (_a, _e, _i, _o, _u)
        new = _freely(_over(none, none_before, here, pairs, both, silent) & every, free)
        new_one, new_two, new_bare, new_bare_one = _ZERO, _ZERO, _ZERO, _ZERO
        if most > 0:
            new_one = _over(one, one_before, here, pairs, both, silent) | _edited(none, none_before, here, swapped)
            new_one = _freely((new_one | (new << _ONE)) & every, free)
            new_bare = _over(bare, bare_before, here, pairs, both, silent) | (none | bare if vowel else _ZERO)
            new_bare = _freely(new_bare & every, free)
        if most > 1:
            new_two = _over(two, two_before, here, pairs, both, silent) | _edited(one, one_before, here, swapped)
            new_two = _freely((new_two | (new_one << _ONE)) & every, free)
            new_bare_one = _over(bare_one, bare_one_before, here, pairs, both, silent)
            new_bare_one |= _edited(bare, bare_before, here, swapped) | (one | bare_one if vowel else _ZERO)
            new_bare_one = _freely((new_bare_one | (new_bare << _ONE)) & every, free)
        if none | one | two | bare | bare_one | new | new_one | new_two | new_bare | new_bare_one == _ZERO:
            return False
        none_before, one_before, two_before, bare_before, bare_one_before = none, one, two, bare, bare_one
        none, one, two, bare, bare_one = new, new_one, new_two, new_bare, new_bare_one
        previous = letter
    return bool((none | one | two | bare | bare_one) & goal != _ZERO)


@inlined
def _over(
    reached: np.uint64, before: np.uint64, here: np.uint64, pairs: np.uint64, both: np.uint64, silent: np.uint64
) -> np.uint64:
    """
    Give the places behind a letter that costs no edit: there as itself, as two letters, as one for it and the one
    before, or not there where it is ``silent``.
    """
    return ((reached & here) << _ONE) | ((reached & pairs) << _TWO) | ((before & both) << _ONE) | (reached & silent)


@inlined
def _edited(reached: np.uint64, before: np.uint64, here: np.uint64, swapped: np.uint64) -> np.uint64:
    """Give the places behind a letter that is another one, or missing, or has changed places with the one before."""
    return (reached << _ONE) | reached | ((((before & here) << _ONE) & swapped) << _ONE)


@inlined
def _freely(reached: np.uint64, free: np.uint64) -> np.uint64:
    """Add the places that are reached by leaving out what may be."""
    more = reached | ((reached & free) << _ONE)
    while more != reached:
        reached = more
        more = reached | ((reached & free) << _ONE)
    return reached
