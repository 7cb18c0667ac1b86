"""What stands right before and behind a place, by patterns: whose goods they are, words of grammar, numbers."""

import re
from enum import Enum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.columns import compute
from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.surroundings.texts import Texts
from touchmark.engine.screening.text.cues import Part, words_playing
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask

#: "Brand:", in the languages of listings, right before a name.
_BRAND = (
    "brand|brand name|marke|marque|marca|merk|märke|mærke|merke|merkki|marka|značka|márka|бренд|марка|"
    "thương hiệu|แบรนด์|ยี่ห้อ|品牌|ブランド|브랜드|الماركة|العلامة التجارية|מותג|μάρκα"
)
BRAND_IS = rf"(?i)(?:{_BRAND})[\"'\s:：=\-]*$"
#: Words that say whose goods they are, before a name that starts with a capital.
_OWN = (
    "by|made by|genuine|authentic|original|official|brand new|100%|von|par|por|da marca|"
    "de la marque|de la marca|authentique|originale|originales|original de|autentico|autentica|auténtico|auténtica|"
    "originální|oryginalny|oryginalna|oryginalne|orijinal|оригинал|оригинальный|оригинальная|оригінал|asli|ori|"
    "chính hãng|ของแท้|正品|原装|官方|純正|正規品|정품|أصلي|ماركة|מותג"
)
OWN = rf"(?i)(?:^|[\s(\"'«“,.!:/-])(?:{_OWN})[\"'\s:]*$"
#: Signs of a mark, right behind one.
SIGNED = r"(?i)^\s?(?:®|™|℠|\((?:r|tm|sm)\))"
#: Words of grammar, right behind a place.
_GRAMMAR = (
    "of|and|or|how|the|to|is|are|me|you|my|your|that|this|it|we|be|was|as|but|than|in|on|at|from|not|"
    "de|du|des|di|del|della|do|da|dos|das|van|von|der|den|und|oder|et|ou|y|och|og|en|la|le|les|el|los|las|il|zu|"
    "por|per|em|w|z|na|dla|и|в|на|ve|için|dan|untuk|yang"
)
GRAMMAR = rf"(?i)^\s(?:{_GRAMMAR})(?:\s|$)"


@cache
def opening() -> str:
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
CAPITAL = r"^[\p{Lu}\p{Lo}]"
NUMBER_BEFORE, NUMBER_BEHIND = r"\d[\-/]?$", r"^[\-/]?\d"
#: So many characters are read on either side of a place.
BESIDE = 24


class Where(Enum):
    """Which piece of a text is read for a place."""

    BEFORE = "before"
    WITHIN = "within"
    BEHIND = "behind"


def stands(hits: Hits, texts: Texts, asked: Mask, where: Where, pattern: str) -> Mask:
    """Whether what stands right before places, within them or right behind is of a pattern; of those that are asked."""
    found = np.zeros(len(hits), np.bool_)
    for number, points in enumerate(texts.fields):
        at = np.flatnonzero((hits.field == number) & asked)
        if where is not Where.WITHIN and pattern in _EDGES:
            at = at[_may_stand(hits, points, texts.text, at, where, pattern)]
        if len(at):
            text = texts.text[at]
            long = points.lengths[text]
            start, end = np.minimum(hits.start[at], long), np.minimum(hits.end[at], long)
            begin = {Where.BEFORE: np.maximum(start - BESIDE, 0), Where.WITHIN: start, Where.BEHIND: end}[where]
            stop = {Where.BEFORE: start, Where.WITHIN: end, Where.BEHIND: np.minimum(end + BESIDE, long)}[where]
            pieces = points.cut(text, begin, stop)
            found[at] = np.asarray(compute.match_substring_regex(pieces, pattern)).astype(np.bool_)
    return found


#: Of patterns, the signs of ASCII that may stand between a place and what is told of, and which words are nearest to it
#: then; a word of one letter, or a digit or a sign, may have anything behind it.
_BLANKS, _DIGITS = "\t\n\v\f\r ", "|".join("0123456789")
_EDGES = {
    BRAND_IS: (_BLANKS + "\"':=-", _BRAND),
    OWN: (_BLANKS + "\"':", _OWN),
    SIGNED: (_BLANKS, "("),
    GRAMMAR: (_BLANKS, _GRAMMAR),
    NUMBER_BEFORE: ("-/", _DIGITS),
    NUMBER_BEHIND: ("-/", _DIGITS),
}
_ASCII, _CASE = 0x80, 0x20
_A, _Z = ord("A"), ord("Z")


@cache
def _edges(pattern: str, where: Where) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which characters of ASCII are passed over for a pattern, and which two may stand there then, small ones."""
    passed, pairs = np.zeros(_ASCII, np.bool_), np.zeros((_ASCII, _ASCII), np.bool_)
    between, words = _EDGES[pattern]
    passed[[ord(sign) for sign in between]] = True
    for word in words.split("|"):
        nearest = word[::-1] if where is Where.BEFORE else word
        if nearest[:2].isascii():
            pairs[ord(nearest[0]), ord(nearest[1]) if len(nearest) > 1 else slice(None)] = True
    return passed, pairs.reshape(-1)


def _may_stand(hits: Hits, points: Points, text: Ints, at: Ints, where: Where, pattern: str) -> Mask:
    """Tell of which places a pattern is worth asking: two characters tell of nearly all others that it is not there."""
    may, (passed, pairs) = np.empty(len(at), np.bool_), _edges(pattern, where)
    place = hits.start[at] - 1 if where is Where.BEFORE else hits.end[at]
    _may(points.points, points.bounds, text[at], place, -1 if where is Where.BEFORE else 1, passed, pairs, may)
    return may


@native
def _may(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    text: NDArray[np.int64],
    place: NDArray[np.int64],
    step: int,
    passed: NDArray[np.bool_],
    pairs: NDArray[np.bool_],
    may: NDArray[np.bool_],
) -> None:
    """Ask of each place, on in one direction, what stands there; beyond ASCII, and at the end of a text, it may be."""
    for row in range(len(place)):
        first, last = bounds[text[row]], bounds[text[row] + 1]
        at = first + place[row]
        while first <= at < last and points[at] < _ASCII and passed[points[at]]:
            at += step
        may[row] = True
        if first <= at < last and first <= at + step < last:
            one, other = _small(int(points[at])), _small(int(points[at + step]))
            may[row] = one >= _ASCII or other >= _ASCII or pairs[one * _ASCII + other]


@inlined
def _small(point: int) -> int:
    """Give a small letter for a capital of ASCII."""
    return point | _CASE if _A <= point <= _Z else point
