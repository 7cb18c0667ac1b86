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


def record_of_sellers(sellers: Iterable[int], *, at: datetime) -> Record:
    """Give the standing of sellers, by key, taken together: of all shops of one organisation, or of one shop."""
    return record((_against(decision) for decision in counted_on(sellers)), at=at)


def counted_on(sellers: Iterable[int]) -> QuerySet[Decision]:
    """Give the decisions that count in the record of these sellers, newest first."""
    counted = [status.value for status in COUNTED]
    found = (
        Decision.objects.filter(counts_for__in=list(sellers), status__in=counted).exclude(kind="hold").filter(order="")
    )
    return found.select_related("statement", "snapshot", "listing__marketplace").order_by("-effective_at", "-id")


def counting_on(marketplace: Marketplace, *, size: int) -> list[int]:
    """Give the sellers of a marketplace, by key, in whose record a decision counts, that with the newest first."""
    counted = [status.value for status in COUNTED]
    found = Decision.objects.filter(counts_for__marketplace=marketplace, status__in=counted, listing__isnull=False)
    newest = found.filter(order="").exclude(kind="hold").values("counts_for").annotate(last=Max("pk")).order_by("-last")
    return list(newest.values_list("counts_for", flat=True)[:size])


def _against(decision: Decision) -> Against:
    """Count from when the restriction took effect: of one that was to be corrected, from the day that was missed."""
    return Against(decision.ref, decision.kind, decision.correct_by or decision.effective_at or decision.decided_at)
