"""
Words of another script in which a sign covers one character: ``К*нгстон``, ``ドロ○ミ``.

What is covered may be any sound. Each such word is heard once for every class of consonants, and once as a vowel
alone; in Korean and kana a character is a consonant and a vowel.
"""

from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text import hashing, ordinary
from touchmark.engine.screening.text.fold import TOP, Folded
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, places
from touchmark.engine.screening.text.scripts.sounds import COVERS, FIRST_COVER, TOP_POINT, sounds
from touchmark.engine.screening.text.scripts.syllables import masks

#: Of a covered word so many characters are seen at least, and it has so many at most.
LEAST_SEEN, MOST = 2, 16
#: Signs that follow words or part them, and letters that cover one in Chinese alone.
_NEVER = "!?%&@+$^'\"`´·・．.,:;-–—<>()[]{}®™©℠°~oOсСхХ某叉"


@dataclass(frozen=True, slots=True, eq=False)
class Covered:
    """Covered words as texts, one for each thing that may be covered, and which original characters are covers."""

    folded: Folded
    covers: Mask

    @classmethod
    def of(cls, points: Points, folded: Folded) -> Self | None:
        """Take the covered words out of texts; none, if there are none."""
        room = 1 + int(_covers()[folded.text.points].sum())
        start, end, cover = (np.empty(room, np.int64) for _ in range(3))
        script = np.empty(room, np.int64)
        many = _words(folded.text.points, folded.text.bounds, sounds().script, _covers(), start, end, cover, script)
        start, end, cover, script = (array[:many] for array in (start, end, cover, script))
        kept = np.flatnonzero(~_usual(folded.text, start, end, cover))
        if not len(kept):
            return None
        start, end, cover, script = (array[kept] for array in (start, end, cover, script))
        covers = np.zeros(len(points.points), np.bool_)
        covers[folded.source[cover]] = True
        return cls(_variants(folded, start, end, cover, script), covers)


def _usual(text: Points, start: Ints, end: Ints, cover: Ints) -> Mask:
    """Whether what is seen is an ordinary word, with a sign before it or behind."""
    edge = (cover == start) | (cover == end - 1)
    first, last = start + (cover == start), end - (cover == end - 1)
    usual: Mask = edge & (ordinary.levels(hashing.runs(text.points, first, last)) > 0)
    return usual


def _variants(folded: Folded, start: Ints, end: Ints, cover: Ints, script: Ints) -> Folded:
    """Write every word once for each thing that its sign may cover."""
    lengths = np.repeat(end - start, COVERS)
    where = places(np.repeat(start, COVERS), lengths)
    bounds, out = offsets(lengths), folded.text.points[where]
    number = np.tile(np.arange(COVERS), len(start))
    out[bounds[:-1] + np.repeat(cover - start, COVERS)] = FIRST_COVER + np.repeat(script, COVERS) * COVERS + number
    return Folded(Points(out.astype(np.uint32), bounds), folded.source[where])


@cache
def _covers() -> NDArray[np.bool_]:
    """Whether a folded code point may cover a character, (TOP,)."""
    found = masks().copy()
    found[list(map(ord, _NEVER))] = False
    found[TOP_POINT:TOP] &= masks()[TOP_POINT:TOP]
    return found


@native
def _words(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    script: NDArray[np.uint8],
    covers: NDArray[np.bool_],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    cover: NDArray[np.int64],
    of: NDArray[np.int64],
) -> int:
    """Find words of one script with one sign in them, before them or behind; give how many."""
    many = 0
    for text in range(bounds.size - 1):
        first, to = bounds[text], bounds[text + 1]
        for at in range(first, to):
            if not covers[points[at]]:
                continue
            before = script[points[at - 1]] if at > first and points[at - 1] < script.size else np.uint8(0)
            behind = script[points[at + 1]] if at + 1 < to and points[at + 1] < script.size else np.uint8(0)
            kind = before if before else behind
            if kind == 0 or (before and behind and before != behind):
                continue
            low, high = at, at + 1
            while low > first and points[low - 1] < script.size and script[points[low - 1]] == kind:
                low -= 1
            while high < to and points[high] < script.size and script[points[high]] == kind:
                high += 1
            beside = (low > first and covers[points[low - 1]]) or (high < to and covers[points[high]])
            if not beside and LEAST_SEEN < high - low <= MOST:
                start[many], end[many], cover[many], of[many] = low, high, at, kind
                many += 1
    return many
