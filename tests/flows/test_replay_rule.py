"""Replaying a rule: what would differ, against what people decided; and what was seen in shadow."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import accounts, catalog, registry, rules
from tests.factories.accounts import AT
from tests.flows.world import World
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.rules.access import NoSuchRule
from touchmark.apps.rules.models import Replay
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening.models import Assessment
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.screening.rules.rule import Conditions, Effect
from touchmark.engine.terms import NOBODYS, Role, Way
from touchmark.flows import replay_rule
from touchmark.flows.replay_rule import ask, keep_up

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=3)


@pytest.fixture(name="world")
def decided_on(world: World) -> World:
    """Five listings under a disguised mark, one under a plain one, one under none; people decided on two."""
    made = world
    for number, title in enumerate(["АLDЕRMООR bag"] * 4 + ["ALDERMOOR bag", "A teapot"], start=1):
        catalog.listing(title=title, listing_id=f"N-{number}", of=registry.organisation_of(made.sam))
    screening.screen_catalogue(at=AT)
    made.restrict()
    first = Assessment.objects.get(listing__listing_id="N-1").listing
    replace(made, listing=first).restrict(kind=DecisionKind.NONE, right=None, ground=None, ground_reference="")
    return made


def replayed(**said: object) -> Replay:
    version = rules.written(rules.rule(**said))
    return ask(name=version.name, number=version.number, actor=rules.owner(), at=LATER)


def test_what_would_differ_against_what_people_decided(world: World) -> None:
    replay = replayed()
    assert (replay.listings, replay.held, replay.would_act, replay.finished_at) == (7, 5, 5, LATER)
    assert replay.counts["changes"] == {"review>act": 5}
    assert replay.counts["people"] == {"act": {"restricted": 1, "left": 1, "undecided": 3}}
    assert Decision.objects.count() == 2  # nothing was done


def test_examples_are_kept_of_each_outcome(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay_rule, "EXAMPLES", 2)
    examples = replayed().examples
    assert sorted((one["after"], one["people"]) for one in examples) == [
        ("act", "left"),
        ("act", "restricted"),
        ("act", "undecided"),
        ("act", "undecided"),
    ]
    assert {one["before"] for one in examples} == {"review"}


def test_a_large_catalogue_is_replayed_chunk_by_chunk_to_the_same_account(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = replayed().counts
    monkeypatch.setattr(replay_rule, "CHUNK", 2)
    replay = replayed(description="The same again.")
    assert (replay.listings, replay.finished_at) == (2, None)
    assert [keep_up(at=LATER) for _ in range(4)] == [2, 2, 1, 0]
    replay.refresh_from_db()
    assert (replay.counts, replay.finished_at) == (whole, LATER)


def test_rules_in_force_are_judged_beside_it_and_disagreement_is_shown(world: World) -> None:
    rules.live(rules.rule(Effect.LEAVE, id="leaves", when=Conditions(way=(Way.DISGUISED,))))
    replay = replayed()
    assert replay.counts["disagree"] == {"leaves, version 1": 5}
    assert replay.counts["changes"] == {"clear>review": 5}
    assert replay.beside == ["leaves, version 1"]
    assert replay.would_act == 0


def test_a_new_version_takes_the_place_of_the_live_one(world: World) -> None:
    rules.live(rules.rule(Effect.QUEUE, id="bags", when=Conditions(way=(Way.PLAIN, Way.DISGUISED))))
    narrower = rules.rule(Effect.QUEUE, id="bags", when=Conditions(way=(Way.PLAIN,)))
    version = rules.written(narrower)
    replay = ask(name="bags", number=version.number, actor=rules.owner(), at=LATER)
    assert (replay.held, replay.beside, replay.counts["disagree"]) == (1, [], {})


def test_a_rule_that_would_act_without_grounds_is_told_so(world: World) -> None:
    replay = replayed(when=Conditions(way=(Way.PLAIN,)))
    assert (replay.held, replay.would_act, replay.counts["ungrounded"]) == (1, 0, 1)


def test_a_verdict_that_a_live_rule_made_is_not_taken_for_the_thresholds(world: World) -> None:
    """What is replayed is told as if the live rules were made anew, whatever verdict stands in the database."""
    Assessment.objects.update(verdict="clear")
    assert replayed().counts["changes"] == {"review>act": 5}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.POLICY_OWNER} - NOBODYS))
def test_only_those_who_write_rules_replay_them(role: Role) -> None:
    version = rules.written()
    with pytest.raises((NotYours, NoSuchRule)):
        ask(name=version.name, number=1, actor=accounts.actor(role), at=LATER)


def test_an_empty_catalogue_is_replayed_and_says_so() -> None:
    replay = replayed()
    assert (replay.listings, replay.held, replay.examples, replay.finished_at) == (0, 0, [], LATER)
