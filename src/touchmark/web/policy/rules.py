"""The rules, and one version of one: what it says, what a replay and the shadow say of it, what it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from touchmark.apps.audit import queries as audit
from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import rule_results
from touchmark.apps.decisions.rule_results import Work
from touchmark.apps.registry import access as registry
from touchmark.apps.rules import access, actions, queries
from touchmark.engine.lifecycle.rule import RULE, TRIED, RuleStatus
from touchmark.engine.terms import Actor, Role
from touchmark.flows.rule_brakes import Pace
from touchmark.flows.take_back_rule import to_take_back
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.policy import words
from touchmark.web.policy.table import changes_of, table_of
from touchmark.web.ui.steps import Entry, Reached, Step

if TYPE_CHECKING:
    from touchmark.apps.audit.models import Event
    from touchmark.apps.rules.models import Replay, RuleVersion

READS = (Role.REVIEWER, Role.POLICY_OWNER)
#: So many listings are shown as examples, and so many decisions.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A rule in the list: the version that counts, else the one that is coming, and what it did."""

    version: RuleVersion
    coming: RuleVersion | None
    work: Work

    @property
    def status(self) -> tuple[str, Any, str]:
        return words.status_of(self.version)

    @property
    def coming_status(self) -> tuple[str, Any, str] | None:
        return words.status_of(self.coming) if self.coming else None

    @property
    def effect(self) -> str:
        return str(words.EFFECTS[self.version.effect])


@roles(*READS)
def rules(request: ActingRequest) -> HttpResponse:
    """Show every rule: those that count or are coming first, then the retired ones."""
    versions = list(access.versions_for(request.actor))
    lines = _lines(versions, rule_results.work_of_each(versions, at=clock.now()))
    shown = {
        "lines": [line for line in lines if line.version.status != RuleStatus.RETIRED],
        "retired": [line for line in lines if line.version.status == RuleStatus.RETIRED],
        "stopped": [line for line in lines if line.version.status == RuleStatus.STOPPED],
        "waiting": [line for line in lines if _waits(line)],
        "may_write": request.actor.has(Role.POLICY_OWNER),
    }
    return render(request, "touchmark/policy/rules.html", shown)


def _waits(line: Line) -> bool:
    return any(found and found.status == RuleStatus.PROPOSED for found in (line.version, line.coming))


def _lines(versions: Sequence[RuleVersion], work: Mapping[int, Work]) -> list[Line]:
    named: dict[str, list[RuleVersion]] = {}
    for version in versions:
        named.setdefault(version.name, []).append(version)
    return [_line(found, work) for found in named.values()]


def _line(versions: Sequence[RuleVersion], work: Mapping[int, Work]) -> Line:
    standing = next((v for v in versions if v.status in (RuleStatus.LIVE, RuleStatus.STOPPED)), None)
    coming = next((v for v in versions if v.status in (RuleStatus.DRAFT, *TRIED)), None)
    first = standing or coming or versions[0]
    return Line(first, coming if coming is not first else None, work.get(first.pk, Work()))


@roles(*READS)
def file(request: ActingRequest) -> HttpResponse:
    """Give the rules in force as a file: what ``touchmark screen --rules`` takes."""
    live = list(access.versions_for(request.actor).filter(status=RuleStatus.LIVE))
    text = queries.file_of(live, name=f"{clock.now():%Y-%m-%d}")
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rules.toml"'
    return response


@roles(*READS)
def rule(request: ActingRequest, name: str, number: int) -> HttpResponse:
    """Show one version."""
    version = access.version_for(request.actor, name, number)
    return render(request, "touchmark/policy/rule.html", page_of(version, request.actor, clock.now()))


def page_of(version: RuleVersion, actor: Actor, at: datetime) -> dict[str, Any]:
    """Put together what the page of a version shows."""
    rule, names = version.rule, _names(version, actor)
    replay = queries.replay_of(version)
    return {
        "version": version,
        "rule": rule,
        "status": words.status_of(version),
        "effect": words.EFFECTS[version.effect],
        "measure": words.MEASURES[rule.measure.kind] if rule.measure else "",
        "brake_share": f"{rule.brake.reversed_share * 100:g}",
        "stopped": words.STOPPED.get(version.stopped_because, ""),
        "when": words.asked(rule.when, names),
        "unless": words.asked(rule.unless, names),
        "steps": _steps(version, at),
        "versions": [(found, words.status_of(found)) for found in _all_of(version, actor)],
        "entries": _entries(version, actor),
        "may": _may(version, actor),
        "is_wide": actions.is_wide(version),
        "proposed_by_me": version.proposed_by_id == actor.user_id,
        "propose_from": _propose_from(version, at),
        **_replayed(replay, actor),
        **_on_trial(version),
        **_live(version, actor, at),
    }


def _names(version: RuleVersion, actor: Actor) -> dict[str, str]:
    wanted = (*version.rule.when.right, *version.rule.unless.right)
    rights = registry.rights_for(actor).filter(right_id__in=wanted)
    return {right.right_id: f"{right} ({right.right_id})" for right in rights}


def _all_of(version: RuleVersion, actor: Actor) -> list[RuleVersion]:
    return list(access.versions_for(actor).filter(name=version.name))


