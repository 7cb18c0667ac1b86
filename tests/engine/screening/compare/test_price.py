"""Prices against reference prices."""

import numpy as np
import pytest
from tests.engine.screening.scene import hits, listings, register, use

from touchmark.engine.screening.compare.price import price_statement
from touchmark.engine.screening.hits import Hits

BAG = {"text": "Velmora", "reference_price": 800.0, "currency": "EUR"}


@pytest.mark.parametrize(
    ("listing", "right", "ratio", "other"),
    [
        ({"price": 80.0, "currency": "EUR"}, BAG, 0.1, False),
        ({"price": 80.0, "currency": " eur"}, BAG, 0.1, False),  # as people write it
        ({"price": 80.0, "currency": "CNY"}, BAG, np.nan, True),
        ({"price": 80.0}, BAG, np.nan, False),  # no currency, nothing to say
        ({"price": 80.0, "currency": ""}, BAG | {"currency": ""}, np.nan, False),
        ({"currency": "EUR"}, BAG, np.nan, False),
        ({"price": 0.0, "currency": "EUR"}, BAG, np.nan, False),  # "ask for the price"
        ({"price": -1.0, "currency": "EUR"}, BAG, np.nan, False),
        ({"price": float("inf"), "currency": "CNY"}, BAG, np.nan, False),
        ({"price": 80.0, "currency": "EUR"}, BAG | {"reference_price": 0.0}, np.nan, False),
        ({"price": 80.0, "currency": "EUR"}, BAG | {"reference_price": None}, np.nan, False),
        ({"price": 80.0, "currency": "EUR"}, BAG | {"currency": None}, np.nan, False),
    ],
)
def test_price(listing: dict, right: dict, ratio: float, other: bool) -> None:
    said = price_statement(listings(listing), hits(use(0, 0)), register(right).rights)
    np.testing.assert_allclose(said.ratio, [ratio])
    assert said.other_currency.tolist() == [other]


def test_each_hit_meets_its_own_listing_and_right() -> None:
    batch = listings({"price": 10.0, "currency": "EUR"}, {"price": 30.0, "currency": "USD"})
    rights = register(
        BAG | {"reference_price": 100.0}, {"text": "Nordhelm", "reference_price": 60.0, "currency": "USD"}
    ).rights
    said = price_statement(batch, hits(use(1, 1), use(0, 0), use(1, 0)), rights)
    np.testing.assert_allclose(said.ratio, [0.5, 0.1, np.nan])
    assert said.other_currency.tolist() == [False, False, True]


def test_no_hits() -> None:
    assert len(price_statement(listings({}), Hits.none(), register(BAG).rights).ratio) == 0
