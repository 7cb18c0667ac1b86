"""The loop of ``align``: how alike the blocks of two pictures are that lie one over the other."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native


@native
def compare_blocks(
    held: NDArray[np.float32],
    asked: NDArray[np.float32],
    inside: NDArray[np.uint8],
    width: int,
    block: int,
    reach: int,
    every: int,
    place: NDArray[np.int32],
    structure: NDArray[np.float64],
    likeness: NDArray[np.float64],
    right: NDArray[np.float64],
    below: NDArray[np.float64],
) -> int:
    """
    Write, for each block that lies ``inside`` all over: its place, the standard deviation of ``held`` in it, the best
    correlation with ``asked`` up to ``reach`` pixels off, and where that was. Gives the number of blocks.

    Of each block every so many pixels are looked at, across and down: ``every`` divides ``block``.
    """
    count, height = 0, held.size // width
    pixels = float((block // every) * (block // every))
    for y in range(reach, height - block - reach + 1, block):
        for x in range(reach, width - block - reach + 1, block):
            at = y * width + x
            if not _all_inside(inside, at, width, block):
                continue
            total, squares = _sums(held, at, width, block, every)
            spread = squares - total * total / pixels
            structure[count] = sqrt(max(spread, 0.0) / pixels)
            place[count] = np.int32(at)
            likeness[count], right[count], below[count] = 0.0, 0.0, 0.0
            if structure[count] > 1.0:
                best = -2.0
                for down in range(-reach, reach + 1):
                    for across in range(-reach, reach + 1):
                        there = at + down * width + across
                        alike = _alike(held, asked, at, there, width, block, every, total, spread)
                        if alike > best:
                            best = alike
                            right[count], below[count] = float(across), float(down)
                likeness[count] = best
            count += 1
    return count


@inlined
def _all_inside(inside: NDArray[np.uint8], at: int, width: int, block: int) -> bool:
    for y in range(block):
        for x in range(block):
            if inside[at + y * width + x] == 0:
                return False
    return True


@inlined
def _sums(pixels: NDArray[np.float32], at: int, width: int, block: int, every: int) -> tuple[float, float]:
    total, squares = 0.0, 0.0
    for y in range(0, block, every):
        for x in range(0, block, every):
            value = float(pixels[at + y * width + x])
            total += value
            squares += value * value
    return total, squares


@inlined
def _alike(
    held: NDArray[np.float32],
    asked: NDArray[np.float32],
    at: int,
    there: int,
    width: int,
    block: int,
    every: int,
    total: float,
    spread: float,
) -> float:
    """Correlate a block with another; one without structure is like none."""
    other, squares, both = 0.0, 0.0, 0.0
    for y in range(0, block, every):
        for x in range(0, block, every):
            value = float(asked[there + y * width + x])
            other += value
            squares += value * value
            both += value * float(held[at + y * width + x])
    pixels = float((block // every) * (block // every))
    apart = (squares - other * other / pixels) * spread
    return (both - other * total / pixels) / sqrt(apart) if apart > 1e-6 else 0.0
