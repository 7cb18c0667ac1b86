"""Decisions drawn from a known truth, so that a test knows what there is to be learnt."""

from typing import Any

import numpy as np

from touchmark.engine.learning.examples import Examples, log_odds, probabilities
from touchmark.engine.learning.fit import Weights

CODES = ("plain_mark", "low_price", "coded_copy", "authorised_seller")
TRUTH = Weights(-4.0, {"plain_mark": 0.5, "low_price": 6.0, "coded_copy": 4.0, "authorised_seller": -3.0})
IN_FORCE = Weights(-4.0, {"plain_mark": 0.7, "low_price": 1.0, "coded_copy": 1.5, "authorised_seller": -4.0})


def examples(count: int = 1500, *, seed: int = 1, truth: Weights = TRUTH, **changes: Any) -> Examples:
    """Draw so many decided listings of 60 brands and 300 sellers over a year."""
    random = np.random.default_rng(seed)
    amounts = np.column_stack([
        np.full(count, 0.9),
        random.random(count) * (random.random(count) < 0.5),
        random.random(count) < 0.2,
        random.random(count) < 0.1,
    ]).astype(np.float64)  # fmt: skip
    chance = probabilities(log_odds(amounts, truth.bias, truth.of(CODES)))
    drawn = {
        "codes": CODES,
        "amounts": amounts,
        "infringing": random.random(count) < chance,
        "weight": np.ones(count),
        "brand": np.array([f"brand {n}" for n in random.integers(60, size=count)], object),
        "seller": np.array([f"seller {n}" for n in random.integers(5000, size=count)], object),
        "day": random.integers(365, size=count),
        "name": np.array([f"D-{n}" for n in range(count)], object),
    }
    return Examples(**drawn | changes)
