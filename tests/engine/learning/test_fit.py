"""Weights come out as the decisions say, hold where they say nothing, and never change their sign."""

import numpy as np
import pytest
from tests.engine.learning.world import CODES, IN_FORCE, TRUTH, examples

from touchmark.engine.learning.fit import LEAST, Weights, fitted


def test_many_decisions_give_the_truth() -> None:
    found = fitted(examples(20_000), IN_FORCE)
    for code in CODES:
        assert found.weights[code] == pytest.approx(TRUTH.weights[code], abs=0.35)
    assert found.bias == IN_FORCE.bias


def test_without_decisions_the_weights_in_force_stand() -> None:
    none = examples(10).taken(np.zeros(10, np.bool_))
    assert fitted(none, IN_FORCE) == IN_FORCE


def test_a_feature_that_was_never_seen_keeps_its_weight() -> None:
    some = examples(800)
    some.amounts[:, CODES.index("coded_copy")] = 0
    assert fitted(some, IN_FORCE).weights["coded_copy"] == IN_FORCE.weights["coded_copy"]


def test_no_weight_changes_its_sign_whatever_is_decided() -> None:
    turned = Weights(-1.0, {"plain_mark": 0.5, "low_price": -6.0, "coded_copy": -4.0, "authorised_seller": 5.0})
    found = fitted(examples(4000, truth=turned), IN_FORCE)
    assert found.weights["low_price"] == found.weights["coded_copy"] == LEAST
    assert found.weights["authorised_seller"] == -LEAST


def test_an_example_that_stands_for_many_counts_as_many() -> None:
    some = examples(300)
    twice = np.concatenate([np.arange(300), np.arange(100)])
    weights = np.where(np.arange(300) < 100, 2.0, 1.0)
    once = fitted(examples(300, weight=weights), IN_FORCE)
    repeated = fitted(some.taken(twice), IN_FORCE)
    for code in CODES:
        assert once.weights[code] == pytest.approx(repeated.weights[code], abs=0.01)


def test_the_order_of_decisions_changes_nothing() -> None:
    some = examples(500)
    assert fitted(some, IN_FORCE) == fitted(some.taken(np.arange(500)[::-1]), IN_FORCE)
