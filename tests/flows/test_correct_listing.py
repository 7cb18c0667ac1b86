"""A listing is to be corrected by a day: in time, it counts for nothing; otherwise what was named happens."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import catalog
from tests.factories.accounts import AT
from tests.flows.world import LATER, World, appeal_form
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.apps.screening import actions as screening
from touchmark.flows import resolve_appeal
from touchmark.flows.correct_listing import Looked, keep_up, look_again
from touchmark.flows.end_restrictions import end_due

DAY = timedelta(days=1)
BY = LATER + 7 * DAY


def asked(world: World, *, at_once: bool = False, **changes: object) -> Decision:
    said: dict[str, object] = {"kind": DecisionKind.CORRECT, "correct_by": BY, "measure": DecisionKind.REMOVE}
    return world.restrict(**said | {"at_once": at_once} | changes)


def edited(world: World, title: str = "A plain leather bag", *, at: Any = LATER + DAY) -> None:
    """Let the marketplace send another version of the listing."""
    listing = world.listing
    said = {"listing_id": listing.listing_id, "title": title, "price": 20.0, "currency": "EUR"}
    catalog.listing(at=at, **said)


def told() -> list[tuple[str, str]]:
    found = Message.objects.filter(kind="webhook").order_by("sequence")
    return [(m.payload["type"], m.payload["data"].get("action", "")) for m in found]


def letters() -> list[str]:
    of_seller = Letter.objects.filter(organisation__kind="seller").exclude(kind="statement_of_reasons")
    return list(of_seller.order_by("id").values_list("kind", flat=True))


def test_a_listing_stays_on_sale_until_the_day_and_the_seller_is_told_all_of_it(world: World) -> None:
    decision = asked(world)
    assert (decision.status, told()) == ("to_correct", [("listing.correction_asked", "")])
    message = Message.objects.get(kind="webhook").payload["data"]
    assert (message["correct_by"], message["otherwise"]) == (BY.isoformat(), "remove")
    said = decision.statement.content
    assert "asked to correct" in said["restriction"]
    assert "taken off sale" in said["restriction"]
    assert "until 8 August 2026, 12:00 UTC" in said["duration"]
    assert Letter.objects.get(kind="statement_of_reasons").content["kind"] == "correct"


def test_corrected_in_time_it_is_closed_and_the_marketplace_is_told(world: World) -> None:
    decision = asked(world)
    edited(world)
    assert keep_up(at=LATER + DAY) == 1
    decision.refresh_from_db()
    assert decision.status == "corrected"
    assert told() == [("listing.correction_asked", ""), ("listing.correction_settled", "")]
    assert letters() == ["listing_corrected"]
    assert keep_up(at=BY + DAY) == 0


def test_off_sale_meanwhile_it_comes_back_when_it_is_corrected(world: World) -> None:
    decision = asked(world, at_once=True)
    assert told() == [("listing.restricted", "remove")]
    assert "Until then: The listing is taken off sale." in decision.statement.content["restriction"]
    edited(world)
    keep_up(at=LATER + DAY)
    decision.refresh_from_db()
    assert (decision.status, decision.restriction.status) == ("corrected", "lift_ordered")
    assert told() == [("listing.restricted", "remove"), ("listing.restored", "")]


def test_not_corrected_by_the_day_the_measure_acts_by_itself(world: World) -> None:
    decision = asked(world, measure=DecisionKind.DISABLE, territories=("DE",))
    assert keep_up(at=BY) == 0
    assert keep_up(at=BY + timedelta(seconds=1)) == 1
    decision.refresh_from_db()
    assert (decision.status, decision.restriction.status) == ("in_force", "ordered")
    assert told()[-1] == ("listing.restricted", "disable")
    assert Message.objects.filter(kind="webhook").latest("sequence").payload["data"]["territories"] == ["DE"]
    letter = Letter.objects.get(kind="correction_lapsed")
    assert letter.content["restriction"] == "The listing is disabled for shoppers in some territories."
    assert (keep_up(at=BY + DAY), end_due(BY + DAY)) == (0, 0)


def test_off_sale_meanwhile_and_never_corrected_it_stays_off(world: World) -> None:
    decision = asked(world, at_once=True)
    keep_up(at=BY + DAY)
    decision.refresh_from_db()
    assert (decision.status, told()) == ("in_force", [("listing.restricted", "remove")])
    assert letters() == ["correction_lapsed"]


def test_a_version_that_came_in_time_counts_though_no_worker_ran_for_a_week(world: World) -> None:
    decision = asked(world)
    edited(world, at=BY - timedelta(minutes=1))
    assert keep_up(at=BY + 7 * DAY) == 1
    decision.refresh_from_db()
    assert decision.status == "corrected"


def test_a_version_that_still_shows_the_mark_waits_for_a_person_and_lapses_by_the_day(world: World) -> None:
    decision = asked(world)
    edited(world, "АLDЕRМООR bag, brown leather")
    assert look_again(ref=decision.ref, actor=world.sam, at=LATER + DAY) == Looked.FOUND
    decision.refresh_from_db()
    assert decision.status == "to_correct"
    keep_up(at=BY + DAY)
    decision.refresh_from_db()
    assert decision.status == "in_force"


def test_a_person_takes_a_correction_as_made(world: World) -> None:
    decision = asked(world, at_once=True)
    edited(world, "АLDЕRМООR bag, brown leather")
    look_again(ref=decision.ref, actor=world.sam, at=LATER + DAY)
    world.restrict(kind=DecisionKind.NONE, facts="The seller shows a licence.", at=LATER + 2 * DAY)
    decision.refresh_from_db()
    assert (decision.status, told()[-1]) == ("corrected", ("listing.restored", ""))


def test_a_person_restricts_instead(world: World) -> None:
    first = asked(world)
    second = world.restrict(at=LATER + DAY)
    first.refresh_from_db()
    assert (first.status, second.status) == ("replaced", "in_force")
    assert told() == [("listing.correction_asked", ""), ("listing.restricted", "remove")]
    with pytest.raises(AlreadyRestricted):
        asked(world, at=LATER + 2 * DAY)


def test_nothing_has_come_or_nothing_is_asked_any_more(world: World) -> None:
    decision = asked(world)
    assert look_again(ref=decision.ref, actor=world.sam, at=LATER + DAY) == Looked.UNCHANGED
    edited(world)
    assert look_again(ref=decision.ref, actor=world.sam, at=LATER + DAY) == Looked.CORRECTED
    assert look_again(ref=decision.ref, actor=world.sam, at=LATER + DAY) == Looked.SETTLED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"correct_by": None}, "correct_on"),
        ({"correct_by": LATER}, "correct_on"),  # the day is past
        ({"measure": None}, "measure"),
        ({"measure": DecisionKind.HOLD}, "measure"),
        ({"measure": DecisionKind.DISABLE}, "territories"),
        ({"right": None}, "right"),
    ],
)
def test_what_must_be_said(world: World, changes: dict[str, object], field: str) -> None:
    with pytest.raises(IncompleteDecision) as refused:
        asked(world, **changes)
    assert refused.value.field == field
    assert not Decision.objects.exists()


def test_it_can_be_appealed_and_a_reversal_puts_everything_back(world: World) -> None:
    decision = asked(world, at_once=True)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)
    resolve_appeal.resolve(ref=appeal.ref, event="reverse", text="It was right.", actor=world.ravi, at=LATER + DAY)
    decision.refresh_from_db()
    assert (decision.status, told()[-1]) == ("reversed", ("listing.restored", ""))
    assert keep_up(at=BY + DAY) == 0


def test_an_appeal_is_answered_though_the_listing_was_corrected_meanwhile(world: World) -> None:
    decision = asked(world, at_once=True)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)
    edited(world)
    keep_up(at=LATER + DAY)
    resolve_appeal.resolve(ref=appeal.ref, event="reverse", text="It was right.", actor=world.ravi, at=LATER + DAY)
    decision.refresh_from_db()
    assert decision.status == "reversed"
    assert [kind for kind, _ in told()].count("listing.restored") == 1


def test_the_same_form_sent_twice_is_one_decision(world: World) -> None:
    key = uuid4()
    seen = world.seen()
    first = asked(world, request_key=key, seen=seen)
    assert asked(world, request_key=key, seen=seen).pk == first.pk


def test_a_new_version_is_screened_before_what_waits_longer(world: World) -> None:
    for number in range(3):
        catalog.listing(title=f"ALDERMOOR bag {number}", at=AT)
    decision = asked(world)
    edited(world)
    keep_up(at=LATER + DAY)
    decision.refresh_from_db()
    assert decision.status == "corrected"
    assert screening.keep_up(at=LATER + DAY) == 3
