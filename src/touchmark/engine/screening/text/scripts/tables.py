"""What is known of Chinese characters, as arrays over their code points."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined

#: The characters that the tables know, in simplified form.
FIRST, LAST = 0x3400, 0x9FFF
MOST_READINGS = 3
#: Of the parts of a character so many are known; its look is so many numbers.
MOST_PIECES = 4
LOOK_SIZE = 40
#: Two characters look alike from so much on, of 127 times 127; or from so much on where they share a part.
ALIKE, ALIKE_WITH_PART = 8100, 4900
_BASIS = 0x1234567


@dataclass(frozen=True, slots=True, eq=False)
class Han:
    """
    Rows are characters from ``FIRST`` on, flat.

    ``readings``: up to three syllables without tone, the usual one first. ``parts``: of a character of two parts, both.
    ``telling``: whether characters that share this one as a part look alike. ``alike``: up to two groups of look.
    ``pieces``: up to ``MOST_PIECES`` parts. ``look``: ``LOOK_SIZE`` numbers, whose product with those of another
    character says how alike both look.
    ``near``: per syllable, the number that it shares with those it is confused with. ``spelled``, ``spelled_as``:
    hashes of syllables in Latin letters, ascending, and the syllable of each. ``syllables``: those letters, ü as v.
    """

    readings: NDArray[np.uint16]
    near: NDArray[np.uint16]
    spelled: NDArray[np.int64]
    spelled_as: NDArray[np.uint16]
    parts: NDArray[np.uint16]
    telling: NDArray[np.uint8]
    alike: NDArray[np.uint16]
    pieces: NDArray[np.uint16]
    syllables: NDArray[np.str_]
    look: NDArray[np.int8]


@cache
def han() -> Han:
    """The tables as committed."""
    return Han(**_arrays())


@cache
def _arrays() -> dict[str, NDArray[Any]]:
    return {**_held("han"), "look": _held("look")["han"].ravel()}


@cache
def initials() -> NDArray[np.uint8]:
    """The letter that each syllable begins with, by number: ``s`` for those in ``sh``, too."""
    letters = [ord(str(syllable)[:1] or " ") for syllable in han().syllables]
    return np.array(letters, np.uint8)


@cache
def single() -> NDArray[np.uint8]:
    """Of the syllables that are one letter, the letter; of others nought."""
    return np.where(np.char.str_len(han().syllables) == 1, initials(), 0).astype(np.uint8)


def _held(name: str) -> dict[str, NDArray[Any]]:
    source = files("touchmark.engine.screening.text.scripts") / "data" / f"{name}.npz"
    with source.open("rb") as held, np.load(held, allow_pickle=False) as arrays:
        return {each: arrays[each] for each in arrays.files}


def name_of(letters: str) -> int:
    """The hash by which a syllable in Latin letters is known."""
    found = _BASIS
    for letter in letters:
        found = step(found, ord(letter))
    return found


@inlined
def step(found: int, point: int) -> int:
    """The hash of one letter more."""
    return ((found ^ point) * 0x1000193) & 0xFFFFFFFFFFFF
