"""Many events of one moment at once, for what is taken in by the thousand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from touchmark.apps.audit.entries import next_event
from touchmark.apps.audit.models import Event, Unsealed
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor


@dataclass(frozen=True, slots=True)
class Happened:
    """One event to append: to which stream, what, with which payload."""

    stream: str
    kind: str
    payload: Mapping[str, Json]


def append_many(happened: Iterable[Happened], *, actor: Actor, at: datetime) -> None:
    """
    Write the next events of many streams, in the order given, as ``actions.append`` writes one.

    Unlike there, nobody waits: the caller holds whatever guards these streams (a row that all their writers take
    first), or finds its whole transaction refused where somebody else was at one of them.

    :raises NotCanonical: if a payload holds what could not be digested again
    :raises IntegrityError: if somebody else appended to one of the streams meanwhile
    :raises RuntimeError: if the caller has opened no transaction
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append_many() belongs in the transaction that does what it records")
    waiting = list(happened)
    last = Counter(_last_numbers({event.stream for event in waiting}))
    events = []
    for each in waiting:
        number = last[each.stream]
        events.append(next_event(number, stream=each.stream, kind=each.kind, actor=actor, at=at, payload=each.payload))
        last[each.stream] += 1
    Unsealed.objects.bulk_create(Unsealed(event=event) for event in Event.objects.bulk_create(events))


def _last_numbers(streams: set[str]) -> dict[str, int]:
    found = Event.objects.filter(stream__in=streams).order_by().values_list("stream")
    return dict(found.annotate(last=Max("number")))
