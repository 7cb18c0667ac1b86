"""What characters may be by their shapes: nothing of a word, one sure letter, or several."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.fold import Fold, fold, kinds
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points

#: Code points below this are known by their shapes, each as up to so many letters.
TOP_SHAPE, MOST_SHAPES = 0x1F800, 6
#: What a code point is: nothing of a word, a letter of ASCII, a character of one sure letter, of one that the visual
#: fold does not know or of several, nothing to be seen, part of a word that is no letter, a sign that may be a letter.
GAP, PLAIN, SURE, UNSURE, UNSEEN, OTHER, SIGN = range(7)
#: As what letters of ASCII are read.
UPRIGHT, MIRRORED, TURNED = range(3)
_PAIRS = {MIRRORED: "bd db pq qp", TURNED: "nu un dp pd bq qb mw wm 69 96"}
#: Signs and digits as letters, beside characters that are unsure.
_SIGNS = {"|": "li", "!": "il", "@": "a", "$": "s", "0": "0o", "1": "1li", "3": "3e", "4": "4a", "5": "5s", "7": "7t",
          "8": "8b", "9": "9g", "€": "ec", "£": "l"}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """``what`` per code point below ``TOP_SHAPE``; ``letters``, a row per code point; ``ascii``, a row per view."""

    what: NDArray[np.uint8]
    letters: NDArray[np.uint8]
    ascii: NDArray[np.uint8]


@cache
def known_shapes() -> Shapes:
    letters = np.zeros((TOP_SHAPE, MOST_SHAPES), np.uint8)
    source = files("touchmark.engine.screening.text") / "data" / "shapes.npz"
    with source.open("rb") as stored, np.load(stored, allow_pickle=False) as arrays:
        letters[arrays["points"]] = arrays["letters"]
    every = Points(np.arange(TOP_SHAPE, dtype=np.uint32), np.arange(TOP_SHAPE + 1))
    _only_accented(every, letters)
    seen = fold(every, Fold.VISUAL).text
    single = (seen.lengths == 1) & (letters[:, 0] > 0)
    first = seen.points[np.minimum(seen.bounds[:-1], len(seen.points) - 1)]
    sure = single & (first == letters[:, 0]) & (letters[:, 1] == 0)
    what = np.full(TOP_SHAPE, GAP, np.uint8)
    kind = kinds()[:TOP_SHAPE]
    what[kind >= Kind.LETTER] = OTHER
    what[seen.lengths == 0] = UNSEEN
    what[letters[:, 0] > 0] = UNSURE
    what[sure] = SURE
    for point in (*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1), *range(ord("0"), ord("9") + 1)):
        what[point] = PLAIN
        letters[point] = 0
        letters[point, 0] = ord(chr(point).lower())
    for sign, may in _SIGNS.items():
        letters[ord(sign)] = 0
        letters[ord(sign), : len(may)] = [ord(letter) for letter in may]
        what[ord(sign)] = PLAIN if sign.isdigit() else SIGN
    return Shapes(what, letters.ravel(), _views())


def _only_accented(every: Points, letters: NDArray[np.uint8]) -> None:
    """Leave to letters of Latin with the accents of living languages the one letter that they are."""
    plain = fold(every, Fold.PLAIN).text
    one = plain.points[np.minimum(plain.bounds[:-1], len(plain.points) - 1)]
    living = (every.points < 0x180) | ((every.points >= 0x1EA0) & (every.points < 0x1F00))
    latin = np.flatnonzero(living & (plain.lengths == 1) & (one >= ord("a")) & (one <= ord("z")))
    letters[latin] = 0
    letters[latin, 0] = one[latin]


def _views() -> NDArray[np.uint8]:
    """What letters of ASCII are upright, mirrored and turned, flat."""
    rows = np.tile(np.arange(128, dtype=np.uint8), (3, 1))
    rows[:, ord("A") : ord("Z") + 1] += 32
    for view, pairs in _PAIRS.items():
        for pair in pairs.split():
            rows[view, ord(pair[0])] = ord(pair[1])
            rows[view, ord(pair[0].upper())] = ord(pair[1])
    return rows.ravel()
