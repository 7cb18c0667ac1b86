"""Shares, reliability, and what a volume of reviews finds, by hand."""

import numpy as np
import pytest

from touchmark.engine.learning.measure import expected_error, found_at, log_loss, reliability, share

ONES = np.ones(4)


def test_a_share_has_the_interval_of_wilson() -> None:
    found = share(np.arange(10) < 1)
    assert (found.value, found.low, found.high) == pytest.approx((0.1, 0.0179, 0.4042), abs=1e-3)
    assert share(np.zeros(2382, np.bool_)).high == pytest.approx(0.0016, abs=1e-4)
    assert str(share(np.zeros(0, np.bool_))) == "0.00% (0.00% to 100.00%)"


def test_weights_make_an_interval_wider_not_narrower() -> None:
    which, weight = np.arange(100) < 20, np.where(np.arange(100) % 10 == 0, 50.0, 1.0)
    even, uneven = share(which), share(which, weight)
    assert uneven.high - uneven.low > even.high - even.low


def test_reliability_counts_what_was_said_against_what_was_decided() -> None:
    risk, bad = np.array([0.05, 0.07, 0.92, 1.0]), np.array([False, True, True, True])
    low, high = reliability(risk, bad, ONES)
    assert (low.said, low.decided.value) == pytest.approx((0.06, 0.5))
    assert (high.said, high.decided.value) == pytest.approx((0.96, 1.0))
    assert expected_error([low, high]) == pytest.approx((0.44 + 0.04) / 2)
    assert log_loss(np.array([0.5, 0.5]), np.array([True, False]), np.ones(2)) == pytest.approx(np.log(2))


@pytest.mark.parametrize(("volume", "found"), [(0.25, 0.5), (0.5, 0.5), (0.75, 1.0), (1.0, 1.0), (0.125, 0.25)])
def test_what_a_reviewer_meets_in_the_riskiest(volume: float, found: float) -> None:
    assert found_at(np.array([0.9, 0.8, 0.7, 0.1]), np.array([1, 0, 1, 0], np.bool_), ONES, volume) == found


def test_listings_of_one_risk_are_met_in_no_order() -> None:
    assert found_at(np.full(4, 0.5), np.array([1, 0, 0, 0], np.bool_), ONES, 0.5) == 0.5
    assert found_at(np.full(4, 0.5), np.zeros(4, np.bool_), ONES, 0.5) == 0.0
