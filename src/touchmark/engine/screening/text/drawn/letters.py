"""Single characters of a text as letters, whichever of several they may be."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.drawn.shapes import GAP, MOST_SHAPES, OTHER, PLAIN, SIGN, SURE, UNSEEN, UNSURE


class Seen(NamedTuple):
    """Code points of texts, and the shapes of all code points, flat: see ``shapes``."""

    points: NDArray[np.uint32]
    what: NDArray[np.uint8]
    letters: NDArray[np.uint8]
    ascii: NDArray[np.uint8]


@inlined
def what_is(what: NDArray[np.uint8], point: int) -> int:
    """What a code point is; what is not known by its shape is part of a word, but no letter."""
    return int(what[point]) if point < len(what) else OTHER


@inlined
def sure_letter(
    seen: Seen,
    at: int,
    view: int,
) -> int:
    """The one letter that a character is, or a digit of ASCII itself; 0: neither."""
    point = int(seen.points[at])
    here = what_is(seen.what, point)
    if point < 0x80 and here == PLAIN:
        return point if 48 <= point < 58 else int(seen.ascii[128 * view + point])
    if here != SURE or seen.letters[MOST_SHAPES * point + 1]:
        return 0
    return int(seen.letters[MOST_SHAPES * point])


@inlined
def letter_at(
    seen: Seen,
    place: int,
    view: int,
    which: int,
) -> int:
    """The letter that a character is taken for at the ``which``-th try; 0: no more."""
    point = int(seen.points[place])
    if point < 0x80 and seen.what[point] == PLAIN and not 48 <= point < 58:
        return int(seen.ascii[128 * view + point]) if which == 0 else 0
    return int(seen.letters[MOST_SHAPES * point + which]) if which < MOST_SHAPES and point < len(seen.what) else 0


@inlined
def is_letter(seen: Seen, at: int, first: int, last: int) -> bool:
    """Whether a point belongs to a word: a letter, what nobody sees after one, a sign beside one."""
    here = what_is(seen.what, int(seen.points[at]))
    if here in (SIGN, UNSEEN):
        before = what_is(seen.what, int(seen.points[at - 1])) if at > first else GAP
        after = what_is(seen.what, int(seen.points[at + 1])) if at + 1 < last else GAP
        return before in (PLAIN, SURE, UNSURE) or (here == SIGN and after in (PLAIN, SURE, UNSURE))
    return here != GAP
