"""A decision: one transaction from what was seen to everybody being told; refused whole if anything is amiss."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.factories import catalog
from tests.flows.world import LATER, World
from touchmark.apps.audit.models import Event
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision, Restriction, Statement
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.apps.screening import actions as screening
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.policy.load import regimes
from touchmark.flows.decide import NoticeAnswer, Overtaken
from touchmark.flows.report_listing import NotOnSale


def waiting(world: World) -> list[str]:
    return list(queue.all_waiting().values_list("listing__listing_id", flat=True))


def test_what_the_engine_found_waits_at_the_desk_and_leaves_it_decided(world: World) -> None:
    assert waiting(world) == [world.listing.listing_id]
    world.restrict()
    assert waiting(world) == []


def test_the_statement_has_every_element_of_its_regime_and_comes_with_the_restriction(world: World) -> None:
    decision = world.restrict()
    statement = Statement.objects.get(decision=decision)
    assert statement.regime == "eu"
    assert statement.appeal_rule == "eu.dsa.20.appeal-window"
    for element in regimes()["eu"].document("statement_of_reasons"):
        if element.name != "contractual_ground":  # the ground is the law
            assert statement.content[element.name], element.name
    letter = Letter.objects.get(kind="statement_of_reasons")
    assert letter.organisation_id == world.sam.organisation_id
    assert letter.delivered_at <= (decision.effective_at or LATER)


def test_the_marketplace_and_the_sellers_people_are_told_in_the_same_transaction(world: World) -> None:
    decision = world.restrict(kind=DecisionKind.DISABLE, territories=("FR", "DE"))
    order = Message.objects.get(kind="webhook")
    assert order.to == "bazaar"
    assert order.payload["type"] == "listing.restricted"
    assert order.payload["data"]["decision"] == decision.ref
    assert order.payload["data"]["territories"] == ["DE", "FR"]
    assert order.payload["data"]["statement"]["facts"] == decision.facts
    copy = Message.objects.get(kind="email", payload__subject__startswith="Your listing was restricted")
    assert decision.facts in copy.payload["body"]


def test_a_dismissal_tells_nobody_and_does_not_come_back(world: World) -> None:
    world.restrict(kind=DecisionKind.NONE, right=None, ground=None)
    assert not Message.objects.filter(kind="webhook").exists()
    assert not Statement.objects.exists()
    screening.screen_catalogue(at=LATER)
    assert waiting(world) == []


def test_a_listing_that_says_something_new_comes_back_to_the_desk(world: World) -> None:
    world.restrict(kind=DecisionKind.NONE, right=None, ground=None)
    catalog.listing(
        listing_id=world.listing.listing_id, title="АLDЕRMООR leather bag, again", price=20.0, currency="EUR"
    )
    screening.screen_catalogue(at=LATER)
    assert waiting(world) == [world.listing.listing_id]


def test_what_was_decided_on_is_frozen(world: World) -> None:
    decision = world.restrict()
    catalog.listing(listing_id=world.listing.listing_id, title="A plain bag")
    decision.refresh_from_db()
    assert decision.snapshot.content["title"] == "АLDЕRMООR leather bag"
    assert decision.evidence["findings"][0]["way"] == "disguised"


def test_the_same_form_sent_twice_is_one_decision(world: World) -> None:
    key, seen = uuid4(), world.seen()
    first = world.restrict(request_key=key, seen=seen)
    assert world.restrict(request_key=key, seen=seen) == first
    assert Decision.objects.count() == 1
    assert Message.objects.filter(kind="webhook").count() == 1


def test_of_two_reviewers_the_second_is_told(world: World) -> None:
    seen = world.seen()
    world.restrict(by=world.rita, seen=seen)
    with pytest.raises(Overtaken, match="Somebody else has decided"):
        world.restrict(by=world.ravi, seen=seen)
    assert Decision.objects.count() == 1


def test_a_notice_that_came_meanwhile_is_not_decided_unseen(world: World) -> None:
    seen = world.seen()
    world.report()
    with pytest.raises(Overtaken):
        world.restrict(seen=seen)


def test_a_listing_that_changed_meanwhile_is_not_decided_unseen(world: World) -> None:
    seen = world.seen()
    catalog.listing(listing_id=world.listing.listing_id, title="Another thing")
    with pytest.raises(Overtaken):
        world.restrict(seen=seen)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": "  "}, "facts"),
        ({"right": None}, "right"),
        ({"ground": None}, "ground_reference"),
        ({"ground_reference": ""}, "ground_reference"),
        ({"ground_explanation": ""}, "ground_explanation"),
        ({"kind": DecisionKind.DISABLE}, "territories"),
    ],
)
def test_an_incomplete_decision_leaves_no_trace(world: World, changes: dict[str, object], field: str) -> None:
    events = Event.objects.count()
    with pytest.raises(IncompleteDecision) as refusal:
        world.restrict(**changes)
    assert refusal.value.field == field
    assert (Decision.objects.count(), Restriction.objects.count(), Event.objects.count()) == (0, 0, events)


def test_the_ground_may_be_the_marketplaces_terms(world: World) -> None:
    decision = world.restrict(ground=Ground.TERMS, ground_reference="Terms of sale, section 7")
    content = Statement.objects.get(decision=decision).content
    assert content["contractual_ground"] == "Terms of sale, section 7"
    assert "legal_ground" not in content


def test_only_reviewers_decide(world: World) -> None:
    with pytest.raises(NotYours):
        world.restrict(by=replace(world.rita, roles=world.sam.roles | world.vera.roles))
    assert not Decision.objects.exists()


def test_a_restricted_listing_is_not_restricted_again_nor_reported(world: World) -> None:
    world.restrict()
    with pytest.raises(AlreadyRestricted):
        world.restrict()
    with pytest.raises(NotOnSale):
        world.report()


def test_a_notice_is_upheld_with_the_decision_and_its_holder_told(world: World) -> None:
    notice = world.report()
    world.restrict()
    notice.refresh_from_db()
    assert notice.status == "upheld"
    letter = Letter.objects.get(kind="notice_outcome")
    assert letter.organisation_id == world.vera.organisation_id
    assert letter.content["reasons"] == "The name is used as reported."


def test_each_holder_gets_an_answer_of_its_own_and_no_word_of_the_other(world: World) -> None:
    hers, his = world.report(), world.report(by=world.nils, right=world.other_right)
    answers = {
        hers.ref: NoticeAnswer(upheld=True, reasons="The name is used as reported."),
        his.ref: NoticeAnswer(upheld=False, reasons="Your mark is not used in this listing."),
    }
    world.restrict(answers=answers)
    his.refresh_from_db()
    assert his.status == "refused"
    told = Letter.objects.get(kind="notice_outcome", organisation_id=world.nils.organisation_id)
    assert "ALDERMOOR" not in str(told.content) or "АLDЕRMООR" in told.content["listing"]["title"]
    assert hers.ref not in str(told.content)


@pytest.mark.parametrize(
    "answers",
    [
        lambda ref: {},
        lambda ref: {ref: NoticeAnswer(upheld=True, reasons=" ")},
    ],
)
def test_no_notice_is_settled_without_a_reason(world: World, answers: object) -> None:
    notice = world.report()
    with pytest.raises(IncompleteDecision, match=notice.ref):
        world.restrict(answers=answers(notice.ref) or {"other": NoticeAnswer(upheld=False, reasons="x")})  # type: ignore[operator]


def test_a_notice_is_not_upheld_while_the_listing_stays(world: World) -> None:
    notice = world.report()
    with pytest.raises(IncompleteDecision, match="stays on sale"):
        world.restrict(kind=DecisionKind.NONE, right=None, ground=None)
    notice.refresh_from_db()
    assert notice.status == "received"


def test_what_is_held_by_a_reviewer_goes_on_waiting_until_it_is_decided(world: World) -> None:
    """Nothing is decided: the notices wait, the listing stays in the queue, a restriction takes the hold's place."""
    notice = world.report()
    held = world.restrict(kind=DecisionKind.HOLD, right=None)
    assert (held.status, waiting(world)) == ("held", [world.listing.listing_id])
    notice.refresh_from_db()
    assert notice.status == "received"
    assert "until somebody decides" in held.statement.content["duration"]
    assert world.restrict().status == "in_force"
    held.refresh_from_db()
    assert (held.status, waiting(world)) == ("replaced", [])


def test_nothing_is_held_for_which_nobody_would_decide(world: World) -> None:
    world.restrict(kind=DecisionKind.NONE, right=None, ground=None)
    with pytest.raises(IncompleteDecision) as refused:
        world.restrict(kind=DecisionKind.HOLD)
    assert refused.value.field == "kind"
