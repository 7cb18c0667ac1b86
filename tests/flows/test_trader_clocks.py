"""Traders' details: asked for, given, verified, certified anew; and what happens to who stays silent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.factories import accounts, catalog, pictures
from tests.factories.accounts import AT
from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit.models import Event
from touchmark.apps.blobs import actions as blobs
from touchmark.apps.catalog.models import Seller
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.traders import access, actions, queries
from touchmark.apps.traders.actions import DetailsMissing, Given, ReasonMissing
from touchmark.apps.traders.models import TraderDetails
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.lifecycle.trader import TRADER
from touchmark.engine.policy.traders import Volume, named
from touchmark.engine.terms import Actor, Role
from touchmark.flows.restrict_seller import answer
from touchmark.flows.trader_clocks import ask_all, keep_up

DAY = timedelta(days=1)


def shop(*, on: str = "bazaar", regime: str = "eu", territories: tuple[str, ...] = ("DE",), **said: Any) -> Actor:
    """Make a shop whose people sign in here."""
    seller = accounts.actor(Role.SELLER, of=accounts.organisation("seller", name="Blue Crate"))
    catalog.marketplace(on, regime=regime, territories=list(territories))
    of = Organisation.objects.get(pk=seller.organisation_id)
    catalog.listing(on=on, of=of, seller_id=f"s-{of.pk}", **said)
    return seller


def given(**changes: Any) -> Given:
    kept = blobs.keep(pictures.drawn(), at=AT)
    said: dict[str, Any] = {
        "name": "Blue Crate GmbH",
        "address": "Am Kai 3, Hamburg",
        "phone": "+49 40 1234",
        "email": "trade@bluecrate.example",
        "payment_account": "DE02120300000000202051",
        "self_certified": True,
        "id_document": kept.sha256,
    }
    return Given(**said | changes)


@pytest.fixture(autouse=True)
def _folders(db: None, settings: Any, tmp_path: Any) -> None:
    settings.BLOBS = tmp_path / "blobs"


def verified(seller: Actor, *, at: datetime = AT) -> Actor:
    operator = accounts.actor(Role.OPERATOR)
    actions.give(given=given(), actor=seller, at=at)
    actions.verify(organisation_id=seller.organisation, actor=operator, at=at)
    return operator


def test_the_whole_way_and_the_record_of_it() -> None:
    seller = shop()
    assert ask_all(at=AT) == 1
    assert ask_all(at=AT) == 0
    details = TraderDetails.objects.get()
    assert (details.status, details.due_at) == ("asked", datetime(2026, 8, 31, 23, 59, 59, tzinfo=UTC))
    verified(seller, at=AT + DAY)
    details.refresh_from_db()
    assert (details.status, details.due_at) == ("verified", (AT + DAY).replace(year=2027))
    assert keep_up(at=AT + 366 * DAY) == 0
    keep_up(at=AT + 367 * DAY)
    actions.certify(actor=seller, at=AT + 370 * DAY)
    details.refresh_from_db()
    assert (details.status, details.due_at) == ("verified", (AT + 370 * DAY).replace(year=2028))
    events = list(Event.objects.filter(stream=f"trader:{seller.organisation}").order_by("number"))
    assert TRADER.folded(event.kind for event in events) == details.status
    assert "Hamburg" not in str([event.payload for event in events])
    assert [letter.content["status"] for letter in Letter.objects.filter(kind="trader_details").order_by("id")] == [
        "asked",
        "verified",
        "due",
    ]


def test_who_stays_silent_is_warned_then_proposed_for_suspension_which_a_person_approves() -> None:
    seller = shop()
    ask_all(at=AT)
    keep_up(at=AT + 31 * DAY)
    details = TraderDetails.objects.get()
    assert (details.status, Decision.objects.count()) == ("warned", 0)
    keep_up(at=AT + 50 * DAY)
    details.refresh_from_db()
    decision = Decision.objects.get()
    assert (details.status, decision.kind, decision.status, decision.decided_by) == (
        "late",
        "suspend",
        "proposed",
        None,
    )
    assert "art. 30" in decision.ground_reference
    keep_up(at=AT + 99 * DAY)
    assert Decision.objects.count() == 1
    answer(ref=decision.ref, event="approve", reason="", actor=accounts.actor(Role.REVIEWER), at=AT + 51 * DAY)
    decision.refresh_from_db()
    assert decision.status == "in_force"
    actions.give(given=given(), actor=seller, at=AT + 52 * DAY)
    details.refresh_from_db()
    assert details.status == "given"


def test_in_the_united_states_only_who_sells_much_is_asked() -> None:
    shop(regime="platform", territories=("US",), price=10.0, currency="USD", sold_count=199)
    assert ask_all(at=AT) == 0
    Seller.objects.update(extra={"sales_12m": "200", "gross_12m": "5000"})
    assert ask_all(at=AT) == 1
    details = TraderDetails.objects.get()
    assert details.duty_id == "us.inform"
    assert details.due_at == datetime(2026, 8, 12, 3, 59, 59, tzinfo=UTC)  # ten days, counted in New York


@pytest.mark.parametrize(
    ("sales", "gross", "reached"), [(200, 5000.0, True), (199, 9999.0, False), (9999, 4999.99, False)]
)
def test_both_thresholds_must_be_reached(sales: int, gross: float, *, reached: bool) -> None:
    assert named("us.inform").reached(Volume(sales, gross)) == reached
    assert named("eu.dsa.30").reached(Volume(0, 0.0))


def test_a_listing_that_sold_enough_counts_where_the_marketplace_says_nothing() -> None:
    shop(regime="platform", territories=("US",), price=50.0, currency="USD", sold_count=250)
    assert queries.duty_of(Seller.objects.get(), AT) == named("us.inform")


def test_where_no_law_asks_nobody_is_asked() -> None:
    shop(regime="platform", territories=("SG",))
    assert ask_all(at=AT) == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"id_document": ""}, "id_document"),
        ({"self_certified": False}, "self_certified"),
        ({"register": "Hamburg"}, "register_number"),
        ({"register_number": "HRB 1"}, "register"),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, Any], field: str) -> None:
    seller = shop()
    with pytest.raises(DetailsMissing) as refused:
        actions.give(given=given(**changes), actor=seller, at=AT)
    assert field in refused.value.fields
    assert not TraderDetails.objects.exists()


def test_sent_back_with_a_reason_the_clock_begins_again() -> None:
    seller, operator = shop(), accounts.actor(Role.OPERATOR)
    actions.give(given=given(), actor=seller, at=AT)
    about: dict[str, Any] = {"organisation_id": seller.organisation, "actor": operator, "at": AT + DAY}
    with pytest.raises(ReasonMissing):
        actions.send_back(why=" ", **about)
    details = actions.send_back(why="The number is another company's.", **about)
    assert (details.status, details.due_at) == ("returned", datetime(2026, 9, 1, 23, 59, 59, tzinfo=UTC))
    with pytest.raises(IllegalMove):
        actions.verify(**about)


def test_who_may_see_and_verify_them() -> None:
    seller = shop()
    details = actions.give(given=given(), actor=seller, at=AT)
    picture = details.id_document_id or ""
    seeing = {
        role
        for role in (Role.REVIEWER, Role.HOLDER, Role.INVESTIGATOR, Role.SELLER, Role.OPERATOR)
        if access.may_see_picture(accounts.actor(role), picture)
    }
    assert seeing == {Role.OPERATOR}
    assert access.may_see_picture(seller, picture)
    with pytest.raises(NotYours):
        actions.verify(organisation_id=seller.organisation, actor=seller, at=AT)
