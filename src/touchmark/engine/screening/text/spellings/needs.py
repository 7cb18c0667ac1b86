"""
Which letters of a spelling must be seen for it to stand somewhere, as a set of bits: the first and cheapest question.

A letter that is not needed may be explained by others: vowels are left out, h is not heard, ph is written f. Each one
that is needed and not seen takes an edit, so that what lacks more of them than there may be edits need not be compared;
and so it is with letters that stand there and are none of the spelling's. A letter has two bits: that it is there, and
that it is there once more, which takes another one on the other side.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.ragged import Ints
from touchmark.engine.screening.text.spellings.keys import as_letters, as_sounds, number
from touchmark.engine.screening.text.spellings.signs import MASK, is_space, role_of

#: Characters of ASCII; a text or a spelling with others is not judged.
ASCII = 128
#: Of a longer text nothing is told.
MOST_PLACES = 60
#: What is seen where nothing can be told: every letter.
EVERY = np.uint64(0xFFFFFFFFFFFFFFFF)

_a, _c, _d, _e, _f, _h, _i, _k, _l, _m, _n, _o, _p, _r, _s, _u, _v, _w, _x = (ord(a) for a in "acdefhiklmnoprsuvwx")
_z, _LETTER = ord("z"), int(Kind.LETTER)
_NONE, _ONE, _ONCE, _MORE = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFF), np.uint64(32)


@cache
def by_look() -> NDArray[np.uint8]:
    """One letter for all of ASCII that look alike: digits as letters, i as l."""
    table = as_letters()[:ASCII].astype(np.uint8)
    return np.where(table == _i, _l, table).astype(np.uint8)


@cache
def by_sound() -> NDArray[np.uint8]:
    """One letter for all of ASCII that look or sound alike."""
    return as_sounds()[by_look()].astype(np.uint8)


def asked_of(letters: NDArray[np.uint32], bounds: Ints) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Tell which letters each spelling needs, and which it can explain."""
    needs, explains = np.zeros(len(bounds) - 1, np.uint64), np.zeros(len(bounds) - 1, np.uint64)
    _asked_of(letters, bounds, by_sound(), needs, explains)
    return needs, explains


@inlined
def pair(  # noqa: C901 (a list of cases)
    one: int, other: int, loose: bool
) -> int:
    """Give the letter that two letters may be written for, or that may be written for them; 0: none."""
    if one == _r and other == _n:
        return _m
    if (one in (_c, _k)) and other == _l:
        return _d
    if one == _v and other == _v:
        return _v if loose else _w
    if one == _u and other == _u:
        return _w
    if not loose:
        return 0
    if one == _p and other == _h:
        return _f
    if one == _k and (other in (_k, _h)):
        return _k
    if one == _k and other == _s:
        return _x
    if one == _o and (other in (_v, _o)):
        return _v
    if one == _a and other == _v:
        return _o
    if one == _e and (other in (_e, _l)):
        return _l
    return 0


@inlined
def _bit(letter: int) -> np.uint64:
    return _ONE << np.uint64(letter - _a) if _a <= letter <= _z else _NONE


@inlined
def _and(one: np.uint64, other: np.uint64) -> np.uint64:
    """Put two sets of letters together: what is in both is there once more."""
    return one | other | ((one & other & _ONCE) << _MORE)


@native
def _asked_of(
    letters: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    sounds: NDArray[np.uint8],
    needs: NDArray[np.uint64],
    explains: NDArray[np.uint64],
) -> None:
    for of in range(needs.size):
        needed, previous, held, seen = _NONE, 0, _NONE, _NONE
        for place in range(bounds[of], bounds[of + 1]):
            point = number(letters[place])
            if point >= ASCII:
                needed, held, seen = _NONE, _NONE, EVERY
                break
            letter = number(sounds[point])
            needed = needed if pair(previous, letter, True) else _and(needed, held)
            alone = pair(previous, letter, True) == 0 and letter != _h and point not in (_a, _e, _i, _o, _u)
            held = _bit(letter) if alone else _NONE
            seen = _and(_and(seen, _bit(letter)), _bit(pair(previous, letter, True)))
            previous = letter
        needs[of], explains[of] = _and(needed, held), seen


@native
def seen_in(
    points: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    sounds: NDArray[np.uint8],
    roles: NDArray[np.uint8],
    letters: NDArray[np.uint64],
    between: NDArray[np.uint64],
    needed: NDArray[np.uint64],
    signs: NDArray[np.uint8],
) -> None:
    """
    Tell which letters are seen in each word, in all ways of reading them; in one beyond ASCII, every letter.

    ``between``: those seen with the word before it: two letters may be read as one, and a sign may hide any number of
    them. ``signs``: how many other signs are there, each of which may stand for one letter. ``needed``: those that only
    a letter of the spelling explains, which here vowels are too.
    """
    previous = 0
    for word in range(starts.size):
        found, needs = _NONE, _NONE
        before = ends[word - 1] if word > 0 else starts[word]
        between[word] = _bit(pair(previous, _sound(points, starts[word], sounds), True))
        many = 0
        for place in range(before, starts[word]):
            kind = number(kinds[points[place]])
            if kind >= _LETTER or (not is_space(kind) and role_of(number(points[place]), kind, roles) & MASK):
                between[word] = EVERY
            many += not is_space(kind)
        signs[word] = np.uint8(min(many, MOST_PLACES))
        for place in range(starts[word], ends[word]):
            letter = _sound(points, place, sounds)
            following = place + 1
            if following == ends[word]:
                following = starts[word + 1] if word + 1 < starts.size else place
            merged = pair(previous, letter, True)
            found = _and(found, _bit(letter)) if letter else EVERY
            found = _and(found, _bit(merged) if place > starts[word] else _NONE)
            alone = merged == 0 and letter not in (previous, _h)
            if alone and pair(letter, _sound(points, following, sounds), True) == 0:
                needs = _and(needs, _bit(letter))
            previous = letter
        letters[word], needed[word] = found, needs if found != EVERY else _NONE


@inlined
def _sound(points: NDArray[np.uint32], place: int, sounds: NDArray[np.uint8]) -> int:
    """The letter that is heard; 0 beyond ASCII."""
    point = number(points[place])
    return number(sounds[point]) if point < ASCII else 0


@inlined
def needed_together(needed: NDArray[np.uint64], first: int, last: int) -> np.uint64:
    """Tell which letters of words side by side must be explained."""
    needs = _NONE
    for word in range(first, last + 1):
        needs = _and(needs, needed[word])
    return needs


@inlined
def seen_together(letters: NDArray[np.uint64], between: NDArray[np.uint64], first: int, last: int) -> np.uint64:
    """Tell which letters are seen in words side by side."""
    found = letters[first]
    for word in range(first + 1, last + 1):
        found = _and(_and(found, letters[word]), between[word])
    return found  # type: ignore[no-any-return]


@inlined
def lacks(needed: np.uint64, found: np.uint64, most: int) -> bool:
    """Whether more letters that are needed are not seen than there may be edits."""
    missing = needed & ~found
    for _ in range(most):
        missing &= missing - _ONE if missing else _NONE
    return missing != _NONE  # type: ignore[no-any-return]
