"""Words that were read in a picture: lines, where they stand, and how sure the reader was of each."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

#: A line so much taller than wide runs up or down: where in it a word stands is not told.
TALL = 1.5

Point = tuple[float, float]
Box = tuple[int, int, int, int]


class Line(NamedTuple):
    """One line; ``corners`` are in pixels of the full picture, upright: from the upper left one, clockwise."""

    text: str
    sure: float  # 0 to 1, as the reader measures: how sure it was of the letters
    corners: tuple[Point, Point, Point, Point]

    def part(self, start: int, end: int) -> tuple[Point, ...]:
        """Give the corners of some of its letters, as if all were of one width, and those of Chinese of two."""
        (left, top), right_top, right_bottom, left_bottom = self.corners
        wide = max(abs(right_top[0] - left), abs(right_bottom[0] - left_bottom[0]))
        high = max(abs(left_bottom[1] - top), abs(right_bottom[1] - right_top[1]))
        if high >= TALL * wide:
            return self.corners
        widths = [0, *accumulate(2 if letter >= "\u2e80" else 1 for letter in self.text)]
        begin, stop = widths[start] / widths[-1], widths[end] / widths[-1]
        upper, lower = ((left, top), right_top), (left_bottom, right_bottom)
        return tuple(_between(*edge, share) for edge in (upper, lower) for share in (begin, stop))


class Reader(Protocol):
    """What reads the words of pictures."""

    @property
    def version(self) -> str:
        """What the results depend on beside the picture."""

    def __call__(self, data: bytes, /) -> Sequence[Line]:
        """
        Give the lines of a picture, from above.

        :raises UnreadableImage: if it cannot be decoded, or the reader fails on it
        """


class Read(NamedTuple):
    """The lines of one picture as one text."""

    lines: Sequence[Line]

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    def place(self, start: int, end: int) -> tuple[Box, float]:
        """Give the box around a part of the text, in pixels, and how sure the reader was of its least sure line."""
        firsts = list(accumulate((len(line.text) + 1 for line in self.lines), initial=0))
        first, last = bisect_right(firsts, start) - 1, bisect_right(firsts, max(end - 1, start)) - 1
        points: list[Point] = []
        for number in range(first, min(last, len(self.lines) - 1) + 1):
            line = self.lines[number]
            own = (max(start - firsts[number], 0), min(end - firsts[number], len(line.text)))
            points += line.part(*own)
        across, down = [point[0] for point in points], [point[1] for point in points]
        box = (round(min(across)), round(min(down)), round(max(across)), round(max(down)))
        return box, min(line.sure for line in self.lines[first : last + 1])


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
