"""An appeal is decided by somebody else; a reversal undoes all that followed from the decision."""

from datetime import timedelta

import pytest

from tests.flows.world import LATER, World, appeal_form
from touchmark.apps.appeals import access
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.appeals.actions import AlreadyAppealed, GroundsMissing, NothingToAppeal, OwnDecision, TooLate
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.decisions.access import NoSuchDecision
from touchmark.apps.decisions.models import Decision, Restriction
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.engine.lifecycle.table import AlreadyThere, NotYours
from touchmark.engine.terms import Actor
from touchmark.flows.hear_marketplace import hear
from touchmark.flows.resolve_appeal import resolve

DAY = timedelta(days=1)


def filed(world: World, decision: Decision, *, by: Actor | None = None) -> Appeal:
    return appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=by or world.sam, at=LATER + DAY)


def resolved(
    world: World, appeal: Appeal, event: str, *, by: Actor | None = None, text: str = "Looked again."
) -> Appeal:
    return resolve(ref=appeal.ref, event=event, text=text, actor=by or world.ravi, at=LATER + 2 * DAY)


def test_a_reversal_restores_and_tells_everybody(world: World) -> None:
    notice = world.report()
    decision = world.restrict()
    resolved(world, filed(world, decision), "reverse")
    decision.refresh_from_db()
    notice.refresh_from_db()
    assert (decision.status, decision.restriction.status, notice.status) == ("reversed", "lift_ordered", "reversed")
    orders = Message.objects.filter(kind="webhook").order_by("sequence")
    assert [(o.payload["type"], o.sequence) for o in orders] == [("listing.restricted", 1), ("listing.restored", 2)]
    told = {(letter.kind, letter.organisation_id) for letter in Letter.objects.all()}
    assert ("decision_reversed", world.sam.organisation_id) in told
    outcomes = Letter.objects.filter(kind="notice_outcome", organisation_id=world.vera.organisation_id)
    assert [letter.content["outcome"] for letter in outcomes.order_by("id")] == ["upheld", "reversed"]


def test_an_appeal_that_is_not_upheld_changes_nothing_but_says_why(world: World) -> None:
    decision = world.restrict()
    resolved(world, filed(world, decision), "uphold", text="The invoice is for other goods.")
    decision.refresh_from_db()
    assert decision.status == "in_force"
    assert Message.objects.filter(kind="webhook").count() == 1
    letter = Letter.objects.get(kind="appeal_refused")
    assert letter.content["answer"] == "The invoice is for other goods."
    assert letter.content["court"]


def test_whoever_decided_does_not_decide_on_the_appeal(world: World) -> None:
    appeal = filed(world, world.restrict(by=world.rita))
    assert list(access.waiting_for(world.rita)) == []
    assert list(access.waiting_for(world.ravi)) == [appeal]
    with pytest.raises(OwnDecision):
        resolved(world, appeal, "uphold", by=world.rita)


def test_an_appeal_is_decided_once(world: World) -> None:
    appeal = filed(world, world.restrict())
    resolved(world, appeal, "reverse")
    with pytest.raises(AlreadyThere):
        resolved(world, appeal, "reverse")
    assert Message.objects.filter(payload__type="listing.restored").count() == 1


def test_an_answer_needs_words(world: World) -> None:
    appeal = filed(world, world.restrict())
    with pytest.raises(GroundsMissing):
        resolved(world, appeal, "reverse", text="  ")
    assert Decision.objects.get().status == "in_force"


def test_only_the_seller_concerned_appeals(world: World) -> None:
    decision = world.restrict()
    with pytest.raises(NoSuchDecision):
        filed(world, decision, by=world.vera)
    with pytest.raises(NotYours):
        filed(world, decision, by=world.ravi)


def test_one_appeal_per_party_and_decision(world: World) -> None:
    decision = world.restrict()
    form = appeal_form()
    first = appeals.file(decision_ref=decision.ref, form=form, actor=world.sam, at=LATER)
    assert appeals.file(decision_ref=decision.ref, form=form, actor=world.sam, at=LATER) == first
    with pytest.raises(AlreadyAppealed, match=first.ref):
        filed(world, decision)


def test_the_window_closes_with_its_last_moment(world: World) -> None:
    decision = world.restrict()
    last = decision.statement.appeal_by
    with pytest.raises(TooLate):
        appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=last + timedelta(seconds=1))
    appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=last)


def test_there_is_nothing_to_appeal_once_it_is_reversed(world: World) -> None:
    decision = world.restrict()
    appeals.withdraw(ref=filed(world, decision).ref, actor=world.sam, at=LATER)
    with pytest.raises(AlreadyAppealed):
        filed(world, decision)
    Decision.objects.filter(pk=decision.pk).update(status="reversed")
    with pytest.raises(NothingToAppeal):
        filed(world, decision)


def order_payload(decision: Decision, kind: str) -> dict[str, object]:
    return {"type": kind, "data": {"decision": decision.ref}}


def test_the_marketplaces_answers_lead_to_where_things_stand_in_any_order(world: World) -> None:
    decision = world.restrict()
    hear(order_payload(decision, "listing.restricted"), at=LATER)
    assert Restriction.objects.get().status == "in_place"
    hear(order_payload(decision, "listing.restricted"), at=LATER + DAY)  # answered twice
    assert Restriction.objects.get().confirmed_at == LATER
    resolved(world, filed(world, decision), "reverse")
    hear(order_payload(decision, "listing.restricted"), at=LATER + 3 * DAY)  # a late one, to the first order
    assert Restriction.objects.get().status == "lift_ordered"
    hear(order_payload(decision, "listing.restored"), at=LATER + 3 * DAY)
    assert Restriction.objects.get().status == "lifted"


def test_a_listing_that_came_back_does_not_wait_at_the_desk_again(world: World) -> None:
    from touchmark.apps.decisions import queue
    from touchmark.apps.screening import actions as screening

    resolved(world, filed(world, world.restrict()), "reverse")
    screening.screen_catalogue(at=LATER + 4 * DAY)
    assert list(queue.all_waiting()) == []
