"""
What sellers write before and behind a name without a space: so that the rest may have an error or a sign as well.

Names glued as they are, are looked for within any word (``WITHIN``). Where the name has an error, the word that is
glued to it must be told first; these are the few that sellers of all languages glue.
"""

from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.native import inlined
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.spellings.keys import number
from touchmark.engine.screening.text.spellings.nearest import in_letters
from touchmark.engine.screening.text.spellings.words import Words, level_of, table_of

_WORDS = (
    "new hot top vip best real shop store sale sales deal deals outlet official original originals genuine "
    "authentic luxury style styles fan fans club cheap mini super sexy buy my the love lover bag bags shoe "
    "shoes watch watches case cases gift gifts set box men mens women womens kids girl girls boy boys baby "
    "brand designer fashion vintage premium quality replica inspired online world direct factory wholesale "
    "orig lovers officials addict corner depot closet bazaar vault "
    "market mall boutique collection home usa pro plus xxl xl sport sports tienda boutique negozio laden "
    "magasin loja toko winkel sklep butik shopping hut hub zone city land "
)
#: Such words have so many letters, and so many are left beside one.
_LEAST_GLUE, _MOST_GLUE, LEAST_REST = 2, 10, 5
#: And so many digits, as in a year.
_MOST_DIGITS = 4
_ONE = np.uint64(1)


@cache
def glue() -> Words:
    """The words, as ``level_of`` asks for them."""
    words = sorted(set(_WORDS.split()))
    points = Points.of(pa.array(words))
    hashes = hashing.runs(points.points, points.bounds[:-1], points.bounds[1:])
    return table_of(hashes, np.ones(len(words), np.uint8))


@inlined
def glued_before(points: NDArray[np.uint32], start: int, end: int, words: NDArray[np.uint64]) -> int:
    """How many letters the longest such word has that a word begins with; 0: none."""
    found, total, power = 0, np.uint64(0), _ONE
    for place in range(start, min(end, start + _MOST_GLUE)):
        total += (np.uint64(in_letters(number(points[place]))) + _ONE) * power
        power *= hashing.BASE
        size = place + 1 - start
        if size >= _LEAST_GLUE and level_of(words, total) > 0:
            found = size
    return found


@inlined
def glued_behind(points: NDArray[np.uint32], start: int, end: int, words: NDArray[np.uint64]) -> int:
    """How many letters the longest such word has that a word ends with, or how many digits it ends with; 0: none."""
    found, total = _digits_behind(points, start, end), np.uint64(0)
    for place in range(end - 1, max(start, end - _MOST_GLUE) - 1, -1):
        total = total * hashing.BASE + np.uint64(in_letters(number(points[place]))) + _ONE
        size = end - place
        if size >= _LEAST_GLUE and level_of(words, total) > 0:
            found = number(size)
    return found


@inlined
def _digits_behind(points: NDArray[np.uint32], start: int, end: int) -> int:
    """With how many digits a word ends; 0: more than a number that sellers put behind a name has."""
    place = end
    while place > start and 48 <= number(points[place - 1]) < 58:
        place -= 1
    return end - place if end - place <= _MOST_DIGITS else 0
