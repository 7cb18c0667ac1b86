"""How well risks agree with decisions: shares with their intervals, reliability, and what a volume of reviews finds."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.learning.examples import Flags, Floats

#: Of a normal distribution, what lies within holds 95 %.
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """A share of examples with its 95 % interval (Wilson); ``of`` may be a sum of weights."""

    count: float
    of: float
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself; of nothing it is nought."""
        return self.count / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.value:.2%} ({self.low:.2%} to {self.high:.2%})"


def share(which: Flags, weight: Floats | None = None) -> Share:
    """
    Give the share of examples for which something holds.

    Weighted examples count for the interval as so many equal ones as say as much (Kish).
    """
    weights = np.ones(len(which)) if weight is None else weight
    of, count = float(weights.sum()), float(weights[which].sum())
    if not of:
        return Share(0.0, 0.0, 0.0, 1.0)
    effective, p = of**2 / float((weights**2).sum()), count / of
    middle = (p + _Z**2 / (2 * effective)) / (1 + _Z**2 / effective)
    half = _Z / (1 + _Z**2 / effective) * sqrt(p * (1 - p) / effective + _Z**2 / (4 * effective**2))
    return Share(count, of, max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class Bin:
    """Examples of about one risk: what was said of them on average, and what share was decided so."""

    said: float
    decided: Share


def reliability(risk: Floats, infringing: Flags, weight: Floats, bins: int = 10) -> list[Bin]:
    """Put examples into bins of equal width by their risk; empty ones are left out."""
    place = np.minimum((risk * bins).astype(np.int64), bins - 1)
    found = []
    for number in range(bins):
        at = place == number
        if weight[at].sum() > 0:
            said = float(np.average(risk[at], weights=weight[at]))
            found.append(Bin(said, share(infringing[at], weight[at])))
    return found


def expected_error(bins: list[Bin]) -> float:
    """Give how far what is said lies from what was decided, on average over examples (ECE)."""
    total = sum(each.decided.of for each in bins)
    return sum(each.decided.of * abs(each.said - each.decided.value) for each in bins) / total if total else 0.0


def log_loss(risk: Floats, infringing: Flags, weight: Floats) -> float:
    """Give the mean loss in nats; nought is perfect."""
    safe = np.clip(risk, 1e-6, 1 - 1e-6)
    return float(-np.average(np.where(infringing, np.log(safe), np.log(1 - safe)), weights=weight))


def found_at(risk: Floats, infringing: Flags, weight: Floats, volume: float) -> float:
    """
    Give the share of what is infringing that a reviewer meets who looks at the riskiest ``volume`` of all listings.

    Listings of one risk are met in no order: of those at the edge, the share that still fits counts.
    """
    total = float(weight[infringing].sum())
    if not total:
        return 0.0
    order: NDArray[Any] = np.argsort(-risk, kind="stable")
    begins = np.concatenate([[0], np.flatnonzero(np.diff(risk[order])) + 1])
    size = np.add.reduceat(weight[order], begins)
    good = np.add.reduceat((weight * infringing)[order], begins)
    room = volume * float(weight.sum()) - (np.cumsum(size) - size)  # left when each group of one risk is come to
    return float((np.clip(room / size, 0, 1) * good).sum()) / total
