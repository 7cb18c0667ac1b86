"""
Which Nice classes the goods of listings are in, as far as their words tell, and whether a right covers such goods.

Classes are bits of a 64-bit number, class n being bit n; 0 says that nothing is known, and nothing is then asked.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, taken
from touchmark.engine.screening.compare.phrases import folded
from touchmark.engine.screening.compare.trie import Trie
from touchmark.engine.screening.hits import Hits

Classes = NDArray[np.uint64]
Mask = NDArray[np.bool_]

#: Whoever has registered a name for so many classes is known for more than his goods.
MANY_CLASSES = 5
#: The class of books, posters and the like, which are about something more often than somebody's.
PRINTED = np.uint64(1 << 16)
_HIGHEST = 45
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Per hit, whether the right covers goods like those of the listing; neither where one of them is not known."""

    same: Mask
    very_same: Mask  # of a class of the right itself, not of one near it
    other: Mask
    unlike: Mask  # the right says for which goods it is, and the listing does not name any of its classes
    printed: Mask  # the goods are printed matter and nothing else, which the right does not cover

    @classmethod
    def of(cls, hits: Hits, batch: Batch, rights: pa.Table) -> Self:
        """Compare the classes of rights with the goods of the listings that they are met in."""
        right, back = np.unique(hits.right, return_inverse=True)
        given = classes_of_rights(taken(rights, "nice_classes", right))[back]
        goods = np.zeros(len(hits), np.uint64)
        listing, place = np.unique(hits.listing[given > 0], return_inverse=True)
        goods[given > 0] = classes_of_goods(taken(batch, "title", listing), taken(batch, "category", listing))[place]
        known = (given > 0) & (goods > 0)
        same = (near(given) & goods) > 0
        many = np.bitwise_count(given) >= MANY_CLASSES
        printed = (goods == PRINTED) & (given > 0) & ((given & PRINTED) == 0)
        very = (given & goods) > 0
        return cls(known & same, very, known & ~same & ~many, (given > 0) & ~very & ~many, printed)


def classes_of_rights(lists: Any) -> Classes:
    """Give the classes of rights, from their lists of numbers; numbers that are no class are left out."""
    classes = np.zeros(len(lists), np.uint64)
    numbers = np.asarray(compute.fill_null(compute.list_flatten(lists), 0)).astype(np.int64)
    rows = np.asarray(compute.list_parent_indices(lists)).astype(np.int64)
    real = (numbers > 0) & (numbers <= _HIGHEST)
    np.bitwise_or.at(classes, rows[real], np.uint64(1) << numbers[real].astype(np.uint64))
    return classes


def classes_of_goods(*texts: Any) -> Classes:
    """Tell the classes of goods from the words of some columns of texts."""
    words, bits = _words()
    classes = np.zeros(len(texts[0]), np.uint64)
    for column in texts:
        points = folded(column)
        places, word = words.met(points.points, points.bounds)
        np.bitwise_or.at(classes, places[:, 0], bits[word])
    return classes


def names_goods(words: Any) -> Mask:
    """Tell which texts are a word of what goods are called, or what is said of any: レザー is leather to everybody."""
    small = compute.utf8_lower(compute.utf8_trim_whitespace(words))
    found: Mask = np.asarray(compute.is_in(small, value_set=_single())).astype(np.bool_)
    return found


@cache
def _single() -> Any:
    """Every word of three letters and more of what goods are called, and every one that is said of any goods."""
    called = (word for entry in _data()["goods"] for word in entry["words"])
    parts = {part for word in called for part in word.split() if len(part) > _LEAST_LETTERS}
    return pa.array(sorted(parts.union(_data()["said"]["words"])))


def near(classes: Classes) -> Classes:
    """Add to classes those near them."""
    wider, there = classes.copy(), int(np.bitwise_or.reduce(classes, initial=np.uint64(0)))
    for number, others in _near().items():
        if not there >> number & 1:
            continue
        wider |= np.where(classes & (np.uint64(1) << np.uint64(number)), others, np.uint64(0))
    return wider


@cache
def _data() -> Mapping[str, Any]:
    source = files("touchmark.engine.screening") / "data" / "nice.toml"
    return tomllib.loads(source.read_text("utf-8"))


@cache
def _words() -> tuple[Trie, Classes]:
    """The words of goods, and the classes of each."""
    meant: dict[str, int] = {}
    for entry in _data()["goods"]:
        for word in entry["words"]:
            meant[word] = meant.get(word, 0) | (1 << entry["class"])
    return Trie.of(list(meant)), np.array(list(meant.values()), np.uint64)


@cache
def _near() -> Mapping[int, np.uint64]:
    """The classes near each class, whichever of the two the list names first."""
    both: dict[int, int] = {}
    for name, others in _data()["near"].items():
        for other in others:
            both[int(name)] = both.get(int(name), 0) | (1 << other)
            both[other] = both.get(other, 0) | (1 << int(name))
    return {number: np.uint64(bits) for number, bits in both.items()}
