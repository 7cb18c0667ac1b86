"""Written rules for tests: on trial, live, as their owners would bring them there."""

from datetime import datetime, timedelta
from typing import Any

from tests.factories import accounts
from tests.factories.accounts import AT
from touchmark.apps.rules import actions
from touchmark.apps.rules.models import RuleVersion
from touchmark.engine.screening.rules.rule import Brake, Conditions, Effect, Measure, Rule
from touchmark.engine.terms import Actor, Role, Way
from touchmark.flows import replay_rule

MEASURE = Measure(
    kind="remove",
    ground="terms",
    reference="Terms for sellers, 4.2",
    explanation="The terms do not allow a listing to use somebody else's mark without consent.",
)
LATER = AT + actions.SHADOW_LASTS


def owner() -> Actor:
    """Make somebody who writes rules."""
    return accounts.actor(Role.POLICY_OWNER)


def rule(then: Effect = Effect.ACT, *, id: str = "disguised-bags", **said: Any) -> Rule:
    """Give a rule over marks disguised on purpose."""
    whole: dict[str, Any] = {
        "description": "Bags under a disguised mark.",
        "when": Conditions(way=(Way.DISGUISED,)),
        "measure": MEASURE if then == Effect.ACT else None,
        "brake": Brake(),
    }
    return Rule(id=id, then=then, **whole | said)


def written(of: Rule | None = None, *, by: Actor | None = None, at: datetime = AT) -> RuleVersion:
    """Write a draft."""
    return actions.write(rule=of or rule(), reason="We see these every week.", actor=by or owner(), at=at)


def on_trial(of: Rule | None = None, *, by: Actor | None = None, at: datetime = AT) -> RuleVersion:
    """Write a rule and let it be tried, replayed too."""
    by = by or owner()
    version = written(of, by=by, at=at)
    actions.shadow(name=version.name, number=version.number, actor=by, at=at)
    replay_rule.ask(name=version.name, number=version.number, actor=by, at=at)
    version.refresh_from_db()
    return version


def live(of: Rule | None = None, *, at: datetime = AT) -> RuleVersion:
    """Write a rule and let it count; one that acts is in shadow for a day before, and switched on by another."""
    first = owner()
    version = on_trial(of, by=first, at=at - actions.SHADOW_LASTS - timedelta(hours=1))
    named = {"name": version.name, "number": version.number}
    held = expected(version)
    if not version.acts:
        return actions.switch_on(**named, actor=first, at=at, expects=held)
    actions.propose(**named, actor=first, at=at, expects=held)
    return actions.approve(**named, actor=owner(), at=at, expects=held)


def expected(version: RuleVersion) -> int:
    """Give for how many listings the version's replay says that it holds."""
    return version.replays.latest("id").held
