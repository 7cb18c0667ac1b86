"""Reading tiers: where somebody stands now by the rule and by what people did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from touchmark.apps.examinations.models import Examination
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.tiers.models import Measure, Tier
from touchmark.apps.tiers.outcomes import outcomes_of
from touchmark.engine.lifecycle.authentication import AuthenticationStatus
from touchmark.engine.lifecycle.tier import TierStatus
from touchmark.engine.penalties import tiers
from touchmark.engine.penalties.tiers import Lane, Numbers, Share, Side

#: What people alone do; the rule's own lane counts beside it.
BY_PEOPLE = (TierStatus.WARNED, TierStatus.SUSPENDED)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where somebody stands: what the rule makes of the record, and what people did; ``measure`` is what counts now,
    ``left`` is where people or the clock left it: blank where nothing was done.
    """

    side: Side
    status: TierStatus
    made: tiers.Tier
    measure: Measure | None
    left: str = ""

    def lane_for(self, reason: str) -> str:
        """Give the lane of the next notice, or answer, with this reason."""
        return str(self.status) if self.status in BY_PEOPLE else str(self.made.lane_for(reason))


def tier_of(organisation: int, side: Side) -> Tier | None:
    """Give the row of a tier; None where nothing was ever done about it."""
    return Tier.objects.filter(organisation=organisation, side=side).first()


def standing_of(organisation: int, side: Side, *, at: datetime) -> Standing:
    """Give where an organisation stands on one side, made anew from what came of its notices or answers."""
    return standing_from(tier_of(organisation, side), organisation, side, at=at)


def standing_from(row: Tier | None, organisation: int, side: Side, *, at: datetime) -> Standing:
    """As ``standing_of``, for somebody who has read the row of the tier already, if there is one."""
    measure = Measure.objects.filter(tier=row, lifted=False).first() if row else None
    warned_at = measure.taken_at if row and measure and row.status in BY_PEOPLE else None
    outcomes = outcomes_of(organisation, side, at=at, warned_at=warned_at)
    made = tiers.tier(outcomes, side=side, at=at, warned_at=warned_at)
    status = TierStatus(row.status) if row and row.status in BY_PEOPLE else _by_rule(made)
    return Standing(side, status, made, measure if warned_at else None, row.status if row else "")


def _by_rule(made: tiers.Tier) -> TierStatus:
    if made.lane == Lane.WATCHED:
        return TierStatus.WATCHED
    fast = made.lanes and all(lane == Lane.FAST for lane in made.lanes.values())
    return TierStatus.FAST if fast else TierStatus.NORMAL


def is_suspended(organisation: int, side: Side) -> Measure | None:
    """Give the suspension of an organisation on one side; None where there is none now."""
    return suspension_by(tier_of(organisation, side))


def suspension_by(row: Tier | None) -> Measure | None:
    """Give the suspension that a tier stands under; None where there is none now."""
    if row is None or row.status != TierStatus.SUSPENDED:
        return None
    return Measure.objects.filter(tier=row, kind="suspend", lifted=False).first()


def status_by_people(organisation: int, side: Side) -> str:
    """Give ``warned``, ``suspended`` or ``watched`` as people or the clock left it; blank where nothing was done."""
    row = tier_of(organisation, side)
    return row.status if row else ""


def filed_lately(organisation: int, *, at: datetime) -> int:
    """Give how many listings a notifier has reported within a day."""
    own = Q(holder=organisation) | Q(agent=organisation)
    return NoticeItem.objects.filter(own, notice__filed_at__gt=at - A_DAY).count()


def wrong_examinations(organisation: int) -> int:
    """Give how many answers of a holder's examiners turned out to be wrong."""
    return Examination.objects.filter(item__holder=organisation, status=AuthenticationStatus.DISPROVED).count()


def as_json(numbers: Numbers) -> dict[str, Any]:
    """Give numbers as they are kept with a measure and shown: share, bounds, count."""
    shares: Mapping[str, Share] = {
        "good": numbers.good,
        "unfounded": numbers.unfounded,
        "overturned": numbers.overturned,
        "manifest": numbers.manifest,
    }
    found: dict[str, Any] = {
        name: {"count": one.count, "of": one.of, "low": round(one.low, 4), "high": round(one.high, 4)}
        for name, one in shares.items()
    }
    return found | {"intended": numbers.intended}


def watched() -> QuerySet[Tier]:
    """Give the tiers that people warned or suspended, or that came back from there, the latest first."""
    found = Tier.objects.filter(status__in=(TierStatus.WATCHED, *BY_PEOPLE)).select_related("organisation")
    return found.order_by("-changed_at", "-id")


def appealed() -> QuerySet[Measure]:
    """Give the measures whose appeals wait for an answer, the oldest first."""
    found = Measure.objects.filter(appealed_at__isnull=False, answered_at=None)
    return found.select_related("tier__organisation", "taken_by").order_by("appealed_at", "id")


def measures_of(organisation: int, side: Side) -> QuerySet[Measure]:
    """Give what people did about one side of an organisation, the latest first."""
    return Measure.objects.filter(tier__organisation=organisation, tier__side=side).select_related("taken_by")
