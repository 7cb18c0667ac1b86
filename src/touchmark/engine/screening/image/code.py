"""
The image code: 256 bits that stay nearly the same when a picture is re-encoded, resized, brightened or lightly marked.

This is PDQ, published by Meta in 2019 (*The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm*), in
its standard bit order, so that codes can be exchanged with whoever else uses it: bit ``16 * i + j`` says whether
frequency (i + 1, j + 1) lies above the median, and the hexadecimal form is the 256-bit number of those bits.

Blurring and decimating are linear along each axis, so both together are 64 weighted sums per line, whose weights depend
on the length of the side alone; the spectrum is two small matrix products. Before anything is compared it is rounded,
so that one picture has one code on every machine, whatever the order in which it adds.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.code_kernels import (
    BITS,
    FREQUENCIES,
    SIDE,
    decimate,
    take_bits,
    take_spectra,
)

BYTES = BITS // 8
SMALLEST = 5  # below this many pixels a side there is no code

#: Below this quality (0..100) a code says too little to be compared: what the authors of PDQ recommend to discard.
LEAST_QUALITY = 50

Grey = NDArray[np.uint8]


def image_code(pixels: Grey, size: tuple[int, int] | None = None, step: float = 1.0) -> tuple[NDArray[np.uint8], int]:
    """
    Give the code of a grey picture, as 32 bytes, and its quality, 0 (flat) to 100.

    ``pixels`` is (height, width), luminance 0..255. Where it is reduced, ``size`` is (height, width) of the full
    picture, and each pixel is the mean of ``step`` by ``step`` of its pixels. A picture under 5 pixels a side has an
    all-zero code of quality 0.
    """
    size = size or (pixels.shape[0], pixels.shape[1])
    if min(size) < SMALLEST:
        return np.zeros(BYTES, np.uint8), 0
    seen = spectra(decimated(pixels, size, step))
    return seen.codes(np.zeros(1, np.int64), np.zeros(1, np.int64))[0], int(seen.quality[0])


@dataclass(frozen=True, slots=True, eq=False)
class Spectra:
    """The lowest frequencies of pictures or parts, of which codes are taken in any orientation."""

    frequencies: NDArray[np.int64]  # (n, 256), in thousandths, row by row
    quality: NDArray[np.int64]  # (n,), 0 flat to 100

    def codes(self, of: NDArray[np.int64], orientation: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Give the code, (k, 32), of each picture ``of`` as it would be in an orientation (see ``regions``)."""
        codes = np.empty(len(of) * BYTES, np.uint8)
        take_bits(
            self.frequencies.reshape(-1), of, orientation, np.empty(BITS, np.int64), np.empty(BITS, np.int64), codes
        )
        return codes.reshape(-1, BYTES)

    def and_(self, other: "Spectra") -> "Spectra":
        """Put others behind these."""
        frequencies = np.concatenate([self.frequencies, other.frequencies])
        return Spectra(frequencies, np.concatenate([self.quality, other.quality]))


def spectra(small: NDArray[np.float64]) -> Spectra:
    """Give the spectra of pictures of 64 x 64."""
    n = small.size // (SIDE * SIDE)
    seen = Spectra(np.empty((n, BITS), np.int64), np.empty(n, np.int64))
    folded, half = np.empty(SIDE * SIDE), np.empty(SIDE + FREQUENCIES)
    take_spectra(small.reshape(-1), _COSINES, _BY_PLACE, folded, half, seen.frequencies.reshape(-1), seen.quality)
    return seen


def to_hex(code: NDArray[np.uint8]) -> str:
    """Write a code as 64 hexadecimal digits, the form in which codes are exchanged."""
    return code.tobytes().hex()


def of_hex(text: str) -> NDArray[np.uint8]:
    """Read a code from its 64 hexadecimal digits."""
    return np.frombuffer(bytes.fromhex(text), np.uint8)


