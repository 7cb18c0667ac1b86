"""
Writing rules, trying them, switching them on and off.

Each step goes through the table of ``engine.lifecycle.rule`` and appends an event under ``rule:<name>``. What the table
cannot know is asked here: that a rule which acts was replayed and tried, and is switched on by two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.registry.models import Right
from touchmark.apps.rules import access, queries
from touchmark.apps.rules.models import Replay, RuleVersion
from touchmark.apps.rules.queries import InForce
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.rule import RULE, RuleStatus
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.screening.rules.rule import Conditions, Rule, RulesRefused
from touchmark.engine.screening.rules.writing import rule_written
from touchmark.engine.terms import Actor, Role

#: So long a rule that acts is in shadow before it is proposed.
SHADOW_LASTS = timedelta(days=1)
#: A rule that holds for a larger share of the listings than this is wide: whoever switches it on types the number.
WIDE = 0.05


class Stopped(StrEnum):
    """Why a version stopped."""

    BY_HAND = "by_hand"
    TOO_FAST = "too_fast"
    TOO_WRONG = "too_wrong"


class ReasonMissing(TouchmarkError):
    """Nobody said why."""


class NothingNew(TouchmarkError):
    """The rule says what its last version says."""


class NotReady(TouchmarkError):
    """The version has not been tried enough to count."""


class TooWide(TouchmarkError):
    """The rule holds for many listings, and the number has not been confirmed."""


class SamePerson(NotYours):
    """Whoever proposed a rule that acts does not switch it on: two people do."""


@transaction.atomic
def write(*, rule: Rule, reason: str, actor: Actor, at: datetime) -> RuleVersion:
    """
    Write a rule, or the next version of one: a draft. A draft that is there already is written anew.

    :raises NotYours: if the actor does not write rules
    :raises ReasonMissing: if nobody says why
    :raises RulesRefused: if it names a marketplace or a right that is not known here
    :raises NothingNew: if the last version says the same
    :raises IllegalMove: if another version of it is on trial
    """
    RULE.step(RuleStatus.NEW, "write", roles=actor.roles)
    if not reason.strip():
        raise ReasonMissing(_("Say why you write this: whoever reads the rule next needs to know."))
    _refuse_unknown(rule)
    last = RuleVersion.objects.select_for_update().filter(name=rule.id).order_by("-number").first()
    if last is not None and last.text == _text(rule) and last.status != RuleStatus.RETIRED:
        raise NothingNew(_("Version {number} says the same already.").format(number=last.number))
    if (coming := queries.coming_of(rule.id)) is not None:
        return _amend(coming, rule, reason, actor=actor, at=at)
    number = (last.number if last else 0) + 1
    version = RuleVersion(name=rule.id, number=number, author_id=actor.person)
    return record(_say(version, rule, reason, actor, at), "write", actor=actor, at=at, payload=_written(version))


@transaction.atomic
def take_in(*, rules: Sequence[Rule], reason: str, actor: Actor, at: datetime) -> int:
    """
    Write the rules of a file, each as a draft, all or none; those that say nothing new are left. Give how many.

    :param reason: for those that give none themselves
    :raises TouchmarkError: as ``write``, naming the rule
    """
    return sum(_taken_in(rule, rule.reason or reason, actor=actor, at=at) for rule in rules)


def _taken_in(rule: Rule, reason: str, *, actor: Actor, at: datetime) -> bool:
    try:
        write(rule=rule, reason=reason, actor=actor, at=at)
    except NothingNew:
        return False
    except (ReasonMissing, RulesRefused, IllegalMove) as refusal:
        raise type(refusal)(f"{rule.id}: {refusal}") from refusal
    return True


def _amend(version: RuleVersion, rule: Rule, reason: str, *, actor: Actor, at: datetime) -> RuleVersion:
    if version.status != RuleStatus.DRAFT:
        text = _("Version {number} is on trial. Switch it on or retire it before you write the next.")
        raise IllegalMove(text.format(number=version.number))
    return record(_say(version, rule, reason, actor, at), "amend", actor=actor, at=at, payload=_written(version))


def _say(version: RuleVersion, rule: Rule, reason: str, actor: Actor, at: datetime) -> RuleVersion:
    version.text, version.effect = _text(rule), rule.then
    version.description, version.reason = rule.description, reason.strip()
    version.author_id, version.written_at = actor.person, at
    return version


def _text(rule: Rule) -> str:
    """Give the rule without what the columns of its version say."""
    return rule_written(replace(rule, version=1, author="", reason="", dated=None))


def _written(version: RuleVersion) -> dict[str, Any]:
    return {"text": version.text, "reason": version.reason}


def _refuse_unknown(rule: Rule) -> None:
    for asked in (rule.when, rule.unless):
        _refuse_unknown_in(asked)


def _refuse_unknown_in(asked: Conditions) -> None:
    known = {slug.lower() for slug in Marketplace.objects.values_list("slug", flat=True)}
    for name in asked.marketplace:
        if name.lower() not in known:
            text = _("There is no marketplace “{name}” here. Known: {known}.")
            raise RulesRefused(text.format(name=name, known=", ".join(sorted(known))))
    there = set(Right.objects.filter(right_id__in=asked.right).values_list("right_id", flat=True))
    for right_id in asked.right:
        if right_id not in there:
            text = _("There is no right “{right}” in the register. Write its id as the page of rights shows it.")
            raise RulesRefused(text.format(right=right_id))


@transaction.atomic
def shadow(*, name: str, number: int, actor: Actor, at: datetime) -> RuleVersion:
    """
    Let a draft be judged by without counting.

    :raises NotReady: if it acts and does not say what to tell the seller
    """
    version, event = _step(name, number, "shadow", actor)
    if version.acts and version.rule.measure is None:
        raise NotReady(_("A rule that acts says what it decides and on what ground: the seller is told in its words."))
    version.shadow_since = at
    return record(version, event, actor=actor, at=at)


@transaction.atomic
def switch_on(*, name: str, number: int, actor: Actor, at: datetime, expects: int | None = None) -> RuleVersion:
    """
    Let a rule count that does not act. The version that counted before is retired.

    :param expects: the number of listings that a wide rule holds for, as typed
    :raises NotReady: if it was not replayed
    :raises TooWide: if the number must be confirmed
    :raises IllegalMove: also for a rule that acts: it is proposed
    """
    version, event = _step(name, number, "switch_on", actor)
    if version.acts:
        raise IllegalMove(_("This rule acts: propose it, and somebody else switches it on."))
    _require_replayed(version, expects)
    return _live(version, event, actor=actor, at=at)


@transaction.atomic
def propose(*, name: str, number: int, actor: Actor, at: datetime, expects: int | None = None) -> RuleVersion:
    """
    Ask a second person to switch on a rule that acts.

    :raises NotReady: if it was not replayed, or not long enough in shadow
    :raises TooWide: if the number must be confirmed
    """
    version, event = _step(name, number, "propose", actor)
    if not version.acts:
        raise IllegalMove(_("This rule does not act: you can switch it on yourself."))
    if version.shadow_since is None or at - version.shadow_since < SHADOW_LASTS:
        raise NotReady(_("A rule that acts is in shadow for a day before it is proposed: see what it would do first."))
    _require_replayed(version, expects)
    version.proposed_by_id, version.proposed_at = actor.person, at
    return record(version, event, actor=actor, at=at)


@transaction.atomic
def approve(*, name: str, number: int, actor: Actor, at: datetime, expects: int | None = None) -> RuleVersion:
    """
    Switch on a rule that acts, as the second person. The version that counted before is retired.

    :raises SamePerson: if the actor proposed it
    :raises TouchmarkError: else as ``propose``
    """
    version, event = _step(name, number, "approve", actor)
    if version.proposed_by_id == actor.user_id:
        raise SamePerson(_("You proposed this rule. Somebody else switches it on."))
    _require_replayed(version, expects)
    return _live(version, event, actor=actor, at=at)


def is_wide(version: RuleVersion) -> bool:
    """Whether a version holds, by its last replay, for so many listings that the number is typed."""
    replay = queries.replay_of(version)
    return replay is not None and replay.held > WIDE * replay.listings


def _require_replayed(version: RuleVersion, expects: int | None) -> None:
    replay = queries.replay_of(version)
    if replay is None or replay.finished_at is None:
        raise NotReady(_("Replay the rule over past listings first, and look at what it would have done."))
    if is_wide(version) and expects != replay.held:
        text = _("This rule holds for {held} of {listings} listings. Type {held} if that is what you want.")
        raise TooWide(text.format(held=replay.held, listings=replay.listings))


def _live(version: RuleVersion, event: str, *, actor: Actor, at: datetime) -> RuleVersion:
    earlier = queries.live_of(version.name)
    if earlier is not None and earlier.pk != version.pk:
        earlier.ended_at = at
        record(earlier, "replace", actor=actor, at=at)
    version.live_by_id, version.live_since = actor.person, at
    version.stopped_at, version.stopped_because, version.stopped_why = None, "", ""
    return record(version, event, actor=actor, at=at)


@transaction.atomic
def send_back(*, name: str, number: int, why: str, actor: Actor, at: datetime) -> RuleVersion:
    """
    Do not switch a proposed rule on: it goes on in shadow.

    :raises ReasonMissing: if nobody says why
    """
    version, event = _step(name, number, "send_back", actor)
    _require_why(why)
    version.proposed_by = version.proposed_at = None
    return record(version, event, actor=actor, at=at, payload={"why": why.strip()})


@transaction.atomic
def stop(*, name: str, number: int, why: str, actor: Actor, at: datetime) -> RuleVersion:
    """
    Stop a live rule at once. Whoever reviews may, too.

    :raises ReasonMissing: if nobody says why
    """
    version, event = _step(name, number, "stop", actor)
    _require_why(why)
    version.stopped_at, version.stopped_because, version.stopped_why = at, Stopped.BY_HAND, why.strip()
    record(version, event, actor=actor, at=at, payload={"why": why.strip()})
    return version


@transaction.atomic
def brake(*, version: RuleVersion, because: Stopped, counts: Mapping[str, int], at: datetime) -> RuleVersion:
    """Stop a rule that acts too fast or too wrongly, and tell the platform's people. The caller holds its row."""
    version.stopped_at, version.stopped_because = at, because
    actor = Actor.system()
    record(version, "brake", actor=actor, at=at, payload={"because": because, "counts": dict(counts)})
    if (platform := accounts.platform()) is not None:
        content = {"rule": version.name, "version": version.number, "because": because, "counts": dict(counts)}
        inbox.deliver(organisation=platform, kind="rule_stopped", about=str(version), content=content, at=at)
    return version


