"""Finding at the desk what somebody names on the telephone or in a letter."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import accounts, catalog, decisions
from tests.factories.decisions import Desk

from touchmark.apps.accounts.models import Team
from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.terms import Role
from touchmark.web.desk import find

LISTING = "/desk/bazaar/L-disguised/"


def found(client: Client, asked: str) -> str:
    """Give where it leads, or nothing."""
    answer = client.get("/desk/find/", {"q": asked})
    return answer.headers.get("Location", "")


def test_a_reference_leads_to_what_it_is_of(made: Desk, rita: Client) -> None:
    decision = decisions.restriction(made, "hostile")
    appeal = decisions.appeal(made, decision)
    assert found(rita, f"  {decision.ref.lower()} ") == f"/desk/decisions/{decision.ref}/"
    assert found(rita, appeal.ref) == f"/desk/appeals/{appeal.ref}/"
    assert found(rita, NoticeItem.objects.get().ref) == "/desk/bazaar/L-reported/"
    assert found(rita, made.mark.ref) == f"/desk/rights/{made.mark.ref}/"


@pytest.mark.parametrize("asked", ["L-disguised", "bazaar:L-disguised", " L-disguised\n"])
def test_a_listing_is_found_by_its_number(made: Desk, rita: Client, asked: str) -> None:
    assert found(rita, asked) == LISTING
    assert found(rita, "lumina:L-disguised") == ""


def test_a_listing_is_found_by_its_address_however_it_was_copied(made: Desk, rita: Client) -> None:
    catalog.listing(listing_id="B-1", url="https://bazaar.example/item/1?id=7")
    assert found(rita, "http://www.bazaar.example/item/1/?id=7&utm_source=mail") == "/desk/bazaar/B-1/"


def test_a_seller_is_found_by_number_or_name_and_several_are_shown(made: Desk, rita: Client) -> None:
    shop = made["disguised"].seller
    assert shop is not None
    assert found(rita, f"bazaar:{shop.seller_id}") == f"/desk/sellers/bazaar/{shop.seller_id}/"
    shops = rita.get("/desk/find/", {"q": shop.seller_id}).context["found"]
    assert len(shops) == len({one.address for one in shops}) > 1  # it sells on several marketplaces
    catalog.listing(listing_id="one", seller_id="4711")
    Listing.objects.create(**{**_as(made["plain-0"]), "listing_id": "4711"})
    both = rita.get("/desk/find/", {"q": "4711"})
    assert both.status_code == 200
    assert [str(one.kind) for one in both.context["found"]] == ["Listing", "Seller"]


def _as(listing: Listing) -> dict[str, object]:
    names = [field.attname for field in Listing._meta.concrete_fields if field.attname not in ("id", "url_key")]
    return {name: getattr(listing, name) for name in names}


@pytest.mark.parametrize("asked", ["", "nobody", "D-2026-0000-0000", "%", "x" * 5_000, "N-", "<i>nobody</i>", "茶壶"])
def test_what_is_not_there_is_said_with_what_can_be_typed(made: Desk, rita: Client, asked: str) -> None:
    page = rita.get("/desk/find/", {"q": asked})
    body = page.content.decode()
    assert "A reference out of a letter" in body
    assert ("Nothing is called so" in body) == bool(asked)
    assert "<i>nobody" not in body.partition("<main")[2]


def test_what_no_database_takes_is_no_fault_of_ours(made: Desk, rita: Client) -> None:
    assert rita.get("/desk/find/", {"q": "L-\x00"}).status_code < 500


def test_nothing_beyond_the_readers_reach_is_found(made: Desk) -> None:
    decision = decisions.restriction(made, "hostile")
    limited = accounts.member(Role.REVIEWER)
    held = limited.memberships.get()
    held.team = Team.objects.create(
        organisation=held.organisation, name="Lumina", made_at=accounts.AT, marketplaces=["lumina"]
    )
    held.save()
    reader = accounts.signed_in(limited)
    for asked in (decision.ref, "L-disguised", "bazaar:blue-crate", NoticeItem.objects.get().ref):
        assert found(reader, asked) == ""
        assert "Nothing is called so" in reader.get("/desk/find/", {"q": asked}).content.decode()
    assert found(reader, "L-other") == "/desk/lumina/L-other/"


def test_finding_costs_so_much(made: Desk, rita: Client) -> None:
    rita.get("/desk/find/", {"q": "nobody"})
    with CaptureQueriesContext(connection) as queries:
        rita.get("/desk/find/", {"q": "nobody"})
    assert len(queries) == 12


def test_a_title_is_found_by_its_words_where_nothing_is_called_so(made: Desk, rita: Client) -> None:
    catalog.listing(listing_id="CN-1", title="女士真皮单肩包 棕色")
    assert found(rita, "单肩包") == "/desk/bazaar/CN-1/"
    page = rita.get("/desk/find/", {"q": "aldermoor"})
    assert "Titles that say “aldermoor”" in page.content.decode()
    assert len(page.context["found"]) > 1
    assert not page.context["more"]


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ("sumka", True),
        ("SUMKA", True),
        ("кожаная", True),
        ("КОЖАНАЯ СУМКА", True),
        ("sum", False),  # part of a word is none
        ("umka", False),
        ("кожан", False),
        ("单肩", True),  # signs of Chinese stand for themselves
        ("sumka单", True),
        ("单包", False),  # not side by side
        ("d'été", True),
        ("ÉTÉ", True),
        (".*", False),
        ("(", False),
    ],
)
def test_whole_words_of_a_title_are_found_whatever_their_case(
    made: Desk, rita: Client, asked: str, is_found: bool
) -> None:
    catalog.listing(listing_id="RU-1", title="Кожаная сумка (sumka单肩包) d'été_2026")
    assert (found(rita, asked) == "/desk/bazaar/RU-1/") is is_found


def test_of_many_titles_some_are_shown_and_that_there_are_more(
    made: Desk, rita: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "SHOWN", 2)
    page = rita.get("/desk/find/", {"q": "aldermoor"})
    assert len(page.context["found"]) == 2
    assert "2 are shown, and there are more: add another word of the title." in page.content.decode()
