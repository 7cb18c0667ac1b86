"""Marks written in other scripts, in the texts of a batch."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.scripts.chinese import disguised_chinese
from touchmark.engine.screening.text.scripts.compiled import Scripts

#: Below this code point nothing is written in a script that is read here: a batch of such texts costs one look.
_FIRST_OF_OTHERS = 0x370


def in_scripts(reading: Reading, layers: Iterable[tuple[int, Scripts]], right: NDArray[np.int32]) -> Found:
    """
    Find marks written otherwise in other scripts; ``reading`` is plain.

    :param layers: per layer of marks the number of its first form, and what it is looked for by
    :param right: of each form of all layers
    """
    folded, points = reading.units.folded, reading.points
    if not (folded.text.points >= _FIRST_OF_OTHERS).any():
        return Found.none()
    parts = [
        disguised_chinese(points, folded, scripts.names, first, right)
        for first, scripts in layers
        if len(scripts.names)
    ]
    found = Found.joined([Found.none(), *parts])
    return replace(found, text=reading.text[found.text])
