"""
Letters of two scripts in one word, and a name in hiragana, as they are heard: ``Пeжо`` with an e of Latin.

Latin letters that look like ones of Russian are these, in a word that has letters of Russian and no other ones of
Latin. Hiragana is heard as katakana where it stands by itself, which words of Japanese do not: nothing else parts them.
"""

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Mask
from touchmark.engine.screening.text.spellings.keys import number

_LATIN = "aceopxykmtABCEHKMOPTXYi"
_RUSSIAN = "асеорхукмтАВСЕНКМОРТХУі"
_TOP = 0x80
_CYRILLIC, _AFTER_CYRILLIC = 0x400, 0x530
_HIRAGANA, _AFTER_HIRAGANA, _LONG, _AFTER_KATAKANA = 0x3041, 0x3097, 0x30FC, 0x30FF
#: From hiragana to katakana; a run of hiragana has so many characters at least.
_STEP, _LEAST = 0x60, 4
_HAN, _AFTER_HAN = 0x4E00, 0xA000


@cache
def _twins() -> NDArray[np.uint32]:
    """What a letter of ASCII looks like in Russian; 0: nothing."""
    table = np.zeros(_TOP, np.uint32)
    for latin, russian in zip(_LATIN, _RUSSIAN, strict=True):
        table[ord(latin)] = ord(russian)
    return table


def as_heard(points: Points) -> Points:
    """Give the same texts, character by character, with such letters as they are heard; itself, if there are none."""
    out = points.points.copy()
    changed = _as_heard(points.points, points.bounds, _twins(), out)
    return replace(points, points=out) if changed else points


def mixed_letters(points: Points, heard: Points) -> Mask | None:
    """Which characters were letters of Latin in a word of Russian, if any: nobody writes so by mistake."""
    if heard is points:
        return None
    mixed: Mask = (heard.points != points.points) & (points.points < _TOP)
    return mixed


@inlined
def _is_latin(point: int) -> bool:
    return 65 <= point <= 90 or 97 <= point <= 122


@inlined
def _is_cyrillic(point: int) -> bool:
    return _CYRILLIC <= point < _AFTER_CYRILLIC


@inlined
def _is_japanese(point: int) -> bool:
    return _HIRAGANA <= point < _AFTER_KATAKANA or _HAN <= point < _AFTER_HAN


@native
def _as_heard(
    points: NDArray[np.uint32], bounds: NDArray[np.int64], twins: NDArray[np.uint32], out: NDArray[np.uint32]
) -> int:
    """Write what is heard of every text; give how many words are heard otherwise than written."""
    changed = 0
    for text in range(bounds.size - 1):
        place, end = bounds[text], bounds[text + 1]
        while place < end:
            start, point = place, number(points[place])
            if _is_latin(point) or _is_cyrillic(point):
                place = _word_of_letters(points, place, end)
                changed += _in_russian(points, start, place, twins, out)
            elif _HIRAGANA <= point < _AFTER_HIRAGANA:
                place = _run_of_kana(points, place, end)
                opens = start == bounds[text] or not _is_japanese(number(points[start - 1]))
                closes = place == end or not _is_japanese(number(points[place]))
                if opens and closes and place - start >= _LEAST:
                    changed += 1
                    for at in range(start, place):
                        out[at] = points[at] + np.uint32(_STEP if points[at] != _LONG else 0)
            else:
                place += 1
    return changed


@inlined
def _word_of_letters(points: NDArray[np.uint32], place: int, end: int) -> int:
    """Where letters of Latin and Russian end."""
    while place < end and (_is_latin(number(points[place])) or _is_cyrillic(number(points[place]))):
        place += 1
    return place


@inlined
def _run_of_kana(points: NDArray[np.uint32], place: int, end: int) -> int:
    """Where hiragana, and signs for a long vowel, end."""
    while place < end and (_HIRAGANA <= points[place] < _AFTER_HIRAGANA or points[place] == _LONG):
        place += 1
    return place


@inlined
def _in_russian(
    points: NDArray[np.uint32], start: int, end: int, twins: NDArray[np.uint32], out: NDArray[np.uint32]
) -> int:
    """Write a word of both in Russian letters, if each of Latin looks like one; gives whether it is such."""
    latin, russian = 0, 0
    for at in range(start, end):
        if _is_cyrillic(number(points[at])):
            russian += 1
        elif twins[points[at]]:
            latin += 1
        else:
            return 0
    if latin == 0 or russian == 0:
        return 0
    for at in range(start, end):
        out[at] = twins[points[at]] if points[at] < _TOP else points[at]
    return 1
