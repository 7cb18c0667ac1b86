"""
In which lane somebody's notices or answers are, recomputed from what came of them. Pure.

A share of few says little, so each is given with an interval (Jeffreys'): a shop with five notices, all upheld, earns
the fast lane as well as a house with five thousand. Lanes follow from the rule; warnings and suspensions are proposed
to people, a suspension only of who was warned. It never blocks a statutory counter-notice.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from touchmark.engine.errors import TouchmarkError


class UnusableTiers(TouchmarkError):
    """The file of tiers names no source, or holds no rule for that side and day."""


class Side(StrEnum):
    """On which side of a notice somebody stands."""

    NOTIFIER = "notifier"
    COUNTER_NOTIFIER = "counter_notifier"


class Result(StrEnum):
    """
    What came of one listing of a notice, or of one answer.

    ``overturned`` was upheld and then reversed, by an appeal or on an answer that was found right. What returned
    because nobody sued in time says nothing of either side and is not counted, nor is what was retracted unasked.
    """

    UPHELD = "upheld"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # when it was answered
    OVERTURNED = "overturned"
    MISJUDGED = "misjudged"  # the holder's examiner was asked, and the answer turned out to be wrong


class Lane(StrEnum):
    """What the rule says."""

    FAST = "fast"
    NORMAL = "normal"
    WATCHED = "watched"


class Proposal(StrEnum):
    """What the rule proposes to people."""

    WARN = "warn"
    SUSPEND = "suspend"


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What came of one, and when. ``manifest``: a reviewer found it manifestly unfounded; ``intended``: on purpose, such
    as by forged proof. ``times``: of how many this is said at once.
    """

    reason: str
    result: Result
    at: datetime
    manifest: bool = False
    intended: bool = False
    times: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """A share with what it is at least and at most, as far as its number shows; None of nothing."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """The share itself."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What somebody is shown of the record: number, proportion, gravity, intention."""

    good: Share
    unfounded: Share
    overturned: Share  # of those that were upheld at first
    manifest: Share
    intended: int


@dataclass(frozen=True, slots=True)
class Tier:
    """What the rule makes of a record: a lane for each reason, one for all others, and what is proposed."""

    rule: str
    lane: Lane
    lanes: Mapping[str, Lane]
    proposal: Proposal | None
    numbers: Numbers
    by_reason: Mapping[str, Numbers]

    def lane_for(self, reason: str) -> Lane:
        """Give the lane of the next one with this reason."""
        return self.lanes.get(reason, self.lane)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    """One dated rule; its file says what each number is."""

    id: str
    side: Side
    in_force_from: date
    source: str
    verified: bool
    window_days: int
    sureness: float
    good_share: float
    good_at_least: float
    overturned_at_most: float
    watch_number: int
    watch_over: float
    warn_manifest: int
    warn_over: float
    suspend_manifest: int
    watched_a_day: int = 0
    warned_a_day: int = 0


def tier(outcomes: Iterable[Outcome], *, side: Side, at: datetime, warned_at: datetime | None = None) -> Tier:
    """
    Give what the rule in force makes of a record at a moment.

    :param warned_at: when a warning was given that still counts
    :raises UnusableTiers: if no rule is in force for that side
    """
    rule = rule_of(side, on=at.date())
    since = at - timedelta(days=rule.window_days)
    counted = [one for one in outcomes if since < one.at <= at]
    reasons = sorted({one.reason for one in counted})
    by_reason = {reason: numbers([one for one in counted if one.reason == reason], rule=rule) for reason in reasons}
    whole = numbers(counted, rule=rule)
    lane = Lane.WATCHED if _watched(whole, rule) else Lane.NORMAL
    lanes = {reason: _lane(found, lane, rule) for reason, found in by_reason.items()}
    return Tier(rule.id, lane, lanes, _proposal(counted, whole, rule, warned_at), whole, by_reason)


def numbers(outcomes: Sequence[Outcome], *, rule: TierRule) -> Numbers:
    """Give what a record holds, with intervals as sure as the rule asks."""
    every = sum(one.times for one in outcomes)
    good, over = (
        sum(one.times for one in outcomes if one.result == result) for result in (Result.UPHELD, Result.OVERTURNED)
    )
    return Numbers(
        good=share(good, every, sureness=rule.sureness),
        unfounded=share(every - good, every, sureness=rule.sureness),
        overturned=share(over, good + over, sureness=rule.sureness),
        manifest=share(sum(one.times for one in outcomes if one.manifest), every, sureness=rule.sureness),
        intended=sum(one.times for one in outcomes if one.intended),
    )


def share(count: int, of: int, *, sureness: float) -> Share:
    """Give a share with Jeffreys' interval, each bound as sure as asked; of nothing it may be anything."""
    from scipy.special import betaincinv  # here: a second of every start, and most programs never ask

    low = float(betaincinv(count + 0.5, of - count + 0.5, 1 - sureness)) if count else 0.0
    high = float(betaincinv(count + 0.5, of - count + 0.5, sureness)) if count < of else 1.0
    return Share(count, of, low, high)


def _lane(found: Numbers, lane: Lane, rule: TierRule) -> Lane:
    if lane == Lane.WATCHED or found.intended or found.good.share is None:
        return lane
    enough = found.good.share >= rule.good_share and found.good.low >= rule.good_at_least
    return Lane.FAST if enough and found.overturned.low <= rule.overturned_at_most else lane


def _watched(found: Numbers, rule: TierRule) -> bool:
    return found.unfounded.count >= rule.watch_number and found.unfounded.low > rule.watch_over


def _proposal(
    counted: Sequence[Outcome], whole: Numbers, rule: TierRule, warned_at: datetime | None
) -> Proposal | None:
    if warned_at is None:
        many = whole.manifest.count >= rule.warn_manifest and whole.manifest.low > rule.warn_over
        return Proposal.WARN if many or whole.intended else None
    after = [one for one in counted if one.at > warned_at]
    again = sum(one.times for one in after if one.manifest) >= rule.suspend_manifest
    return Proposal.SUSPEND if again or any(one.intended for one in after) else None


def rule_of(side: Side, *, on: date) -> TierRule:
    """
    Give the rule of a day.

    :raises UnusableTiers: if none is in force then
    """
    found = [rule for rule in _rules() if rule.side == side and rule.in_force_from <= on]
    if not found:
        raise UnusableTiers(f"No rule for the tier of a {side} is in force on {on.isoformat()}.")
    return max(found, key=lambda rule: rule.in_force_from)


@cache
def _rules() -> tuple[TierRule, ...]:
    text = (resources.files("touchmark.engine.penalties") / "tiers.toml").read_text(encoding="utf-8")
    return tuple(tier_rule_of(row) for row in tomllib.loads(text)["rule"])


def tier_rule_of(row: Mapping[str, Any]) -> TierRule:
    """
    Build one rule from the file.

    :raises UnusableTiers: if it names no source, or a bound that is none
    """
    rule = TierRule(**dict(row) | {"side": Side(row["side"])})
    if not rule.source or not 0.5 <= rule.sureness < 1:
        raise UnusableTiers(f"{rule.id}: name the source, and a sureness of .5 or more.")
    return rule
