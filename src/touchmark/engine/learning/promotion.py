"""
Whether a new model may take the place of the one in force: at the same work for reviewers, it must not find less.

Both are tried on decisions that neither was fitted to, the newest and those on brands kept apart. How sure the
difference is, is told by drawing sellers anew: one seller's hundred listings are one coincidence, not a hundred.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.learning.examples import Examples, Floats
from touchmark.engine.learning.fit import Weights
from touchmark.engine.learning.measure import found_at, log_loss

#: How much less, in the worst of cases that are to be reckoned with, is still no worse.
MARGIN = 0.05
DRAWS = 500


@dataclass(frozen=True, slots=True)
class Trial:
    """How both models did on one part, at the volume of reviews of the one in force."""

    part: str
    examples: int
    infringing: int
    volume: float  # share of listings that are reviewed
    found_before: float
    found_now: float
    low: float  # 95 % interval of the difference
    high: float
    loss_before: float
    loss_now: float

    @property
    def passed(self) -> bool:
        """Not worse on the whole, and not much worse at the bad end of the interval."""
        return self.found_now >= self.found_before - 1e-9 and self.low >= -MARGIN


def tried(part: str, examples: Examples, before: Weights, now: Weights, review_at: float) -> Trial:
    """Try both models on one part of the examples."""
    old, new = before.risk(examples), now.risk(examples)
    volume = float(np.average(old >= review_at, weights=examples.weight))
    volume = max(volume, 1 / len(examples))  # where the one in force reviews nothing, the first listing
    differences = [_difference(examples, old, new, volume, rows) for rows in _draws(examples)]
    low, high = np.quantile(differences, [0.025, 0.975])
    said = examples.infringing, examples.weight
    return Trial(
        part=part,
        examples=len(examples),
        infringing=int(examples.infringing.sum()),
        volume=volume,
        found_before=found_at(old, *said, volume),
        found_now=found_at(new, *said, volume),
        low=float(low),
        high=float(high),
        loss_before=log_loss(old, *said),
        loss_now=log_loss(new, *said),
    )


def _difference(examples: Examples, old: Floats, new: Floats, volume: float, rows: NDArray[np.int64]) -> float:
    said = examples.infringing[rows], examples.weight[rows]
    return found_at(new[rows], *said, volume) - found_at(old[rows], *said, volume)


def _draws(examples: Examples) -> list[NDArray[np.int64]]:
    """Draw sellers with replacement, always the same draws; a listing of nobody is drawn by itself."""
    names = [seller or f"\x00{number}" for number, seller in enumerate(examples.seller.tolist())]
    _, of = np.unique(names, return_inverse=True)
    rows = [np.flatnonzero(of == number) for number in range(int(of.max()) + 1)]
    random = np.random.default_rng(20260331)
    return [np.concatenate([rows[i] for i in random.integers(len(rows), size=len(rows))]) for _ in range(DRAWS)]
