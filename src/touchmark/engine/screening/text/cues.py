"""The words of ``data/referential.toml`` and ``mentions.toml``, found in texts by the same windows as marks are."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import TOP, Fold, fold
from touchmark.engine.screening.text.index import Index
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.read_forms import joints_of
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.tokens import units_of
from touchmark.engine.screening.text.verify import verified
from touchmark.engine.screening.text.windows import windows

#: References, and what speaks of a mark in other ways.
_FILES = ("referential", "mentions")
_BEYOND_ASCII = np.arange(TOP) > 0x7F


class Part(IntEnum):
    """What a word does for a reference."""

    BEFORE = 0  # the mark follows
    AFTER = 1  # the mark stands before
    BETWEEN = 2
    MODEL = 3
    LINK = 4
    REFUSAL = 5
    ACCESSORY = 6  # what others offer for a device, and what its maker may offer too
    PART = 7  # a spare part, or what is used up
    GOODS = 8  # the holder's own
    BESIDE = 9  # the mark and a spare part follow
    OWN = 10  # says that the goods are the maker's
    NOBODY = 11  # a brand field that names nobody
    PEOPLE = 12  # who the goods are for: no device
    OFFER = 13  # what an offer begins with, before its goods
    WITH_ACCESSORY = 14  # the mark follows, if an accessory or a spare part stands before
    MENTION_BEFORE = 15  # the mark follows, whatever goods stand behind it: "better than NAME bags"
    MENTION_AFTER = 16  # the mark stands before, with its goods perhaps: "NAME watch repair"
    DEVICE = 17  # an accessory that only a device with a model's number has: "NAME 14 case"
    MEASURE = 18  # what a number counts that is no model's: "65 W"
    REPLACEMENT = 19  # so a spare part or an accessory is called that is for the mark of its phrase
    ABOUT = 20  # what is printed about a mark; with the next right behind, it is another thing
    NOT_ABOUT = 21
    WANTED = 22  # who wants to buy
    DENIAL = 23
    DENIED = 24
    MEASURED = 25  # "as light", and by what it is measured
    BY = 26
    COMPARED = 27  # the mark follows, in one word


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """
    Word i plays ``part[i]``. With one of ``unless[i]`` right after it, it is another word; and so is one that has an
    accent where this has none: "fur" for "für".
    """

    index: Index
    part: NDArray[np.int8]
    ascii: Mask
    unless: NDArray[np.uint32]  # (words, most): 0 where there are fewer


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """Places of cues, as units ``first`` up to and with ``last``."""

    first: Ints
    last: Ints
    part: NDArray[np.int8]

    def playing(self, part: Part) -> tuple[Ints, Ints]:
        """First and last units of the words that play a part."""
        chosen = self.part == part
        return self.first[chosen], self.last[chosen]


def met(reading: Reading) -> Met:
    """Find every cue in texts read in the plain view."""
    cues, units = _cues(), reading.units
    matches = verified(units, cues.index, windows(units, cues.index))
    start, end = reading.spans(matches.first, matches.last)
    ascii_only = reading.count(_BEYOND_ASCII, start, end) == 0
    matches = matches.taken((matches.odd == 0) & (ascii_only == cues.ascii[matches.form]))
    follows = np.minimum(matches.last + 1, len(units) - 1)
    touching = (matches.last + 1 < len(units)) & (units.gap[follows] == 0) & ~units.opens[follows]
    following = units.letters[units.first_letter[follows]]
    other_word = touching & (cues.unless[matches.form] == following[:, None]).any(axis=1)
    kept = matches.taken(~other_word)
    return Met(kept.first, kept.last, cues.part[kept.form])


#: Words without which nothing names another's goods: each rule of ``referential`` and ``mentions`` asks for one.
_TELLING = (
    *(Part.BEFORE, Part.AFTER, Part.WITH_ACCESSORY, Part.ACCESSORY, Part.PART, Part.DEVICE, Part.BESIDE),
    *(Part.REPLACEMENT, Part.MENTION_BEFORE, Part.MENTION_AFTER, Part.BY, Part.COMPARED, Part.DENIED),
    *(Part.ABOUT, Part.WANTED),
)


def perhaps_telling(reading: Reading, wanted: Mask) -> Ints:
    """Give the texts, of those wanted, in which a word may stand that makes a reference of a mark; some twice."""
    cues, units = _cues(), reading.units
    proposed = windows(units, cues.index, wanted)
    telling = np.isin(cues.part, _TELLING)[cues.index.form[proposed.entry]]
    return units.text[proposed.first[telling]]


@cache
def _cues() -> Cues:
    listed = list({(word, part): (word, part, unless) for word, part, unless in _words()}.values())
    points = Points.of(pa.array([word for word, _, _ in listed], pa.string()))
    units = units_of(fold(points, Fold.PLAIN))
    lengths = np.bincount(units.text, weights=units.lengths, minlength=len(listed)).astype(np.int64)
    index = Index.of(units.letters, joints_of(units, points), lengths, np.arange(len(listed), dtype=np.int32))
    unless = np.zeros((len(listed), max(len(u) for _, _, u in listed)), np.uint32)
    for row, (_, _, chars) in enumerate(listed):
        unless[row, : len(chars)] = [ord(char) for char in chars]
    ascii_only = np.array([word.isascii() for word, _, _ in listed])
    return Cues(index, np.array([part for _, part, _ in listed], np.int8), ascii_only, unless)


@cache
def words_before() -> hashing.Hashes:
    """Hashes of the words of one unit that stand before a mark."""
    texts = pa.array([word for word in words_playing(Part.BEFORE) if " " not in word], pa.string())
    units = units_of(fold(Points.of(texts), Fold.PLAIN))
    return np.unique(units.hashes)


def words_playing(part: Part) -> list[str]:
    """The words that play a part, as they are listed."""
    return [word for word, own, _ in _words() if own == part]


def _words() -> Iterator[tuple[str, Part, list[str]]]:
    data = _listed()
    for cue, part in product(data["cue"], (Part.BEFORE, Part.AFTER)):
        joined = (" ".join(words) for lists in cue.get(f"joined_{part.name.lower()}", ()) for words in product(*lists))
        for word in (*cue.get(part.name.lower(), ()), *joined):
            yield word, part, cue.get("not_followed_by", [])
    for part in Part:
        if part not in (Part.BEFORE, Part.AFTER):
            listed = data[part.name.lower()]
            joined = (" ".join(words) for lists in listed.get("joined", ()) for words in product(*lists))
            for word in dict.fromkeys((*listed["words"], *joined)):
                yield word, part, []


@cache
def _listed() -> dict[str, Any]:
    folder = files("touchmark.engine.screening.text") / "data"
    references, mentions = (tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in _FILES)
    references["mention_after"]["words"] += mentions.pop("behind")["words"]
    return references | mentions
