"""A restriction with a last day ends by itself, once, and the decision can still be reversed."""

from datetime import timedelta

import pytest

from tests.factories import accounts
from tests.flows.test_resolve_appeal import order_payload
from tests.flows.world import LATER, World, appeal_form
from touchmark.apps.accounts.models import User
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.audit.models import Event
from touchmark.apps.decisions.actions import IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role
from touchmark.flows import resolve_appeal
from touchmark.flows.end_restrictions import end_due
from touchmark.flows.hear_marketplace import hear
from touchmark.site import wiring

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
END = LATER + 7 * DAY


def orders() -> list[str]:
    """Give what the marketplace was told about the listing, in order; what follows for the seller is no part of it."""
    told = Message.objects.filter(kind="webhook", payload__type__startswith="listing.").order_by("sequence")
    return list(told.values_list("payload__type", flat=True))


def test_it_ends_when_its_time_is_over_and_not_before(world: World) -> None:
    decision = world.restrict(ends_at=END)
    hear(order_payload(decision, "listing.restricted"), at=LATER)
    assert end_due(END - timedelta(seconds=1)) == 0
    for due in wiring.due_clocks():  # the worker's own clocks
        due(END)
    assert end_due(END) == 0
    decision.refresh_from_db()
    assert (decision.status, decision.restriction.status, orders()) == (
        "ended",
        "lift_ordered",
        ["listing.restricted", "listing.restored"],
    )
    assert Letter.objects.get(kind="restriction_ended").organisation_id == world.sam.organisation_id
    event = Event.objects.get(stream=f"decision:{decision.ref}", kind="end")
    assert (event.user_id, event.roles) == (None, "clock")


def test_seller_and_marketplace_are_told_when_it_ends(world: World) -> None:
    decision = world.restrict(ends_at=END)
    assert "ends by itself on 8 August 2026, 12:00 UTC" in decision.statement.content["duration"]
    assert Message.objects.get(kind="webhook").payload["data"]["ends_at"] == END.isoformat()


def test_one_without_a_last_day_lasts(world: World) -> None:
    decision = world.restrict()
    assert "lasts until it is reversed" in decision.statement.content["duration"]
    assert "ends_at" not in Message.objects.get(kind="webhook").payload["data"]
    assert end_due(LATER + 9_999 * DAY) == 0


def test_a_last_day_that_is_past_is_refused(world: World) -> None:
    with pytest.raises(IncompleteDecision) as refused:
        world.restrict(ends_at=LATER)
    assert refused.value.field == "ends_on"
    assert not Decision.objects.exists()


def test_one_that_was_reversed_before_does_not_end_too(world: World) -> None:
    decision = world.restrict(ends_at=END)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)
    resolve_appeal.resolve(ref=appeal.ref, event="reverse", text="The invoice is right.", actor=world.ravi, at=LATER)
    assert end_due(END) == 0
    assert orders() == ["listing.restricted", "listing.restored"]


def test_after_its_end_it_can_be_appealed_and_nothing_is_put_back_twice(world: World) -> None:
    decision = world.restrict(ends_at=END)
    end_due(END)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=END + DAY)
    resolve_appeal.resolve(ref=appeal.ref, event="reverse", text="It was right.", actor=world.ravi, at=END + DAY)
    decision.refresh_from_db()
    assert (decision.status, orders()) == ("reversed", ["listing.restricted", "listing.restored"])


def test_the_listing_can_be_restricted_again_afterwards(world: World) -> None:
    world.restrict(ends_at=END)
    end_due(END)
    again = world.restrict(at=END + DAY)
    assert again.status == "in_force"


def test_a_listing_is_hidden_from_search(world: World) -> None:
    decision = world.restrict(kind=DecisionKind.HIDE)
    assert "hidden from search" in decision.statement.content["restriction"]
    assert Message.objects.get(kind="webhook").payload["data"]["action"] == "hide"


def test_the_seller_sees_that_it_ended_and_may_still_appeal(world: World) -> None:
    decision = world.restrict(ends_at=END)
    seller = accounts.signed_in(User.objects.get(pk=world.sam.user_id))
    page = seller.get(f"/seller/decisions/{decision.ref}/").content.decode()
    assert "The restriction ends by itself" in page
    end_due(END)
    page = seller.get(f"/seller/decisions/{decision.ref}/").content.decode()
    assert "The restriction ended by itself" in page
    assert "The decision still stands in your record." in page
    assert "Appeal this decision" in page
    reviewer = accounts.signed_in(accounts.member(Role.REVIEWER))
    page = reviewer.get(f"/desk/decisions/{decision.ref}/").content.decode()
    assert "ended the restriction: its time was over" in page
    assert "Ended by itself" in page
