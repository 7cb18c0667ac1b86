"""
Places of a picture that are known again: corners, at several sizes, each described by 256 bits.

They are those of ORB (Rublee and others, 2011), as OpenCV makes them, with one change: the best corners of every part
of the picture are taken, not the best of all, so that bold letters over a photo do not take them all. The mirrored
picture is described from the same corners.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: A picture is looked at with its longer side between these, in pixels.
LEAST_SIDE, MOST_SIDE = 256, 400
#: One whose shorter side is then under this has no places: the surroundings of a corner would not fit in.
LEAST_SHORT = 32
#: The parts of a picture, across and down, that are each given their share of places.
PARTS = 10
LEVELS, STEP = 8, 1.2
#: Corners found before the best of each part are chosen.
CORNERS = 3000
#: How much lighter or darker than its middle a corner's surroundings are, of 255.
CONTRAST = 5

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """What was described; ``x`` and ``y`` are shares of the longer side of the picture."""

    x: NDArray[np.float32]
    y: NDArray[np.float32]
    turn: NDArray[np.uint8]  # direction, 256 to a full turn
    codes: NDArray[np.uint8]  # (n, 32)

    def __len__(self) -> int:
        return len(self.x)


def describe(gray: Gray, most: int, mirrored: bool = False) -> list[Places]:
    """
    Describe up to ``most`` places of a grey picture, the best of each part first.

    :param mirrored: whether the same places are described a second time, as they are in the mirrored picture
    """
    import cv2

    cv2.setNumThreads(1)  # the caller's processes share the cores already
    gray = sized(gray)
    found = _corners().detect(gray, None) if min(gray.shape) >= LEAST_SHORT else ()
    chosen = [found[i] for i in _spread(found, gray.shape, most)]
    described = [_described(gray, chosen)]
    if mirrored:
        width = gray.shape[1] - 1
        turned = [
            cv2.KeyPoint(width - c.pt[0], c.pt[1], c.size, (180 - c.angle) % 360, c.response, c.octave) for c in chosen
        ]
        described.append(_described(np.ascontiguousarray(gray[:, ::-1]), turned))
    return described


def sized(gray: Gray) -> Gray:
    """Bring a picture to a size at which it is described."""
    import cv2

    longer = max(gray.shape)
    if LEAST_SIDE <= longer <= MOST_SIDE:
        return gray
    share = (MOST_SIDE if longer > MOST_SIDE else LEAST_SIDE) / longer
    size = (max(1, round(gray.shape[1] * share)), max(1, round(gray.shape[0] * share)))
    return cv2.resize(gray, size, interpolation=cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC)  # type: ignore[return-value]


def _spread(corners: Any, shape: tuple[int, ...], most: int) -> NDArray[np.int64]:
    """Choose the strongest corner of each part, then the second of each, and so on."""
    x, y = _points(corners)
    column, row = (x * PARTS / shape[1]).astype(np.int64), (y * PARTS / shape[0]).astype(np.int64)
    part, strength = row * PARTS + column, np.fromiter((c.response for c in corners), np.float32, len(corners))
    order = np.lexsort((-strength, part))
    turn = np.empty(len(part), np.int64)
    turn[order] = np.arange(len(part)) - np.searchsorted(part[order], part[order])
    chosen: NDArray[np.int64] = np.lexsort((-strength, turn))[:most]
    return chosen


def _described(gray: Gray, corners: list[Any]) -> Places:
    kept, codes = _corners().compute(gray, corners) if corners else ((), None)
    if codes is None:
        kept, codes = (), np.empty((0, 32), np.uint8)
    x, y = _points(kept)
    longer = max(gray.shape)
    angle = np.fromiter((c.angle for c in kept), np.float32, len(kept))
    turn = (np.rint(angle * np.float32(256 / 360)).astype(np.int64) % 256).astype(np.uint8)
    return Places(x / longer, y / longer, turn, codes)


def _points(corners: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import cv2

    if not len(corners):
        return np.empty(0, np.float32), np.empty(0, np.float32)
    points = np.asarray(cv2.KeyPoint.convert(corners), np.float32).reshape(-1, 2)
    return points[:, 0], points[:, 1]


@cache
def _corners() -> Any:
    import cv2

    return cv2.ORB_create(CORNERS, STEP, LEVELS, fastThreshold=CONTRAST)  # type: ignore[attr-defined]
