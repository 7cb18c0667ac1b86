"""Lists a page at a time: whole, in order, unmoved by what comes in; a cursor is its list's and its program's own."""

import base64

import pytest

from tests.factories import catalog, clients
from tests.factories.clients import Program
from touchmark.apps.catalog.models import Listing


@pytest.fixture
def shop(db: None) -> Program:
    program = clients.of_marketplace()
    for number in range(7):
        catalog.listing(listing_id=f"A-{number}")
    return program


def walked(shop: Program, **asked: object) -> list[str]:
    found, cursor = [], None
    while True:
        page = shop.get("/listings", limit=3, **asked, **({"cursor": cursor} if cursor else {})).json()
        found += [one["listing_id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return found


def test_the_pages_are_the_whole_list_newest_first(shop: Program) -> None:
    assert walked(shop) == [f"A-{number}" for number in reversed(range(7))]


def test_what_comes_in_between_two_pages_moves_nothing(shop: Program) -> None:
    first = shop.get("/listings", limit=3).json()
    for number in range(7, 12):
        catalog.listing(listing_id=f"A-{number}")
    second = shop.get("/listings", limit=3, cursor=first["next"]).json()
    assert [one["listing_id"] for one in first["items"] + second["items"]] == [f"A-{n}" for n in (6, 5, 4, 3, 2, 1)]


def test_a_cursor_belongs_to_its_list_its_filters_and_its_program(shop: Program) -> None:
    cursor = shop.get("/listings", limit=3).json()["next"]
    other = clients.of_marketplace("lumina")
    assert shop.get("/listings", cursor=cursor, limit=1).status_code == 200
    for refused in (
        shop.get("/sellers", cursor=cursor),
        shop.get("/listings", cursor=cursor, seller_id="s-1"),
        other.get("/listings", cursor=cursor),
        shop.get("/listings", cursor=cursor[:-2]),
        shop.get("/listings", cursor="nonsense"),
    ):
        assert (refused.status_code, "begin without one" in refused.json()["detail"]) == (404, True)


def test_a_cursor_says_nothing_of_how_many_there_are(shop: Program) -> None:
    """A row's number counts the rows of everybody: what is in the cursor cannot be read."""
    first, again = (shop.get("/listings", limit=3).json()["next"] for _ in range(2))
    assert first != again  # sealed anew each time
    last = str(Listing.objects.get(listing_id="A-4").pk)
    assert f":{last}".encode() not in base64.urlsafe_b64decode(first)


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 201}, {"limit": "many"}])
def test_a_page_has_a_size(shop: Program, asked: dict[str, object]) -> None:
    assert shop.get("/listings", **asked).status_code == 422


def test_a_filter_with_a_slip_in_it_is_refused(shop: Program) -> None:
    answer = shop.get("/listings", **{"listing-id": "A-1"})
    assert answer.status_code == 400
    assert "listing-id" in answer.json()["detail"]
    assert "listing_id" in answer.json()["detail"]