def _may(version: RuleVersion, actor: Actor) -> set[str]:
    """Give the moves that a button is shown for: one that acts is proposed, another is switched on."""
    moves = {move.event for move in RULE.moves_from(RuleStatus(version.status), roles=actor.roles)}
    moves -= {"switch_on"} if version.acts else {"propose"}
    return moves | ({"replay"} if actor.has(Role.POLICY_OWNER) and version.status != RuleStatus.RETIRED else set())


def _propose_from(version: RuleVersion, at: datetime) -> datetime | None:
    """Give when the version can be proposed, while that is to come."""
    if not version.acts or version.status != RuleStatus.SHADOW or version.shadow_since is None:
        return None
    first = version.shadow_since + actions.SHADOW_LASTS
    return first if first > at else None


def _steps(version: RuleVersion, at: datetime) -> list[Step]:
    order = [RuleStatus.DRAFT, RuleStatus.SHADOW, *([RuleStatus.PROPOSED] if version.acts else []), RuleStatus.LIVE]
    moments = {
        RuleStatus.DRAFT: version.written_at,
        RuleStatus.SHADOW: version.shadow_since,
        RuleStatus.PROPOSED: version.proposed_at,
        RuleStatus.LIVE: version.live_since,
    }
    steps = [
        Step(str(words.STATUSES[status][1]), _reached(version, status, order), moments[status]) for status in order
    ]
    if version.status in (RuleStatus.STOPPED, RuleStatus.RETIRED):
        ended = version.stopped_at if version.status == RuleStatus.STOPPED else version.ended_at
        steps = [step for step in steps if step.at]
        steps.append(Step(str(words.STATUSES[version.status][1]), Reached.NOW, ended))
    return steps


def _reached(version: RuleVersion, status: RuleStatus, order: Sequence[RuleStatus]) -> Reached:
    if version.status == status:
        return Reached.NOW
    if version.status not in order:
        return Reached.PAST
    return Reached.PAST if order.index(status) < order.index(RuleStatus(version.status)) else Reached.TO_COME


def _entries(version: RuleVersion, actor: Actor) -> list[Entry]:
    """Give what happened to the rule, the newest first."""
    events = list(audit.events_of(f"rule:{version.name}"))
    people = {event.user_id for event in events}
    names = access.names_of(actor, people)
    return [_entry(event, names) for event in reversed(events)]


def _entry(event: Event, names: Mapping[int | None, str]) -> Entry:
    what = str(words.EVENTS[event.kind]).format(version=event.payload.get("version", ""))
    text = event.payload.get("why") or event.payload.get("reason") or ""
    return Entry(names.get(event.user_id, "Touchmark"), what, event.at, text, mine=event.user_id is None)


def _replayed(replay: Replay | None, actor: Actor) -> dict[str, Any]:
    if replay is None:
        return {"replay": None}
    keys = [one["listing"] for one in replay.examples]
    listings = {one.pk: one for one in catalog.listings_for(actor).filter(pk__in=keys)}
    return {
        "replay": replay,
        "replay_table": table_of(replay.counts.get("people", {})),
        "changes": changes_of(replay.counts.get("changes", {})),
        "ungrounded": replay.counts.get("ungrounded", 0),
        "disagree": sorted(replay.counts.get("disagree", {}).items(), key=lambda item: -item[1]),
        "examples": list(_examples(replay.examples, listings)),
    }


def _examples(examples: Sequence[Mapping[str, Any]], listings: Mapping[int, Any]) -> Iterator[dict[str, Any]]:
    """What people decided otherwise comes first."""
    for one in sorted(examples, key=lambda one: (one["people"] == "undecided", one["people"] == "restricted")):
        if one["listing"] in listings:
            yield {
                "listing": listings[one["listing"]],
                "risk": one["risk"],
                "before": words.VERDICTS[one["before"]],
                "after": words.VERDICTS[one["after"]],
                "people": words.PEOPLE[one["people"]],
                "decided": one["people"] != "undecided",
            }


def _on_trial(version: RuleVersion) -> dict[str, Any]:
    if version.shadow_since is None:
        return {"trial": None}
    found = rule_results.examples(version, live=False, size=SHOWN)
    return {
        "trial": table_of(rule_results.account(version, live=False)),
        "trial_examples": [
            {
                "listing": one.hit.assessment.listing,
                "risk": one.hit.assessment.risk,
                "after": words.VERDICTS[one.hit.verdict],
                "people": words.PEOPLE[one.people],
                "decided": one.people != rule_results.UNDECIDED,
            }
            for one in found
        ],
    }


def _live(version: RuleVersion, actor: Actor, at: datetime) -> dict[str, Any]:
    if version.live_since is None:
        return {"work": None}
    return {
        "work": rule_results.work_of_each([version], at=at).get(version.pk, Work()),
        "held_live": table_of(rule_results.account(version, live=True)).total,
        "pace": Pace.of(version, at) if version.acts else None,
        "newest": rule_results.newest(version, size=SHOWN),
        "to_take_back": to_take_back(version, actor).count() if version.status != RuleStatus.LIVE else 0,
    }
