"""What stands around a place in a text: what tells a mark from a word, as one array per kind of sign."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.columns import Batch, compute, taken
from touchmark.engine.screening.evidence import Register
from touchmark.engine.screening.hits import FIELDS, Hits, Trick, is_one
from touchmark.engine.screening.surroundings.beside import (
    BESIDE,
    BRAND_IS,
    CAPITAL,
    GRAMMAR,
    NUMBER_BEFORE,
    NUMBER_BEHIND,
    OWN,
    SIGNED,
    Where,
    opening,
    stands,
)
from touchmark.engine.screening.surroundings.spelling import Spelling, spellings_of, words_themselves
from touchmark.engine.screening.surroundings.texts import Texts
from touchmark.engine.screening.surroundings.written import how_written
from touchmark.engine.screening.text.cues import Part, words_playing
from touchmark.engine.screening.text.groups import among
from touchmark.engine.screening.text.ragged import Ints, Mask

#: Tricks that are played by mistake as well, and other brands are spelled so.
LOOSE = (
    *(Trick.DROPPED, Trick.ADDED, Trick.SWAPPED, Trick.CHANGED, Trick.SOUND, Trick.SHORTENED, Trick.MISREAD),
    *(Trick.GLUED, Trick.REPEATED, Trick.PARTED),
)
_IN_BRAND, _IN_TITLE = FIELDS.index("brand"), FIELDS.index("title")


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """One entry per hit in each array; of hits in pictures nothing is true."""

    texts: Texts  # those that the hits stand in
    spelling: Spelling
    whole_brand: Mask  # it is all that the brand field holds
    named_brand: Mask  # the brand field holds the same right or holder, and nothing else if the word is ordinary
    said_brand: Mask  # a word for "brand" stands right before it, in a description or among attributes
    said_own: Mask  # what stands beside it says whose the goods are: "genuine NAME", "by NAME", "NAME®"
    runs_on: Mask  # a word of grammar stands right behind it: "essentials of anatomy"
    in_code: Mask  # a number is glued to it: "dcm290", "kfc-415c"
    other_brand: Mask  # the brand field names somebody else
    no_brand: Mask  # the brand field is empty, or names nobody: "OEM"
    opens_title: Mask
    company: Mask  # another mark of the same holder stands elsewhere in the listing
    small_letters: Mask  # in small letters, where the text has capitals
    capital: Mask  # with a capital, where the text has small letters, and not at its head
    all_capitals: Mask  # all of it in capitals, where most of the text is in small letters
    word_itself: Mask  # disguised, and what is written is an ordinary word
    fancy_text: Mask  # the rest of the text is set in letters drawn otherwise, too

    @classmethod
    def of(cls, hits: Hits, batch: Batch, register: Register) -> Self:
        """Look around every place."""
        in_text, texts = hits.start >= 0, Texts.of(hits, batch)
        spelling = spellings_of(hits, batch, register)
        _, holder = np.unique(register.marks.holder[hits.right], return_inverse=True)
        named = in_text & (hits.field == _IN_BRAND)
        whole = named & _is_all(hits, named, taken(batch, "brand", hits.listing))
        telling = whole | (named & (spelling.level == 0))
        same = _shared(hits.listing, holder, telling)
        asked = in_text & ~named & ((spelling.level > 0) | (spelling.letters <= _FEW))
        surely = named & ~is_one(hits.trick, LOOSE)
        said = stands(hits, texts, asked & (hits.start > 0), Where.BEFORE, OWN)
        opens, small, capital, large, fancy = how_written(hits, texts)
        filled = _filled(batch, hits.listing)
        doubtful = asked | ((hits.strength < 1) & (hits.start > 0))
        near_head = doubtful & ~opens & (hits.field == _IN_TITLE) & (hits.start <= BESIDE)
        opens |= stands(hits, texts, near_head, Where.BEFORE, opening())
        return cls(
            texts=texts,
            spelling=spelling,
            whole_brand=whole,
            named_brand=same & ~named,
            said_brand=stands(hits, texts, in_text & (hits.field > max(_IN_TITLE, _IN_BRAND)), Where.BEFORE, BRAND_IS),
            said_own=stands(hits, texts, said, Where.WITHIN, CAPITAL)
            | stands(hits, texts, asked & (hits.field == _IN_TITLE), Where.BEHIND, SIGNED),
            runs_on=stands(hits, texts, asked, Where.BEHIND, GRAMMAR),
            in_code=_in_code(hits, texts, asked & (spelling.letters <= _FEW)),
            other_brand=in_text & filled & ~_shared(hits.listing, holder, surely),
            no_brand=in_text & ~filled,
            opens_title=opens & (hits.field == _IN_TITLE),
            company=in_text & _in_company(hits, holder, spelling),
            small_letters=small,
            capital=capital & ~opens,
            all_capitals=large,
            word_itself=words_themselves(hits, texts, register),
            fancy_text=fancy,
        )


def _is_all(hits: Hits, which: Mask, texts: Any) -> Mask:
    """Whether a place is all of its text but blanks, and a sign of registration."""
    lengths = np.asarray(compute.fill_null(compute.utf8_length(compute.utf8_trim_whitespace(texts)), 0))
    found: Mask = which & (lengths.astype(np.int64) <= hits.end - hits.start + 1)
    return found


def _shared(listing: Ints, holder: Ints, which: Mask) -> Mask:
    """Whether a hit has the listing and the holder of one that is so."""
    most = int(holder.max(initial=0)) + 1
    key = listing * most + holder
    return among(key, key[which])


def _filled(batch: Batch, listing: Ints) -> Mask:
    """Whether the brand field of each hit's listing names somebody."""
    brand = compute.utf8_lower(compute.utf8_trim_whitespace(compute.fill_null(taken(batch, "brand", listing), "")))
    nobody = compute.is_in(brand, value_set=_nobody())
    return np.asarray(compute.and_(compute.not_equal(brand, ""), compute.invert(nobody))).astype(np.bool_)


@cache
def _nobody() -> Any:
    return pa.array([word.lower() for word in words_playing(Part.NOBODY)], pa.string())


def _in_company(hits: Hits, holder: Ints, spelling: Spelling) -> Mask:
    """Whether the listing holds another form of the same holder, that is no ordinary word, at another place."""
    most = int(holder.max(initial=0)) + 1
    group = hits.listing * most + holder
    telling = (hits.start >= 0) & ((spelling.level == 0) | (spelling.words > 1))
    key, form = group[telling], hits.form[telling].astype(np.int64)
    others = np.unique(key * (int(hits.form.max(initial=0)) + 1) + form) // (int(hits.form.max(initial=0)) + 1)
    known, count = np.unique(others, return_counts=True)
    if not len(known):
        return np.zeros(len(hits), np.bool_)
    place = np.minimum(np.searchsorted(known, group), len(known) - 1)
    many = np.where(known[place] == group, count[place], 0)
    in_company: Mask = many > telling.astype(np.int64)
    return in_company


#: A spelling of so few letters can be a part of a code.
_FEW = 3


def _in_code(hits: Hits, texts: Texts, asked: Mask) -> Mask:
    """Whether a number is glued to a place, or only a hyphen or stroke stands between."""
    before = stands(hits, texts, asked, Where.BEFORE, NUMBER_BEFORE)
    return before | stands(hits, texts, asked & ~before, Where.BEHIND, NUMBER_BEHIND)
