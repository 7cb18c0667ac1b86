"""
Writing where answers and suits stand: the event, the status, the clocks that run in it.

The only place that assigns a status here. The caller holds the rows.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from touchmark.apps.audit import actions as audit
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running_clocks
from touchmark.apps.deadlines.actions import Start
from touchmark.engine.lifecycle.counter_notice import CounterStatus, life_of
from touchmark.engine.lifecycle.suit import SUIT, SuitStatus
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import ClockRule, Place, UnknownRule
from touchmark.engine.terms import Actor, RightKind

if TYPE_CHECKING:
    from touchmark.apps.counters.models import CounterNotice, Suit

#: From which of an answer's moments a clock counts; the others from when they begin to run.
COUNTS_FROM: Mapping[str, str] = {
    "forward_counter": "received_at",
    "restore_earliest": "received_at",
    "restore_latest": "received_at",
    "suit_window": "arrived_at",
    "holder_answer": "arrived_at",
}


def stream_of(counter: "CounterNotice") -> str:
    """Give the name of an answer's stream in the record."""
    return f"counter:{counter.ref}"


def stream_of_suit(suit: "Suit") -> str:
    """Give the name of a suit's stream in the record."""
    return f"suit:{suit.ref}"


def record(
    counter: "CounterNotice", event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> "CounterNotice":
    """Append the event to an answer's stream and write all that follows from it."""
    before = CounterStatus.NEW if counter.pk is None else CounterStatus(counter.status)
    life = life_of(statutory=counter.statutory)
    counter.status = life.after(before, event)
    counter.save()
    audit.append(stream=stream_of(counter), kind=event, actor=actor, at=at, payload=payload or {})
    runs = life.clocks_in(CounterStatus(counter.status))
    _follow(counter, stream_of(counter), runs, at)
    return counter


def record_suit(
    suit: "Suit", event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> "Suit":
    """Append the event to a suit's stream and write all that follows from it."""
    before = SuitStatus.NEW if suit.pk is None else SuitStatus(suit.status)
    suit.status = SUIT.after(before, event)
    suit.save()
    audit.append(stream=stream_of_suit(suit), kind=event, actor=actor, at=at, payload=payload or {})
    runs = SUIT.clocks_in(SuitStatus(suit.status))
    if event == "tell":  # a new word on it begins the time anew
        deadlines.stop([stream_of_suit(suit)], at=at)
    _follow(suit.counter, stream_of_suit(suit), runs, at)
    return suit


def _follow(counter: "CounterNotice", subject: str, runs: tuple[str, ...], at: datetime) -> None:
    """Stop the clocks that run no more, and start those that now do; one that stood aside goes on as it was."""
    running = {one.clock for one in running_clocks.running_of_each([subject])[subject]}
    if over := running - set(runs):
        deadlines.stop([subject], at=at, only=over)
    for clock in runs:
        since = getattr(counter, COUNTS_FROM[clock]) if clock in COUNTS_FROM else at
        if clock in running or (clock in COUNTS_FROM and deadlines.take_up_again(subject, clock, since=since)):
            continue
        place = counter.item.listing.marketplace.place
        if rule := _rule(counter, clock, since, place):
            deadlines.start([Start(subject, rule, counter.regime, place)], at=since)


def _rule(counter: "CounterNotice", clock: str, since: datetime, place: Place) -> ClockRule | None:
    day, kind = since.astimezone(place.zone).date(), RightKind(counter.item.right.kind)
    try:
        return regimes()[counter.regime].clock(clock, on=day, kind=kind)
    except UnknownRule:
        return None