def decimated(pixels: Grey, size: tuple[int, int], step: float) -> NDArray[np.float64]:
    """Blur the picture with the two-pass box filter of PDQ, as if at its full size, and take 64 x 64 places of it."""
    (height, width), (rows, columns) = size, pixels.shape
    down, across = blur_and_take(height, rows, step), blur_and_take(width, columns, step)
    small = np.empty(SIDE * SIDE)
    decimate(np.ascontiguousarray(pixels).reshape(-1), columns, *down.flat(), *across.flat(), np.empty(columns), small)
    return small


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A filter along one axis that gives 64 values: value i is the sum of ``weight[i] * line[place[i]]``."""

    place: NDArray[np.int64]  # (64, k)
    weight: NDArray[np.float64]  # (64, k)

    def flat(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Give both in one dimension, as kernels take them."""
        return self.place.reshape(-1), self.weight.reshape(-1)


@lru_cache(maxsize=1024)
def blur_and_take(length: int, held: int, step: float) -> Band:
    """
    Give the filter that blurs one axis of ``length`` pixels twice and takes 64 places of it.

    Of the axis, ``held`` pixels are given, each the mean of ``step`` pixels of the full size. Taking the full filter
    over these means keeps the code of a reduced picture near that of the full one.
    """
    start, weight = _blur_and_take_full(length)
    so_far = np.pad(np.cumsum(weight, axis=1), ((0, 0), (1, 0)))
    first = (start / step).astype(np.int64)
    place = first[:, None] + np.arange(int(np.ceil(weight.shape[1] / step)) + 2)
    edge = np.where(place < held, np.minimum(place * step, length), length) - start[:, None]
    edge = np.clip(edge, 0, weight.shape[1])
    below = np.minimum(edge.astype(np.int64), weight.shape[1] - 1)
    rows = np.arange(SIDE)[:, None]
    at_edge = so_far[rows, below] + weight[rows, below] * (edge - below)
    held_place = np.ascontiguousarray(np.minimum(place[:, :-1], held - 1))
    return Band(held_place, np.ascontiguousarray(np.diff(at_edge, axis=1)))


def _blur_and_take_full(length: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """
    Give where each of the 64 filters starts, and its weights from there on.

    The window is the side over 128, rounded up; at the edges it is what remains of it inside the picture.
    """
    window = -(-length // (2 * SIDE))
    ahead = (window + 2) // 2
    taken = ((np.arange(SIDE) + 0.5) * length / SIDE).astype(np.int64)[:, None]
    within = _first(taken, window, ahead) + np.arange(window)  # what the second pass takes together
    inside = within < _last(taken, length, ahead)
    within = np.minimum(within, length - 1)
    first, last = _first(within, window, ahead), _last(within, length, ahead)  # what the first pass took together there
    share = inside / inside.sum(axis=1, keepdims=True) / (last - first)
    start = first[:, :1]
    rows = np.broadcast_to(np.arange(SIDE)[:, None], within.shape)
    steps = np.zeros((SIDE, 2 * window + 1))
    np.add.at(steps, (rows, first - start), share)
    np.add.at(steps, (rows, last - start), -share)
    return start[:, 0], np.cumsum(steps, axis=1)


def _first(place: NDArray[np.int64], window: int, ahead: int) -> NDArray[np.int64]:
    return np.maximum(place + ahead - window, 0)


def _last(place: NDArray[np.int64], length: int, ahead: int) -> NDArray[np.int64]:
    return np.minimum(place + ahead, length)


def _cosines() -> NDArray[np.float64]:
    frequency = np.arange(1, FREQUENCIES + 1)[:, None]
    place = 2 * np.arange(SIDE)[None, :] + 1
    rows: NDArray[Any] = np.sqrt(2 / SIDE) * np.cos(np.pi / 2 / SIDE * frequency * place)
    return rows.reshape(-1)


_COSINES = _cosines()
_BY_PLACE = np.ascontiguousarray(_COSINES.reshape(FREQUENCIES, SIDE).T).reshape(-1)
