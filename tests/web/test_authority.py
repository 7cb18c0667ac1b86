"""An authority's first page: what of its orders waits for it, and nothing of another authority's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts, catalog, orders
from tests.factories.orders import AT

from touchmark.apps.accounts.models import Membership, OrganisationKind
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


def test_it_is_completed_on_its_own_page_and_goes_on_without_being_verified_anew(court: Client, rita: Actor) -> None:
    order = orders.verified(rita, "L-1", without=("redress",))
    actions.ask_for_more(ref=order.ref, text="Please name the redress.", actor=rita, at=AT + timedelta(hours=1))
    page = court.get(f"/authority/orders/{order.ref}/").text
    assert "Please name the redress." in page
    assert "We cannot carry it out as it stands." in page
    assert "Called back" not in page  # how it was found to be real stays with us
    there = f"/authority/orders/{order.ref}/complete/"
    form = court.get(there).context["form"]
    said = {name: value for name in form.fields if name != "letter" and (value := form[name].value())}
    assert "contact" not in said
    missing = court.post(there, said)
    assert (missing.status_code, "Still missing" in missing.text) == (422, True)
    assert court.post(there, said | {"redress": "A complaint within two weeks."}).status_code == 302
    order.refresh_from_db()
    assert (order.status, order.verified, order.contact) == ("received", True, "poststelle@lg-koeln.example")
    assert order.elements["redress"] == "A complaint within two weeks."


def test_what_asks_for_information_is_looked_at_anew_by_two_and_stays_in_sight(court: Client, rita: Actor) -> None:
    order = orders.verified(rita, "s-1", kind="give", confirmed_by=accounts.actor(Role.REVIEWER))
    there = f"/authority/orders/{order.ref}/complete/"
    form = court.get(there).context["form"]
    said = {name: value for name in form.fields if name != "letter" and (value := form[name].value())}
    assert court.post(there, said | {"asked": ["name", "address", "email"]}).status_code == 302
    order.refresh_from_db()
    assert (order.verified, order.asked) == (False, ["name", "address", "email"])
    assert "A second person confirms" not in court.get(f"/authority/orders/{order.ref}/").text
    assert order.reference in court.get("/authority/").text


def test_the_answer_is_read_there_and_what_is_carried_out_is_taken_back_no_more(court: Client, rita: Actor) -> None:
    catalog.listing(listing_id="L-1")
    order = orders.carried_out(rita, "L-1", "L-404")
    actions.answer(ref=order.ref, text="Disabled in Germany at noon.", actor=rita, at=AT + timedelta(hours=2))
    page = court.get(f"/authority/orders/{order.ref}/").text
    assert "Disabled in Germany at noon." in page
    assert "not known here" in page
    assert "Take it back" not in page
    assert court.post(f"/authority/orders/{order.ref}/withdraw/", {"text": "No more."}).status_code == 302
    order.refresh_from_db()
    assert order.status == "answered"
    other = orders.verified(rita, "L-1", reference="31 O 9/26")
    assert court.post(f"/authority/orders/{other.ref}/withdraw/", {"text": " "}).status_code == 422
    assert court.post(f"/authority/orders/{other.ref}/withdraw/", {"text": "Settled."}).status_code == 302
    other.refresh_from_db()
    assert (other.status, other.ended_why) == ("withdrawn", "Settled.")


def test_it_stays_with_the_authority_when_the_clerk_has_left_it(court: Client, rita: Actor) -> None:
    order = orders.verified(rita, "L-1")
    court_house = Membership.objects.get(user__email=MAIL).organisation
    assert order.issuer_id == court_house.pk
    Membership.objects.filter(user__email=MAIL).update(ended_at=AT)
    colleague = accounts.signed_in(accounts.member(Role.AUTHORITY, of=court_house))
    assert colleague.get(f"/authority/orders/{order.ref}/").status_code == 200


def test_no_other_authority_and_nobody_else_reads_or_moves_one(court: Client, rita: Actor) -> None:
    order = orders.verified(rita, "L-1")
    other = accounts.organisation(OrganisationKind.AUTHORITY, name="Another court")
    strangers = [accounts.member(Role.AUTHORITY, of=other), *map(accounts.member, (Role.HOLDER, Role.SELLER))]
    for stranger in map(accounts.signed_in, strangers):
        for page in ("", "complete/", "withdraw/"):
            there = f"/authority/orders/{order.ref}/{page}"
            assert stranger.get(there).status_code in (403, 404)
            assert stranger.post(there, {"text": "Mine."}).status_code in (403, 404, 405)
    order.refresh_from_db()
    assert order.status == "received"
    assert accounts.signed_in(accounts.member(Role.REVIEWER)).get(f"/authority/orders/{order.ref}/").status_code == 403


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
