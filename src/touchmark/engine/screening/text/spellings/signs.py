"""What a sign among letters may do: look like a letter, hide one, or part what belongs to different words."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.spellings.keys import TABLE, as_letters, number

#: Roles of a sign, as bits.
LETTER, MASK, SPLIT = 1, 2, 4
_MASKS = "*•●○◦□■×~#∗∙▪⁎‗°…_"
_SPLITS = ',;:/&"“”„«»\\'
_LETTER, _DIGIT, _SPACE, _INVISIBLE = int(Kind.LETTER), int(Kind.DIGIT), int(Kind.SPACE), int(Kind.INVISIBLE)


@cache
def roles() -> NDArray[np.uint8]:
    """The roles of every sign below ``TABLE``; above it, a symbol may hide a letter."""
    table: NDArray[np.uint8] = (as_letters() != np.arange(TABLE)).astype(np.uint8) * np.uint8(LETTER)
    for letter in "0123456789":
        table[ord(letter)] = 0
    for role, signs in ((MASK, _MASKS), (SPLIT, _SPLITS)):
        for sign in signs:
            if ord(sign) < TABLE:
                table[ord(sign)] |= role
    return table


@inlined
def role_of(point: int, kind: int, roles: NDArray[np.uint8]) -> int:
    """The roles of a character that is neither letter nor digit nor space."""
    if point < roles.size:
        return number(roles[point])
    return MASK if kind == 0 else 0


@inlined
def is_word(kind: int) -> bool:
    """Whether a character is a letter, of a script that parts words, or a digit."""
    return kind in (_LETTER, _DIGIT)


@inlined
def is_space(kind: int) -> bool:
    """Whether a character is a space, or the end of a line."""
    return kind == _SPACE or kind == _SPACE + 1


_p1, _back, _slash, _open, _close, _under, _hyphen, _less, _more = (ord(sign) for sign in "|\\/()_-<>")
_square, _unsquare = ord("["), ord("]")
_one, _three = ord("1"), ord("3")
_a, _b, _c, _d, _h, _i, _k, _l, _m, _n, _o, _r, _u, _v, _w, _x = (ord(letter) for letter in "abcdhiklmnoruvwx")


@inlined
def drawn(  # noqa: C901 (a list of cases)
    points: NDArray[np.uint32], at: int, end: int, with_letters: bool
) -> int:
    """
    Tell what letter several signs from a place on draw together: the letter, and 256 times how many signs; or 0.

    ``with_letters``: also rn for m, cl for d, vv for w, l3 for b.
    """
    one = number(points[at])
    two = number(points[at + 1]) if at + 1 < end else 0
    three = number(points[at + 2]) if at + 2 < end else 0
    if with_letters and two:
        if one == _r and two == _n:
            return _m + 512
        if one == _c and two == _l:
            return _d + 512
        if one == _v and two == _v:
            return _w + 512
        if one == _u and two == _u:
            return _w + 512
        if two == _three and (one in (_l, _i, _one)):
            return _b + 512
    if one == _p1:
        if two == _three:
            return _b + 512
        if two == _back and three == _slash and at + 3 < end and number(points[at + 3]) == _p1:
            return _m + 1024
        if two == _back and three == _p1:
            return _n + 768
        if two == _hyphen and three == _p1:
            return _h + 768
        if two == _under and three == _p1:
            return _u + 768
        if two == _close:
            return _d + 512
        if two == _less:
            return _k + 512
        if two == _under:
            return _l + 512
    if one == _back and two == _slash:
        return _v + 512
    if one == _slash and two == _back:
        return _a + 512
    if (one == _open and two == _close) or (one == _square and two == _unsquare):
        return _o + 512
    if one == _more and two == _less:
        return _x + 512
    return 0
