"""
What stands around a place in a text: what tells a mark from a word, as one array per kind of sign.

Everything is read of the place's own listing. Only listings with a place are looked at.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, taken
from touchmark.engine.screening.evidence import Register
from touchmark.engine.screening.hits import FIELDS, Hits, Trick
from touchmark.engine.screening.snapshot.words import hashes_of
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.cues import Part, words_playing
from touchmark.engine.screening.text.fold import Fold, fold, kinds, lookalikes
from touchmark.engine.screening.text.groups import among
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.ordinary import levels
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets
from touchmark.engine.screening.text.tokens import Units, units_of

Bytes = NDArray[np.uint8]

#: So much of a text is read for how its letters are written.
READ = 2_000
#: Letters of Latin, Greek and Cyrillic: what has capitals among them does not change any more.
_CASED = 0x530
_IN_BRAND, _IN_TITLE = FIELDS.index("brand"), FIELDS.index("title")
#: In a text written in small letters at least so many words start small for one that starts with a capital.
_MOSTLY, _FEWEST = 2, 2
#: From this share on, of the letters around a place, a text is set in fancy letters.
_FANCY = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """Per hit, of the form that was met: how ordinary its rarest word is (``ordinary.levels``), words and letters."""

    level: Bytes
    words: Ints
    letters: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """One entry per hit in each array; of hits in pictures nothing is true."""

    spelling: Spelling
    whole_brand: Mask  # it is all that the brand field holds
    named_brand: Mask  # the brand field holds the same right or holder, and nothing else if the word is ordinary
    said_brand: Mask  # a word for "brand" stands right before it, in a description or among attributes
    other_brand: Mask  # the brand field names somebody else
    opens_title: Mask
    company: Mask  # another mark of the same holder stands elsewhere in the listing
    small_letters: Mask  # in small letters, where the text has capitals
    capital: Mask  # with a capital, where the text has small letters
    word_itself: Mask  # disguised, and what is written is an ordinary word
    fancy_text: Mask  # the rest of the text is set in letters drawn otherwise, too

    @classmethod
    def of(cls, hits: Hits, batch: Batch, register: Register) -> Self:
        """Look around every place."""
        in_text = hits.start >= 0
        spelling = _spellings(hits, register)
        _, holder = np.unique(register.marks.holder[hits.right], return_inverse=True)
        named = in_text & (hits.field == _IN_BRAND)
        whole = named & _is_all(hits, named, taken(batch, "brand", hits.listing))
        telling = whole | (named & (spelling.level == 0))
        same = _shared(hits.listing, holder, telling)
        opens, small, capital, fancy = _written(hits, batch)
        return cls(
            spelling=spelling,
            whole_brand=whole,
            named_brand=same & ~named,
            said_brand=_said(hits, batch),
            other_brand=~named & in_text & _filled(batch, hits.listing) & ~_shared(hits.listing, holder, named),
            opens_title=opens & (hits.field == _IN_TITLE),
            company=in_text & _in_company(hits, holder, spelling),
            small_letters=small,
            capital=capital,
            word_itself=_are_words(hits, batch, register),
            fancy_text=fancy,
        )


def _spellings(hits: Hits, register: Register) -> Spelling:
    """Read every spelling met once."""
    form, back = np.unique(hits.form, return_inverse=True)
    texts = register.marks.text.take(compute.if_else(form >= 0, form, None))
    units = units_of(fold(Points.of(texts), Fold.PLAIN))
    words = np.bincount(units.text[_begins(units)], minlength=len(form))
    letters = np.bincount(units.text, weights=units.lengths, minlength=len(form)).astype(np.int64)
    level = register.words.levels(hashes_of(texts), _least_levels(units, len(form)))
    return Spelling(level[back], words[back], letters[back])


def _begins(units: Units) -> Mask:
    """Whether a unit begins a word; a run of a script without spaces is one."""
    begins: Mask = units.opens | (units.gap > 0) | (units.kind < Kind.HAN)
    return begins


def _least_levels(units: Units, texts: int) -> Bytes:
    """
    The level of each text: that of its rarest word, or of all of it written together, whichever is higher.

    Numbers and single letters are no words, and say nothing.
    """
    begins = np.flatnonzero(_begins(units) & (units.kind != Kind.DIGIT))
    ends = np.append(np.flatnonzero(_begins(units)), len(units))
    end = ends[np.searchsorted(ends, begins, side="right")] if len(begins) else begins
    starts, stops = units.first_letter[begins], units.first_letter[end]
    begins, starts, stops = (each[stops > starts + 1] for each in (begins, starts, stops))
    least = np.full(texts, 255, np.uint8)
    np.minimum.at(least, units.text[begins], levels(hashing.runs(units.letters, starts, stops)))
    return np.maximum(np.where(least == 255, 0, least), _together(units, texts)).astype(np.uint8)


def _together(units: Units, texts: int) -> Bytes:
    """The level of all letters of each text, written together."""
    first = units.first_letter[np.searchsorted(units.text, np.arange(texts + 1))]
    level = levels(hashing.runs(units.letters, first[:-1], first[1:]))
    return np.where(first[1:] > first[:-1], level, 0).astype(np.uint8)


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


def _written(hits: Hits, batch: Batch) -> tuple[Mask, Mask, Mask, Mask]:
    """Tell of each place: whether it opens its text, is small among capitals, a capital among small ones, fancy."""
    out = [np.zeros(len(hits), np.bool_) for _ in range(4)]
    for number, name in enumerate(FIELDS[:4]):
        at = np.flatnonzero((hits.field == number) & (hits.start >= 0) & (hits.end <= READ))
        if len(at):
            listing, text = np.unique(hits.listing[at], return_inverse=True)
            read = compute.utf8_slice_codeunits(compute.fill_null(taken(batch, name, listing), ""), 0, READ)
            found = _Letters.of(Points.of(read)).around(text, hits.start[at], hits.end[at])
            for array, values in zip(out, found, strict=True):
                array[at] = values
    fancy = out[3] & np.isin(hits.trick, (Trick.LOOKALIKES, Trick.SIGNS, Trick.TURNED))
    return out[0], out[1], out[2], fancy


def _are_words(hits: Hits, batch: Batch, register: Register) -> Mask:
    """Whether what stands at each disguised place is an ordinary word as it stands."""
    words = np.zeros(len(hits), np.bool_)
    for number, name in enumerate(FIELDS[:4]):
        at = np.flatnonzero((hits.field == number) & (hits.start >= 0) & (hits.trick != Trick.NONE))
        if len(at):
            listing, text = np.unique(hits.listing[at], return_inverse=True)
            points = Points.of(taken(batch, name, listing))
            start, end = (np.minimum(place[at], points.lengths[text]) for place in (hits.start, hits.end))
            surfaces = points.cut(text, start, end)
            known = _together(units_of(fold(Points.of(surfaces), Fold.PLAIN)), len(at))
            words[at] = register.words.levels(hashes_of(surfaces), known) > 0
    return words


#: "Brand:", in the languages of listings, right before a name.
_SAID = (
    r"(?i)(?:brand|brand name|marke|marque|marca|merk|märke|mærke|merke|merkki|marka|značka|márka|бренд|марка|"
    r"thương hiệu|แบรนด์|ยี่ห้อ|品牌|ブランド|브랜드|الماركة|العلامة التجارية|מותג|μάρκα)[\"'\s:：=\-]*$"
)
_BEFORE = 24


def _said(hits: Hits, batch: Batch) -> Mask:
    """Whether a word for "brand" stands right before each place outside of titles and brand fields."""
    said = np.zeros(len(hits), np.bool_)
    for number, name in enumerate(FIELDS[:4]):
        at = np.flatnonzero((hits.field == number) & (hits.start > 0))
        if number not in (_IN_TITLE, _IN_BRAND) and len(at):
            listing, text = np.unique(hits.listing[at], return_inverse=True)
            points = Points.of(taken(batch, name, listing))
            start = np.minimum(hits.start[at], points.lengths[text])
            before = points.cut(text, np.maximum(start - _BEFORE, 0), start)
            said[at] = np.asarray(compute.match_substring_regex(before, _SAID)).astype(np.bool_)
    return said


@dataclass(frozen=True, slots=True, eq=False)
class _Letters:
    """How many letters of a sort come before each point of some texts, and one more entry."""

    points: Points
    words: Ints
    capitals: Ints  # words that start with one
    small: Ints  # words that start with a small letter
    letters: Ints
    large: Ints  # capitals anywhere
    strange: Ints  # letters that look like others

    @classmethod
    def of(cls, points: Points) -> Self:
        upper, lower = _cases()
        chars = points.points
        near = np.minimum(chars, _CASED)
        word = kinds()[chars] >= Kind.LETTER
        starts = word.copy()
        starts[1:] &= ~word[:-1]
        starts[points.bounds[:-1][points.lengths > 0]] = word[points.bounds[:-1][points.lengths > 0]]
        strange = lookalikes()[chars] & (chars > 0x7F)
        return cls(
            points,
            offsets(word),
            offsets(starts & upper[near]),
            offsets(starts & lower[near]),
            offsets(word | strange),
            offsets(upper[near]),
            offsets(strange),
        )

    def around(self, text: Ints, start: Ints, end: Ints) -> tuple[Mask, Mask, Mask, Mask]:
        """Look around places of the texts."""
        first, last = self.points.bounds[text], self.points.bounds[text + 1]
        begin, stop = np.minimum(first + start, last), np.minimum(first + end, last)

        def besides(counts: Ints) -> Ints:
            rest: Ints = counts[last] - counts[first] - (counts[stop] - counts[begin])
            return rest

        upper, lower = _cases()
        chars = np.append(self.points.points, 0)[np.minimum(begin, len(self.points.points))]
        near = np.minimum(chars, _CASED)
        capitals, small = besides(self.capitals), besides(self.small)
        in_small = (small >= _FEWEST) & (small >= _MOSTLY * capitals)
        opens = self.words[begin] == self.words[first]
        fancy = besides(self.strange) > _FANCY * np.maximum(besides(self.letters), 1)
        no_capital = lower[near] & (self.large[stop] == self.large[begin])
        return opens, no_capital & (capitals > 0), upper[near] & in_small, fancy


@cache
def _cases() -> tuple[Mask, Mask]:
    chars = [chr(point) for point in range(_CASED)]
    upper = np.array([*(char.isupper() for char in chars), False])
    return upper, np.array([*(char.islower() for char in chars), False])
