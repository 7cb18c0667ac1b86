"""A rule decides by itself: as a person does, with its name under it, and leaves to people what is theirs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import accounts, catalog, registry, rules
from tests.factories.accounts import AT
from tests.flows.world import World, appeal_form
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.audit.models import Event
from touchmark.apps.decisions.learning import decided
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.apps.registry import actions as registering
from touchmark.apps.rules import actions as ruling
from touchmark.apps.rules.access import NoSuchRule
from touchmark.apps.rules.models import RuleVersion
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening.models import Assessment, Hit
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.screening.rules.rule import Brake, Conditions, Effect
from touchmark.engine.terms import Actor, Role, Way
from touchmark.flows import act_by_rule, resolve_appeal
from touchmark.flows.act_by_rule import act
from touchmark.flows.decide import decide
from touchmark.flows.take_back_rule import StillLive, take_back, to_take_back

pytestmark = pytest.mark.django_db
HOUR, LATER = timedelta(hours=1), AT + timedelta(hours=3)


def offered(world: World, count: int = 1, *, first: int = 1, at: object = LATER) -> None:
    """Let more listings like it come in, and be screened."""
    for number in range(first, first + count):
        shop = registry.organisation_of(world.sam)
        catalog.listing(title="АLDЕRMООR leather bag", listing_id=f"N-{number}", of=shop, price=20.0, currency="EUR")
    screening.screen_catalogue(at=LATER)


def test_a_live_rule_decides_on_what_is_screened_from_then_on(world: World) -> None:
    version = rules.live()
    offered(world)
    assert act(at=LATER) == 1
    decision = Decision.objects.get()
    assert (decision.rule, decision.decided_by, decision.by) == (version, None, "rule disguised-bags, version 1")
    assert (decision.kind, decision.status, decision.right) == ("remove", "in_force", world.right)
    assert decision.listing.listing_id == "N-1"  # what waited at the desk before stays with people
    assert decision.ground_reference == rules.MEASURE.reference
    assert act(at=LATER) == 0


def test_the_seller_is_told_that_no_person_looked(world: World) -> None:
    rules.live()
    offered(world)
    act(at=LATER)
    said = Decision.objects.get().statement.content
    assert "A written rule of ours decided by itself (disguised-bags, version 1)" in said["automated_decision"]
    assert "a person decides" in said["automated_decision"]
    assert "writes “АLDЕRMООR”, which shoppers are likely to read as “ALDERMOOR”" in said["facts"]
    assert Letter.objects.filter(kind="statement_of_reasons").count() == 1
    ordered = Message.objects.get(kind="webhook")
    assert ordered.payload["type"] == "listing.restricted"
    event = Event.objects.get(stream=f"decision:{Decision.objects.get().ref}", kind="restrict")
    assert (event.user_id, event.roles, event.payload["rule"]) == (None, "system", "disguised-bags, version 1")


def test_a_rule_that_queues_or_leaves_makes_the_verdict_and_decides_nothing(world: World) -> None:
    rules.live(rules.rule(Effect.LEAVE, id="leaves", when=Conditions(way=(Way.DISGUISED,))))
    offered(world)
    assert act(at=LATER) == 0
    new = Assessment.objects.get(listing__listing_id="N-1")
    assert (new.verdict, new.hits.get().verdict) == ("clear", "clear")
    assert new.reasons[-1]["feature"] == "rule_leave"


def test_rules_that_disagree_leave_it_to_people(world: World) -> None:
    rules.live()
    rules.live(rules.rule(Effect.LEAVE, id="leaves", when=Conditions(way=(Way.DISGUISED,))))
    offered(world)
    assert act(at=LATER) == 0
    assert set(Hit.objects.values_list("version__name", "verdict", "waits")) == {
        ("disguised-bags", "review", False),
        ("leaves", "review", False),
    }


def test_a_rule_on_trial_is_kept_beside_and_changes_nothing(world: World) -> None:
    rules.on_trial(rules.rule())
    offered(world)
    assert act(at=LATER) == 0
    hit = Hit.objects.get()
    assert (hit.live, hit.verdict, hit.waits, hit.assessment.verdict) == (False, "act", False, "review")
    assert "rule_act" not in [reason["feature"] for reason in hit.assessment.reasons]


def test_what_a_person_settled_is_not_taken_up_again(world: World) -> None:
    """The same listing, screened again by a changed register, is the same listing."""
    world.restrict()
    rules.live()
    registry.verified(registry.holder(), text="QUITEOTHER")
    screening.screen_catalogue(at=LATER + HOUR)
    assert act(at=LATER + HOUR) == 0
    assert Decision.objects.filter(rule=None).count() == Decision.objects.count()


def left(world: World) -> str:
    act(at=LATER + HOUR)
    assert not Decision.objects.exclude(rule=None).exists()
    hit = Hit.objects.latest("id")
    assert not hit.waits
    return hit.left


def waiting(world: World) -> Hit:
    rules.live()
    offered(world)
    return Hit.objects.get(waits=True)


def test_a_listing_that_somebody_decided_on_is_left_to_people(world: World) -> None:
    hit = waiting(world)
    listing = hit.assessment.listing
    same = replace(world, listing=listing)
    same.restrict()
    hit.refresh_from_db()
    Assessment.objects.filter(pk=hit.assessment_id).update(settled_at=None)
    assert left(world) == "decided_before"


def test_a_reported_listing_is_left_to_people(world: World) -> None:
    same = replace(world, listing=waiting(world).assessment.listing)
    same.report()
    assert left(world) == "reported"


def test_a_listing_that_changed_is_left_to_its_next_screening(world: World) -> None:
    listing = waiting(world).assessment.listing
    listing.changed_at = LATER + HOUR
    listing.save()
    assert left(world) == "overtaken"


def test_a_right_that_was_withdrawn_grounds_nothing(world: World) -> None:
    waiting(world)
    registering.withdraw(ref=world.right.ref, actor=world.vera, at=LATER)
    assert left(world) == "no_right"


def test_a_seller_whom_the_holder_names_is_left_to_people(world: World) -> None:
    hit = waiting(world)
    world.right.authorised_sellers = [f"bazaar:{hit.assessment.listing.seller.seller_id};until=2020-01-01"]
    world.right.save()
    assert left(world) == "no_right"


def test_a_rule_that_was_stopped_meanwhile_decides_nothing(world: World) -> None:
    waiting(world)
    ruling.stop(name="disguised-bags", number=1, why="Wrong.", actor=rules.owner(), at=LATER)
    assert left(world) == "stopped"


def test_a_decision_that_cannot_be_taken_is_left_to_people_and_keeps_nothing_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(world)
    monkeypatch.setattr(act_by_rule.facts, "facts", lambda *args, **kwargs: "")
    assert left(world) == "refused"
    assert not Message.objects.filter(kind="webhook").exists()


def test_the_brake_stops_what_acts_too_fast(world: World) -> None:
    version = rules.live(rules.rule(brake=Brake(per_hour=3)))
    offered(world, 5)
    act(at=LATER)
    version.refresh_from_db()
    assert (version.status, version.stopped_because) == ("stopped", "too_fast")
    assert Decision.objects.count() == 3
    assert sorted(Hit.objects.values_list("left", flat=True)) == ["", "", "", "stopped", "stopped"]
    assert Letter.objects.filter(kind="rule_stopped").count() == 1
    waits = Assessment.objects.filter(listing__listing_id__in=["N-4", "N-5"], settled_at=None)
    assert {found.verdict for found in waits} == {"act"}  # on top of the queue


def test_what_is_slower_goes_on(world: World) -> None:
    version = rules.live(rules.rule(brake=Brake(per_hour=3)))
    offered(world, 3)
    act(at=LATER)
    offered(world, 2, first=4)
    act(at=LATER + 2 * HOUR)
    version.refresh_from_db()
    assert (version.status, Decision.objects.count()) == ("live", 5)


def reversed_on_appeal(world: World, decision: Decision) -> None:
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)
    resolve_appeal.resolve(ref=appeal.ref, event="reverse", text="The invoice is right.", actor=world.rita, at=LATER)


def test_the_brake_stops_what_is_overturned_too_often(world: World) -> None:
    version = rules.live()
    offered(world, 4)
    act(at=LATER)
    first, second, *_ = Decision.objects.order_by("id")
    reversed_on_appeal(world, first)
    version.refresh_from_db()
    assert version.status == "live"  # once can happen
    reversed_on_appeal(world, second)
    version.refresh_from_db()
    assert (version.status, version.stopped_because) == ("stopped", "too_wrong")


def test_all_that_it_decided_is_put_back_at_once(world: World) -> None:
    rules.live()
    offered(world, 3)
    act(at=LATER)
    appealed = Decision.objects.order_by("id")[0]
    appeals.file(decision_ref=appealed.ref, form=appeal_form(), actor=world.sam, at=LATER)
    owner, named = rules.owner(), {"name": "disguised-bags", "number": 1}
    with pytest.raises(StillLive):
        take_back(**named, why="Too wide.", actor=owner, at=LATER)
    ruling.stop(**named, why="Wrong.", actor=owner, at=LATER)
    assert take_back(**named, why="The rule was too wide.", actor=owner, at=LATER) == 2
    assert take_back(**named, why="The rule was too wide.", actor=owner, at=LATER) == 0
    appealed.refresh_from_db()
    assert appealed.status == "in_force"  # a reviewer answers the appeal
    assert set(Decision.objects.exclude(pk=appealed.pk).values_list("status", "restriction__status")) == {
        ("reversed", "lift_ordered")
    }
    told = Letter.objects.filter(kind="decision_taken_back")
    assert {letter.content["why"] for letter in told} == {"The rule was too wide."}
    assert Message.objects.filter(kind="webhook", payload__type="listing.restored").count() == 2


def test_only_those_who_may_put_back_do(world: World) -> None:
    version = rules.live()
    offered(world)
    act(at=LATER)
    ruling.stop(name=version.name, number=1, why="Wrong.", actor=rules.owner(), at=LATER)
    version.refresh_from_db()
    for role in (Role.SELLER, Role.OPERATOR, Role.HOLDER):
        with pytest.raises(NoSuchRule):
            take_back(name=version.name, number=1, why="x", actor=accounts.actor(role), at=LATER)
    assert to_take_back(version, rules.owner()).count() == 1


def test_the_system_decides_by_a_rule_only_and_nobody_in_its_name(world: World) -> None:
    version: RuleVersion = rules.live()
    said = {"marketplace": "bazaar", "listing_id": world.listing.listing_id, "seen": world.seen(), "answers": {}}
    with pytest.raises(NotYours):
        decide(**said, choice=world.choice(), actor=Actor.system(), at=LATER)
    with pytest.raises(NotYours):
        decide(**said, choice=world.choice(), actor=world.rita, at=LATER, rule=version)


def test_the_model_does_not_learn_from_rules(world: World) -> None:
    rules.live()
    offered(world)
    act(at=LATER)
    assert list(decided()) == []
