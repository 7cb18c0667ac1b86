"""From what happened to the row that is written of it: the same whether one event is written or ten thousand."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from touchmark.apps.audit.models import Event
from touchmark.engine.record.canonical import Json
from touchmark.engine.record.entry import SALT_BYTES, Entry
from touchmark.engine.terms import Actor


def next_event(last: int, *, stream: str, kind: str, actor: Actor, at: datetime, payload: Mapping[str, Json]) -> Event:
    """
    Give the event that follows the one numbered ``last`` (0: none yet), salted and digested, not yet written.

    :raises NotCanonical: if the payload holds what could not be digested again
    """
    entry = Entry(
        stream=stream,
        number=last + 1,
        kind=kind,
        at=at,
        user=actor.user_id,
        organisation=actor.organisation_id,
        roles=" ".join(sorted(actor.roles)),
        payload=payload,
    )
    return _row(entry)


def _row(entry: Entry) -> Event:
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
