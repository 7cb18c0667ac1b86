"""Many events of one moment at once, for what is taken in by the thousand."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from touchmark.apps.audit.models import Event, Unsealed
from touchmark.engine.record.canonical import Json
from touchmark.engine.record.entry import SALT_BYTES, Entry
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
    numbers = Counter(_last_numbers({event.stream for event in waiting}))
    events = []
    for event in waiting:
        numbers[event.stream] += 1
        entry = Entry(
            stream=event.stream,
            number=numbers[event.stream],
            kind=event.kind,
            at=at,
            user=actor.user_id,
            organisation=actor.organisation_id,
            roles=" ".join(sorted(actor.roles)),
            payload=event.payload,
        )
        events.append(_event(entry))
    Unsealed.objects.bulk_create(Unsealed(event=event) for event in Event.objects.bulk_create(events))


def _last_numbers(streams: set[str]) -> dict[str, int]:
    found = Event.objects.filter(stream__in=streams).order_by().values_list("stream")
    return dict(found.annotate(last=Max("number")))


def _event(entry: Entry) -> Event:
    salt = secrets.token_bytes(SALT_BYTES)
    return Event(
        stream=entry.stream,
        number=entry.number,
        kind=entry.kind,
        at=entry.at,
        user_id=entry.user,
        organisation_id=entry.organisation,
        roles=entry.roles,
        payload=entry.payload,
        salt=salt,
        digest=entry.digest(salt),
    )
