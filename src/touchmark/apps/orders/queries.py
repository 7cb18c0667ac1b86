"""Reading orders: what is missing from one, what is due first and how many, whose sellers may be told by now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.orders.kinds import TEXTS, OrderKind
from touchmark.apps.orders.models import Order, OrderItem
from touchmark.apps.orders.record import CLOCK, stream_of
from touchmark.engine.lifecycle.order import OrderStatus
from touchmark.engine.policy import particulars
from touchmark.engine.policy.orders import DOCUMENTS, regime_of
from touchmark.engine.policy.rules import Element

#: Where something is still to be done.
OPEN = (OrderStatus.RECEIVED, OrderStatus.INCOMPLETE, OrderStatus.CARRIED_OUT)


def answered_by(order: Order) -> datetime | None:
    """Give by when an order is to be answered; None once its time does not run."""
    running = Deadline.objects.filter(subject=stream_of(order), clock=CLOCK, closed_at=None).first()
    return running.due_at if running else None


def elements_of(order: Order) -> tuple[Element, ...]:
    """Give the elements that the law of its authority's country asks of an order."""
    regime = regime_of(order.country, order.received_at.date())
    return particulars.asked(document=DOCUMENTS[order.kind], regime=regime)


def missing_from(order: Order) -> tuple[Element, ...]:
    """Give the elements that an order still lacks."""
    regime = regime_of(order.country, order.received_at.date())
    return particulars.missing(given_in(order), document=DOCUMENTS[order.kind], regime=regime)


def given_in(order: Order) -> dict[str, Any]:
    """Give what an order says, by the names of the elements."""
    named = [item.said for item in items_of(order)]
    said = {name: order.elements.get(name, "") for name in TEXTS}
    more = {"locations": named, "territories": order.territories, "asked": order.asked}
    return said | more | {"authority": order.authority}


def items_of(order: Order) -> QuerySet[OrderItem]:
    """Give what an order names, in its order."""
    return order.items.select_related("listing__marketplace", "listing__seller", "seller__marketplace", "decision")


def due_first(orders: QuerySet[Order], *, only_open: bool) -> QuerySet[Order]:
    """Give these orders with ``due_at``, when the answer is due: that with the least time left first."""
    stream = Concat(Value("order:"), OuterRef("ref"))
    running = Deadline.objects.filter(subject=stream, clock="answer_order", closed_at=None)
    found = orders.annotate(due_at=Subquery(running.values("due_at")[:1]))
    if only_open:
        found = found.filter(status__in=OPEN)
    return found.order_by(F("due_at").asc(nulls_last=True), "-received_at", "-id")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many orders wait, how many are due within a day, those late among them, and how many are late."""

    waiting: int
    soon: int
    late: int


def counts(orders: QuerySet[Order], at: datetime) -> Counts:
    """Count these orders where something is still to be done, by the clock that falls due first, in one query."""
    stream = Concat(Value("order:"), OuterRef("ref"))
    running = Deadline.objects.filter(subject=stream, closed_at=None, due_at__isnull=False).order_by("due_at")
    timed = orders.filter(status__in=OPEN).annotate(first_due=Subquery(running.values("due_at")[:1]))
    soon, late = Q(first_due__lt=at + timedelta(days=1)), Q(first_due__lt=at)
    return Counts(**timed.order_by().aggregate(waiting=Count("pk"), soon=Count("pk", soon), late=Count("pk", late)))


def to_be_told(at: datetime, *, size: int) -> list[int]:
    """Give the keys of orders to give information whose sellers may learn of it by now and have not been told."""
    given = Order.objects.filter(kind=OrderKind.GIVE, told_at=None, carried_out_at__isnull=False)
    return list(given.filter(untold_until__lte=at).order_by("untold_until", "pk").values_list("pk", flat=True)[:size])


def taken_to_tell(key: int, at: datetime) -> Order | None:
    """Take the row of one of them; None where another worker was first, or it was put off meanwhile."""
    given = Order.objects.filter(pk=key, told_at=None, untold_until__lte=at)
    return given.select_for_update(of=("self",)).select_related("marketplace").first()


def named_sellers(items: Iterable[OrderItem]) -> list[OrderItem]:
    """Give the items that name a seller who is known here, each seller once."""
    found: dict[int, OrderItem] = {}
    for item in items:
        if item.seller_id is not None:
            found.setdefault(item.seller_id, item)
    return list(found.values())
