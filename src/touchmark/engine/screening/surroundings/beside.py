"""What stands right before and behind a place, by patterns: whose goods they are, words of grammar, numbers."""

import re
from enum import Enum
from functools import cache

import numpy as np

from touchmark.engine.screening.columns import Batch, compute, taken
from touchmark.engine.screening.hits import FIELDS, Hits
from touchmark.engine.screening.text.cues import Part, words_playing
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Mask

#: "Brand:", in the languages of listings, right before a name.
BRAND_IS = (
    r"(?i)(?:brand|brand name|marke|marque|marca|merk|märke|mærke|merke|merkki|marka|značka|márka|бренд|марка|"
    r"thương hiệu|แบรนด์|ยี่ห้อ|品牌|ブランド|브랜드|الماركة|العلامة التجارية|מותג|μάρκα)[\"'\s:：=\-]*$"
)
#: Words that say whose goods they are, before a name that starts with a capital.
OWN = (
    r"(?i)(?:^|[\s(\"'«“,.!:/-])(?:by|made by|genuine|authentic|original|official|brand new|100%|von|par|por|da marca|"
    r"de la marque|de la marca|authentique|originale|originales|original de|autentico|autentica|auténtico|auténtica|"
    r"originální|oryginalny|oryginalna|oryginalne|orijinal|оригинал|оригинальный|оригинальная|оригінал|asli|ori|"
    r"chính hãng|ของแท้|正品|原装|官方|純正|正規品|정품|أصلي|ماركة|מותג)[\"'\s:]*$"
)
#: Signs of a mark, right behind one.
SIGNED = r"(?i)^\s?(?:®|™|℠|\((?:r|tm|sm)\))"
#: Words of grammar, right behind a place.
GRAMMAR = (
    r"(?i)^\s(?:of|and|or|how|the|to|is|are|me|you|my|your|that|this|it|we|be|was|as|but|than|in|on|at|from|not|"
    r"de|du|des|di|del|della|do|da|dos|das|van|von|der|den|und|oder|et|ou|y|och|og|en|la|le|les|el|los|las|il|zu|"
    r"por|per|em|w|z|na|dla|и|в|на|ve|için|dan|untuk|yang)(?:\s|$)"
)


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


def stands(hits: Hits, batch: Batch, asked: Mask, where: Where, pattern: str) -> Mask:
    """Whether what stands right before places, within them or right behind is of a pattern; of those that are asked."""
    found = np.zeros(len(hits), np.bool_)
    for number, name in enumerate(FIELDS[:4]):
        at = np.flatnonzero((hits.field == number) & asked)
        if len(at):
            listing, text = np.unique(hits.listing[at], return_inverse=True)
            points = Points.of(taken(batch, name, listing))
            long = points.lengths[text]
            start, end = np.minimum(hits.start[at], long), np.minimum(hits.end[at], long)
            begin = {Where.BEFORE: np.maximum(start - BESIDE, 0), Where.WITHIN: start, Where.BEHIND: end}[where]
            stop = {Where.BEFORE: start, Where.WITHIN: end, Where.BEHIND: np.minimum(end + BESIDE, long)}[where]
            pieces = points.cut(text, begin, stop)
            found[at] = np.asarray(compute.match_substring_regex(pieces, pattern)).astype(np.bool_)
    return found
