"""Marks written in other scripts, in the texts of a batch."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.scripts.chinese import disguised_chinese
from touchmark.engine.screening.text.scripts.compiled import Scripts
from touchmark.engine.screening.text.scripts.sound import spelled_by_sound

#: Below this code point nothing is written in a script that is read here: a text of such costs one look.
_FIRST_OF_OTHERS = 0x370


def in_scripts(reading: Reading, layers: Iterable[tuple[int, Scripts]], right: NDArray[np.int32]) -> Found:
    """
    Find marks written otherwise in other scripts; ``reading`` is plain.

    :param layers: per layer of marks the number of its first form, and what it is looked for by
    :param right: of each form of all layers
    """
    every = reading.units.folded.text
    beyond = np.flatnonzero(every.points >= _FIRST_OF_OTHERS)
    if not len(beyond):
        return Found.none()
    text = np.unique(np.searchsorted(every.bounds, beyond, side="right") - 1)
    points = reading.points.only(text)
    folded = fold(points, Fold.PLAIN)
    parts = [Found.none()]
    for first, scripts in layers:
        if len(scripts.names):
            parts.append(_numbered(disguised_chinese(points, folded, scripts.names), first))
        if len(scripts.spoken):
            parts.append(_numbered(spelled_by_sound(points, folded, scripts.spoken), first))
    found = Found.joined(parts)
    return replace(found, text=reading.text[text[found.text]], right=right[found.form].astype(np.int64))


def _numbered(found: Found, first: int) -> Found:
    """The places of a layer whose first form has a number."""
    return replace(found, form=found.form + first)
