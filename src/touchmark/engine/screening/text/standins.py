"""
Read signs, emoji and characters of other scripts as letters where they stand among letters: ``G⭕⭕gle``, ``GU匚匚I``.

The tables are made of ``data/lookalikes.toml``. What stands in a word of its own script, or alone, is left as it is.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.fold import TOP, Fold, beside_letters, fold, kinds, rarely_itself
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import owners
from touchmark.engine.screening.text.sourced import Sourced

#: What a code point is here, as bits: may stand for letters; does so in a word of its kind alone; is a Latin letter
#: however drawn; belongs to words otherwise; is a part of the emoji before it.
STAND_IN, RARE, LATIN, WORD, PART = 1, 2, 4, 8, 16
#: A run of stand-ins without a letter of Latin has at least so many.
LEAST_ALONE = 4
#: A stand-in is at most so many letters.
MOST_LETTERS = 3
_TRICK, _LOOKALIKE, _SIGNS = int(Trick.STAND_INS), int(Trick.LOOKALIKES), int(Trick.SIGNS)
#: Strokes of Chinese that stand between every two letters part them: ``P丨U丨M丨A`` has no l.
_STROKES = tuple(map(ord, "丨丶丿亅⼁⼂⼃⼅"))
_BAR = ord("|")
#: What is put behind a name that is claimed: ``Sand®`` ends in no r.
_CLAIMS = tuple(map(ord, "®™©℠℗"))


def stood_for(texts: Sourced) -> Sourced:
    """Put letters for what stands for them."""
    table, bits = beside_letters(), neighbours()
    room = len(texts.points) + (MOST_LETTERS - 1) * int(np.count_nonzero(bits[texts.points] & STAND_IN))
    into = Sourced.room(room, len(texts))
    _stand_in(
        texts.points, texts.start, texts.end, texts.trick, texts.bounds, bits, table.into, table.several, table.bounds,
        into.points, into.start, into.end, into.trick, into.bounds,
    )  # fmt: skip
    return into.cut()


@cache
def neighbours() -> NDArray[np.uint8]:
    """The bits above of every original code point, (TOP,)."""
    every = np.arange(TOP, dtype=np.uint32)
    bits = np.zeros(TOP, np.uint8)
    folded = fold(Points(every, np.arange(TOP + 1)), Fold.VISUAL).text
    latin = (folded.points >= ord("a")) & (folded.points <= ord("z"))
    owner = owners(folded.lengths)
    bits[owner[kinds()[folded.points] >= Kind.LETTER]] = WORD
    bits[owner[latin]] = LATIN
    bits[ord("0") : ord("9") + 1] = 0
    bits[beside_letters().into != 0] = STAND_IN
    bits[rarely_itself()] |= RARE
    bits[[0xFE0E, 0xFE0F, 0x20E3, 0x200D, *range(0x1F3FB, 0x1F400)]] = PART
    return bits


@inlined
def _parts(points: NDArray[np.uint32], at: int, begin: int, to: int) -> bool:
    """Whether the same stands before or behind the next character."""
    before = at >= begin + 2 and points[at - 2] == points[at]
    return before or (at + 2 < to and points[at + 2] == points[at])


@inlined
def _letters_of(point: np.uint32, table: NDArray[np.uint32]) -> np.uint32:
    """What a point becomes; where the table says 0 that is itself."""
    return table[point] if table[point] else point


@native
def _stand_in(
    points: NDArray[np.uint32],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    trick: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    bits: NDArray[np.uint8],
    table: NDArray[np.uint32],
    several: NDArray[np.uint32],
    rows: NDArray[np.int64],
    into: NDArray[np.uint32],
    into_start: NDArray[np.int64],
    into_end: NDArray[np.int64],
    into_trick: NDArray[np.uint8],
    into_bounds: NDArray[np.int64],
) -> int:
    """
    Write every text anew; a run of stand-ins becomes letters if a Latin one stands beside it, and no other word.

    Give how many points there are.
    """
    size = 0
    into_bounds[0] = 0
    for text in range(len(bounds) - 1):
        at, to = bounds[text], bounds[text + 1]
        while at < to:
            if not bits[points[at]] & STAND_IN:
                into[size], into_trick[size] = points[at], trick[at]
                into_start[size], into_end[size] = start[at], end[at]
                size += 1
                at += 1
                continue
            if points[at] in _STROKES and _parts(points, at, bounds[text], to):
                into[size], into_trick[size] = np.uint32(_BAR), max(int(trick[at]), _SIGNS)
                into_start[size], into_end[size] = start[at], end[at]
                size += 1
                at += 1
                continue
            past, rare, signs = at, 0, 0
            while past < to and bits[points[past]] & (STAND_IN | PART):
                signs += 1 if bits[points[past]] & STAND_IN else 0
                rare += 1 if bits[points[past]] & RARE else 0
                past += 1
            before = int(bits[points[at - 1]]) if at > bounds[text] else 0
            after = int(bits[points[past]]) if past < to else 0
            read = not (before | after) & WORD and ((before | after) & LATIN or (rare == signs and rare >= LEAST_ALONE))
            read = read and (signs > 1 or after & LATIN or points[at] not in _CLAIMS)
            while at < past:
                value, begin, begins = _letters_of(points[at], table), 0, at
                many = 1
                if read and value > TOP:
                    row = value - (TOP + 1)
                    begin, many = rows[row], rows[row + 1] - rows[row]
                at += 1
                while read and at < past and bits[points[at]] & PART:
                    at += 1
                for k in range(many):
                    into[size] = (several[begin + k] if value > TOP else value) if read else points[begins]
                    into_trick[size] = max(int(trick[begins]), _TRICK) if read else trick[begins]
                    into_start[size], into_end[size] = start[begins], end[at - 1]
                    size += 1
        into_bounds[text + 1] = size
    return size
