"""Goods that can injure people: which reports and decisions begin a duty, what meets it, who sees it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache

from tests.factories import accounts
from tests.factories.at_once import at_once
from tests.flows.test_resolve_appeal import filed, resolved
from tests.flows.world import LATER, World, built_of_toys
from touchmark.apps.audit import queries as audit
from touchmark.apps.catalog.models import Listing, Marketplace
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.safety import access, actions, queries
from touchmark.apps.safety.actions import DecideOnIt
from touchmark.apps.safety.models import SafetyDuty
from touchmark.apps.safety.told import NotSaid, Told
from touchmark.apps.screening import tips
from touchmark.apps.screening.kinds import TipReason
from touchmark.apps.screening.models import Tip
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.terms import Actor, Role
from touchmark.flows import product_safety
from touchmark.flows.lapse import lapse_due
from touchmark.flows.report_listing import report

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SOON = LATER + 2 * MINUTE
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    return built_of_toys()


def looked(at: datetime = SOON) -> int:
    cache.clear()
    return product_safety.keep_up(at=at)


def kinds() -> list[tuple[str, str]]:
    return sorted(SafetyDuty.objects.values_list("kind", "status"))


def reported(world: World, danger: str = "The battery catches fire.") -> NoticeItem:
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4(), {"danger": danger})
    item: NoticeItem = report(
        right=world.right.ref,
        marketplace="bazaar",
        listing_id=world.listing.listing_id,
        form=form,
        actor=world.vera,
        at=LATER,
    )
    return item


def told(**changed: Any) -> Told:
    said = {
        "text": "A toy that bears another's mark; taken off sale.",
        "where": "Safety Business Gateway",
        "told_at": SOON,
        "reference": "SBG-2026-77",
    }
    return Told(**said | changed)


def leader() -> Actor:
    return accounts.actor(Role.POLICY_OWNER)


def test_a_decision_on_goods_that_injure_begins_two_duties_once_each_with_its_clock(world: World) -> None:
    decision = world.restrict()
    assert looked(LATER) == 0  # it is a minute old first
    assert looked() == 2
    assert kinds() == [("authorities", "due"), ("consumers", "due")]
    duty = SafetyDuty.objects.get(kind="authorities")
    deadline = Deadline.objects.get(subject=f"safety:{duty.ref}")
    assert (duty.decision, duty.goods, duty.because) == (decision, "children", "decision")
    assert (deadline.rule, deadline.started_at, deadline.due_at) == (
        "eu.gpsr.22.tell-authorities",
        decision.decided_at,
        duty.due_at,
    )
    assert looked(SOON + MINUTE) == 0


@pytest.mark.parametrize(
    ("category", "said"),
    [
        ("Bags", {}),
        ("Food > Spirits", {}),
        ("Medicines", {}),
        ("Baby > Toys", {"ground": Ground.TERMS}),
        ("Baby > Toys", {"kind": DecisionKind.HIDE}),
        ("Baby > Toys", {"kind": DecisionKind.NONE}),
    ],
    ids=["injures nobody", "food", "medicines", "by the terms alone", "hidden", "left on sale"],
)
def test_what_is_harmless_or_under_other_law_or_stays_on_sale_begins_nothing(
    world: World, category: str, said: dict[str, Any]
) -> None:
    Listing.objects.update(category=category)
    world.restrict(**said)
    looked()
    assert kinds() == []


def test_what_was_decided_long_before_anybody_looked_begins_nothing(world: World) -> None:
    world.restrict()
    assert looked(LATER + 90 * DAY) == 0
    assert kinds() == []


def test_elsewhere_than_in_the_union_nothing_begins(world: World) -> None:
    Marketplace.objects.update(regime="us")
    world.restrict()
    assert looked() == 0


def test_nobody_is_warned_of_what_nobody_bought(world: World) -> None:
    Listing.objects.update(sold_count=0)
    world.restrict()
    looked()
    assert kinds() == [("authorities", "due")]


def test_a_notice_that_tells_of_a_danger_has_three_days_and_a_decision_processes_it(world: World) -> None:
    Listing.objects.update(category="Bags")
    item = reported(world)
    assert item.notice.tells_of_danger
    assert looked() == 1
    duty = SafetyDuty.objects.get()
    assert (duty.kind, duty.about, duty.began_at) == ("notice", item.ref, item.filed_at)
    assert Deadline.objects.get(subject=f"safety:{duty.ref}").rule == "eu.gpsr.22.notice"
    with pytest.raises(DecideOnIt):
        actions.tell(ref=duty.ref, told=told(), actor=world.rita, at=SOON)
    decision = world.restrict(at=SOON)
    assert looked(SOON + 2 * MINUTE) == 3  # met, and two more: a danger was reported, whatever the category
    assert kinds() == [("authorities", "due"), ("consumers", "due"), ("notice", "met")]
    duty.refresh_from_db()
    assert (duty.decision, duty.due_at) == (decision, None)
    assert Deadline.objects.get(subject=f"safety:{duty.ref}").outcome == "met"


@pytest.mark.parametrize("danger", ["", "   "])
def test_a_notice_that_tells_of_none_begins_nothing(world: World, danger: str) -> None:
    reported(world, danger)
    assert looked() == 0


def test_a_withdrawn_notice_is_processed(world: World) -> None:
    item = reported(world)
    looked()
    notices.withdraw(ref=item.ref, actor=world.vera, at=SOON)
    looked(SOON + MINUTE)
    assert kinds() == [("notice", "met")]


def test_a_shoppers_word_counts_once_with_the_holders(world: World) -> None:
    said = tips.Said(TipReason.DANGEROUS, "It burnt my hand.", "203.0.113.7")
    tips.say(listing=world.listing, said=said, at=LATER - MINUTE)
    reported(world)
    tips.say(listing=world.listing, said=tips.Said(TipReason.OTHER, "", "203.0.113.8"), at=LATER)
    assert looked() == 1
    assert looked(SOON + MINUTE) == 0
    world.restrict(at=SOON)
    looked(SOON + 2 * MINUTE)
    assert kinds()[-1] == ("notice", "met")
    assert Tip.objects.filter(settled_at=None).count() == 0


def test_a_late_duty_stays_due_and_the_lapse_is_on_record(world: World) -> None:
    world.restrict()
    looked()
    late = LATER + 10 * DAY
    assert lapse_due(late) >= 2
    assert kinds() == [("authorities", "due"), ("consumers", "due")]
    assert queries.counts(leader(), late).late == 2
    duty = SafetyDuty.objects.get(kind="authorities")
    actions.tell(ref=duty.ref, told=told(), actor=world.rita, at=late)
    assert queries.counts(leader(), late).late == 1


def test_what_was_told_meets_it_with_reference_and_day_and_more_can_be_told(world: World) -> None:
    world.restrict()
    looked()
    ref = SafetyDuty.objects.get(kind="authorities").ref
    duty = actions.tell(ref=ref, told=told(), actor=world.rita, at=SOON)
    assert (duty.status, duty.due_at) == ("met", None)
    actions.tell(ref=ref, told=told(text="Four more were sold."), actor=world.rita, at=SOON + MINUTE)
    assert [one.text for one in duty.reports.all()][-1] == "Four more were sold."
    assert [event.kind for event in audit.events_of(f"safety:{ref}")] == ["begin", "meet", "tell_more"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": " "}, "text"),
        ({"where": ""}, "where"),
        ({"reference": ""}, "reference"),
        ({"told_at": SOON + DAY}, "told_at"),
    ],
)
def test_a_record_names_what_it_lacks(world: World, changed: dict[str, Any], field: str) -> None:
    world.restrict()
    looked()
    with pytest.raises(NotSaid) as refusal:
        actions.tell(
            ref=SafetyDuty.objects.get(kind="authorities").ref, told=told(**changed), actor=world.rita, at=SOON
        )
    assert refusal.value.field == field


def test_consumers_are_told_under_no_number(world: World) -> None:
    world.restrict()
    looked()
    ref = SafetyDuty.objects.get(kind="consumers").ref
    assert actions.tell(ref=ref, told=told(reference=""), actor=world.rita, at=SOON).status == "met"


def test_only_who_leads_sets_one_aside_and_says_why(world: World) -> None:
    world.restrict()
    looked()
    ref = SafetyDuty.objects.get(kind="consumers").ref
    with pytest.raises(NotYours):
        actions.set_aside(ref=ref, why="A poster of a toy.", actor=world.rita, at=SOON)
    with pytest.raises(NotSaid):
        actions.set_aside(ref=ref, why=" ", actor=leader(), at=SOON)
    assert actions.set_aside(ref=ref, why="A poster of a toy.", actor=leader(), at=SOON).status == "set_aside"
    with pytest.raises(IllegalMove):
        actions.tell(ref=ref, told=told(), actor=world.rita, at=SOON)
    duty = actions.set_aside(ref=ref, why="It is a toy after all.", actor=leader(), at=SOON + DAY)
    assert duty.status == "due"
    assert Deadline.objects.get(subject=f"safety:{ref}", closed_at=None).started_at == duty.began_at


def test_an_undone_decision_ends_what_is_due_and_asks_to_take_back_what_was_told(world: World) -> None:
    decision = world.restrict()
    looked()
    ref = SafetyDuty.objects.get(kind="authorities").ref
    actions.tell(ref=ref, told=told(), actor=world.rita, at=SOON)
    resolved(world, filed(world, decision), "reverse")
    later = SOON + 3 * DAY
    assert looked(later) == 2
    assert kinds() == [("authorities", "to_take_back"), ("consumers", "ended")]
    assert looked(later + MINUTE) == 0
    deadline = Deadline.objects.get(subject=f"safety:{ref}", closed_at=None)
    assert (deadline.rule, deadline.started_at) == ("platform.take-back-safety", later)
    told_again = told(text="The decision was undone.", told_at=later)
    assert actions.tell(ref=ref, told=told_again, actor=world.rita, at=later).status == "taken_back"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REVIEWER, Role.POLICY_OWNER}))
def test_nobody_else_sees_a_duty(world: World, role: Role) -> None:
    world.restrict()
    looked()
    actor = Actor(user_id=world.sam.user_id, organisation_id=world.sam.organisation_id, roles=frozenset({role}))
    assert not access.duties_for(actor).exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_begin_once(world: World) -> None:
    reported(world)
    world.restrict(at=SOON)
    cache.clear()
    later = SOON + 2 * MINUTE
    at_once(lambda: product_safety.keep_up(at=later), lambda: product_safety.keep_up(at=later))
    assert [kind for kind, _status in kinds()] == ["authorities", "consumers"]
