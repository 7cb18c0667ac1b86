"""What stands how, asked of the database at each look."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily

from touchmark.apps.audit import queries as audit
from touchmark.apps.catalog import queries as catalog
from touchmark.apps.decisions import queries as decisions
from touchmark.apps.decisions import queue
from touchmark.apps.outbox import queries as outbox
from touchmark.apps.registry import queries as registry_of_rights

#: A marketplace has so long to carry an order out before it counts as late.
PATIENCE = timedelta(hours=1)


def registry(*, at: datetime) -> CollectorRegistry:
    """Give what is counted at a moment, to be written out once."""
    made = CollectorRegistry()
    made.register(_Counted(at))
    return made


class _Counted:
    """Asks when it is collected."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def describe(self) -> list[Any]:
        """Nothing beforehand: what there is, is asked for once."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give every gauge; names end in their unit."""
        told = outbox.standing(at=self._at)
        yield _gauge("outbox_waiting", "Messages that are still to be told.", told.waiting)
        yield _gauge("outbox_given_up", "Messages that nobody took in the end.", told.given_up)
        yield _gauge("outbox_overdue_seconds", "How long the oldest has been due.", self._since(told.overdue_since))
        waiting = queue.all_waiting()
        oldest = waiting.order_by("since").values_list("since", flat=True).first()
        yield _gauge("queue_listings", "Listings that wait at the desk.", waiting.count())
        yield _gauge("queue_oldest_seconds", "How long the oldest of them has waited.", self._since(oldest))
        yield _gauge("rights_waiting", "Rights that wait to be verified.", registry_of_rights.waiting().count())
        late = decisions.unconfirmed(before=self._at - PATIENCE).count()
        yield _gauge("orders_unconfirmed", "Orders that a marketplace has not confirmed within an hour.", late)
        yield _gauge("listings", "Listings in the catalogue.", catalog.count())
        yield _gauge("record_rows", "Events and checkpoints in the record.", audit.rows())

    def _since(self, moment: datetime | None) -> float:
        return max((self._at - moment).total_seconds(), 0.0) if moment else 0.0


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"touchmark_{name}", about, value=value)
