"""
The 24-hour figure of an installation: its notices of some days, counted as ``engine.policy.day_figure`` defines it.

A listing of a notice begins to count when its clock to act first starts; where the law has none, when it was filed as
complete. The marketplace confirms the decision that rests on it; the notifier is told as it is settled. One that came
back after it was gone begins anew, unless it was late before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
from django.db.models import Case, CharField, F, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.catalog.reach import within
from touchmark.apps.deadlines.models import Deadline, Outcome
from touchmark.apps.decisions.access import SEE_ALL
from touchmark.apps.decisions.models import Restriction
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.lifecycle.notice_item import ItemStatus as S
from touchmark.engine.policy import day_figure
from touchmark.engine.terms import Actor, Role

#: Holders are in no tiers yet: what is counted by tier is counted as this one.
TIER = "normal"
#: What became of an item, as the figure counts it. What is not named here is open, or was never complete.
OUTCOMES: Mapping[str, str] = {
    **dict.fromkeys((S.UPHELD, S.PUT_BACK, S.REVERSED, S.RETRACTED), "upheld"),
    S.REFUSED: "refused",
    **dict.fromkeys((S.WITHDRAWN, S.STOPPED), "withdrawn"),
    **dict.fromkeys((S.GONE, S.LAPSED), "gone"),
}
#: Where an item is not complete, or never was what could be acted on.
INCOMPLETE = (S.NEW, S.WAITING, S.UNGROUNDED)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the figure. ``level`` is listing or notice; an empty marketplace means all of them."""

    level: str
    marketplace: str
    counted: int
    within: int
    late: int
    waiting: int
    share: float | None


def figures(actor: Actor, at: datetime, *, days: int) -> list[Figure]:
    """Give the figure of what was filed in the last days, of all and of each marketplace; to nobody but who leads."""
    if not actor.has(Role.POLICY_OWNER):
        return []
    markets = {found.slug: found for found in Marketplace.objects.all()}
    places = {slug: found.place for slug, found in markets.items()}
    counted = day_figure.figures(_reports(actor, at - timedelta(days=days)), places=places, as_of=at).to_pylist()
    names = {"": ""} | {slug: found.name for slug, found in markets.items()}
    return [_figure(row, names) for row in counted if not row["tier"]]


def _figure(row: Mapping[str, Any], names: Mapping[str, str]) -> Figure:
    said = {name: row[name] for name in ("level", "counted", "within", "late", "waiting", "share")}
    return Figure(marketplace=names[row["marketplace"]], **said)


def _reports(actor: Actor, since: datetime) -> pa.Table:
    """Give one row for each listing of each notice that was filed since then, in one query."""
    stream = Concat(Value("notice:"), F("ref"), output_field=CharField())
    ran = Deadline.objects.filter(subject=OuterRef("stream"), clock="act_on_notice").order_by().values("subject")
    late, last = Min("started_at", filter=Q(outcome=Outcome.LAPSED)), Max("started_at")
    begun = Subquery(ran.annotate(at=Coalesce(late, last)).values("at")[:1])
    done = Restriction.objects.filter(decision__notices=OuterRef("pk")).order_by().values("decision__notices")
    named = NoticeItem.objects.filter(within(actor.reaches(*SEE_ALL), "listing__"), filed_at__gte=since)
    asked = named.alias(stream=stream, begun=begun).annotate(
        complete=Case(When(status__in=(S.GONE, S.LAPSED), then="begun"), default=Coalesce("begun", "filed_at")),
        told=Coalesce("settled_at", Subquery(ran.annotate(at=Max("closed_at")).values("at")[:1])),
        confirmed=Subquery(done.annotate(at=Min("confirmed_at")).values("at")[:1]),
    )
    rows = asked.order_by().values_list(
        "notice__ref", "listing__marketplace__slug", "status", "complete", "confirmed", "told"
    )
    return pa.Table.from_pylist([_report(*row) for row in rows], schema=day_figure.REPORTS)


def _report(
    notice: str, market: str, status: str, complete: datetime | None, confirmed: datetime | None, told: datetime | None
) -> dict[str, Any]:
    return {
        "notice": notice,
        "marketplace": market,
        "tier": TIER,
        "complete_at": None if status in INCOMPLETE else complete,
        "outcome": OUTCOMES.get(status),
        "confirmed_at": confirmed,
        "told_at": told,
    }
