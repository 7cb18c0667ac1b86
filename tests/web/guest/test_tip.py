"""A shopper's word, on the page for it and at the desk."""

import pytest
from django.test import Client
from tests.factories import accounts, catalog
from tests.web.worlds import words_of

from touchmark.apps.catalog.kinds import Gone
from touchmark.apps.catalog.models import Listing
from touchmark.apps.screening.models import Tip
from touchmark.apps.screening.tips import FROM_A_PLACE
from touchmark.engine.terms import Actor, Role
from touchmark.flows import listing_gone
from touchmark.web import clock

pytestmark = pytest.mark.django_db
ADDRESS = "https://bazaar.example/item/1"


@pytest.fixture
def listing() -> Listing:
    return catalog.listing(listing_id="B-1", title="Mug", url=ADDRESS)


def told(client: Client, **changed: str) -> object:
    return client.post("/tip/", {"listing": ADDRESS, "reason": "looks_fake", "text": "A <b>crooked seam."} | changed)


def test_the_page_says_that_it_is_no_notice_and_leads_to_one(client: Client) -> None:
    page = client.get("/tip/", {"listing": ADDRESS})
    assert "This is no notice." in words_of(page.text)
    assert 'href="/report/"' in page.text
    assert f'value="{ADDRESS}"' in page.text
    assert 'href="/tip/"' in client.get("/").text


def test_what_a_shopper_says_stands_at_the_desk(client: Client, listing: Listing) -> None:
    assert told(client)["Location"] == "/tip/sent/"  # type: ignore[index]
    assert "this was no notice" in words_of(client.get("/tip/sent/").text)
    rita = accounts.signed_in(accounts.member(Role.REVIEWER))
    page = rita.get("/desk/bazaar/B-1/")
    assert "What 1 shopper says" in words_of(page.text)
    assert "A <b>crooked seam." in words_of(page.text)
    assert "<b>crooked" not in page.text
    assert Tip.objects.get().listing == listing


def test_three_shoppers_bring_it_to_the_queue(listing: Listing) -> None:
    for number in range(3):
        told(Client(REMOTE_ADDR=f"198.51.100.{number}"))
    rita = accounts.signed_in(accounts.member(Role.REVIEWER))
    assert "3 shoppers" in words_of(rita.get("/desk/").text)


def test_said_twice_from_one_place_it_is_one_and_looks_the_same(client: Client, listing: Listing) -> None:
    assert [told(client).status_code for _ in range(2)] == [302, 302]  # type: ignore[attr-defined]
    assert Tip.objects.count() == 1


def test_one_household_is_one_shopper_however_many_addresses_it_has(listing: Listing) -> None:
    for number in range(4):
        told(Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}"))
    assert Tip.objects.count() == 1
    told(Client(REMOTE_ADDR="2001:db8:1:3::1"))
    told(Client(REMOTE_ADDR="::ffff:198.51.100.7"))
    told(Client(REMOTE_ADDR="198.51.100.7"))
    assert Tip.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "mend"),
    [
        ({"listing": "https://elsewhere.example/item/1"}, "No marketplace that we watch over has this listing."),
        ({"listing": "not an address"}, "No marketplace that we watch over has this listing."),
        ({"listing": ""}, "Fill in “Address of the listing”"),
        ({"reason": ""}, "Choose an answer to “What is wrong with it?”"),
        ({"reason": "counterfeit"}, "counterfeit"),
        ({"text": "x" * 2_001}, "2000"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    client: Client, listing: Listing, changed: dict[str, str], mend: str
) -> None:
    answer = told(client, **changed)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert mend in words_of(answer.text)  # type: ignore[attr-defined]
    assert not Tip.objects.exists()


def test_one_that_is_gone_is_not_there(client: Client, listing: Listing) -> None:
    said = {"B-1": Gone.SELLER}
    listing_gone.say_gone(marketplace="bazaar", said=said, actor=Actor.program_of("bazaar"), at=clock.now())
    assert told(client).status_code == 422  # type: ignore[attr-defined]


def test_a_flood_is_thanked_and_stopped(client: Client, listing: Listing) -> None:
    for number in range(FROM_A_PLACE):
        catalog.listing(listing_id=f"F-{number}", url=f"https://bazaar.example/f/{number}")
        told(client, listing=f"https://bazaar.example/f/{number}")
    answer = told(client)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "wait an hour" in words_of(answer.text)  # type: ignore[attr-defined]
