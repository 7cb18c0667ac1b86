"""What is kept of a listing by which it is known again: a sketch of its title, and the codes of its pictures."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import BYTES, LEAST_QUALITY
from touchmark.engine.screening.image.picture import look
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.engine.screening.returned.kernels import SKETCH, take_sketches
from touchmark.engine.screening.text.fold import Fold, fold, kinds
from touchmark.engine.screening.text.points import Points

Sketches = NDArray[np.uint64]  # (n, SKETCH)
Codes = NDArray[np.uint8]  # (n, 32)


def sketches(titles: Any) -> Sketches:
    """
    Take the sketches of titles, an Arrow array of strings, all at once.

    Letters are folded to what they look like, so that a title in disguise has the sketch of the plain one.
    """
    text = fold(Points.of(titles), Fold.VISUAL).text
    found = np.empty(len(text.bounds) * SKETCH, np.uint64)[: (len(text.bounds) - 1) * SKETCH]
    take_sketches(text.points, text.bounds, kinds(), found)
    return found.reshape(-1, SKETCH)


def codes(pictures: Iterable[bytes]) -> Codes:
    """Take the codes of pictures; those that cannot be read, or show next to nothing, are left out."""
    found = [code for data in pictures if (code := _code(data)) is not None]
    return np.array(found, np.uint8).reshape(-1, BYTES)


def _code(data: bytes) -> NDArray[np.uint8] | None:
    try:
        picture = look(data)
    except UnreadableImage:
        return None
    return picture.code if picture.quality >= LEAST_QUALITY else None
