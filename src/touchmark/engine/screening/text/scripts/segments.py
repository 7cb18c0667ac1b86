"""
Tell a Chinese name from the middle of other words: 耐克 is none in 忍耐克服, nor 三星 in 三星级.

Only places come here, never all texts: a segmenter cuts the text around a place, and a word that reaches over its edge
is likelier than the name, unless what reaches over is a word for goods (特步鞋) or the like.
"""

from functools import cache, lru_cache
from typing import Any

import numpy as np

from touchmark.engine.screening.text.fold import Fold, fold, kinds
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask

#: So many characters on either side of a place are cut with it.
AROUND = 8
#: Names of more characters than this are not found in other words.
LONGEST_SHORT = 3
#: What follows or precedes a name as a part of one word with it: goods, shops, and what grammar adds.
#: What stands anywhere in Chinese, beside any other character.
EVERYWHERE = frozenset(
    "的一是了我不在有他这上个们来到时大地为你说就那和要也得后以会可下而过对去能多好都没用点还很太又再吗呢吧啊"
)
BESIDE_NAMES = frozenset("鞋包表衣裤帽衫袜杯机车店牌家款裙袋装品男女童的之新老大小真假正仿原款系")


def at_edges(points: Points, text: Ints, start: Ints, end: Ints) -> Mask:
    """Whether each place begins and ends where a word of Chinese does; places not of short Chinese names do."""
    kept = np.ones(len(text), np.bool_)
    for i in np.flatnonzero(_in_chinese(points, text, start, end)).tolist():
        kept[i] = _stands(points, int(text[i]), int(start[i]), int(end[i]))
    return kept


def are_names(points: Points, text: Ints, start: Ints, end: Ints, apart: Mask) -> Mask:
    """
    Whether places of two characters, one of which is another than a name has, are no word and no part of one.

    Nor may they hold a character that grammar puts anywhere, or a measure after a number. What is to stand ``apart``
    has no single character of Chinese beside it, which may belong to it, but for words of goods and of grammar.
    """
    kept = np.ones(len(text), np.bool_)
    for i in range(len(text)):
        kept[i] = _is_name(points, int(text[i]), int(start[i]), int(end[i]), bool(apart[i]))
    return kept


def hold_no_word(points: Points, text: Ints, start: Ints, end: Ints) -> Mask:
    """Whether no word of several characters lies within each place."""
    low, high = points.bounds[text] + start, points.bounds[text] + end
    pieces = ("".join(map(chr, points.points[low[i] : high[i]].tolist())) for i in range(len(text)))
    return np.fromiter(map(_no_word, pieces), np.bool_, len(text))


@lru_cache(maxsize=4096)
def _no_word(piece: str) -> bool:
    return all(stop - begin == 1 for _, begin, stop in _segmenter().tokenize(piece, "default", False))


def _is_name(points: Points, text: int, start: int, end: int, apart: bool) -> bool:
    base = int(points.bounds[text])
    low, high = max(base, base + start - AROUND), min(int(points.bounds[text + 1]), base + end + AROUND)
    folded = fold(Points(points.points[low:high], np.array([0, high - low])), Fold.PLAIN).text.points
    if len(folded) != high - low:
        return False
    piece = "".join(map(chr, folded.tolist()))
    first, last = base + start - low, base + end - low
    if piece[first - 1 : first].isdigit() or not _may_be_name(piece[first:last]):
        return False
    tokens = _segmenter().tokenize(piece, "default", False)
    single = [(word, begin, stop) for word, begin, stop in tokens if stop == begin + 1 and word not in BESIDE_NAMES]
    beside = (word for word, begin, stop in single if stop == first or begin == last)
    if apart and any(word.isalpha() for word in beside):
        return False
    return not any(begin < first < stop or begin < last < stop for _, begin, stop in tokens)


@lru_cache(maxsize=4096)
def _may_be_name(name: str) -> bool:
    """Whether a few characters are no word of the segmenter's, and none stands anywhere."""
    if not EVERYWHERE.isdisjoint(name):
        return False
    return len(name) > len(_segmenter().tokenize(name, "default", False)[0][0])


def _in_chinese(points: Points, text: Ints, start: Ints, end: Ints) -> Mask:
    """Whether a place is a few characters, and the first or the last is of Chinese, with another such beside it."""
    base, lengths = points.bounds[text], end - start
    asked = np.zeros(len(text), np.bool_)
    rows = np.flatnonzero((lengths <= LONGEST_SHORT + 1) & (lengths > 0))
    if not len(rows):
        return asked
    low, high = base[rows] + start[rows], base[rows] + end[rows]
    begins, ends = _is_han(points, low), _is_han(points, high - 1)
    if not (begins | ends).any():
        return asked
    begins &= (low > base[rows]) & _is_han(points, np.maximum(low - 1, 0))
    ends &= (high < points.bounds[text[rows] + 1]) & _is_han(points, np.minimum(high, len(points.points) - 1))
    asked[rows] = begins | ends
    return asked


def _is_han(points: Points, at: Ints) -> Mask:
    han: Mask = kinds()[points.points[at]] == Kind.HAN
    return han


def _stands(points: Points, text: int, start: int, end: int) -> bool:
    base = int(points.bounds[text])
    low = max(base, base + start - AROUND)
    high = min(int(points.bounds[text + 1]), base + end + AROUND)
    around = Points(points.points[low:high], np.array([0, high - low]))
    folded = fold(around, Fold.PLAIN)
    if len(folded.text.points) != high - low:
        return True
    piece = "".join(map(chr, folded.text.points.tolist()))
    return _not_across(piece, base + start - low, base + end - low)


@cache
def _segmenter() -> Any:
    from rjieba import Jieba

    return Jieba()


def _not_across(piece: str, start: int, end: int) -> bool:
    """Whether no word of the segmenter's reaches over an edge of the place with more than goods or grammar."""
    for word, first, last in _segmenter().tokenize(piece, "default", False):
        if first < start < last or first < end < last:
            beyond = word[: max(start - first, 0)] + word[len(word) - max(last - end, 0) :]
            if not set(beyond) <= BESIDE_NAMES:
                return False
    return True
