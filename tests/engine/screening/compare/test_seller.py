"""The seller's standing and permission."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from tests.engine.screening.scene import hits, listings, register, sellers, use

from touchmark.engine.screening.compare.seller import seller_statement
from touchmark.engine.screening.hits import Hits

SHOP = {"marketplace": "bazarette", "seller_id": "s-1"}


@pytest.mark.parametrize(
    ("named", "listing", "whether"),
    [
        (["s-1"], SHOP, True),  # on every marketplace
        (["bazarette:s-1"], SHOP, True),
        (["lotus-lane:s-1"], SHOP, False),
        (["s-2", "bazarette:s-1"], SHOP, True),
        (["s-11", "s"], SHOP, False),
        (["S-1"], SHOP, False),  # ids are not words
        ([], SHOP, False),
        (None, SHOP, False),
        ([None], SHOP, False),
        (["s-1"], {"marketplace": "bazarette"}, False),  # nobody is named
        ([""], {"marketplace": "bazarette", "seller_id": None}, False),
        (["s-1"], {"seller_id": "s-1"}, True),  # no marketplace given
        (["bazarette:s-1"], {"seller_id": "s-1"}, False),
    ],
)
def test_permission(named: list[str] | None, listing: dict, whether: bool) -> None:
    rights = register({"text": "Velmora", "authorised_sellers": named}).rights
    said = seller_statement(listings(listing), hits(use(0, 0)), rights, None)
    assert said.authorised.tolist() == [whether]


def test_permission_is_for_the_right_that_gives_it() -> None:
    rights = register(
        {"text": "Velmora", "authorised_sellers": ["s-1"]},
        {"text": "Nordhelm"},
        {"text": "Orovia", "authorised_sellers": ["s-2"]},
    ).rights
    batch = listings(SHOP, {"seller_id": "s-2"})
    said = seller_statement(batch, hits(use(0, 0), use(0, 1), use(0, 2), use(1, 2), use(1, 0)), rights, None)
    assert said.authorised.tolist() == [True, False, False, True, False]


@pytest.mark.parametrize(
    ("known", "listing", "standing"),
    [
        ({"marketplace": "bazarette", "seller_id": "s-1", "standing": "Warned "}, SHOP, "warned"),
        ({"marketplace": "lotus-lane", "seller_id": "s-1", "standing": "warned"}, SHOP, None),
        ({"seller_id": "s-1", "standing": "closed"}, SHOP, "closed"),  # a seller of no one marketplace
        ({"seller_id": "s-1", "standing": ""}, SHOP, None),
        ({"seller_id": "s-1"}, SHOP, None),
        ({"seller_id": "s-1", "standing": "closed"}, {"marketplace": "bazarette"}, None),
        ({"marketplace": "bazarette", "seller_id": "s-1", "standing": "closed"}, {"seller_id": "s-1"}, None),
    ],
)
def test_standing(known: dict, listing: dict, standing: str | None) -> None:
    said = seller_statement(listings(listing), Hits.none(), register({"text": "Velmora"}).rights, sellers(known))
    assert said.standing.to_pylist() == [standing]


def test_the_row_for_the_marketplace_goes_before_the_one_for_all() -> None:
    table = sellers({"seller_id": "s-1", "standing": "good"}, SHOP | {"standing": "closed"})
    batch = listings(SHOP, {"marketplace": "lotus-lane", "seller_id": "s-1"})
    said = seller_statement(batch, Hits.none(), register({"text": "Velmora"}).rights, table)
    assert said.standing.to_pylist() == ["closed", "good"]


def test_without_a_table_nothing_is_known() -> None:
    said = seller_statement(listings(SHOP, SHOP), Hits.none(), register({"text": "Velmora"}).rights, None)
    assert said.standing.to_pylist() == [None, None]
    assert np.isnan(said.days_open).all()


@pytest.mark.parametrize(
    ("conditions", "offer", "whether"),
    [
        ("", {}, True),
        (";until=2026-03-31", {}, True),  # the last day is one of it
        (";until=2026-03-30", {}, False),
        (";from=2026-04-01", {}, False),
        (";from=2026-01-01;until=2026-12-31", {}, True),
        (";goods=handbag,wallet", {"category": "Handbags"}, True),
        (";goods=handbag,wallet", {"title": "Velmora wallet"}, True),
        (";goods=handbag,wallet", {"title": "Velmora shoes"}, False),
        (";in=EU", {"offered_in": ["DE", "FR"]}, True),
        (";in=EU", {"offered_in": ["DE", "US"]}, False),
        (";in=DE", {}, False),  # it may be offered anywhere
        (";until=soon", {}, False),  # what cannot be read permits nothing
        (";colour=red", {}, False),
    ],
)
def test_permission_ends_with_its_goods_territory_and_dates(conditions: str, offer: dict, whether: bool) -> None:
    rights = register({"text": "Velmora", "authorised_sellers": ["bazarette:s-1" + conditions]}).rights
    said = seller_statement(listings(SHOP | offer), hits(use(0, 0)), rights, None, date(2026, 3, 31))
    assert said.authorised.tolist() == [whether]


def test_the_age_of_an_account_is_counted_to_the_publication_else_to_the_day() -> None:
    known = sellers(SHOP | {"opened_on": date(2026, 3, 1)})
    batch = listings(SHOP, SHOP | {"published_at": datetime(2026, 3, 11, tzinfo=UTC)}, {"seller_id": "s-2"})
    said = seller_statement(batch, Hits.none(), register({"text": "Velmora"}).rights, known, date(2026, 3, 31))
    np.testing.assert_array_equal(said.days_open, [30.0, 10.0, np.nan])
