"""Marks written in other scripts, in the texts of a batch."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.scripts.chinese import disguised_chinese
from touchmark.engine.screening.text.scripts.compiled import Scripts
from touchmark.engine.screening.text.scripts.covered import Covered
from touchmark.engine.screening.text.scripts.mixed import as_heard, mixed_letters
from touchmark.engine.screening.text.scripts.pinyin import spelled_in_pinyin
from touchmark.engine.screening.text.scripts.sound import spelled_by_sound
from touchmark.engine.screening.text.spellings.memo import Memo

#: Below this code point nothing is written in a script that is read here: a text of such costs one look.
_FIRST_OF_OTHERS = 0x370


def in_scripts(reading: Reading, layers: Iterable[tuple[int, Scripts]], right: NDArray[np.int32], memo: Memo) -> Found:
    """
    Find marks written otherwise in other scripts; ``reading`` is plain.

    :param layers: per layer of marks the number of its first form, and what it is looked for by
    :param right: of each form of all layers
    :param memo: what these very layers are known not to hold
    """
    layers = list(layers)
    parts = [Found.none(), *_in_latin(reading, layers), *_in_others(reading, layers, memo)]
    found = Found.joined(parts)
    return replace(found, right=right[found.form].astype(np.int64))


def _in_latin(reading: Reading, layers: list[tuple[int, Scripts]]) -> Iterator[Found]:
    """Chinese names in Latin letters, in all texts."""
    for first, scripts in layers:
        if len(scripts.pinyin):
            found = _numbered(spelled_in_pinyin(reading, scripts.pinyin), first)
            yield replace(found, text=reading.text[found.text])


def _in_others(reading: Reading, layers: list[tuple[int, Scripts]], memo: Memo) -> Iterator[Found]:
    """Names in other scripts than Latin, in texts that hold any."""
    every = reading.units.folded.text
    beyond = np.flatnonzero(every.points >= _FIRST_OF_OTHERS)
    if not len(beyond):
        return
    text = np.unique(np.searchsorted(every.bounds, beyond, side="right") - 1)
    points = reading.points.only(text)
    folded = fold(points, Fold.PLAIN)
    heard = as_heard(points)
    said = folded if heard is points else fold(heard, Fold.PLAIN)
    covered = Covered.of(heard, said)
    for first, scripts in layers:
        found = [Found.none()]
        if len(scripts.names):
            found.append(_numbered(disguised_chinese(points, folded, scripts.names), first))
        if len(scripts.spoken):
            heard_as = spelled_by_sound(heard, said, scripts.spoken, memo, first, mixed_letters(points, heard))
            found.append(_numbered(heard_as, first))
            if covered is not None:
                covers = covered.covers
                heard_as = spelled_by_sound(heard, covered.folded, scripts.spoken, memo, first, covers=covers)
                found.append(_numbered(heard_as, first))
        every_one = Found.joined(found)
        yield replace(every_one, text=reading.text[text[every_one.text]])


def _numbered(found: Found, first: int) -> Found:
    """The places of a layer whose first form has a number."""
    return replace(found, form=found.form + first)
