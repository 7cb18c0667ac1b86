"""
Put together the characters of a name that signs or spaces part, in scripts other than Latin: ``香.奈.儿``, ``П*у*м*а``.

Chinese is written without spaces, so that whatever parts two characters of it may go; elsewhere single characters one
after another must be parted each from the next, or signs alone must stand between pieces of which one is short
(``Кинг.стон``). Small kana are no characters of their own: ``ヴェ`` is one. Letters of Korean that lie side by side
become syllables, and blanks that Korean keyboards have, between letters of Latin, are nothing. The matchers see such a
text beside the one stored.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.fold import TOP, Fold, fold, kinds, scripts
from touchmark.engine.screening.text.letters import Kind, Script
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import owners
from touchmark.engine.screening.text.sourced import Sourced

#: What a code point is here: nothing that can be put together; a character of Chinese, Korean, kana, Thai and its
#: neighbours, of another alphabet; a sign that belongs to the one before it; a separator that is seen, or is not; a
#: letter of Latin; a blank of Korean; a letter of a Korean syllable.
OTHER, HAN, HANGUL, KANA, SOUTH_EAST, ALPHABET, MARK, SIGN, SPACE, LATIN, FILLER, JAMO = range(12)
#: Two characters of one name are at most so many separators apart.
MOST_APART = 4
#: Of an alphabet so many letters must be parted each from the next; of syllables, by seen signs, one fewer.
LEAST_PARTED = 3
#: Of two pieces with signs alone between them the shorter one has so many characters at most.
MOST_OF_PIECE = 4
_SIGNS, _HIDDEN, _LOOKALIKES = int(Trick.SIGNS), int(Trick.HIDDEN), int(Trick.LOOKALIKES)
#: Strokes of Chinese that nobody writes as words: they part others as signs do.
_STROKES = tuple(map(ord, "丨丶丿亅⼁⼂⼃⼅"))
_FILLERS = (0x115F, 0x1160, 0x3164, 0xFFA0)
_GAP, _WITH_SIGNS, _WITH_SPACE = 1, 2, 4
#: Small kana, and the sign for a long vowel, belong to the character before them.
_SMALL = tuple(map(ord, "ぁぃぅぇぉっゃゅょァィゥェォッャュョー"))

# The arithmetic of Korean syllables, in Unicode's own names.
_L, _V, _T, _S, _V_COUNT, _T_COUNT = 0x1100, 0x1161, 0x11A7, 0xAC00, 21, 28
_LAST_L, _LAST_V, _LAST_T = 0x1112, 0x1175, 0x11C2
_CONSONANT, _VOWEL, _LAST_VOWEL = 0x3131, 0x314F, 0x3163
#: Consonants from U+3131 on, as they begin a syllable and as they end it; nothing where they cannot.
_BEGINS = np.array([0, 1, -1, 2, -1, -1, 3, 4, 5, -1, -1, -1, -1, -1, -1, -1, 6, 7, 8, -1, 9, 10, 11, 12, 13, 14, 15,
                    16, 17, 18], np.int64)  # fmt: skip
_ENDS = np.array([1, 2, 3, 4, 5, 6, 7, -1, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, -1, 18, 19, 20, 21, 22, -1, 23, 24,
                  25, 26, 27], np.int64)  # fmt: skip


def together(texts: Sourced) -> Sourced:
    """Put characters together."""
    into = Sourced.room(len(texts.points), len(texts))
    gaps = np.zeros(len(texts.points), np.uint8)
    _gaps(texts.points, texts.bounds, characters(), gaps, np.zeros(len(texts), np.uint8))
    _put_together(
        texts.points, texts.start, texts.end, texts.trick, texts.bounds, characters(), gaps, _BEGINS, _ENDS,
        into.points, into.start, into.end, into.trick, into.bounds,
    )  # fmt: skip
    return into.cut()


def are_parted(points: Points) -> NDArray[np.bool_]:
    """Whether characters of a text can be put together."""
    found = np.zeros(len(points), np.uint8)
    _gaps(points.points, points.bounds, characters(), np.zeros(len(points.points), np.uint8), found)
    return found.astype(np.bool_)


@cache
def characters() -> NDArray[np.uint8]:
    """What every original code point is, (TOP,)."""
    every = np.arange(TOP, dtype=np.uint32)
    folded = fold(Points(every, np.arange(TOP + 1)), Fold.PLAIN).text
    kind = np.full(TOP, 255, np.uint8)
    owner = owners(folded.lengths)[::-1]
    kind[owner] = kinds()[folded.points[::-1]]
    what = np.full(TOP, OTHER, np.uint8)
    what[kind == 255] = MARK
    what[np.isin(kind, [Kind.SPACE, Kind.INVISIBLE])] = SPACE
    what[np.isin(kind, [Kind.SYMBOL, Kind.APOSTROPHE, Kind.JOINER, Kind.BREAK, Kind.AND])] = SIGN
    what[(kind == Kind.LETTER) & (scripts() != Script.LATIN)] = ALPHABET
    what[(kind == Kind.LETTER) & (scripts() == Script.LATIN)] = LATIN
    what[kind == Kind.HAN], what[kind == Kind.HANGUL] = HAN, HANGUL
    what[np.isin(kind, [Kind.HIRAGANA, Kind.KATAKANA])] = KANA
    what[np.isin(kind, [Kind.SOUTH_EAST, Kind.SIGN])] = SOUTH_EAST
    what[_L : _LAST_L + 1], what[_CONSONANT : _LAST_VOWEL + 1] = JAMO, JAMO
    what[list(_FILLERS)], what[list(_STROKES)] = FILLER, SIGN
    what[0x3099:0x309B] = MARK
    return what


@native
def _gaps(
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    what: NDArray[np.uint8],
    gaps: NDArray[np.uint8],
    found: NDArray[np.uint8],
) -> None:
    """Mark every separator within a name, and the texts that have any, or that hold what else is put together."""
    for text in range(len(bounds) - 1):
        at, to = bounds[text], bounds[text + 1]
        group, size, last, chain, seen = 0, 0, at, 0, 0  # of the piece before, and of the chain that it ends
        while at < to:
            here = int(what[points[at]])
            if here == JAMO or (here == FILLER and _between_latin(points, what, bounds[text], at, to)):
                found[text] = 1
            if here < HAN or here > ALPHABET:
                at += 1
                continue
            begin, many = at, 0
            while at < to and (what[points[at]] == here or what[points[at]] == MARK):
                many += 1 if what[points[at]] == here and not (many and points[at] in _SMALL) else 0
                at += 1
            gap = _gap(points, what, last, begin) if group == here else 0
            alone, signs = (many == 1) + (size == 1), gap & _WITH_SIGNS and not gap & _WITH_SPACE
            piece = signs and here != HAN and alone < 2 and min(many, size) <= MOST_OF_PIECE
            if gap and (alone == 2 or piece or (here == HAN and (alone or gap & _WITH_SIGNS))):
                for place in range(last, begin):
                    gaps[place] = gap
                chain, seen = chain + (LEAST_PARTED if piece else 1), seen | gap
            else:
                _give_up(gaps, group, chain, seen, last)
                chain, seen = 0, 0
            group, size, last = here, many, at
        _give_up(gaps, group, chain, seen, last)
        for place in range(bounds[text], to):
            found[text] |= 1 if gaps[place] else 0


@inlined
def _gap(points: NDArray[np.uint32], what: NDArray[np.uint8], begin: int, end: int) -> int:
    """Whether what stands between two characters may part a name: a gap, with signs or without, or 0."""
    if end - begin > MOST_APART:
        return 0
    gap = _GAP
    for place in range(begin, end):
        kind = what[points[place]]
        if kind not in (SIGN, SPACE, MARK, FILLER):
            return 0
        gap |= _WITH_SIGNS if kind == SIGN else _WITH_SPACE if kind in (SPACE, FILLER) else 0
    return gap


@inlined
def _between_latin(points: NDArray[np.uint32], what: NDArray[np.uint8], begin: int, at: int, to: int) -> bool:
    """Whether blanks of Korean stand between letters of Latin."""
    return at > begin and what[points[at - 1]] in (LATIN, FILLER) and _past(points, what, at, to) == LATIN


@inlined
def _past(points: NDArray[np.uint32], what: NDArray[np.uint8], at: int, to: int) -> int:
    """What follows after blanks."""
    while at < to and what[points[at]] == FILLER:
        at += 1
    return int(what[points[at]]) if at < to else OTHER


@inlined
def _give_up(gaps: NDArray[np.uint8], group: int, chain: int, seen: int, end: int) -> None:
    """Take back the only gap of a chain that is too short; its last piece, of one character, ends at ``end``."""
    enough = LEAST_PARTED - 1 - (1 if seen & _WITH_SIGNS and group != ALPHABET else 0)
    if group == HAN or chain == 0 or chain >= enough:
        return
    place = end - 1
    while place >= 0 and not gaps[place]:
        place -= 1
    while place >= 0 and gaps[place]:
        gaps[place] = 0
        place -= 1


@inlined
def _syllable(points: NDArray[np.uint32], at: int, to: int, begins: NDArray[np.int64], ends: NDArray[np.int64]) -> int:
    """The syllable that letters of Korean make at ``at``: how many, times 2 ** 24, and its code point; or 0."""
    first = int(points[at])
    if at + 1 >= to:
        return 0
    vowel, third = int(points[at + 1]), int(points[at + 2]) if at + 2 < to else 0
    if _L <= first <= _LAST_L and _V <= vowel <= _LAST_V:
        tail = third - _T if _T < third <= _LAST_T else 0
        return ((3 if tail else 2) << 24) | (_S + ((first - _L) * _V_COUNT + vowel - _V) * _T_COUNT + tail)
    if not (_CONSONANT <= first < _VOWEL and _VOWEL <= vowel <= _LAST_VOWEL) or begins[first - _CONSONANT] < 0:
        return 0
    tail = int(ends[third - _CONSONANT]) if _CONSONANT <= third < _VOWEL else -1
    if at + 3 < to and _VOWEL <= points[at + 3] <= _LAST_VOWEL:
        tail = -1  # it begins the next one
    made = _S + (int(begins[first - _CONSONANT]) * _V_COUNT + vowel - _VOWEL) * _T_COUNT + max(tail, 0)
    return ((3 if tail > 0 else 2) << 24) | made


@native
def _put_together(
    points: NDArray[np.uint32],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    trick: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    what: NDArray[np.uint8],
    gaps: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    into: NDArray[np.uint32],
    into_start: NDArray[np.int64],
    into_end: NDArray[np.int64],
    into_trick: NDArray[np.uint8],
    into_bounds: NDArray[np.int64],
) -> int:
    """Write every text anew without its gaps; what follows a gap with signs is disguised. Gives how many points."""
    size = 0
    into_bounds[0] = 0
    for text in range(len(bounds) - 1):
        at, to, hides = bounds[text], bounds[text + 1], 0
        while at < to:
            here = int(what[points[at]])
            if gaps[at]:
                hides = max(hides, _SIGNS if gaps[at] & _WITH_SIGNS else 0)
                at += 1
                continue
            if here == FILLER and _between_latin(points, what, bounds[text], at, to):
                hides, at = _HIDDEN, at + 1
                continue
            made = _syllable(points, at, to, begins, ends) if here == JAMO else 0
            many = made >> 24 if made else 1
            drawn = _LOOKALIKES if made and points[at] >= _CONSONANT else 0
            into[size], into_trick[size] = (made & 0xFFFFFF) if made else points[at], max(int(trick[at]), hides, drawn)
            into_start[size], into_end[size] = start[at], end[at + many - 1]
            size, at, hides = size + 1, at + many, 0
        into_bounds[text + 1] = size
    return size
