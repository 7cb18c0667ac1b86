"""Texts on their way from what is stored to what is shown: every point knows where it came from."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, owners


@dataclass(frozen=True, slots=True, eq=False)
class Sourced:
    """
    Text i is ``points[bounds[i] : bounds[i + 1]]``.

    Point p stands for what is stored from ``start[p]`` up to ``end[p]`` of the same text; ``trick[p]``, a
    ``hits.Trick``, says how it hides a letter, if it does.
    """

    points: NDArray[np.uint32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    trick: NDArray[np.uint8]
    bounds: Ints

    @classmethod
    def of(cls, points: Points) -> Self:
        """Texts that are shown as they are stored."""
        place = np.arange(len(points.points)) - points.bounds[owners(points.lengths)]
        return cls(points.points, place, place + 1, np.zeros(len(place), np.uint8), points.bounds)

    @classmethod
    def room(cls, points: int, texts: int) -> Self:
        """Room for a kernel to write so many points of so many texts."""
        ints = np.zeros(points, np.int64), np.zeros(points, np.int64)
        return cls(np.zeros(points, np.uint32), *ints, np.zeros(points, np.uint8), np.zeros(texts + 1, np.int64))

    def cut(self) -> Self:
        """Without the room that was not needed."""
        size = int(self.bounds[-1])
        return type(self)(self.points[:size], self.start[:size], self.end[:size], self.trick[:size], self.bounds)

    def __len__(self) -> int:
        return len(self.bounds) - 1
