"""Reading deadlines: those that run for something, and those whose moment has passed. Callers may see the subjects."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q

from touchmark.apps.deadlines.models import Deadline
from touchmark.engine.policy import clocks
from touchmark.engine.policy.clocks import ClockEvent, ClockState, Happening
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import ClockRule, UnknownRule


def running_of_each(subjects: Iterable[str]) -> defaultdict[str, list[Deadline]]:
    """Give what runs for each of these subjects, the next due first; an empty list where nothing does."""
    found: defaultdict[str, list[Deadline]] = defaultdict(list)
    running = Deadline.objects.filter(subject__in=list(subjects), closed_at=None)
    for deadline in running.order_by("due_at", "pk"):
        found[deadline.subject].append(deadline)
    return found


def last_of_each(subjects: Iterable[str], clock: str) -> dict[str, Deadline]:
    """Give the last deadline of this clock that each of these subjects has or had, whether it runs or has ended."""
    found = Deadline.objects.filter(subject__in=list(subjects), clock=clock).order_by("started_at", "pk")
    return {deadline.subject: deadline for deadline in found}


def standing_still(subjects: Iterable[str]) -> set[tuple[str, str]]:
    """Give which clocks of these subjects stand still: each by its subject and its name."""
    running = Deadline.objects.filter(subject__in=list(subjects), closed_at=None)
    rows = running.values_list("subject", "clock", "events")
    return {(subject, clock) for subject, clock, events in rows if events and events[-1]["kind"] == Happening.PAUSE}


def all_of(subject: str) -> list[Deadline]:
    """Give every deadline that a subject has or had, in the order in which they were started."""
    return list(Deadline.objects.filter(subject=subject).order_by("started_at", "pk"))


def due(at: datetime, *, size: int) -> list[int]:
    """Give the keys of those that run and whose moment has passed, the longest past first."""
    passed = Deadline.objects.filter(closed_at=None, due_at__lt=at).order_by("due_at", "pk")
    return list(passed.values_list("pk", flat=True)[:size])


def ending(clocks: Iterable[str], *, after: datetime, before: datetime, size: int) -> list[Deadline]:
    """Give those of these clocks that run and end between two moments, the next first."""
    found = Deadline.objects.filter(closed_at=None, clock__in=list(clocks), due_at__gt=after, due_at__lte=before)
    return list(found.order_by("due_at", "pk")[:size])


class Counted(NamedTuple):
    """How many of one clock's deadlines are late, how many fall due soon, and when the first of either does."""

    clock: str
    late: int
    soon: int
    first: datetime


def counted(clocks: Iterable[str], *, late: datetime, soon: datetime) -> list[Counted]:
    """Count what runs of these clocks and falls due before ``soon``, apart what did before ``late``."""
    running = Deadline.objects.filter(closed_at=None, clock__in=list(clocks), due_at__lt=soon).order_by()
    rows = running.values("clock").annotate(
        late=Count("pk", filter=Q(due_at__lt=late)), soon=Count("pk", filter=Q(due_at__gte=late)), first=Min("due_at")
    )
    return sorted((Counted(**row) for row in rows), key=lambda row: row.first)


def due_of(subjects: Iterable[str], at: datetime) -> list[int]:
    """Give the keys of those of these subjects' that run and whose moment has passed, the longest past first."""
    passed = Deadline.objects.filter(subject__in=list(subjects), closed_at=None, due_at__lt=at)
    return list(passed.order_by("due_at", "pk").values_list("pk", flat=True))


def hold(subjects: Iterable[str]) -> None:
    """
    Take the rows of what runs for these subjects until the transaction ends.

    Before anything else is taken, as the clock does: two who wait for each other would wait for ever.
    """
    running = Deadline.objects.filter(subject__in=list(subjects), closed_at=None).order_by("pk")
    list(running.select_for_update().values_list("pk", flat=True))


def taken(key: int, at: datetime) -> Deadline | None:
    """
    Take the row of one of them until the transaction ends; None where another worker was first.

    When it falls due is worked out anew from its rule and its events; one that is not due after all is put off.
    """
    found = Deadline.objects.filter(pk=key, closed_at=None).select_for_update().first()
    if found is None:
        return None
    stands = state_of(found)
    if stands.fallen_due(at):
        return found
    Deadline.objects.filter(pk=key).update(due_at=stands.due_at)
    return None


def rule_of(deadline: Deadline) -> ClockRule:
    """
    Give the rule by which a deadline was started, in force or not any more.

    :raises UnknownRule: if no file holds it
    """
    regime = regimes()[deadline.regime]
    rules = (*regime.clocks, *(regime.base.clocks if regime.base else ()))
    for rule in rules:
        if rule.id == deadline.rule:
            return rule
    raise UnknownRule(f"No file holds the rule {deadline.rule} any more.")


def state_of(deadline: Deadline) -> ClockState:
    """Give where a deadline's clock stands after all that happened to it."""
    return clocks.state(rule_of(deadline), [_event(row) for row in deadline.events], place=deadline.place)


def _event(row: dict[str, Any]) -> ClockEvent:
    return ClockEvent(Happening(row["kind"]), datetime.fromisoformat(row["at"]), row.get("length", 0))
