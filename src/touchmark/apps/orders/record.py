"""Writing where an order stands: the event, the status, the clock by which it is answered. The caller holds the row."""

from datetime import datetime

from touchmark.apps.audit import actions as audit
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running_clocks
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.inbox import desk
from touchmark.apps.orders.kinds import Product
from touchmark.apps.orders.models import Order
from touchmark.engine.lifecycle.order import ORDER, OrderStatus
from touchmark.engine.policy.orders import regime_of
from touchmark.engine.policy.rules import NoClock
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor

CLOCK = "answer_order"
#: By when an order about dangerous goods is carried out (GPSR, art. 22).
SAFETY_CLOCK = "safety_order"


def stream_of(order: Order) -> str:
    """Give the name of an order's stream in the record."""
    return f"order:{order.ref}"


def status_of(order: Order) -> OrderStatus:
    """Give where an order stands; one that is not stored yet is new."""
    return OrderStatus.NEW if order.pk is None else OrderStatus(order.status)


def record(order: Order, event: str, *, actor: Actor, at: datetime, payload: dict[str, Json] | None = None) -> Order:
    """Append the event and write the status that it leads to: the only place that assigns an order's."""
    before = status_of(order)
    order.status = ORDER.after(before, event)
    order.save()
    audit.append(stream=stream_of(order), kind=event, actor=actor, at=at, payload=payload or {})
    if before == OrderStatus.NEW:
        _start(order, CLOCK)
    elif over := OF_ORDERS - frozenset(ORDER.clocks_in(OrderStatus(order.status))):
        deadlines.stop([stream_of(order)], at=at, only=over)
    _follow_product(order, at)
    return order


OF_ORDERS = frozenset({CLOCK, SAFETY_CLOCK})


def _follow_product(order: Order, at: datetime) -> None:
    """Let the time for dangerous goods run as long as the order is one about them, and is not carried out."""
    runs = any(
        one.clock == SAFETY_CLOCK for one in running_clocks.running_of_each([stream_of(order)])[stream_of(order)]
    )
    waits = SAFETY_CLOCK in ORDER.clocks_in(OrderStatus(order.status))
    wanted = waits and order.product == Product.DANGEROUS
    if wanted and not runs:
        _start(order, SAFETY_CLOCK)
    elif runs and not wanted:
        deadlines.stop([stream_of(order)], at=at, only=[SAFETY_CLOCK])


def note(order: Order, kind: str, *, actor: Actor, at: datetime, payload: dict[str, Json] | None = None) -> None:
    """Put on record what changes no status: that it was verified, that it came again, that somebody looked at data."""
    audit.append(stream=f"{stream_of(order)}:notes", kind=kind, actor=actor, at=at, payload=payload or {})


def _start(order: Order, clock: str) -> None:
    """Let a time run from when the order was received, whenever it was entered; where its law has that clock."""
    regime = regime_of(order.country, order.received_at.date())
    try:
        rule = regime.clock(clock, on=order.received_at.date())
    except NoClock:
        return
    start = Start(stream_of(order), rule, regime.id, order.marketplace.place)
    deadlines.start([start], at=order.received_at)
    running = running_clocks.running_of_each([start.subject])[start.subject]
    by = next((one.due_at for one in running if one.clock == clock), None)
    desk.call(about=order.ref, rule=rule, by=by, marketplace=order.marketplace.slug, at=order.entered_at)
