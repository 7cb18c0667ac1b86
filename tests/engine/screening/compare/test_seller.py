"""The seller's standing and permission."""

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
