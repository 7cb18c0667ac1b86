"""
Reading the strikes of sellers: from the decisions in force, each time anew.

What an authority ordered is none: we carried it out, and judged nobody.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, QuerySet

from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.decisions.models import Decision
from touchmark.engine.lifecycle.decision import COUNTED
from touchmark.engine.penalties.ladder import Against, Record, record

#: What counts in a record, and nothing else: there may be thousands of decisions in one.
COUNTS = ("ref", "kind", "correct_by", "effective_at", "decided_at", "evidence", "counts_for_id", "snapshot__content")


def record_of_sellers(sellers: Iterable[int], *, at: datetime) -> Record:
    """Give the standing of sellers, by key, taken together: of all shops of one organisation, or of one shop."""
    counted = counted_on(sellers).values_list("ref", "kind", "correct_by", "effective_at", "decided_at")
    return record((_against(*said) for said in counted), at=at)


def counted_on(sellers: Iterable[int]) -> QuerySet[Decision]:
    """Give the decisions that count in the record of these sellers, newest first."""
    counted = [status.value for status in COUNTED]
    found = (
        Decision.objects.filter(counts_for__in=list(sellers), status__in=counted).exclude(kind="hold").filter(order="")
    )
    return found.select_related("snapshot").only(*COUNTS).order_by("-effective_at", "-id")


def counting_on(marketplace: Marketplace, *, size: int) -> list[int]:
    """Give the sellers of a marketplace, by key, in whose record a decision counts, that with the newest first."""
    counted = [status.value for status in COUNTED]
    found = Decision.objects.filter(counts_for__marketplace=marketplace, status__in=counted, listing__isnull=False)
    newest = found.filter(order="").exclude(kind="hold").values("counts_for").annotate(last=Max("pk")).order_by("-last")
    return list(newest.values_list("counts_for", flat=True)[:size])


def _against(
    ref: str, kind: str, correct_by: datetime | None, effective_at: datetime | None, decided_at: datetime
) -> Against:
    """Count from when the restriction took effect: of one that was to be corrected, from the day that was missed."""
    return Against(ref, kind, correct_by or effective_at or decided_at)
