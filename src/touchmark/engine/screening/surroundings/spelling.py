"""How ordinary the words are that a place was found by, and whether what stands there is a word itself."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute
from touchmark.engine.screening.evidence import Register
from touchmark.engine.screening.hits import Hits, Trick
from touchmark.engine.screening.nice import names_goods
from touchmark.engine.screening.snapshot.words import hashes_of
from touchmark.engine.screening.spoken import speaks
from touchmark.engine.screening.surroundings.texts import Texts
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.ordinary import (
    EVERYWHERE,
    LANGUAGES,
    NAMES_LEVEL,
    english_levels,
    languages,
    levels,
)
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.tokens import Units, units_of

Bytes = NDArray[np.uint8]

_ENGLISH = np.uint32(1 << LANGUAGES.index("en"))
#: In other scripts, dictionaries have names of makers too, as they sound; a word more ordinary than this is a word.
HEARD = 36


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """
    Per hit, of the form that was met: how ordinary its rarest word is (``ordinary.levels``), words and letters.

    A word of other languages than English is ordinary in texts of those languages alone.
    """

    level: Bytes
    words: Ints
    letters: Ints
    proper: Mask  # several words, and one of them a name of people or places
    hashes: hashing.Hashes  # of all letters, plainly folded and written together


def spellings_of(hits: Hits, batch: Batch, register: Register) -> Spelling:
    """Read every spelling met once; and the texts of those that are words of some languages only."""
    form, back = np.unique(hits.form, return_inverse=True)
    texts = register.marks.text.take(compute.if_else(form >= 0, form, None))
    units = units_of(fold(Points.of(texts), Fold.PLAIN))
    words = np.maximum(np.bincount(units.text[_words_of(units)[0]], minlength=len(form)), 1)
    letters = np.bincount(units.text, weights=units.lengths, minlength=len(form)).astype(np.int64)
    hashes = hashes_of(texts)
    level, english = (
        register.words.levels(hashes, _least_levels(units, len(form), how)) for how in (levels, english_levels)
    )
    # A word that is more ordinary in another language than in English is so where that language is spoken alone.
    foreign, own = english < level, _languages(units, len(form)) & ~_ENGLISH
    asked = np.flatnonzero(foreign[back] & (hits.start >= 0))
    at_home = np.ones(len(hits), np.bool_)
    at_home[asked] = speaks(batch, hits.listing[asked], own[back[asked]])
    level = np.where(at_home, level[back], english[back]).astype(np.uint8)
    proper = _with_name(units, len(form)) & (words > 1)
    return Spelling(level, words[back], letters[back], proper[back], hashes[back])


def _with_name(units: Units, texts: int) -> Mask:
    """Whether a word of each text is a name of people or places, and no word as well: not White, nor Stone."""
    begins, starts, stops = _words_of(units)
    named, hashes = np.zeros(texts, np.bool_), hashing.runs(units.letters, starts, stops)
    name_alone = (languages(hashes) == EVERYWHERE) & (levels(hashes) <= NAMES_LEVEL)
    named[units.text[begins[name_alone]]] = True
    return named


def _languages(units: Units, texts: int) -> NDArray[np.uint32]:
    """The languages in which all words of each text are ordinary, or all of it written together, as bits."""
    begins, starts, stops = _words_of(units)
    together = languages(_whole(units, texts))
    own = np.full(texts, EVERYWHERE, np.uint32)
    np.bitwise_and.at(own, units.text[begins], languages(hashing.runs(units.letters, starts, stops)))
    return np.where(np.bincount(units.text[begins], minlength=texts) > 0, own | together, together).astype(np.uint32)


def _begins(units: Units) -> Mask:
    """Whether a unit begins a word; a run of a script without spaces is one."""
    begins: Mask = units.opens | (units.gap > 0) | (units.kind < Kind.HAN)
    return begins


def _least_levels(units: Units, texts: int, how: "Callable[[hashing.Hashes], Bytes]") -> Bytes:
    """
    The level of each text: that of its rarest word, or of all of it written together, whichever is higher.

    Numbers and single letters are no words, and say nothing.
    """
    begins, starts, stops = _words_of(units)
    least = np.full(texts, 255, np.uint8)
    np.minimum.at(least, units.text[begins], how(hashing.runs(units.letters, starts, stops)))
    return np.maximum(np.where(least == 255, 0, least), how(_whole(units, texts))).astype(np.uint8)


def _words_of(units: Units) -> tuple[Ints, Ints, Ints]:
    """The unit that begins each word of two letters and more, and where its letters start and stop."""
    begins = np.flatnonzero(_begins(units) & (units.kind != Kind.DIGIT))
    ends = np.append(np.flatnonzero(_begins(units)), len(units))
    end = ends[np.searchsorted(ends, begins, side="right")] if len(begins) else begins
    starts, stops = units.first_letter[begins], units.first_letter[end]
    many = stops > starts + 1
    return begins[many], starts[many], stops[many]


def _whole(units: Units, texts: int) -> hashing.Hashes:
    """The hash of all letters of each text, written together; 0 where there are none."""
    first = units.first_letter[np.searchsorted(units.text, np.arange(texts + 1))]
    hashes = hashing.runs(units.letters, first[:-1], first[1:])
    return np.where(first[1:] > first[:-1], hashes, np.uint64(0))


def words_themselves(hits: Hits, texts: Texts, register: Register) -> Mask:
    """Whether what stands at each disguised place is an ordinary word as it stands."""
    words = np.zeros(len(hits), np.bool_)
    # What an emoji stands for, or a sign covers, is not in the letters that are left.
    hidden = (hits.trick != Trick.NONE) & (hits.trick != Trick.STAND_INS) & (hits.trick != Trick.MASKED)
    for number, points in enumerate(texts.fields):
        at = np.flatnonzero((hits.field == number) & (hits.start >= 0) & hidden)
        if len(at):
            text = texts.text[at]
            start, end = (np.minimum(place[at], points.lengths[text]) for place in (hits.start, hits.end))
            surfaces = points.cut(text, start, end)
            own = hashes_of(surfaces)
            known = levels(_whole(units_of(fold(Points.of(surfaces), Fold.PLAIN)), len(at)))
            by_sound = hits.trick[at] == Trick.SCRIPT
            words[at] = register.words.levels(own, known) >= np.where(by_sound, HEARD, 1)
            # Its own letters, with signs between or unseen ones, are the mark, which is as ordinary as it is anyway.
            words[at] &= own != hashes_of(register.marks.text.take(hits.form[at]))
            words[at[by_sound]] |= names_goods(surfaces.filter(by_sound))
    return words
