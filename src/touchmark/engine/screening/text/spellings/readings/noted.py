"""Writing readings down, one behind the other: their letters, and what is known of them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text.spellings.keys import LEAST, collapsed
from touchmark.engine.screening.text.spellings.readings.ask import (
    ABOUT,
    AS_IS,
    ASKS,
    CHANGED,
    END,
    FIRST,
    LAST,
    LAST_WORD,
    START,
    WORD,
)

MANY, LETTERS_MADE, FILLED, GROUPS = range(4)


class Pen(NamedTuple):
    """What readings are written with; of what is ``alike`` one letter is written for all."""

    alike: NDArray[np.uint32]
    letters: NDArray[np.uint32]
    limits: NDArray[np.int64]
    about: NDArray[np.int64]
    counts: NDArray[np.int64]


@inlined
def note(
    start: int, end: int, word: int, last_word: int, asks: int, first: int, last: int, made: int, pen: Pen
) -> None:
    """Keep the reading whose letters were written last."""
    at = pen.counts[MANY] * ABOUT
    if at + ABOUT <= pen.about.size:
        pen.about[at + START], pen.about[at + END], pen.about[at + WORD], pen.about[at + LAST_WORD] = (
            start,
            end,
            word,
            last_word,
        )
        pen.about[at + ASKS], pen.about[at + FIRST], pen.about[at + LAST] = asks, first, last
        pen.limits[pen.counts[MANY] + 1] = pen.counts[LETTERS_MADE] + made
    pen.counts[MANY] += 1
    pen.counts[LETTERS_MADE] += made


@inlined
def write(pen: Pen, at: int, point: int) -> None:
    if at < pen.letters.size:
        pen.letters[at] = pen.alike[point] if point < pen.alike.size else np.uint32(point)


@inlined
def once(start: int, end: int, word: int, last: int, size: int, asks: int, read: int, pen: Pen) -> None:
    """Read so many letters, that were written at ``read``, with what is repeated once."""
    at, made = pen.counts[LETTERS_MADE], size
    if read + size <= pen.letters.size:
        made = collapsed(pen.letters[read : read + size], size, pen.letters, at)
    if LEAST - 1 <= made < size:
        # One letter written twice is a reading by itself; where more are, the rest may have an error.
        more = asks if size - made > 1 else AS_IS
        note(start, end, word, last, more, 0, made if more & CHANGED else 0, made, pen)
