"""Cut folded texts into what may be the characters of a Chinese name: characters, pinyin among them, masks."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.fold import kinds
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints
from touchmark.engine.screening.text.scripts.tables import FIRST, LAST, MOST_READINGS, han, step

#: In the place of a syllable: anything else, which ends a name; a sign that stands for a character; none known.
BREAK, MASK, UNKNOWN = 0, -1, -2
#: Signs that stand for a character which is not written, beside all that are no punctuation; those that never do.
MASKS, NO_MASKS = "*＊•～~?？_xXoO某叉", "/|\\+=<>"
_LETTER, _HAN = int(Kind.LETTER), int(Kind.HAN)
_SPACE, _JOINER, _INVISIBLE = int(Kind.SPACE), int(Kind.JOINER), int(Kind.INVISIBLE)
_LONGEST_SYLLABLE, _MOST_LETTERS = 6, 24


@dataclass(frozen=True, slots=True, eq=False)
class Syllables:
    """
    Token t is folded points ``start[t]`` up to ``end[t]``: the character ``char[t]``, or 0.

    ``near[t]`` is the syllable by the number shared with those it is confused with, or one of the values above;
    ``sound[t]`` the exact syllable of pinyin, or, below nought, a single letter that is none and may stand for a
    character whose sound begins with it: a mask that says something. ``parted[t]``: something small stands before it.
    """

    char: NDArray[np.uint32]
    near: NDArray[np.int32]
    sound: NDArray[np.int32]
    start: Ints
    end: Ints
    parted: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.char)


def syllables(folded: Points) -> Syllables:
    """Cut the texts that hold Chinese; between two texts stands a break."""
    tables, room = han(), 256
    while True:
        points, ints = np.zeros((1, room), np.uint32), np.zeros((2, room), np.int32)
        places, parted = np.zeros((2, room), np.int64), np.zeros(room, np.uint8)
        made = _cut(
            folded.points, folded.bounds, kinds(), tables.readings, tables.near, tables.spelled, tables.spelled_as,
            masks(), points[0], ints[0], ints[1], places[0], places[1], parted,
        )  # fmt: skip
        if made <= room:
            cut = slice(made)
            return Syllables(points[0][cut], ints[0][cut], ints[1][cut], places[0][cut], places[1][cut], parted[cut])
        room = made


@cache
def masks() -> NDArray[np.bool_]:
    """Whether a folded code point may stand for a character that is not written, (TOP,)."""
    found: NDArray[np.bool_] = kinds() == Kind.SYMBOL
    found[:0x21] = False
    found[list(map(ord, NO_MASKS))] = False
    found[list(map(ord, MASKS))] = True
    return found


@inlined
def _spelled(points: NDArray[np.uint32], at: int, to: int, spelled: NDArray[np.int64]) -> int:
    """The longest syllable of pinyin that begins here: how long it is, times 2 ** 16, and its row; or 0."""
    name, best = 0x1234567, 0
    for size in range(1, min(to - at, _LONGEST_SYLLABLE) + 1):
        name = step(name, int(points[at + size - 1]))
        low, high = 0, len(spelled)
        while low < high:
            middle = (low + high) >> 1
            if spelled[middle] < name:
                low = middle + 1
            else:
                high = middle
        if low < len(spelled) and spelled[low] == name:
            best = (size << 16) | low
    return best


@native
def _cut(  # noqa: C901
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    kind: NDArray[np.uint8],
    readings: NDArray[np.uint16],
    near_of: NDArray[np.uint16],
    spelled: NDArray[np.int64],
    spelled_as: NDArray[np.uint16],
    masks: NDArray[np.bool_],
    char: NDArray[np.uint32],
    near: NDArray[np.int32],
    sound: NDArray[np.int32],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    parted: NDArray[np.uint8],
) -> int:
    """Write the tokens of all texts with Chinese, a break after each; give how many there are, also without room."""
    made, room = 0, len(char)
    for text in range(len(bounds) - 1):
        at, to = bounds[text], bounds[text + 1]
        high = np.uint32(0)
        for i in range(at, to):
            high = max(high, points[i])
        if high < FIRST:
            continue
        gap = 0
        while at <= to:
            point = int(points[at]) if at < to else 0
            is_han = FIRST <= point <= LAST
            size, what, exact, here = 1, BREAK, 0, 0
            run = at
            while run < to and 97 <= points[run] <= 122 and run - at <= _MOST_LETTERS:
                run += 1
            before_han = at > bounds[text] and FIRST <= points[at - 1] <= LAST
            if masks[point] and run - at <= 1:
                while at + size < to and size < 4 and points[at + size] == point:
                    size += 1
                what = MASK
            elif is_han:
                exact = int(readings[MOST_READINGS * (point - FIRST)])
                what, here = (int(near_of[exact]) if exact else UNKNOWN), point
            elif run > at and (before_han or (run < to and FIRST <= points[run] <= LAST)):
                # Letters beside Chinese, read as pinyin if all of them can be.
                reads = True
                k = at
                while k < run and reads:
                    found = _spelled(points, k, run, spelled)
                    reads = found > 0
                    k += found >> 16
                k = at
                while k < run and reads:
                    found = _spelled(points, k, run, spelled)
                    if made < room:
                        exact = int(spelled_as[found & 0xFFFF])
                        char[made], near[made], sound[made] = 0, near_of[exact], exact
                        start[made], end[made], parted[made] = k, k + (found >> 16), gap
                    gap = 0
                    made += 1
                    k += found >> 16
                if reads:
                    at = run
                    continue
                size = run - at
                if size == 1 and not (run < to and 48 <= points[run] <= 57):
                    what, exact = MASK, -point
            elif run > at:
                size = run - at
            elif at < to and (kind[point] == _SPACE or kind[point] == _JOINER or kind[point] == _INVISIBLE) and not gap:
                gap = 1
                at += 1
                continue
            if made < room:
                char[made], near[made], sound[made] = here, what, exact
                start[made], end[made], parted[made] = at, min(at + size, to), gap
            gap = 0
            made += 1
            at += size
    return made
