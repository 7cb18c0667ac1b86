"""Prices against reference prices."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.engine.screening.scene import hits, listings, register, use

from touchmark.engine.screening.compare.goods import goods_of
from touchmark.engine.screening.compare.price import PriceStatement, price_statement
from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.snapshot.prices import Prices

BAG = {"text": "Velmora", "reference_price": 800.0, "currency": "EUR"}


def stated(batch: Any, found: Hits, known: Any, on: date | None = None) -> PriceStatement:
    holder = known.marks.holder
    return price_statement(batch, found, known.rights, goods_of(batch), holder=holder, usual=known.prices, on=on)


@pytest.mark.parametrize(
    ("listing", "right", "ratio", "other"),
    [
        ({"price": 80.0, "currency": "EUR"}, BAG, 0.1, False),
        ({"price": 80.0, "currency": " eur"}, BAG, 0.1, False),  # as people write it
        ({"price": 80.0, "currency": "XTS"}, BAG, np.nan, True),  # no rate for it
        ({"price": 80.0, "currency": "XTS"}, BAG | {"currency": "xts"}, 0.1, False),  # none is needed
        ({"price": 80.0}, BAG, np.nan, False),  # no currency, nothing to say
        ({"price": 80.0, "currency": ""}, BAG | {"currency": ""}, np.nan, False),
        ({"currency": "EUR"}, BAG, np.nan, False),
        ({"price": 0.0, "currency": "EUR"}, BAG, np.nan, False),  # "ask for the price"
        ({"price": -1.0, "currency": "EUR"}, BAG, np.nan, False),
        ({"price": float("inf"), "currency": "XTS"}, BAG, np.nan, False),
        ({"price": 80.0, "currency": "EUR"}, BAG | {"reference_price": 0.0}, np.nan, False),
        ({"price": 80.0, "currency": "EUR"}, BAG | {"reference_price": None}, np.nan, False),
        ({"price": 80.0, "currency": "EUR"}, BAG | {"currency": None}, np.nan, False),
    ],
)
def test_price(listing: dict, right: dict, ratio: float, other: bool) -> None:
    said = stated(listings(listing), hits(use(0, 0)), register(right))
    np.testing.assert_allclose(said.ratio, [ratio])
    assert said.other_currency.tolist() == [other]


def test_each_hit_meets_its_own_listing_and_right() -> None:
    batch = listings({"price": 10.0, "currency": "EUR"}, {"price": 30.0, "currency": "USD"})
    rights = register(
        BAG | {"reference_price": 100.0}, {"text": "Nordhelm", "reference_price": 60.0, "currency": "USD"}
    )
    said = stated(batch, hits(use(1, 1), use(0, 0), use(1, 0)), rights, date(2025, 1, 1))
    np.testing.assert_allclose(said.ratio, [0.5, 0.1, 0.3 / 1.0681], rtol=1e-3)
    assert said.other_currency.tolist() == [False, False, False]


def test_no_hits() -> None:
    assert len(stated(listings({}), Hits.none(), register(BAG)).ratio) == 0


@pytest.mark.parametrize(
    ("offer", "share"),
    [
        ({"title": "Velmora tote bag"}, 1.0),
        ({"title": "Velmora card holder"}, 0.3),
        ({"title": "Velmora", "category": "Wallets"}, 0.3),
        ({"title": "Velmora belt bag"}, 1.0),  # a bag
        ({"title": "Velmora bag charm"}, 0.08),  # no bag
        ({"title": "Velmora tote bag", "condition": "very good condition"}, 0.5),
        ({"title": "Velmora tote bag, pre-owned"}, 0.5),
        ({"title": "Velmora tote bag", "condition": "NEW"}, 1.0),
        ({"title": "Velmora card holder", "condition": "Pre-Owned"}, 0.15),
    ],
)
def test_like_is_compared_with_like(offer: dict, share: float) -> None:
    (ratio,) = stated(listings(offer | {"price": 80.0, "currency": "EUR"}), hits(use(0, 0)), register(BAG)).ratio
    assert ratio == pytest.approx(0.1 / share)


@pytest.mark.parametrize(
    ("title", "pieces"),
    [("Velmora bags, lot of 10", 10), ("10 pcs Velmora bag", 10), ("Velmora bag 10件", 10), ("Velmora N°5 bag", 1)],
)
def test_a_lot_is_compared_by_the_piece_and_what_is_in_stock_is_no_lot(title: str, pieces: int) -> None:
    batch = listings({"title": title, "price": 800.0, "currency": "EUR", "quantity": 25})
    assert stated(batch, hits(use(0, 0)), register(BAG)).ratio == pytest.approx(1 / pieces)


@pytest.mark.parametrize(
    ("title", "times"),
    [
        ("Velmora tote bag RRP €2,400", 3.0),
        ("Velmora tote bag, retail price 800", 1.0),
        ("Velmora tote 专柜价 4000", 5.0),
        ("Velmora tote, original", np.nan),
        ("Velmora tote 2400", np.nan),
    ],
)
def test_a_claim_is_held_against_the_reference_price_and_never_takes_its_place(title: str, times: float) -> None:
    batch = listings({"title": title, "price": 80.0, "currency": "EUR"})
    said = stated(batch, hits(use(0, 0)), register(BAG))
    np.testing.assert_allclose(said.claimed, [times])
    assert said.ratio.tolist() == pytest.approx([0.1])
    unknown = stated(batch, hits(use(0, 0)), register({"text": "Velmora"}))
    assert np.isnan(unknown.ratio).all()
    assert np.isnan(unknown.claimed).all()


def test_usual_prices_are_the_brands_own_by_kind_where_there_are_enough() -> None:
    holder = np.full(160, register(BAG).marks.holder[0])
    kind = pa.array(["main"] * 100 + ["small leather"] * 60)
    prices = Prices.of(holder, kind, np.concatenate([np.linspace(500, 1500, 100), np.linspace(100, 300, 60)]))
    known = replace(register(BAG), prices=prices)
    bag, purse, other = (
        stated(listings({"title": title, "price": 52.0, "currency": "EUR"}), hits(use(0, 0)), known).below_usual[0]
        for title in ("Velmora tote bag", "Velmora wallet", "Velmora scarf")
    )
    assert bag == pytest.approx(0.1, rel=0.01)
    assert purse == pytest.approx(0.5, rel=0.01)
    assert bag < other < purse  # no scarf was seen: all goods of the brand together
