"""
The codes of a picture: of the whole and of its parts, in several orientations.

A picture that is *asked* about may show a copy in a part of it, or mirrored, or on its side: the whole and what is left
without uniform borders are asked in all eight orientations, halves and quarters (of a collage) upright: every code
asked is a look-up. A picture that is *held* as a reference has codes only of parts that can be foretold, without its
borders and cut to a square: a code bears a cut that is off by a hundredth of the side, no more, so that codes of other
parts meet none of the cuts that people make. Those are found by places (``local``).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import LEAST_QUALITY, SMALLEST, Spectra, decimated, spectra
from touchmark.engine.screening.image.code_kernels import SIDE, decimate_parts, sum_up, window_of
from touchmark.engine.screening.image.decode import Gray
from touchmark.engine.screening.image.regions import ORIENTATIONS, Region
from touchmark.engine.screening.image.trim import trimmed

#: A part with a shorter side than this, in pixels of the reduced picture, has no code of its own.
LEAST_PART = 24
#: Sides longer than this, in full pixels, are taken not to lean.
MOST_LEANING = 1024
_LARGEST = 65_535

Ways = tuple[int, ...]
_ALL: Ways = tuple(range(ORIENTATIONS))
_UPRIGHT: Ways = (0,)

#: Parts by their share of the sides: left, top, right, bottom.
_SHARES = {
    Region.LEFT: (0, 0, 0.5, 1),
    Region.RIGHT: (0.5, 0, 1, 1),
    Region.TOP: (0, 0, 1, 0.5),
    Region.BOTTOM: (0, 0.5, 1, 1),
    Region.TOP_LEFT: (0, 0, 0.5, 0.5),
    Region.TOP_RIGHT: (0.5, 0, 1, 0.5),
    Region.BOTTOM_LEFT: (0, 0.5, 0.5, 1),
    Region.BOTTOM_RIGHT: (0.5, 0.5, 1, 1),
}

Rect = tuple[float, float, float, float]
_Part = tuple[Region, Rect, Ways]


class Codes(NamedTuple):
    """The codes of one picture; parallel arrays."""

    code: NDArray[np.uint8]  # (k, 32)
    variant: NDArray[np.uint8]  # ``regions.variant_of``
    rect: NDArray[np.uint16]  # (k, 4): the part: left, top, right, bottom, in 65535ths of the sides


def whole(gray: Gray) -> Spectra:
    """Give the spectrum of the whole picture, in the standard way; of one that is too small, none of any quality."""
    if min(gray.full_height, gray.full_width) < SMALLEST:
        return Spectra(np.zeros((1, 256), np.int64), np.zeros(1, np.int64))
    return spectra(decimated(gray.pixels, (gray.full_height, gray.full_width), gray.step))


def asked_codes(gray: Gray, of_whole: Spectra) -> Codes:
    """Give the codes under which references are looked for."""
    parts = [(Region.TRIMMED, rect, _ALL) for rect in trimmed(gray)]
    parts += [(region, _part(gray, region), _UPRIGHT) for region in _SHARES]
    return _codes(gray, of_whole, _ALL, parts)


def held_codes(gray: Gray, of_whole: Spectra) -> Codes:
    """Give the codes under which a reference is found."""
    parts = [(Region.TRIMMED, rect, _UPRIGHT) for rect in trimmed(gray)]
    parts += [(Region.SQUARE, rect, _UPRIGHT) for rect in _square(gray)]
    return _codes(gray, of_whole, _UPRIGHT, parts)


def _part(gray: Gray, region: Region) -> Rect:
    height, width = gray.pixels.shape
    left, top, right, bottom = _SHARES[region]
    return (left * width, top * height, right * width, bottom * height)


def _square(gray: Gray) -> list[Rect]:
    """Give the square in the middle, unless the picture is nearly square."""
    height, width = gray.pixels.shape
    side = min(height, width)
    if max(height, width) < 1.06 * side:
        return []
    left, top = (width - side) / 2, (height - side) / 2
    return [(left, top, left + side, top + side)]


def _codes(gray: Gray, of_whole: Spectra, ways: Ways, parts: list[_Part]) -> Codes:
    height, width = gray.pixels.shape
    everything = (Region.WHOLE, (0.0, 0.0, float(width), float(height)), ways)
    parts = [part for part in parts if min(part[1][2] - part[1][0], part[1][3] - part[1][1]) >= LEAST_PART]
    taken = {(everything[1], 0): 0}  # what is decimated, the whole in the standard way, and its number
    wanted = [
        (taken.setdefault((rect, _leaning(gray, rect, region, way)), len(taken)), way, region, rect)
        for region, rect, turns in (everything, *parts)
        for way in turns
    ]
    seen = of_whole.and_(_spectra(gray, list(taken)[1:]))
    wanted = [one for one in wanted if seen.quality[one[0]] >= LEAST_QUALITY]
    of, way, region = (np.array([one[i] for one in wanted], np.int64) for i in range(3))
    share = np.array([rect for *_, rect in wanted], np.float64).reshape(-1, 4) / (width, height, width, height)
    variant = (region * ORIENTATIONS + way).astype(np.uint8)
    return Codes(seen.codes(of, way), variant, np.rint(share * _LARGEST).astype(np.uint16))


def _leaning(gray: Gray, rect: Rect, region: Region, way: int) -> int:
    """
    Tell whether a part is to be decimated as if mirrored, so that a turned code is that of the turned picture.

    Boxes of even width lean by a pixel, which is worth ten bits in a small picture and nothing in a large one. Where
    the sides are swapped, what is mirrored left to right is the picture's top and bottom.
    """
    if region not in (Region.WHOLE, Region.TRIMMED):
        return 0
    mirrored = (way & 1) << 1 | (way & 2) >> 1 if way & 4 else way & 3
    sides = ((rect[2] - rect[0]) * gray.step, (rect[3] - rect[1]) * gray.step)
    leans = [round(side) <= MOST_LEANING and window_of(round(side)) % 2 == 0 for side in sides]
    return mirrored & (leans[0] | leans[1] << 1)


def _spectra(gray: Gray, taken: list[tuple[Rect, int]]) -> Spectra:
    height, width = gray.pixels.shape
    rects = np.array([rect for rect, _ in taken], np.float64).reshape(-1)
    mirrored = np.array([lean for _, lean in taken], np.int64)
    sums, line = np.empty((height + 1) * (width + 1)), np.empty(width + 2)
    small = np.empty(len(taken) * SIDE * SIDE)
    sum_up(gray.pixels.reshape(-1), width, sums)
    decimate_parts(sums, width, rects, mirrored, gray.step, line, np.empty(5 * SIDE + 5), small)
    return spectra(small)