@transaction.atomic
def retire(*, name: str, number: int, actor: Actor, at: datetime) -> RuleVersion:
    """Take a version out for good."""
    version, event = _step(name, number, "retire", actor)
    version.ended_at = at
    return record(version, event, actor=actor, at=at)


@transaction.atomic
def ask_replay(*, version: RuleVersion, beside: InForce, actor: Actor, at: datetime) -> Replay:
    """
    Note that a version is to be replayed beside the rules in force.

    :raises NotYours: if the actor does not write rules
    """
    if not actor.has(Role.POLICY_OWNER):
        raise NotYours(_("Rules are replayed by those who write them."))
    others = [str(found) for found in beside.live if found.name != version.name]
    audit.append(stream=f"rule:{version.name}", kind="replay", actor=actor, at=at, payload={"version": version.number})
    return Replay.objects.create(
        version=version, text=version.text, beside=others, asked_by_id=actor.person, asked_at=at
    )


def _require_why(why: str) -> None:
    if not why.strip():
        raise ReasonMissing(_("Say why: the others read it."))


def _step(name: str, number: int, event: str, actor: Actor) -> tuple[RuleVersion, str]:
    version = access.version_for(actor, name, number, lock=True)
    return version, RULE.step(RuleStatus(version.status), event, roles=actor.roles).event


def record(
    version: RuleVersion, event: str, *, actor: Actor, at: datetime, payload: Mapping[str, Any] | None = None
) -> RuleVersion:
    """Append the event and write the status that it leads to: the only place that assigns it."""
    before = RuleStatus.NEW if version.pk is None else RuleStatus(version.status)
    version.status = RULE.after(before, event)
    version.save()
    said = {"version": version.number, **(payload or {})}
    audit.append(stream=f"rule:{version.name}", kind=event, actor=actor, at=at, payload=said)
    return version
