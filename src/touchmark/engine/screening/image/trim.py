"""What is left of a picture without its uniform borders."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.image.decode import Gray

#: A line belongs to the border if all of it is within so many grey levels of where the border starts.
TOLERANCE = 14
#: So much of a side must be border before it is cut, and so much must be left.
LEAST_CUT, LEAST_LEFT = 0.01, 0.2


def trimmed(gray: Gray) -> list[tuple[float, float, float, float]]:
    """Give what is inside the borders: left, top, right, bottom, in pixels of ``gray``; nothing if there are none."""
    height, width = gray.pixels.shape
    edges = np.array([0, 0, width, height], np.int64)
    find_inside(gray.pixels.reshape(-1), width, edges)
    left, top, right, bottom = edges.tolist()
    cut = max(left / width, top / height, 1 - right / width, 1 - bottom / height)
    if cut < LEAST_CUT or right - left < LEAST_LEFT * width or bottom - top < LEAST_LEFT * height:
        return []
    return [(float(left), float(top), float(right), float(bottom))]


@native
def find_inside(pixels: NDArray[np.uint8], width: int, edges: NDArray[np.int64]) -> None:
    """Move the four edges inwards over lines that are all of one grey level, first rows, then columns."""
    height = pixels.size // width
    edges[1] = uniform(pixels, 0, width, height, 1, width)
    if edges[1] == height:
        edges[1] = 0
        return
    edges[3] = height - uniform(pixels, (height - 1) * width, -width, height, 1, width)
    first, rows = edges[1] * width, edges[3] - edges[1]
    edges[0] = uniform(pixels, first, 1, width, width, rows)
    edges[2] = width - uniform(pixels, first + width - 1, -1, width, width, rows)


@inlined
def uniform(pixels: NDArray[np.uint8], first: int, to_next: int, lines: int, along: int, length: int) -> int:
    """Count the lines from the first on in which every pixel is near the mean of the first line."""
    total = np.int64(0)
    for place in range(length):
        total += np.int64(pixels[first + place * along])
    level = total // max(length, 1)
    for line in range(lines):
        for place in range(length):
            if abs(np.int64(pixels[first + line * to_next + place * along]) - level) > TOLERANCE:
                return line
    return lines
