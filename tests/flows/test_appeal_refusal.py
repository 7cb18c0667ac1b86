"""A notifier appeals a refusal: once, in time, decided by somebody else; a grant restricts as any decision does."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts
from tests.flows.world import LATER, World, appeal_form
from touchmark.apps.accounts.models import User
from touchmark.apps.appeals import access, refusals
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.appeals.actions import AlreadyAppealed, GroundsMissing, NothingToAppeal, OwnDecision, TooLate
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.actions import Choice, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox import wording
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import law
from touchmark.apps.notices.access import NoSuchNotice
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.terms import Role
from touchmark.flows.decide import NoticeAnswer
from touchmark.flows.resolve_appeal import resolve

DAY = timedelta(days=1)


def refused(world: World) -> NoticeItem:
    item = world.report()
    said: dict[str, Any] = {item.ref: NoticeAnswer(upheld=False, reasons="It only says what the strap fits.")}
    world.restrict(kind=DecisionKind.NONE, answers=said, right=None)
    item.refresh_from_db()
    return item


def appealed(world: World, item: NoticeItem) -> Appeal:
    return refusals.file(item_ref=item.ref, form=appeal_form("It is no strap."), actor=world.vera, at=LATER + DAY)


def choice(world: World) -> Choice:
    return Choice(
        kind=DecisionKind.REMOVE,
        facts="The title shows the mark.",
        request_key=uuid4(),
        right=world.right,
        ground=Ground.LAW,
        ground_reference="Regulation (EU) 2017/1001, art. 9(2)",
        ground_explanation="The sign is used for the goods.",
    )


def test_a_grant_upholds_the_notice_and_restricts_the_listing(world: World) -> None:
    item = refused(world)
    appeal = appealed(world, item)
    assert Deadline.objects.get(subject=f"appeal:{appeal.ref}").clock == "decide_appeal"
    about: dict[str, Any] = {"ref": appeal.ref, "event": "reverse", "text": "It is.", "at": LATER + 2 * DAY}
    with pytest.raises(OwnDecision):
        resolve(actor=world.rita, choice=choice(world), **about)
    with pytest.raises(IncompleteDecision):
        resolve(actor=world.ravi, **about)
    resolve(actor=world.ravi, choice=choice(world), **about)
    item.refresh_from_db()
    taken = Decision.objects.get(status="in_force")
    assert (item.status, list(taken.notices.all()), taken.restriction.status) == ("upheld", [item], "ordered")
    assert Deadline.objects.get(subject=f"appeal:{appeal.ref}").outcome == "met"
    outcomes = Letter.objects.filter(kind="notice_outcome").order_by("id")
    assert [letter.content["outcome"] for letter in outcomes] == ["refused", "upheld"]
    assert Letter.objects.filter(kind="statement_of_reasons", organisation_id=world.sam.organisation_id).exists()


def test_the_letter_of_a_refusal_says_until_when_it_can_be_appealed(world: World) -> None:
    item = refused(world)
    letter = Letter.objects.get(kind="notice_outcome")
    assert datetime.fromisoformat(letter.content["appeal_by"]) == law.appealable_until(item)
    _subject, body = wording.written(letter, link="https://here.example/")
    assert "You can appeal here, free of charge, until " in body
    shown = accounts.signed_in(User.objects.get(pk=world.vera.user_id)).get(f"/inbox/{letter.pk}/")
    assert "You can appeal here, free of charge, until " in shown.text


def test_a_refusal_that_stands_says_why(world: World) -> None:
    item = refused(world)
    appeal = appealed(world, item)
    resolve(ref=appeal.ref, event="uphold", text="A strap it is.", actor=world.ravi, at=LATER + 2 * DAY)
    item.refresh_from_db()
    assert (item.status, Letter.objects.get(kind="appeal_refused").content["answer"]) == ("refused", "A strap it is.")
    with pytest.raises(AlreadyAppealed):
        appealed(world, item)


def test_only_the_notifier_appeals_in_time_what_was_refused(world: World) -> None:
    upheld = world.report()
    with pytest.raises(NothingToAppeal):
        appealed(world, upheld)
    said: dict[str, Any] = {upheld.ref: NoticeAnswer(upheld=False, reasons="No.")}
    world.restrict(kind=DecisionKind.NONE, answers=said, right=None)
    with pytest.raises(NoSuchNotice):
        refusals.file(item_ref=upheld.ref, form=appeal_form(), actor=world.nils, at=LATER)
    with pytest.raises(GroundsMissing):
        refusals.file(item_ref=upheld.ref, form=appeal_form(" "), actor=world.vera, at=LATER)
    upheld.refresh_from_db()
    last = law.appealable_until(upheld)
    assert last is not None
    with pytest.raises(TooLate):
        refusals.file(item_ref=upheld.ref, form=appeal_form(), actor=world.vera, at=last + timedelta(seconds=1))
    filed = refusals.file(item_ref=upheld.ref, form=appeal_form(), actor=world.vera, at=last)
    assert list(access.appeals_for(world.vera)) == [filed]
    assert not access.appeals_for(world.nils).exists()
    assert list(access.waiting_for(world.ravi)) == [filed]


def test_whoever_granted_it_does_not_decide_what_the_seller_says_against_that(world: World) -> None:
    item = refused(world)
    appeal = appealed(world, item)
    standing = world.restrict(at=LATER + DAY)  # of Rita's, on what was found: the grant only joins it
    resolve(ref=appeal.ref, event="reverse", text="It is.", actor=world.ravi, at=LATER + 2 * DAY, choice=choice(world))
    assert list(standing.notices.all()) == [item]
    against = appeals.file(decision_ref=standing.ref, form=appeal_form(), actor=world.sam, at=LATER + 3 * DAY)
    rosa = accounts.actor(Role.REVIEWER)
    assert [list(access.waiting_for(who)) for who in (world.rita, world.ravi, rosa)] == [[], [], [against]]
    about: dict[str, Any] = {"ref": against.ref, "event": "reverse", "text": "No.", "at": LATER + 4 * DAY}
    for who in (world.rita, world.ravi):
        with pytest.raises(OwnDecision):
            resolve(actor=who, **about)
    resolve(actor=rosa, **about)
