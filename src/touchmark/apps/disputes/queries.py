"""Reading disputes: of an appeal, what falls due, what is counted for the transparency report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from touchmark.apps.appeals.models import Appeal
from touchmark.apps.disputes.models import Dispute
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.dispute import DisputeStatus

#: Appeals of which something can be brought before a body: decided, and not wholly for whoever appealed.
CONTESTABLE = (AppealStatus.UPHELD, AppealStatus.PARTLY)
OPEN = (DisputeStatus.OPEN, DisputeStatus.OVERDUE, DisputeStatus.DECIDED)
DAY = 24 * 60 * 60


def can_be_brought(appeal: Appeal) -> bool:
    """Whether a party can tell of a dispute about this appeal now; a page asks before it lets somebody write."""
    return appeal.status in CONTESTABLE and not Dispute.objects.filter(appeal=appeal, status__in=OPEN).exists()


def of_appeal(appeal: Appeal) -> list[Dispute]:
    """Give the disputes about an appeal, which the caller has got through ``access``, the latest first."""
    return list(Dispute.objects.filter(appeal=appeal).order_by("-told_at", "-id"))


def of_stream(subject: str) -> Dispute:
    """Give the dispute, its row taken, whose stream in the record has this name."""
    found = Dispute.objects.select_for_update(of=("self",)).select_related("appeal__decision", "party")
    return found.get(ref=subject.partition(":")[2])


@dataclass(frozen=True, slots=True)
class Counts:
    """
    What Article 24(1)(a) has published: how many disputes were submitted, with which outcomes, in how many days (the
    median), and of those decided for the party in whole or part, which share was implemented. None: of none.
    """

    submitted: int
    outcomes: Mapping[str, int]
    median_days: float | None
    implemented: float | None


def counts(since: datetime, until: datetime) -> Counts:
    """Count the disputes that were told of from ``since`` on and before ``until``."""
    rows = Dispute.objects.filter(told_at__gte=since, told_at__lt=until)
    outcomes: dict[str, int] = {}
    days, for_party, followed = [], 0, 0
    for status, result, told, decided in rows.values_list("status", "result", "told_at", "decided_at"):
        outcome = result or status
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        days += [(decided - told).total_seconds() / DAY] if decided else []
        counted = result in ("for", "partly") and status in (DisputeStatus.FOLLOWED, DisputeStatus.NOT_FOLLOWED)
        for_party += counted
        followed += counted and status == DisputeStatus.FOLLOWED
    return Counts(
        submitted=sum(outcomes.values()),
        outcomes=outcomes,
        median_days=round(median(days), 1) if days else None,
        implemented=followed / for_party if for_party else None,
    )
