"""The stand-in shop obeys what a marketplace is told: off sale, off in places, out of the lists, back."""

from pathlib import Path

import pytest

from touchmark.integrations.standin_shop.stock import Offer, Stock


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    """Give a shop with one offer."""
    listings = tmp_path / "listings.csv"
    listings.write_text(
        "marketplace,listing_id,title,price,currency,description,images\nbazaar,L-1,A bag,20.00,EUR,A bag,\n", "utf-8"
    )
    made = Stock(tmp_path / "shop.sqlite3")
    made.fill(listings)
    return made


def told(stock: Stock, action: str, sequence: int, *, kind: str = "listing.restricted") -> Offer:
    order = {"listing_id": "L-1", "decision": "D-1", "action": action, "territories": ["DE"]}
    assert stock.hear(f"m-{sequence}", "bazaar", order, kind, sequence)
    offer = stock.offer("bazaar", "L-1")
    assert offer is not None
    return offer


@pytest.mark.parametrize(
    ("action", "listed", "in_germany", "in_france"),
    [("remove", False, False, False), ("disable", True, False, True), ("hide", False, True, True)],
)
def test_it_does_what_it_is_told_and_undoes_it(
    stock: Stock, action: str, listed: bool, in_germany: bool, in_france: bool
) -> None:
    offer = told(stock, action, 1)
    assert (offer.listed, offer.on_sale_in("DE"), offer.on_sale_in("FR")) == (listed, in_germany, in_france)
    back = told(stock, action, 2, kind="listing.restored")
    assert (back.listed, back.on_sale_in("DE")) == (True, True)


def test_a_later_order_takes_the_place_of_the_one_before(stock: Stock) -> None:
    told(stock, "hide", 1)
    offer = told(stock, "remove", 2)
    assert (offer.hidden, offer.on_sale_in("FR")) == (False, False)
    assert told(stock, "hide", 1) == offer  # an order that is older changes nothing
