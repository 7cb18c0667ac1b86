"""The brake: a live rule that acts too fast or too wrongly is stopped, and people are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.decisions import queries as decisions
from touchmark.apps.rules import actions as rules
from touchmark.apps.rules.actions import Stopped
from touchmark.engine.lifecycle.rule import RuleStatus

if TYPE_CHECKING:
    from touchmark.apps.rules.models import RuleVersion

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: So far back decisions count that were reversed.
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many decisions a version took in the last hour and day since it went live, and how many were overturned."""

    in_hour: int
    in_day: int
    decided: int
    reversed: int

    @classmethod
    def of(cls, version: RuleVersion, at: datetime) -> Pace:
        """Count; what came before it was switched on again counts no more."""
        since = version.live_since or at
        return cls(
            in_hour=decisions.by_rule(version, since=max(since, at - HOUR)).count(),
            in_day=decisions.by_rule(version, since=max(since, at - DAY)).count(),
            decided=decisions.by_rule(version, since=max(since, at - REMEMBERED)).count(),
            reversed=decisions.by_rule(version, since=max(since, at - REMEMBERED)).filter(status="reversed").count(),
        )

    def stops(self, version: RuleVersion) -> Stopped | None:
        """Why the version must stop before it decides once more; None: it may go on."""
        brake = version.rule.brake
        if brake.too_wrong(decided=self.decided, reversed_=self.reversed):
            return Stopped.TOO_WRONG
        return Stopped.TOO_FAST if brake.too_fast(in_hour=self.in_hour, in_day=self.in_day) else None


@transaction.atomic
def braked(version: RuleVersion, *, at: datetime) -> bool:
    """
    Stop the version if it must be, and say whether it stands still. The caller holds its row.
    """
    if version.status != RuleStatus.LIVE:
        return True
    pace = Pace.of(version, at)
    because = pace.stops(version)
    if because is None:
        return False
    counts = {"in_hour": pace.in_hour, "in_day": pace.in_day, "decided": pace.decided, "reversed": pace.reversed}
    rules.brake(version=version, because=because, counts=counts, at=at)
    return True
