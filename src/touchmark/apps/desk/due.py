"""
What falls due at the desk: reported listings that the law wants acted on, and appeals that it wants decided.

Their clocks are deadlines, which the rooms of notices and appeals start and stop; what is late stays due until somebody
decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from touchmark.apps.appeals.actions import stream_of as stream_of_appeal
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.catalog.reach import within
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.access import SEE_ALL
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.record import ACT, acted_on_by, stream_of
from touchmark.apps.notices.standing import JUDGED
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.policy import clocks
from touchmark.engine.policy.load import regimes

if TYPE_CHECKING:
    from touchmark.engine.terms import Actor

#: What is due so soon needs somebody now.
SOON = timedelta(hours=24)
#: So many appeals are looked at; nobody leaves more of them open.
APPEALS = 2_000
DECIDE = "decide_appeal"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many fall due within a day, those late among them, and how many are late."""

    soon: int
    late: int


def items(actor: Actor, *, before: datetime) -> QuerySet[NoticeItem]:
    """
    Give the reported listings that are to be acted on before a moment, the first due on top, as far as the actor sees.

    Each has its moment as ``due_at``.
    """
    if not actor.has(*SEE_ALL):
        return NoticeItem.objects.none()
    own = Deadline.objects.filter(subject=OuterRef("stream"), clock=ACT).order_by("-started_at", "-id")
    waiting = NoticeItem.objects.filter(within(actor.reaches(*SEE_ALL), "listing__"), status__in=JUDGED)
    stream = Concat(Value("notice:"), F("ref"), output_field=CharField())
    timed = waiting.alias(stream=stream).annotate(due_at=Subquery(own.values("due_at")[:1]))
    soon = timed.filter(due_at__lt=before)
    return soon.select_related("listing__marketplace", "right").order_by("due_at", "pk")


def listings(actor: Actor, at: datetime) -> Counts:
    """Count the reported listings that are due within a day, and the late ones."""
    return Counts(items(actor, before=at + SOON).count(), items(actor, before=at).count())


def of_items(waiting: Iterable[NoticeItem]) -> dict[str, Deadline]:
    """Give the clock of each of these open items, by its reference, as far as the law has one."""
    found = deadlines.last_of_each([stream_of(item) for item in waiting], ACT)
    return {subject.partition(":")[2]: deadline for subject, deadline in found.items()}


def of_listings(waiting: Sequence[NoticeItem]) -> dict[int, datetime]:
    """Give, for each listing of these open items, the first moment by which one of them is to be acted on."""
    by = acted_on_by(waiting)
    found: dict[int, datetime] = {}
    for item in waiting:
        if until := by.get(item.ref):
            found[item.listing_id] = min(until, found.get(item.listing_id, until))
    return found


def of_appeals(waiting: Sequence[Appeal]) -> dict[str, datetime]:
    """
    Give until when each of these open appeals is to be decided, by its reference; not while its clock stands still.

    One whose clock nobody kept has its moment worked out from the rule that was in force when it was filed.
    """
    kept = deadlines.last_of_each([stream_of_appeal(appeal) for appeal in waiting], DECIDE)
    found: dict[str, datetime] = {}
    for appeal in waiting:
        deadline = kept.get(stream_of_appeal(appeal))
        until = deadline.due_at if deadline else _by_law(appeal)
        if until is not None:
            found[appeal.ref] = until
    return found


def _by_law(appeal: Appeal) -> datetime:
    market = appeal.decision.marketplace
    rule = regimes()[market.regime].clock(DECIDE, on=appeal.filed_at.astimezone(market.place.zone).date())
    return clocks.due(rule, start=appeal.filed_at, place=market.place)


def first_due(waiting: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """Sort open appeals by when they are to be decided; behind them what no clock runs for, those filed first."""
    kept = Deadline.objects.filter(subject=OuterRef("stream"), clock=DECIDE).order_by("-started_at", "-id")
    stream = Concat(Value("appeal:"), F("ref"), output_field=CharField())
    timed = waiting.alias(stream=stream).alias(until=Subquery(kept.values("due_at")[:1]))
    return timed.order_by(F("until").asc(nulls_last=True), "filed_at", "id")


def appeals(at: datetime) -> Counts:
    """Count the appeals that are to be decided within a day, and the late ones."""
    waiting = Appeal.objects.filter(status=AppealStatus.FILED).order_by("filed_at", "id")
    whole = waiting.select_related("decision__listing__marketplace", "decision__seller__marketplace")
    until = of_appeals(list(whole[:APPEALS])).values()
    return Counts(sum(moment < at + SOON for moment in until), sum(moment < at for moment in until))
