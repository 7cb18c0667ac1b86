"""
Lists of words and short phrases, found in whole columns of texts: what stands beside marks.

Unlike a mark, such a word means what its signs say ("1:1", "AAA+"), and what stands near it can take its meaning away
("AAA battery"). Does not live here: what the words mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from unicodedata import normalize

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.columns import compute
from touchmark.engine.screening.compare.trie import Trie
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets, places

#: So much of a text is read: terms of trade stand at its head, and a title of a megabyte costs no more than a page.
READ = 4_000
#: "Near" is within so many characters.
NEAR = 40

#: Characters of ASCII; capitals become small letters by one bit.
ASCII, _A, _Z, _TO_SMALL = 0x80, ord("A"), ord("Z"), np.uint32(0x20)

_UNSEEN = r"[\x{00AD}\x{200B}-\x{200F}\x{2060}\x{FEFF}]"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one meaning, with what must, and what must not, stand near them; empty: nothing of the kind."""

    words: Sequence[str]
    not_near: Sequence[str] = ()
    only_near: Sequence[str] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places of words, by text and start; ``word`` is an index into ``Phrases.words``."""

    text: Ints
    start: Ints
    end: Ints
    word: Ints

    def taken(self, which: Mask) -> Self:
        """The places chosen by a mask."""
        return type(self)(self.text[which], self.start[which], self.end[which], self.word[which])


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """
    Lists of phrases, made ready to be looked for. ``uses[i]`` is a mask over all words: those of phrase i, those that
    must not be near them, those one of which must.
    """

    words: pa.StringArray
    trie: Trie
    meanings: tuple[str, ...]
    of_meaning: tuple[tuple[int, ...], ...]  # the phrases of each meaning
    of_word: tuple[tuple[int, ...], ...]  # and those that mean each word
    uses: tuple[tuple[Mask, Mask, Mask], ...]

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, Phrase]]) -> Self:
        """Make phrases ready, given with their meanings, several of which may be the same."""
        given = list(phrases)
        lists = [(phrase.words, phrase.not_near, phrase.only_near) for _, phrase in given]
        words = list(dict.fromkeys(word for each in lists for part in each for word in part))
        number = {word: at for at, word in enumerate(words)}
        meanings = tuple(dict.fromkeys(meaning for meaning, _ in given))
        return cls(
            words=pa.array(np.array(words, object), pa.string()),
            trie=Trie.of([normalize("NFKC", word).lower() for word in words]),
            meanings=meanings,
            of_meaning=tuple(tuple(i for i, (of, _) in enumerate(given) if of == meaning) for meaning in meanings),
            of_word=tuple(tuple(i for i, each in enumerate(lists) if word in each[0]) for word in words),
            uses=tuple(tuple(_mask(part, number) for part in each) for each in lists),  # type: ignore[misc]
        )

    def met(self, texts: Points) -> dict[str, Any]:
        """
        Look in texts that ``folded`` gave.

        :return: per meaning, an Arrow array with the first such word of each text, null where there is none
        """
        places, word = self.trie.met(texts.points, texts.bounds)
        if not len(word):
            return dict.fromkeys(self.meanings, pa.nulls(len(texts), pa.string()))
        found = Places(places[:, 0], places[:, 1], places[:, 2], word.astype(np.int64))
        here = {i for each in np.unique(word).tolist() for i in self.of_word[each]}
        meant = {i: _meant(found, *self.uses[i]) for i in here}
        nothing = pa.nulls(len(texts), pa.string())
        either = {
            of: [meant[i] for i in at if i in here] for of, at in zip(self.meanings, self.of_meaning, strict=True)
        }
        return {
            of: self._first(found.taken(np.logical_or.reduce(those)), len(texts)) if those else nothing
            for of, those in either.items()
        }

    def _first(self, found: Places, rows: int) -> Any:
        word = np.full(rows, -1)
        word[found.text[::-1]] = found.word[::-1]  # places are in order: the first is written last
        return self.words.take(pa.array(word, mask=word < 0))


def folded(texts: Any) -> Points:
    """Bring texts to one case and width, without what nobody sees; a missing text is an empty one."""
    every = Points.of(texts)
    small, more = np.empty_like(every.points), np.empty(len(every), np.bool_)
    _made_small(every.points, every.bounds, small, more)
    strange = np.flatnonzero(more)
    if not len(strange):
        return Points(small, every.bounds)
    others = _folded(texts.take(pa.array(strange)))
    begin, lengths = every.bounds[:-1].copy(), every.lengths
    begin[strange], lengths[strange] = len(small) + others.bounds[:-1], others.lengths
    return Points(np.concatenate([small, others.points])[places(begin, lengths)], offsets(lengths))


def _folded(texts: Any) -> Points:
    """Fold texts with other characters than those of ASCII, or more than are read."""
    head = compute.utf8_slice_codeunits(texts, 0, READ)
    plain = compute.utf8_lower(compute.utf8_normalize(head, form="NFKC"))
    return Points.of(compute.replace_substring_regex(compute.replace_substring(plain, "∶", ":"), _UNSEEN, ""))


@native
def _made_small(
    points: NDArray[np.uint32], bounds: NDArray[np.int64], small: NDArray[np.uint32], more: NDArray[np.bool_]
) -> None:
    """Make small letters of the capitals of ASCII, and tell which texts hold more than that, or more than is read."""
    for text in range(len(more)):
        strange = bounds[text + 1] - bounds[text] > READ
        for at in range(bounds[text], bounds[text + 1]):
            point = points[at]
            small[at] = point | _TO_SMALL if _A <= point <= _Z else point
            strange |= point >= ASCII
        more[text] = strange


def _mask(words: Sequence[str], number: dict[str, int]) -> Mask:
    chosen = np.zeros(len(number), np.bool_)
    chosen[[number[word] for word in words]] = True
    return chosen


def _meant(found: Places, words: Mask, not_near: Mask, only_near: Mask) -> Mask:
    """Tell which places are of a phrase's words, and stand as they must."""
    meant: Mask = words[found.word]
    if not_near.any():
        meant = meant & ~_near(found, meant, not_near[found.word])
    if only_near.any():
        meant = meant & _near(found, meant, only_near[found.word])
    return meant


def _near(found: Places, which: Mask, others: Mask) -> Mask:
    """Tell which of the places have another near them, in the same text, before or behind."""
    near = np.zeros(len(found.text), np.bool_)
    at, other = np.flatnonzero(which), np.flatnonzero(others)
    if len(at) and len(other):
        start, end = found.start[other], found.end[other]
        before = np.searchsorted(start, found.start[at]) - 1
        behind = np.searchsorted(start, found.start[at], side="right")
        near[at] = _touch(found, at, other, before, found.start[at] - end[before]) | _touch(
            found, at, other, behind, start[np.minimum(behind, len(other) - 1)] - found.end[at]
        )
    return near


def _touch(found: Places, at: Ints, other: Ints, neighbour: Ints, apart: NDArray[np.int64]) -> Mask:
    there = (neighbour >= 0) & (neighbour < len(other))
    same: Mask = found.text[other[np.clip(neighbour, 0, len(other) - 1)]] == found.text[at]
    return there & same & (apart <= NEAR)
