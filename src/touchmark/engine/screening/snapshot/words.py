"""
What an operator has said of words, after reviewing what ``touchmark learn-words`` saw: a part of the compiled register.

A row is a word or phrase, and what it is: ``ordinary``, a word of the catalogue that is no mark unless in company;
``name``, one that is a mark whatever dictionaries say; ``phrase``, words in which that mark (or any, where none is
named) means something else. Common phrases of the last kind come along.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, Self
from unicodedata import normalize

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, taken
from touchmark.engine.screening.compare.phrases import folded
from touchmark.engine.screening.compare.trie import Trie
from touchmark.engine.screening.hits import FIELDS, Hits
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.ordinary import FREQUENT
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.tokens import units_of

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]

ORDINARY, NAME, PHRASE = KINDS = ("ordinary", "name", "phrase")
_FIELDS: "list[pa.Field[Any]]" = [
    pa.field("word", pa.string(), nullable=False),
    pa.field("kind", pa.string()),
    pa.field("mark", pa.string()),
]
COLUMNS = pa.schema(_FIELDS)


@dataclass(frozen=True, eq=False)
class Words:
    """What was said, one row each."""

    table: pa.Table = field(repr=False)

    @classmethod
    def none(cls) -> Self:
        """Nothing has been said."""
        return cls(COLUMNS.empty_table())

    @classmethod
    def of(cls, rows: pa.Table) -> Self:
        """Take the rows that say something, each once, in order; rows of no kind say nothing."""
        said = rows.filter(compute.is_in(rows["kind"], value_set=pa.array(KINDS))).select(COLUMNS.names).cast(COLUMNS)
        order: Any = [("kind", "ascending"), ("word", "ascending"), ("mark", "ascending")]
        return cls(said.group_by(COLUMNS.names).aggregate([]).sort_by(order).select(COLUMNS.names).cast(COLUMNS))

    def levels(self, hashes: hashing.Hashes, known: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Give the levels of words, given by the hashes of all their letters, as said here, else as known."""
        own, level = self._levels
        if not len(own):
            return known
        place = np.minimum(np.searchsorted(own, hashes), len(own) - 1)
        return np.where(own[place] == hashes, level[place], known).astype(np.uint8)

    @cached_property
    def _levels(self) -> tuple[hashing.Hashes, NDArray[np.uint8]]:
        words = self.table.filter(compute.not_equal(self.table["kind"], PHRASE))
        hashes = hashes_of(words["word"].combine_chunks())
        level = np.where(np.asarray(compute.equal(words["kind"], ORDINARY)), FREQUENT, 0).astype(np.uint8)
        order = np.lexsort((level, hashes))
        return hashes[order], level[order]

    def otherwise(self, hits: Hits, batch: Batch, own: hashing.Hashes) -> Mask:
        """
        Whether each hit stands in a phrase, longer than itself, in which its mark means something else.

        :param own: the hash of the spelling that was met, of each hit
        """
        phrases, inside = self._phrases, np.zeros(len(hits), np.bool_)
        asked = (hits.start >= 0) & _held(own, phrases.parts)
        for number, name in enumerate(FIELDS[:4]):
            at = np.flatnonzero((hits.field == number) & asked)
            if len(at):
                listing, text = np.unique(hits.listing[at], return_inverse=True)
                points = folded(taken(batch, name, listing))
                places, word = phrases.trie.met(points.points, points.bounds)
                inside[at] = _inside(hits.taken(at), text, points, places, phrases.mark[word], own[at])
        return inside

    @cached_property
    def _phrases(self) -> "_Phrases":
        own = self.table.filter(compute.equal(self.table["kind"], PHRASE)).to_pylist()
        return _planted(tuple((row["word"], row["mark"] or "") for row in own))


@dataclass(frozen=True, slots=True, eq=False)
class _Phrases:
    """Phrases, and per phrase the hash of the mark that is meant otherwise, 0: any; ``parts``: what can be such."""

    trie: Trie
    mark: hashing.Hashes
    parts: hashing.Hashes

    @classmethod
    def of(cls, phrases: Mapping[str, str]) -> Self:
        parts = {part for phrase in phrases for part in _parts(phrase)}
        trie = Trie.of([normalize("NFKC", phrase).lower() for phrase in phrases])
        return cls(trie, hashes_of(_texts(phrases.values())), np.unique(hashes_of(_texts(sorted(parts)))))


def _held(hashes: hashing.Hashes, sorted_ones: hashing.Hashes) -> Mask:
    place = np.minimum(np.searchsorted(sorted_ones, hashes), max(len(sorted_ones) - 1, 0))
    return np.asarray(sorted_ones[place] == hashes) if len(sorted_ones) else np.zeros(len(hashes), np.bool_)


@lru_cache(maxsize=4)
def _planted(own: tuple[tuple[str, str], ...]) -> _Phrases:
    """Phrases of the operator and the common ones: the same in one edition of the register as in most others."""
    source = files("touchmark.engine.screening") / "data" / "other_senses.toml"
    common = tomllib.loads(source.read_text("utf-8"))["phrases"]
    return _Phrases.of(dict.fromkeys(common, "") | dict(own))


def _parts(phrase: str) -> Iterator[str]:
    """Every run of words of a phrase; where it has no spaces, of its letters."""
    words = phrase.split() if " " in phrase else list(phrase)
    for start in range(len(words)):
        yield from ("".join(words[start:end]) for end in range(start + 1, len(words) + 1))


def _texts(texts: Iterable[str]) -> Any:
    return pa.array(np.array(list(texts), object), pa.string())


def hashes_of(words: Any) -> hashing.Hashes:
    """Hash all letters of each text, plainly folded and written together; 0 where there is none."""
    units = units_of(fold(Points.of(words), Fold.PLAIN))
    first = units.first_letter[np.searchsorted(units.text, np.arange(len(words) + 1))]
    hashes = hashing.runs(units.letters, first[:-1], first[1:])
    return np.where(first[1:] > first[:-1], hashes, np.uint64(0))


def _inside(hits: Hits, text: Ints, points: Points, places: Ints, mark: hashing.Hashes, own: hashing.Hashes) -> Mask:
    """Whether hits lie within places of phrases; a text that folding has made longer or shorter is told roughly."""
    inside = np.zeros(len(hits), np.bool_)
    first = places[:, 0]
    start, end = (places[:, column] - points.bounds[first] for column in (1, 2))
    begin, count = np.searchsorted(first, text), np.bincount(first, minlength=len(points))[text]
    for step in range(int(count.max(initial=0))):
        here = np.flatnonzero(count > step)
        place = begin[here] + step
        longer = end[place] - start[place] > hits.end[here] - hits.start[here]
        within = (start[place] <= hits.start[here]) & (hits.end[here] <= end[place]) & longer
        inside[here] |= within & ((mark[place] == 0) | (mark[place] == own[here]))
    return inside
