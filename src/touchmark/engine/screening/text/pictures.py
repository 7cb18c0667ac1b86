"""
Read an emoji as the word that it shows: ``🆕 Balance``, ``⭐ Wars``, ``Off-⚪``.

Such a text is read beside the one stored. An emoji alone is never a mark (``shown.Shown.back``): most are decoration.
"""

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.fold import TOP, thin
from touchmark.engine.screening.text.ragged import offsets, owners
from touchmark.engine.screening.text.sourced import Sourced


def worded(texts: Sourced) -> Sourced:
    """Put words for the emoji that show them."""
    number, letters, bounds = _words()
    word = number[texts.points]
    lengths = np.diff(bounds)[word]
    row = owners(lengths)
    begins = offsets(lengths)
    place = np.arange(len(row)) - begins[row] + bounds[word[row]]
    shows = word[row] > 0
    return Sourced(
        np.where(shows, letters[place], texts.points[row]).astype(np.uint32),
        texts.start[row],
        texts.end[row],
        np.where(shows, np.uint8(Trick.STAND_INS), texts.trick[row]).astype(np.uint8),
        begins[texts.bounds],
    )


@cache
def pictures() -> NDArray[np.bool_]:
    """Whether each code point shows a word, (TOP,)."""
    return thin(_words()[0] > 0)


@cache
def _words() -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64]]:
    """The number of each code point's word, and the letters of the words; word 0 is one letter, for all others."""
    source = files("touchmark.engine.screening.text") / "data" / "pictures.toml"
    shown = [(word, list(signs)) for word, signs in tomllib.loads(source.read_text("utf-8"))["shows"].items()]
    number = np.zeros(TOP, np.int64)
    for place, (_, signs) in enumerate(shown, 1):
        number[[ord(sign) for sign in signs]] = place
    words = ["?", *(word for word, _ in shown)]
    letters = np.array([ord(letter) for word in words for letter in word], np.uint32)
    return number, letters, offsets(np.array([len(word) for word in words]))
