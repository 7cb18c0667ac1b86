"""How a word runs: how seldom its letters follow each other in words of languages written in Latin letters."""

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.spellings.keys import number

#: For each three letters in a row, how seldom the third follows, in eighths of a bit; letter 26 is the edge of a word.
Flow = NDArray[np.uint8]
_SIDE, _EDGE = 27, 26


@cache
def flow() -> Flow:
    """The table that is kept with the project (``data/flow.md``)."""
    source = files("touchmark.engine.screening.text.spellings") / "data" / "flow.npz"
    with source.open("rb") as held, np.load(held, allow_pickle=False) as arrays:
        return np.ascontiguousarray(arrays["seldom"]).reshape(-1)


@inlined
def runs(letters: NDArray[np.uint32], start: int, end: int, flow: NDArray[np.uint8]) -> int:
    """Give how seldom the letters follow each other, on average, and 256 times the most seldom."""
    one, two, most, total = _EDGE, _EDGE, 0, 0
    for place in range(start, end + 1):
        three = _EDGE
        if place < end:
            point = number(letters[place])
            three = point - 97 if 97 <= point <= 122 else _EDGE
        seldom = number(flow[(one * _SIDE + two) * _SIDE + three])
        total, most = total + seldom, max(most, seldom)
        one, two = two, three
    return total // (end - start + 1) + 256 * most
