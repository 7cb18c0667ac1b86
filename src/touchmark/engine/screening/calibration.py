"""
What a use that is said to be so sure turned out to be: a map of log-odds for each way of use, which only ever rises.

``python -m benchmarks.words.calibrate`` fits it (``data/calibration.toml``). Terms say why one use is surer than
another; this says how sure that is, on the listings that it was fitted on.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.hits import WAYS, Hits

Amounts = NDArray[np.float64]
FILE = "calibration.toml"


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Log-odds that were said, ascending, and what they were; between two of them on a straight line."""

    said: Amounts
    were: Amounts

    @classmethod
    def of(cls, said: Sequence[float], were: Sequence[float]) -> Self:
        """
        Take the points of a curve.

        :raises ValueError: if it falls anywhere
        """
        curve = cls(np.asarray(said, np.float64), np.asarray(were, np.float64))
        if len(said) != len(were) or (np.diff(curve.said) <= 0).any() or (np.diff(curve.were) < 0).any():
            raise ValueError(f"{FILE}: said must rise and were must not fall, as many of one as of the other")
        return curve

    def moved(self, log_odds: Amounts) -> Amounts:
        """Give what is to be added; beyond either end as much as there."""
        return np.interp(log_odds, self.said, self.were - self.said)


def moved(hits: Hits, log_odds: Amounts) -> Amounts:
    """Give what is to be added to the log-odds of each hit in a text; of those in pictures nothing is known."""
    out = np.zeros(len(hits))
    for way, curve in _curves().items():
        at = np.flatnonzero((hits.way == way) & (hits.start >= 0))
        out[at] = curve.moved(log_odds[at])
    return out.round(4)


@cache
def _curves() -> Mapping[int, Curve]:
    """The curve of each way that there is one for."""
    read: dict[str, Any] = tomllib.loads((files(__package__) / "data" / FILE).read_text("utf-8"))
    return {WAYS.index(way): Curve.of(**read[way]) for way in WAYS if way in read}
