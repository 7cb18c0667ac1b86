"""
Replaying a rule over the listings that are here: which verdicts would differ, against what people then decided.

Each listing is judged as it was last assessed, twice: by the rules in force, and with the version in the place of its
live one. Nothing is screened again and nothing is written but the account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction

from touchmark.apps.catalog import queries as catalog
from touchmark.apps.decisions import queries as decisions
from touchmark.apps.rules import access
from touchmark.apps.rules import actions as rules
from touchmark.apps.rules import queries as rule_queries
from touchmark.apps.screening import queries as screening
from touchmark.engine.screening.rules.judge import Judged, judged
from touchmark.engine.screening.verdict import Rules, by_thresholds
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.rules.models import Replay
    from touchmark.apps.rules.queries import InForce

#: So many listings are replayed at a time.
CHUNK = 5_000
#: So many examples are kept of each kind of outcome.
EXAMPLES = 5


def ask(*, name: str, number: int, actor: Actor, at: datetime) -> Replay:
    """
    Ask for a replay, and begin it: a small catalogue is through at once, a large one is gone on with by the worker.

    :raises NoSuchRule: if there is no such version that the actor may see
    :raises NotYours: if the actor does not write rules
    """
    version = access.version_for(actor, name, number)
    replay = rules.ask_replay(version=version, beside=rule_queries.in_force(), actor=actor, at=at)
    return go_on(replay, at=at)


def keep_up(*, at: datetime) -> int:
    """Go on with the replay that waits longest, by one chunk, and give how many listings that were."""
    replay = rule_queries.unfinished_replay()
    if replay is None:
        return 0
    before = replay.listings
    return max(go_on(replay, at=at).listings - before, 1)


@transaction.atomic
def go_on(replay: Replay, *, at: datetime) -> Replay:
    """Replay the next listings; when there are none, it is finished. Of two workers at once, one does."""
    replay = rule_queries.taken_replay(replay.pk)
    if replay.finished_at is not None:
        return replay
    keys = screening.assessed_after(replay.reached, size=CHUNK)
    if keys:
        _count(replay, keys)
        replay.reached = keys[-1]
    if len(keys) < CHUNK:
        replay.finished_at = at
    replay.save()
    return replay


def _count(replay: Replay, keys: Sequence[int]) -> None:
    seen = _Seen.of(keys, replay, rule_queries.in_force())
    tally = _Tally.of(replay.counts)
    tally.add(seen)
    replay.counts = tally.plain()
    replay.examples = _examples(seen, replay.examples)


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A chunk of listings, one entry each: verdicts before and after, whether the rule holds, what people decided."""

    keys: Sequence[int]
    risk: Sequence[float]
    before: Sequence[str]
    after: Sequence[str]
    held: Sequence[bool]
    ungrounded: Sequence[bool]
    against: Sequence[Sequence[str]]
    people: Sequence[str]

    @classmethod
    def of(cls, keys: Sequence[int], replay: Replay, now: InForce) -> _Seen:
        thresholds = Rules.default()
        listings, sellers = catalog.conditions_of(keys), catalog.sellers_of(keys)
        findings, assessments = screening.as_tables(keys)
        assessments = by_thresholds(assessments, thresholds)
        tried, place = now.with_trial(replay.version)
        was = judged(listings, sellers, findings, assessments, now.rules)
        would = judged(listings, sellers, findings, assessments, tried)
        people = decisions.by_people(keys)
        return cls(
            keys=keys,
            risk=np.asarray(assessments["risk"]).tolist(),
            before=was.verdict.tolist(),
            after=would.verdict.tolist(),
            held=would.holds[place].tolist(),
            ungrounded=would.ungrounded.tolist(),
            against=_against(would, place, [rule.name for rule in tried], [str(rule.then) for rule in tried]),
            people=[people.get(key, "undecided") for key in keys],
        )


def _against(would: Judged, place: int, names: Sequence[str], then: Sequence[str]) -> list[list[str]]:
    """Name, for each listing that the rule holds for, the rules that say something else."""
    others = np.array([effect != then[place] for effect in then])
    clash = would.holds & others[:, None] & would.holds[place]
    return [[names[rule] for rule in np.flatnonzero(column).tolist()] for column in clash.T]


@dataclass(slots=True)
class _Tally:
    """The account, added up over chunks."""

    listings: int
    held: int
    ungrounded: int
    changes: Counter[str]
    disagree: Counter[str]
    people: dict[str, Counter[str]]

    @classmethod
    def of(cls, counts: Mapping[str, Any]) -> _Tally:
        return cls(
            counts.get("listings", 0),
            counts.get("held", 0),
            counts.get("ungrounded", 0),
            Counter(counts.get("changes", {})),
            Counter(counts.get("disagree", {})),
            {verdict: Counter(said) for verdict, said in counts.get("people", {}).items()},
        )

    def add(self, seen: _Seen) -> None:
        self.listings += len(seen.keys)
        for at in np.flatnonzero(seen.held).tolist():
            self.held += 1
            self.ungrounded += seen.ungrounded[at]
            self.disagree.update(seen.against[at])
            self.people.setdefault(seen.after[at], Counter())[seen.people[at]] += 1
        changed = [at for at in range(len(seen.keys)) if seen.before[at] != seen.after[at]]
        self.changes.update(f"{seen.before[at]}>{seen.after[at]}" for at in changed)

    def plain(self) -> dict[str, Any]:
        return {
            "listings": self.listings,
            "held": self.held,
            "ungrounded": self.ungrounded,
            "changes": dict(self.changes),
            "disagree": dict(self.disagree),
            "people": {verdict: dict(said) for verdict, said in self.people.items()},
        }


def _examples(seen: _Seen, kept: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Keep a few listings of each outcome, the riskiest of a chunk first; what people decided otherwise leads."""
    found = list(kept)
    many = Counter((one["after"], one["people"]) for one in kept)
    for at in sorted(np.flatnonzero(seen.held).tolist(), key=lambda at: -seen.risk[at]):
        outcome = (seen.after[at], seen.people[at])
        if many[outcome] < EXAMPLES:
            many[outcome] += 1
            found.append(
                {
                    "listing": seen.keys[at],
                    "risk": round(seen.risk[at], 4),
                    "before": seen.before[at],
                    "after": seen.after[at],
                    "people": seen.people[at],
                }
            )
    return found
