"""An authority's first page: what of its orders waits for it, and nothing of another authority's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts, catalog, orders
from tests.factories.orders import AT

from touchmark.apps.accounts.models import OrganisationKind
from touchmark.apps.orders import actions
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db
MAIL = "Poststelle@lg-koeln.example"


@pytest.fixture
def court() -> Client:
    """Give a browser in which somebody of the court has signed in, whose address orders name."""
    of = accounts.organisation(OrganisationKind.AUTHORITY, name="Landgericht Köln")
    return accounts.signed_in(accounts.member(Role.AUTHORITY, of=of, email=MAIL))


@pytest.fixture
def rita() -> Actor:
    catalog.marketplace()
    return accounts.actor(Role.REVIEWER)


def test_nothing_yet_says_how_it_comes_to_be_there(court: Client) -> None:
    page = court.get("/authority/").text
    assert "No orders of yours yet" in page
    assert "contact point" in page


def test_what_is_missing_stands_first_with_what_was_asked(court: Client, rita: Actor) -> None:
    order = orders.verified(rita, "L-1", without=("redress",))
    actions.ask_for_more(ref=order.ref, text="Please name the redress.", actor=rita, at=AT + timedelta(hours=1))
    page = court.get("/authority/").text
    assert "Please name the redress." in page
    assert "The redress that is open" in page
    assert order.reference in page
    assert "Something is missing" in page
    assert "whom" not in page  # how it was found to be real stays with us


def test_an_order_that_nobody_verified_is_not_there(court: Client, rita: Actor) -> None:
    order = orders.received(rita).order
    assert order.ref not in court.get("/authority/").text


def test_one_to_give_information_is_there_once_two_people_found_it_real(court: Client, rita: Actor) -> None:
    order = orders.verified(rita, kind="give")
    assert order.ref not in court.get("/authority/").text
    actions.verify(ref=order.ref, how="Called back.", actor=accounts.actor(Role.REVIEWER), at=AT)
    assert order.ref in court.get("/authority/").text


def test_anothers_is_not_there_nor_after_one_has_left(court: Client, rita: Actor) -> None:
    orders.verified(rita, contact="registry@other-court.example", reference="9 O 9/26")
    assert "9 O 9/26" not in court.get("/authority/").text


def test_nobody_else_comes_in(rita: Actor) -> None:
    for role in (Role.HOLDER, Role.SELLER, Role.REVIEWER):
        assert accounts.signed_in(accounts.member(role)).get("/authority/").status_code == 403


def test_it_asks_as_little_whatever_it_shows(court: Client, rita: Actor, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        orders.verified(rita, reference=f"R {number}")
    court.get("/authority/")
    with django_assert_max_num_queries(16):
        court.get("/authority/")
