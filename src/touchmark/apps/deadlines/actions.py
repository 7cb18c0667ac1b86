"""Starting, moving and ending deadlines. The caller's transaction holds what they are about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from touchmark.apps.deadlines import queries
from touchmark.apps.deadlines.models import Deadline, Outcome
from touchmark.engine.policy import clocks
from touchmark.engine.policy.clocks import Happening
from touchmark.engine.policy.rules import ClockRule, Place


@dataclass(frozen=True, slots=True)
class Start:
    """A clock to start: for which subject, by which rule of which regime, and where the marketplace counts its days."""

    subject: str
    rule: ClockRule
    regime: str
    place: Place


def start(starts: Iterable[Start], *, at: datetime) -> None:
    """Start clocks, all in one statement. One that runs already for its subject is refused by the database."""
    Deadline.objects.bulk_create(_started(wanted, at) for wanted in starts)


def _started(wanted: Start, at: datetime) -> Deadline:
    where = wanted.rule.place(wanted.place)
    return Deadline(
        subject=wanted.subject,
        clock=wanted.rule.clock,
        regime=wanted.regime,
        rule=wanted.rule.id,
        calendar=where.calendar or wanted.place.calendar,
        zone=where.zone.key,
        events=[{"kind": Happening.START, "at": at.isoformat()}],
        started_at=at,
        due_at=clocks.due(wanted.rule, start=at, place=wanted.place),
    )


def stop(subjects: Sequence[str], *, at: datetime, only: Iterable[str] = ()) -> int:
    """End the clocks of these subjects that run, because what they wait for has happened; give how many."""
    running = Deadline.objects.filter(subject__in=subjects, closed_at=None)
    if wanted := list(only):
        running = running.filter(clock__in=wanted)
    return running.update(closed_at=at, outcome=Outcome.MET)


def take_up_again(subject: str, clock: str, *, since: datetime) -> bool:
    """
    Let a clock that a subject had since a moment go on as if it had not been stopped; whether it had one.

    One whose moment has passed is left as it is. One that counted from another moment is another clock.
    """
    last = Deadline.objects.filter(subject=subject, clock=clock, started_at=since).order_by("-pk").first()
    if last is not None and last.outcome == Outcome.MET:
        last.closed_at, last.outcome = None, ""
        last.save(update_fields=["closed_at", "outcome"])
    return last is not None


@transaction.atomic
def happen(subject: str, clock: str, *, kind: Happening, at: datetime, length: int = 0) -> Deadline | None:
    """
    Pause, resume or extend a clock that runs, and work out anew when it falls due; None if it does not run.

    :raises ClockRefuses: if that cannot happen to this clock, or not now
    """
    running = Deadline.objects.filter(subject=subject, clock=clock, closed_at=None).select_for_update().first()
    if running is None:
        return None
    running.events = [*running.events, {"kind": kind, "at": at.isoformat(), "length": length}]
    running.due_at = queries.state_of(running).due_at
    running.save(update_fields=["events", "due_at"])
    return running


def lapse(deadline: Deadline, *, at: datetime) -> None:
    """Note that a deadline's moment has passed. The caller has taken its row, and does what follows."""
    deadline.closed_at, deadline.outcome = at, Outcome.LAPSED
    deadline.save(update_fields=["closed_at", "outcome"])
