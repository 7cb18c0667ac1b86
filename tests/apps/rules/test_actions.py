"""A version of a rule from the first draft to its end: who may do what, and what must have been seen before."""

from datetime import timedelta

import pytest
from tests.factories import accounts, catalog, registry, rules
from tests.factories.accounts import AT

from touchmark.apps.audit.models import Event
from touchmark.apps.inbox.models import Letter
from touchmark.apps.rules import access, actions, queries
from touchmark.apps.rules.access import NoSuchRule
from touchmark.apps.rules.actions import NothingNew, NotReady, ReasonMissing, SamePerson, Stopped, TooWide
from touchmark.apps.rules.models import Replay, RuleVersion
from touchmark.engine.lifecycle.rule import RULE
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.screening.rules.rule import Conditions, Effect, RulesRefused
from touchmark.engine.screening.verdict import Rules
from touchmark.engine.terms import NOBODYS, Role

pytestmark = pytest.mark.django_db
QUEUE = rules.rule(Effect.QUEUE, id="toys", when=Conditions(category=("Toys*",)))


def replayed(version: RuleVersion, *, listings: int = 1000, held: int = 3) -> Replay:
    """Put a finished replay of a version there."""
    return Replay.objects.create(
        version=version,
        text=version.text,
        asked_by=version.author,
        asked_at=AT,
        finished_at=AT,
        counts={"listings": listings, "held": held},
    )


def in_shadow(version: RuleVersion, **counts: int) -> dict[str, object]:
    """Let a draft be tried and replayed; give how it is named."""
    owner = rules.owner()
    actions.shadow(name=version.name, number=version.number, actor=owner, at=AT)
    replayed(version, **counts)
    return {"name": version.name, "number": version.number}


def test_a_rule_is_written_in_numbered_versions() -> None:
    first = rules.written(QUEUE)
    assert (str(first), first.status, first.rule.reason) == ("toys, version 1", "draft", "We see these every week.")
    named = in_shadow(first)
    actions.switch_on(**named, actor=rules.owner(), at=AT)
    changed = rules.rule(Effect.QUEUE, id="toys", when=Conditions(category=("Toys*", "Dolls*")))
    second = rules.written(changed)
    assert (second.number, second.rule.when) == (2, changed.when)
    assert [str(found) for found in queries.in_force().live] == ["toys, version 1"]
    actions.switch_on(**in_shadow(second), actor=rules.owner(), at=AT)
    assert {found.number: found.status for found in RuleVersion.objects.all()} == {1: "retired", 2: "live"}


def test_a_draft_is_written_anew_and_its_replay_counts_no_more() -> None:
    version = rules.written(QUEUE)
    replayed(version)
    assert queries.replay_of(version) is not None
    again = rules.written(rules.rule(Effect.QUEUE, id="toys", when=Conditions(category=("Dolls",))))
    assert (again.pk, again.number) == (version.pk, 1)
    assert queries.replay_of(again) is None


def test_what_says_nothing_new_is_refused() -> None:
    rules.written(QUEUE)
    with pytest.raises(NothingNew):
        rules.written(QUEUE)


def test_nobody_writes_without_a_reason_or_the_role() -> None:
    with pytest.raises(ReasonMissing):
        actions.write(rule=QUEUE, reason=" ", actor=rules.owner(), at=AT)
    for role in set(Role) - {Role.POLICY_OWNER} - NOBODYS:
        with pytest.raises(NotYours):
            actions.write(rule=QUEUE, reason="x", actor=accounts.actor(role), at=AT)


def test_marketplaces_and_rights_that_are_not_here_are_refused() -> None:
    catalog.marketplace("bazaar")
    right = registry.verified(registry.holder(), text="ALDERMOOR")
    with pytest.raises(RulesRefused, match="no marketplace “bazar” here"):
        rules.written(rules.rule(Effect.QUEUE, when=Conditions(marketplace=("bazar",))))
    with pytest.raises(RulesRefused, match="no right “R-none”"):
        rules.written(rules.rule(Effect.QUEUE, when=Conditions(right=(right.right_id, "R-none"))))
    assert rules.written(rules.rule(Effect.QUEUE, when=Conditions(marketplace=("Bazaar",), right=(right.right_id,))))


def test_a_rule_that_acts_says_what_the_seller_is_told() -> None:
    version = rules.written(rules.rule(measure=None))
    with pytest.raises(NotReady, match="the seller is told"):
        actions.shadow(name=version.name, number=1, actor=rules.owner(), at=AT)


def test_nothing_counts_that_was_not_replayed() -> None:
    version = rules.written(QUEUE)
    actions.shadow(name="toys", number=1, actor=rules.owner(), at=AT)
    with pytest.raises(NotReady, match="Replay the rule"):
        actions.switch_on(name="toys", number=1, actor=rules.owner(), at=AT)
    replay = replayed(version)
    replay.finished_at = None
    replay.save()
    with pytest.raises(NotReady, match="Replay the rule"):
        actions.switch_on(name="toys", number=1, actor=rules.owner(), at=AT)


