"""A party goes to a certified body: on its clock, refused only where the law lets us, followed as any reversal."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts, clients, registry
from tests.factories.accounts import AT
from tests.flows.world import LATER, World, appeal_form, built
from tests.web.worlds import noticed
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.appeals import refusals
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.actions import IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, DismissReason, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.disputes import access, actions, queries
from touchmark.apps.disputes.actions import (
    DisputeForm,
    IncompleteDispute,
    NotCertified,
    NothingToDispute,
    OwnDecision,
)
from touchmark.apps.disputes.kinds import Result
from touchmark.apps.disputes.models import Dispute
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.terms import Actor, Role
from touchmark.flows import follow_body
from touchmark.flows.decide import NoticeAnswer
from touchmark.flows.lapse import lapse_due
from touchmark.flows.resolve_appeal import resolve

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ON = LATER.date()


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    settings.TOUCHMARK_LIMITS = tmp_path / "limits"


@pytest.fixture
def world() -> World:
    return built()


@pytest.fixture
def appeal(world: World) -> Appeal:
    """A seller's appeal that failed."""
    decision = world.restrict()
    filed = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)
    return resolve(ref=filed.ref, event="uphold", text="It is the mark.", actor=world.ravi, at=LATER)


def form(**changes: Any) -> DisputeForm:
    said: dict[str, Any] = {"body": "adroit", "number": "2026/41", "received_on": ON, "request_key": uuid4()}
    return DisputeForm(**said | changes)


def told(appeal: Appeal, actor: Actor, *, at: Any = LATER, **changes: Any) -> Dispute:
    return actions.tell(appeal_ref=appeal.ref, form=form(**changes), actor=actor, at=at)


@pytest.fixture
def dispute(world: World, appeal: Appeal) -> Dispute:
    return told(appeal, world.sam)


def decided(world: World, dispute: Dispute, result: Result) -> Actor:
    """Let the body decide; give a reviewer who has not decided on it before."""
    actions.decide(ref=dispute.ref, result=result, text="As it found.", fee=Decimal(95), actor=world.rita, at=LATER)
    return accounts.actor(Role.REVIEWER)


def test_the_body_has_ninety_days_from_the_day_it_received_it(dispute: Dispute) -> None:
    clock = Deadline.objects.get(subject=f"dispute:{dispute.ref}")
    assert clock.clock == "dispute"
    assert clock.due_at is not None
    assert 89 <= (clock.due_at - LATER).days <= 93
    assert lapse_due(clock.due_at + DAY) == 1
    dispute.refresh_from_db()
    assert dispute.status == "overdue"


def test_a_complex_one_is_extended_to_a_hundred_and_eighty(world: World, dispute: Dispute) -> None:
    actions.extend(ref=dispute.ref, actor=world.rita, at=LATER)
    clock = Deadline.objects.get(subject=f"dispute:{dispute.ref}", closed_at=None)
    assert clock.due_at is not None
    assert 179 <= (clock.due_at - LATER).days <= 183
    actions.extend(ref=dispute.ref, actor=world.rita, at=LATER)
    assert Deadline.objects.get(pk=clock.pk).due_at == clock.due_at  # no more than that, however often it is said


def test_the_same_form_twice_is_one_and_only_what_failed_can_be_brought(world: World, appeal: Appeal) -> None:
    key = uuid4()
    assert told(appeal, world.sam, request_key=key) == told(appeal, world.sam, request_key=key)
    with pytest.raises(NothingToDispute):
        told(appeal, world.sam)
    actions.end(ref=Dispute.objects.get().ref, actor=world.sam, at=LATER)
    told(appeal, world.sam)
    Appeal.objects.update(status="filed")
    Dispute.objects.update(status="ended")
    with pytest.raises(NothingToDispute):
        told(appeal, world.sam)


def test_what_is_missing_to_come_or_was_not_certified_is_refused(world: World, appeal: Appeal) -> None:
    with pytest.raises(IncompleteDispute):
        told(appeal, world.sam, number=" ")
    with pytest.raises(IncompleteDispute):
        told(appeal, world.sam, received_on=ON + 2 * DAY)
    with pytest.raises(NotCertified):
        told(appeal, world.sam, received_on=date(2024, 1, 1))


def test_others_see_nothing_of_it(world: World, appeal: Appeal, dispute: Dispute) -> None:
    strangers = (world.vera, world.nils, accounts.actor(Role.SELLER), Actor.program_of("bazaar"))
    for actor in strangers:
        assert not access.disputes_for(actor).exists()
    with pytest.raises(NotYours):
        told(appeal, world.ravi)
    with pytest.raises(NotYours):
        actions.settle(ref=dispute.ref, text="x", fee=None, actor=world.sam, at=LATER)


def test_for_the_party_the_decision_is_reversed_as_any_other(world: World, dispute: Dispute) -> None:
    reviewer = decided(world, dispute, Result.FOR)
    for own in (world.rita, world.ravi):  # who decided, and who answered the appeal
        with pytest.raises(OwnDecision):
            follow_body.follow(ref=dispute.ref, why="It is right.", actor=own, at=LATER)
    followed = follow_body.follow(ref=dispute.ref, why="It is right.", actor=reviewer, at=LATER + DAY)
    decision = Decision.objects.get()
    assert (followed.status, decision.status, decision.reversal_reason) == ("followed", "reversed", "It is right.")
    assert Message.objects.filter(kind="webhook", payload__type="listing.restored").exists()
    stands = [letter.content["status"] for letter in Letter.objects.filter(kind="dispute_news").order_by("id")]
    assert stands == ["open", "decided", "followed"]
    with pytest.raises(IllegalMove):
        follow_body.follow(ref=dispute.ref, why="Again.", actor=reviewer, at=LATER + DAY)


