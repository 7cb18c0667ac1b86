"""What came of a rule: what it said of listings since it was tried or live, against what people made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, Subquery

from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.queries import OUTCOMES, by_rule
from touchmark.apps.screening.models import Hit
from touchmark.engine.lifecycle.decision import DecisionStatus

if TYPE_CHECKING:
    from touchmark.apps.rules.models import RuleVersion

UNDECIDED = "undecided"
#: verdict -> what people decided -> how many listings
Account = Mapping[str, Mapping[str, int]]


def account(version: RuleVersion, *, live: bool) -> Account:
    """Count what the version said, on trial or live, by what a person then decided on the listing."""
    counted: dict[str, dict[str, int]] = {}
    found = _with_people(version, live=live).order_by().values("verdict", "people").annotate(n=Count("id"))
    for row in found:
        counted.setdefault(row["verdict"], {})[_outcome(row["people"])] = row["n"]
    return counted


@dataclass(frozen=True, slots=True)
class Example:
    """One listing that a version holds for; the caller may see listings."""

    hit: Hit
    people: str


def examples(version: RuleVersion, *, live: bool, size: int) -> list[Example]:
    """Give the newest listings that the version holds for, those that people decided on first."""
    found = _with_people(version, live=live).select_related("assessment__listing__marketplace")
    decided = list(found.exclude(people=None).order_by("-at", "-id")[:size])
    rest = list(found.filter(people=None).order_by("-at", "-id")[: size - len(decided)])
    return [Example(hit, _outcome(getattr(hit, "people", None))) for hit in (*decided, *rest)]


def _with_people(version: RuleVersion, *, live: bool) -> Any:
    """Give the hits with ``people``, the status of the last decision that a person took on the listing since."""
    later = Decision.objects.filter(
        listing=OuterRef("assessment__listing"), rule=None, order="", decided_at__gte=OuterRef("assessment__made_at")
    ).exclude(decided_by=None)
    last = later.exclude(status=DecisionStatus.REOPENED).order_by("-decided_at", "-id").values("status")[:1]
    return Hit.objects.filter(version=version, live=live).annotate(people=Subquery(last))


def _outcome(status: str | None) -> str:
    return OUTCOMES[DecisionStatus(status)] if status else UNDECIDED


@dataclass(frozen=True, slots=True)
class Work:
    """What a version decided by itself."""

    decided: int = 0
    in_force: int = 0
    reversed: int = 0
    in_day: int = 0


def work_of_each(versions: Sequence[RuleVersion], *, at: datetime) -> dict[int, Work]:
    """Give, by key, what each version decided; in one query."""
    counted = (
        Decision.objects.filter(rule__in=versions)
        .order_by()
        .values("rule_id")
        .annotate(
            decided=Count("id"),
            in_force=Count("id", filter=Q(status=DecisionStatus.IN_FORCE)),
            reversed=Count("id", filter=Q(status=DecisionStatus.REVERSED)),
            in_day=Count("id", filter=Q(decided_at__gte=at - timedelta(days=1))),
        )
    )
    return {row.pop("rule_id"): Work(**row) for row in counted}


def newest(version: RuleVersion, *, size: int) -> list[Decision]:
    """Give the last decisions that a version took."""
    return list(by_rule(version).select_related("listing__marketplace", "right")[:size])
