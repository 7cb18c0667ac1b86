"""
Privileged looks: that somebody looked at what is another's, on record.

On pages each is an event ``looked`` in the stream ``looks:<person>``; programs' are in ``client:<key>``. An event names
what was looked at by its reference, never what was seen.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from touchmark.apps.audit import actions
from touchmark.apps.audit.models import Event
from touchmark.engine.terms import Actor, Role

LOOKED = "looked"


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked at what, when: a page or an operation of the API, and the reference or address that it was about."""

    key: int
    at: datetime
    user_id: int | None
    roles: str
    what: str
    about: str


@transaction.atomic
def note(*, what: str, about: str, actor: Actor, at: datetime) -> None:
    """Put on record that a person looked at something of another's."""
    payload = {"what": what, "about": about[:300]}
    actions.append(stream=f"looks:{actor.person}", kind=LOOKED, actor=actor, at=at, payload=payload)


def looks_for(actor: Actor, *, person: int | None = None, before: int | None = None, size: int) -> list[Look]:
    """Give the last looks, the newest first, to whoever runs the installation; to anybody else none."""
    if not actor.has(Role.OPERATOR):
        return []
    found = Event.objects.filter(Q(kind=LOOKED)).order_by("-id")
    found = found if person is None else found.filter(user_id=person)
    found = found if before is None else found.filter(id__lt=before)
    return [_look(event) for event in found[:size]]


def _look(event: Event) -> Look:
    said = event.payload
    what, about = said.get("what") or said.get("operation", ""), said.get("about") or said.get("asked", "")
    return Look(event.pk, event.at, event.user_id, event.roles, str(what), str(about))
