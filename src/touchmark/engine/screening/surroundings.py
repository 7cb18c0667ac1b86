"""
What stands around a place in a text: what tells a mark from a word, as one array per kind of sign.

Everything is read of the place's own listing. Only listings with a place are looked at.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, taken
from touchmark.engine.screening.evidence import Register
from touchmark.engine.screening.hits import FIELDS, Hits, Trick
from touchmark.engine.screening.snapshot.words import hashes_of
from touchmark.engine.screening.spoken import speaks
from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.cues import Part, words_playing
from touchmark.engine.screening.text.fold import Fold, fold, kinds, lookalikes
from touchmark.engine.screening.text.groups import among
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.ordinary import EVERYWHERE, NAMES_LEVEL, english_levels, languages, levels
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets
from touchmark.engine.screening.text.tokens import Units, units_of

Bytes = NDArray[np.uint8]

#: Tricks that are played by mistake as well, and other brands are spelled so.
LOOSE = (
    *(Trick.DROPPED, Trick.ADDED, Trick.SWAPPED, Trick.CHANGED, Trick.SOUND, Trick.SHORTENED, Trick.MISREAD),
    *(Trick.GLUED, Trick.REPEATED, Trick.PARTED),
)
#: So much of a text is read for how its letters are written.
READ = 2_000
#: Letters of Latin, Greek and Cyrillic: what has capitals among them does not change any more.
_CASED = 0x530
#: Where the full-width forms of the visible signs of ASCII begin, and how many there are.
_WIDE, _WIDES = 0xFF01, 94
_IN_BRAND, _IN_TITLE = FIELDS.index("brand"), FIELDS.index("title")
#: In a text written in small letters at least so many words start small for one that starts with a capital.
_MOSTLY, _FEWEST = 2, 2
#: From this share on, of the letters around a place, a text is set in fancy letters.
_FANCY = 0.4


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


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """One entry per hit in each array; of hits in pictures nothing is true."""

    spelling: Spelling
    whole_brand: Mask  # it is all that the brand field holds
    named_brand: Mask  # the brand field holds the same right or holder, and nothing else if the word is ordinary
    said_brand: Mask  # a word for "brand" stands right before it, in a description or among attributes
    said_own: Mask  # what stands right before it says whose the goods are: "genuine NAME", "by NAME"
    runs_on: Mask  # a word of grammar stands right behind it: "essentials of anatomy"
    in_code: Mask  # a number is glued to it: "dcm290", "kfc-415c"
    other_brand: Mask  # the brand field names somebody else
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
        in_text = hits.start >= 0
        spelling = _spellings(hits, batch, register)
        _, holder = np.unique(register.marks.holder[hits.right], return_inverse=True)
        named = in_text & (hits.field == _IN_BRAND)
        whole = named & _is_all(hits, named, taken(batch, "brand", hits.listing))
        telling = whole | (named & (spelling.level == 0))
        same = _shared(hits.listing, holder, telling)
        asked = in_text & ~named & ((spelling.level > 0) | (spelling.letters <= _FEW))
        surely = named & ~np.isin(hits.trick, LOOSE)
        said = _stands(hits, batch, asked & (hits.start > 0), _Where.BEFORE, _OWN)
        opens, small, capital, large, fancy = _written(hits, batch)
        doubtful = asked | ((hits.strength < 1) & (hits.start > 0))
        near_head = doubtful & ~opens & (hits.field == _IN_TITLE) & (hits.start <= _BESIDE)
        opens |= _stands(hits, batch, near_head, _Where.BEFORE, _opening())
        return cls(
            spelling=spelling,
            whole_brand=whole,
            named_brand=same & ~named,
            said_brand=_stands(
                hits, batch, in_text & (hits.field > max(_IN_TITLE, _IN_BRAND)), _Where.BEFORE, _BRAND_IS
            ),
            said_own=_stands(hits, batch, said, _Where.WITHIN, _CAPITAL),
            runs_on=_stands(hits, batch, asked, _Where.BEHIND, _GRAMMAR),
            in_code=_in_code(hits, batch, asked & (spelling.letters <= _FEW)),
            other_brand=in_text & _filled(batch, hits.listing) & ~_shared(hits.listing, holder, surely),
            opens_title=opens & (hits.field == _IN_TITLE),
            company=in_text & _in_company(hits, holder, spelling),
            small_letters=small,
            capital=capital & ~opens,
            all_capitals=large,
            word_itself=_are_words(hits, batch, register),
            fancy_text=fancy,
        )


def _spellings(hits: Hits, batch: Batch, register: Register) -> Spelling:
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
    foreign, own = english < level, _languages(units, len(form))
    asked = np.flatnonzero(foreign[back] & (hits.start >= 0))
    at_home = np.ones(len(hits), np.bool_)
    at_home[asked] = speaks(batch, hits.listing[asked], own[back[asked]])
    level = np.where(at_home, level[back], english[back]).astype(np.uint8)
    return Spelling(level, words[back], letters[back], (_with_name(units, len(form)) & (words > 1))[back])


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


def _written(hits: Hits, batch: Batch) -> tuple[Mask, Mask, Mask, Mask, Mask]:
    """Of each place: whether it opens its text, is small among capitals, a capital or large among small ones, fancy."""
    out = [np.zeros(len(hits), np.bool_) for _ in range(5)]
    for number, name in enumerate(FIELDS[:4]):
        at = np.flatnonzero((hits.field == number) & (hits.start >= 0) & (hits.end <= READ))
        if len(at):
            listing, text = np.unique(hits.listing[at], return_inverse=True)
            read = compute.utf8_slice_codeunits(compute.fill_null(taken(batch, name, listing), ""), 0, READ)
            found = _Letters.of(Points.of(read)).around(text, hits.start[at], hits.end[at])
            for array, values in zip(out, found, strict=True):
                array[at] = values
    fancy = out[4] & np.isin(hits.trick, (Trick.LOOKALIKES, Trick.SIGNS, Trick.TURNED))
    return out[0], out[1], out[2], out[3], fancy


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
            known = levels(_whole(units_of(fold(Points.of(surfaces), Fold.PLAIN)), len(at)))
            words[at] = register.words.levels(hashes_of(surfaces), known) > 0
    return words


#: "Brand:", in the languages of listings, right before a name.
_BRAND_IS = (
    r"(?i)(?:brand|brand name|marke|marque|marca|merk|märke|mærke|merke|merkki|marka|značka|márka|бренд|марка|"
    r"thương hiệu|แบรนด์|ยี่ห้อ|品牌|ブランド|브랜드|الماركة|العلامة التجارية|מותג|μάρκα)[\"'\s:：=\-]*$"
)
#: Words that say whose goods they are, before a name that starts with a capital.
_OWN = (
    r"(?i)(?:^|[\s(\"'«“,.!:/-])(?:by|made by|genuine|authentic|original|official|brand new|100%|von|par|por|da marca|"
    r"de la marque|de la marca|authentique|originale|originales|original de|autentico|autentica|auténtico|auténtica|"
    r"originální|oryginalny|oryginalna|oryginalne|orijinal|оригинал|оригинальный|оригинальная|оригінал|asli|ori|"
    r"chính hãng|ของแท้|正品|原装|官方|純正|正規品|정품|أصلي|ماركة|מותג)[\"'\s:]*$"
)
#: Words of grammar, right behind a place.
_GRAMMAR = (
    r"(?i)^\s(?:of|and|or|how|the|to|is|are|me|you|my|your|that|this|it|we|be|was|as|but|than|in|on|at|from|not|"
    r"de|du|des|di|del|della|do|da|dos|das|van|von|der|den|und|oder|et|ou|y|och|og|en|la|le|les|el|los|las|il|zu|"
    r"por|per|em|w|z|na|dla|и|в|на|ve|için|dan|untuk|yang)(?:\s|$)"
)


@cache
def _opening() -> str:
    """All that a title begins with may be words of an offer, of who it is for, or of whose it is, and numbers."""
    parts = (Part.OFFER, Part.PEOPLE, Part.OWN)
    words = sorted(
        {word.lower() for part in parts for word in words_playing(part)}, key=lambda word: (-len(word), word)
    )
    spaced, others = (
        [re.escape(word) for word in words if word.isascii() == ascii_only] for ascii_only in (True, False)
    )
    return rf"(?i)^(?:[^\pL]|\b(?:{'|'.join(spaced)})(?:'?s)?\b|{'|'.join(others)})*$"


#: A capital, or a letter of a script that has none.
_CAPITAL = r"^[\p{Lu}\p{Lo}]"
_NUMBER_BEFORE, _NUMBER_BEHIND = r"\d[\-/]?$", r"^[\-/]?\d"
#: So many characters are read on either side of a place.
_BESIDE = 24
#: A spelling of so few letters can be a part of a code.
_FEW = 3


def _in_code(hits: Hits, batch: Batch, asked: Mask) -> Mask:
    """Whether a number is glued to a place, or only a hyphen or stroke stands between."""
    before = _stands(hits, batch, asked, _Where.BEFORE, _NUMBER_BEFORE)
    return before | _stands(hits, batch, asked & ~before, _Where.BEHIND, _NUMBER_BEHIND)


class _Where(Enum):
    """Which piece of a text is read for a place."""

    BEFORE = "before"
    WITHIN = "within"
    BEHIND = "behind"


def _stands(hits: Hits, batch: Batch, asked: Mask, where: _Where, pattern: str) -> Mask:
    """Whether what stands right before places, within them or right behind is of a pattern; of those that are asked."""
    found = np.zeros(len(hits), np.bool_)
    for number, name in enumerate(FIELDS[:4]):
        at = np.flatnonzero((hits.field == number) & asked)
        if len(at):
            listing, text = np.unique(hits.listing[at], return_inverse=True)
            points = Points.of(taken(batch, name, listing))
            long = points.lengths[text]
            start, end = np.minimum(hits.start[at], long), np.minimum(hits.end[at], long)
            begin = {_Where.BEFORE: np.maximum(start - _BESIDE, 0), _Where.WITHIN: start, _Where.BEHIND: end}[where]
            stop = {_Where.BEFORE: start, _Where.WITHIN: end, _Where.BEHIND: np.minimum(end + _BESIDE, long)}[where]
            pieces = points.cut(text, begin, stop)
            found[at] = np.asarray(compute.match_substring_regex(pieces, pattern)).astype(np.bool_)
    return found


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
        chars = _narrow(points.points)
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

    def around(self, text: Ints, start: Ints, end: Ints) -> tuple[Mask, Mask, Mask, Mask, Mask]:
        """Look around places of the texts."""
        first, last = self.points.bounds[text], self.points.bounds[text + 1]
        begin, stop = np.minimum(first + start, last), np.minimum(first + end, last)

        def besides(counts: Ints) -> Ints:
            rest: Ints = counts[last] - counts[first] - (counts[stop] - counts[begin])
            return rest

        upper, lower = _cases()
        chars = _narrow(np.append(self.points.points, 0)[np.minimum(begin, len(self.points.points))])
        near = np.minimum(chars, _CASED)
        capitals, small = besides(self.capitals), besides(self.small)
        in_small = (small >= _FEWEST) & (small >= _MOSTLY * capitals)
        opens = self.words[begin] == self.words[first]
        fancy = besides(self.strange) > _FANCY * np.maximum(besides(self.letters), 1)
        no_capital = lower[near] & (self.large[stop] == self.large[begin])
        large = self.large[stop] - self.large[begin]
        mostly_small = besides(self.letters) > _MOSTLY * besides(self.large)
        all_large = (large > 1) & (large == self.letters[stop] - self.letters[begin]) & mostly_small
        return opens, no_capital & (capitals > 0), upper[near] & in_small, all_large, fancy


def _narrow(chars: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Letters of full width, as those of the width that is usual."""
    wide = (chars >= _WIDE) & (chars < _WIDE + _WIDES)
    return np.where(wide, chars - np.uint32(_WIDE - ord("!")), chars).astype(np.uint32)


@cache
def _cases() -> tuple[Mask, Mask]:
    chars = [chr(point) for point in range(_CASED)]
    upper = np.array([*(char.isupper() for char in chars), False])
    return upper, np.array([*(char.islower() for char in chars), False])