def test_a_body_that_is_not_followed_changes_nothing_and_says_why(world: World, dispute: Dispute) -> None:
    reviewer = decided(world, dispute, Result.FOR)
    with pytest.raises(IncompleteDispute):
        follow_body.not_follow(ref=dispute.ref, why=" ", actor=reviewer, at=LATER)
    follow_body.not_follow(ref=dispute.ref, why="The goods were examined.", actor=reviewer, at=LATER)
    assert Decision.objects.get().status == "in_force"
    assert Letter.objects.filter(kind="dispute_news").latest("id").content["why"] == "The goods were examined."


def test_following_a_body_that_agrees_with_us_undoes_nothing(world: World, dispute: Dispute) -> None:
    follow_body.follow(ref=dispute.ref, why="So it stays.", actor=decided(world, dispute, Result.AGAINST), at=LATER)
    assert Decision.objects.get().status == "in_force"


def test_what_was_reversed_meanwhile_stays_so(world: World, dispute: Dispute) -> None:
    reviewer = decided(world, dispute, Result.FOR)
    Decision.objects.update(status="reversed", reversed_at=LATER)
    assert follow_body.follow(ref=dispute.ref, why="Done.", actor=reviewer, at=LATER).status == "followed"


def test_a_notifiers_refused_notice_is_upheld(world: World) -> None:
    item = noticed(world.vera, world.right, world.listing)
    left = {"kind": DecisionKind.NONE, "right": None, "ground": None, "reason": DismissReason.OTHER}
    world.restrict(answers={item.ref: NoticeAnswer(upheld=False, reasons="It is genuine.")}, **left)
    filed = refusals.file(item_ref=item.ref, form=appeal_form("It is not."), actor=world.vera, at=LATER)
    failed = resolve(ref=filed.ref, event="uphold", text="It is.", actor=world.ravi, at=LATER)
    brought = told(failed, world.vera)
    reviewer = decided(world, brought, Result.FOR)
    with pytest.raises(IncompleteDecision):
        follow_body.follow(ref=brought.ref, why="It is right.", actor=reviewer, at=LATER)
    choice = world.choice(ground=Ground.LAW)
    follow_body.follow(ref=brought.ref, why="It is right.", choice=choice, actor=reviewer, at=LATER)
    item.refresh_from_db()
    assert item.status == "upheld"
    assert Decision.objects.filter(status="in_force", listing=world.listing).exists()


def test_the_counts_of_the_transparency_report(world: World, dispute: Dispute) -> None:
    assert queries.counts(LATER - DAY, LATER + DAY) == queries.Counts(1, {"open": 1}, None, None)
    reviewer = decided(world, dispute, Result.FOR)
    follow_body.follow(ref=dispute.ref, why="It is right.", actor=reviewer, at=LATER)
    assert queries.counts(LATER - DAY, LATER + DAY) == queries.Counts(1, {"for": 1}, 0.0, 1.0)
    assert queries.counts(AT - 9 * DAY, AT - DAY).submitted == 0


def test_the_statement_names_the_bodies(world: World) -> None:
    world.restrict()
    content = Letter.objects.get(kind="statement_of_reasons").content
    assert "adroit.legal" in {one["url"].split("/")[2] for one in content["bodies"]}


def test_a_program_reads_its_own(world: World, dispute: Dispute) -> None:
    decided(world, dispute, Result.PARTLY)
    (told_of,) = clients.with_every_scope(world.sam).get("/disputes").json()["items"]
    assert (told_of["status"], told_of["result"], told_of["fee"]) == ("decided", "partly", None)
    assert clients.with_every_scope(world.vera).get(f"/disputes/{dispute.ref}").status_code == 404
    assert clients.with_every_scope(world.rita).get(f"/disputes/{dispute.ref}").json()["fee"] == "95.00"


def test_a_seller_and_a_reviewer_do_it_on_pages() -> None:
    from django.test import Client

    from touchmark.web import clock

    world = built()
    now = clock.now()
    decision = world.restrict(at=now)
    filed = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=now)
    resolve(ref=filed.ref, event="uphold", text="It is the mark.", actor=world.ravi, at=now)
    sam, rita = Client(), accounts.signed_in(accounts.member(Role.REVIEWER))
    sam.force_login(accounts.User.objects.get(pk=world.sam.user_id))
    page = sam.get(f"/seller/decisions/{decision.ref}/").content.decode()
    assert f"/appeals/{filed.ref}/dispute/" in page
    asked = sam.get(f"/appeals/{filed.ref}/dispute/").content.decode()
    assert "ADROIT" in asked
    body = {"body": "adroit", "number": "41", "received_on": now.date().isoformat(), "request_key": str(uuid4())}
    assert sam.post(f"/appeals/{filed.ref}/dispute/", body | {"number": ""}).status_code == 422
    assert sam.post(f"/appeals/{filed.ref}/dispute/", body).status_code == 302
    brought = Dispute.objects.get()
    assert "before the body" in sam.get(f"/disputes/{brought.ref}/").content.decode()
    assert brought.ref in rita.get("/out-of-court/").content.decode()
    step = f"/out-of-court/{brought.ref}"
    assert rita.post(f"{step}/decide/", {"result": "for"}).status_code == 422
    assert rita.post(f"{step}/decide/", {"result": "for", "text": "For the seller.", "fee": "95"}).status_code == 302
    assert "We follow it" in rita.get(f"{step}/").content.decode()
    assert rita.post(f"{step}/follow/", {"why": "It is right."}).status_code == 302
    decision.refresh_from_db()
    assert decision.status == "reversed"
    assert "decided and followed" in sam.get(f"/disputes/{brought.ref}/").content.decode()
    assert registry.organisation_of(world.sam)
