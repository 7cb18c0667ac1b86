"""
Fitting an additive model: weights that make the decisions likely, held near those in force where decisions are few.

A weight never changes its sign: a lower price cannot come to speak for a seller because of a coincidence in a few
hundred decisions. So a fitted model reads like the one before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from touchmark.engine.learning.examples import Examples, Floats, log_odds, probabilities

#: What speaks for a seller; everything else speaks against.
IN_FAVOUR = frozenset({"authorised_seller"})

#: How far a weight may go, in log-odds, and the least it may come to: nought would say nothing of the feature any
#: more, and then nothing more could be learnt of it.
MOST, LEAST = 8.0, 0.01

#: How many examples it takes to move a weight as far as the weight in force holds it back.
HELD_BACK = 2.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learnt: where the sum starts, and what an amount of 1 of each feature weighs."""

    bias: float
    weights: Mapping[str, float]

    def of(self, codes: tuple[str, ...]) -> Floats:
        """The weights of these features, in their order."""
        return np.array([self.weights[code] for code in codes])

    def risk(self, examples: Examples) -> Floats:
        """The probability of each example."""
        return probabilities(log_odds(examples.amounts, self.bias, self.of(examples.codes)))


def fitted(examples: Examples, in_force: Weights, *, held_back: float = HELD_BACK) -> Weights:
    """
    Fit weights to examples, from those in force on.

    Minimises the loss of the decisions, and for each weight ``held_back`` times half the square of how far it moves.
    Where the sum starts is left as it is: it is what is said where no right is used, and there nobody decides.
    """
    minimize: Any = import_module("scipy.optimize").minimize
    start, label = in_force.of(examples.codes), examples.infringing.astype(np.float64)

    def loss(at: Floats) -> tuple[float, Floats]:
        odds = log_odds(examples.amounts, in_force.bias, at)
        error, moved = (probabilities(odds) - label) * examples.weight, at - start
        told = float((examples.weight * (np.logaddexp(0, odds) - label * odds)).sum())
        return told + held_back / 2 * float(moved @ moved), examples.amounts.T @ error + held_back * moved

    bounds = [_bounds(code) for code in examples.codes]
    inside = np.clip(start, *np.array(bounds).T)
    found = minimize(loss, inside, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 2000}).x.round(3)
    return Weights(in_force.bias, dict(zip(examples.codes, found.tolist(), strict=True)))


def _bounds(code: str) -> tuple[float, float]:
    return (-MOST, -LEAST) if code in IN_FAVOUR else (LEAST, MOST)
