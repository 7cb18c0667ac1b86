"""
How ordinary a word is in the languages of listings: what tells *box* from *Burberry* before anything else is known.

The table holds words that a dictionary has, with their frequency, in 33 languages; ``make_ordinary`` wrote it, and
``data/ordinary.md`` says from what and under which licence. Names that are no words have no place in it.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.hashing import Hashes, mixed

#: From here on a word is so frequent that it stands in one listing of a few hundred (Zipf 4.0: ten in a million words).
FREQUENT = 40

#: The languages of the table, English first: bit i is language i.
LANGUAGES = (
    *("en", "zh", "ja", "ko", "th", "vi", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv", "fi", "cs", "uk"),
    *("tr", "id", "ms", "da", "nb", "ro", "hu", "el", "hi", "ar", "he", "bg", "fil", "hr"),
)
#: A name of people or places, which is met in every language.
EVERYWHERE = (1 << len(LANGUAGES)) - 1

#: No name is taken to be more ordinary than this, unless it is a word as well.
NAMES_LEVEL = 40

#: Bits of a key, and those of them by which the table is gone into.
_BITS, _BEGINNING = 32, 20


def levels(hashes: Hashes) -> NDArray[np.uint8]:
    """
    Tell how ordinary words are, given by the hashes of their plainly folded letters (``Units.hashes``).

    :return: the frequency in the language where it is greatest, in tenths of Zipf's scale: 20 is one word in ten
        million, 60 one in a thousand; 0: not known as an ordinary word. One word in five thousand that is not known
        gets a level by chance
    """
    keys_known, level = table()
    place, known = _places(keys_known, hashes)
    return np.where(known, level[place], np.uint8(0))


def english_levels(hashes: Hashes) -> NDArray[np.uint8]:
    """Tell how ordinary words are in English alone, as ``levels`` does."""
    place, known = _places(table()[0], hashes)
    return np.where(known, _more()[0][place], np.uint8(0))


def languages(hashes: Hashes) -> NDArray[np.uint32]:
    """Tell in which languages words are ordinary: bit i for language i of ``LANGUAGES``; 0: in none."""
    place, known = _places(table()[0], hashes)
    return np.where(known, _more()[1][place], np.uint32(0))


def _places(known: NDArray[np.uint32], hashes: Hashes) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Give where words may be among the keys that are known, and whether they are there."""
    place, there = np.empty(len(hashes), np.int64), np.empty(len(hashes), np.bool_)
    _look_up(np.ascontiguousarray(hashes), known, _begins(), place, there)
    return place, there


@cache
def _begins() -> NDArray[np.int32]:
    """Where the keys with each beginning begin, and one more entry: keys are hashes, so that few share one."""
    edges = np.arange((1 << _BEGINNING) + 1, dtype=np.uint64) << np.uint64(_BITS - _BEGINNING)
    return np.searchsorted(table()[0], edges).astype(np.int32)


@native
def _look_up(
    hashes: NDArray[np.uint64],
    known: NDArray[np.uint32],
    begins: NDArray[np.int32],
    place: NDArray[np.int64],
    there: NDArray[np.bool_],
) -> None:
    for word in range(hashes.size):
        key = np.int64(mixed(hashes[word]) >> np.uint64(64 - _BITS))
        beginning = key >> (_BITS - _BEGINNING)
        at, end = np.int64(begins[beginning]), np.int64(begins[beginning + 1])
        while at < end and known[at] < key:
            at += 1
        there[word] = bool(at < end and known[at] == key)
        place[word] = at if at < known.size else known.size - 1


def keys(hashes: Hashes) -> NDArray[np.uint32]:
    """Give the part of each hash by which the table knows words."""
    return hashing.slots(hashes, _BITS).astype(np.uint32)


@cache
def table() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The keys of all words, ascending, and their levels."""
    steps, level = _read("steps", "levels")
    return np.cumsum(steps, dtype=np.uint32), level


@cache
def _more() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """The levels in English, and the languages, of the words in the order of ``table``."""
    english, of = _read("english", "languages")
    return english, of


def _read(*names: str) -> tuple[NDArray[Any], ...]:
    source = files("touchmark.engine.screening.text") / "data" / "ordinary.npz"
    with source.open("rb") as held, np.load(held, allow_pickle=False) as arrays:
        return tuple(arrays[name] for name in names)