def test_two_people_switch_on_a_rule_that_acts_after_a_day_in_shadow() -> None:
    named = in_shadow(rules.written())
    one, other = rules.owner(), rules.owner()
    with pytest.raises(IllegalMove, match="somebody else switches it on"):
        actions.switch_on(**named, actor=one, at=rules.LATER)
    with pytest.raises(NotReady, match="in shadow for a day"):
        actions.propose(**named, actor=one, at=rules.LATER - timedelta(seconds=1))
    actions.propose(**named, actor=one, at=rules.LATER)
    with pytest.raises(SamePerson):
        actions.approve(**named, actor=one, at=rules.LATER)
    version = actions.approve(**named, actor=other, at=rules.LATER)
    assert (version.status, version.proposed_by_id, version.live_by_id) == ("live", one.user_id, other.user_id)


def test_a_rule_that_does_not_act_is_not_proposed() -> None:
    with pytest.raises(IllegalMove, match="switch it on yourself"):
        actions.propose(**in_shadow(rules.written(QUEUE)), actor=rules.owner(), at=rules.LATER)


@pytest.mark.parametrize(
    ("held", "expects", "goes"), [(50, None, True), (51, None, False), (51, 50, False), (51, 51, True)]
)
def test_a_wide_rule_is_switched_on_by_its_number(held: int, expects: int | None, goes: bool) -> None:
    named = in_shadow(rules.written(QUEUE), listings=1000, held=held)
    if goes:
        assert actions.switch_on(**named, actor=rules.owner(), at=AT, expects=expects).status == "live"
        return
    with pytest.raises(TooWide, match="holds for 51 of 1000 listings"):
        actions.switch_on(**named, actor=rules.owner(), at=AT, expects=expects)


def test_the_second_person_confirms_the_number_too() -> None:
    named = in_shadow(rules.written(), held=1000)
    actions.propose(**named, actor=rules.owner(), at=rules.LATER, expects=1000)
    with pytest.raises(TooWide):
        actions.approve(**named, actor=rules.owner(), at=rules.LATER)
    assert actions.approve(**named, actor=rules.owner(), at=rules.LATER, expects=1000).status == "live"


def test_a_replay_of_an_empty_catalogue_counts_and_is_not_wide() -> None:
    version = rules.on_trial(QUEUE)
    replay = queries.replay_of(version)
    assert replay is not None
    assert (replay.listings, replay.held, replay.finished_at) == (0, 0, AT)
    assert actions.switch_on(name="toys", number=1, actor=rules.owner(), at=AT).status == "live"


def test_a_proposed_rule_is_sent_back_with_a_reason() -> None:
    named = in_shadow(rules.written())
    actions.propose(**named, actor=rules.owner(), at=rules.LATER)
    with pytest.raises(ReasonMissing):
        actions.send_back(**named, why="", actor=rules.owner(), at=rules.LATER)
    version = actions.send_back(**named, why="Too wide.", actor=rules.owner(), at=rules.LATER)
    assert (version.status, version.proposed_by) == ("shadow", None)


def test_reviewers_stop_a_rule_and_do_no_more() -> None:
    version, reviewer = rules.live(QUEUE), accounts.actor(Role.REVIEWER)
    with pytest.raises(NotYours):
        actions.retire(name="toys", number=1, actor=reviewer, at=AT)
    stopped = actions.stop(name="toys", number=1, why="It queues lawful toys.", actor=reviewer, at=AT)
    assert (stopped.status, stopped.stopped_because) == ("stopped", "by_hand")
    assert queries.in_force().live == ()
    again = actions.switch_on(name="toys", number=1, actor=rules.owner(), at=AT)
    assert (again.pk, again.status, again.stopped_why) == (version.pk, "live", "")


def test_the_brake_stops_it_and_people_are_told() -> None:
    version = rules.live(QUEUE)
    actions.brake(version=version, because=Stopped.TOO_FAST, counts={"in_hour": 7}, at=AT)
    letter = Letter.objects.get(kind="rule_stopped")
    assert (letter.organisation.kind, letter.content["rule"], letter.content["counts"]) == (
        "platform",
        "toys",
        {"in_hour": 7},
    )


def test_statuses_are_what_the_events_lead_to() -> None:
    version = rules.live()
    actions.brake(version=version, because=Stopped.TOO_WRONG, counts={}, at=AT)
    events = [e.kind for e in Event.objects.filter(stream=f"rule:{version.name}").order_by("number")]
    assert events == ["write", "shadow", "replay", "propose", "approve", "brake"]
    version.refresh_from_db()
    assert RULE.folded([event for event in events if event != "replay"]) == version.status


def test_sellers_and_holders_see_no_rule() -> None:
    rules.written(QUEUE)
    for role in set(Role) - {Role.POLICY_OWNER, Role.REVIEWER} - NOBODYS:
        actor = accounts.actor(role)
        assert not access.versions_for(actor).exists()
        with pytest.raises(NoSuchRule):
            access.version_for(actor, "toys", 1)


def test_the_file_of_the_rules_in_force_is_read_as_they_are() -> None:
    live = rules.live()
    rules.live(QUEUE)
    file = Rules.of(queries.file_of(queries.in_force().live, name="now"), "rules.toml")
    assert [rule.id for rule in file.rules] == ["disguised-bags", "toys"]
    assert file.rules[0].author == live.author.name
    assert file.rules[0].measure == rules.MEASURE
    assert (file.review_at, file.act_at) == (Rules.default().review_at, Rules.default().act_at)
