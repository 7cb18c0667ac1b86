"""Notes of reviewers on a listing; whom a note calls by name has a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from touchmark.apps.audit import actions as audit
from touchmark.apps.desk import people
from touchmark.apps.desk.models import Mention, Note
from touchmark.apps.inbox import actions as inbox
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import User
    from touchmark.apps.catalog.models import Listing

LONGEST = 4_000


class IncompleteNote(TouchmarkError):
    """The note says nothing, or more than anybody reads."""


@transaction.atomic
def write(*, listing: Listing, text: str, actor: Actor, at: datetime) -> Note:
    """
    Keep a note on a listing. ``@Name`` calls a colleague, who has a letter.

    :raises IncompleteNote: if it is empty or too long
    :raises NotYours: if the actor is not of the review team
    """
    text = text.strip()
    if not actor.has(*people.TEAM):
        raise NotYours("Notes are the review team's.")
    if not text or len(text) > LONGEST:
        raise IncompleteNote(f"Write what the others should know, in at most {LONGEST} characters.")
    note = Note.objects.create(listing=listing, by_id=actor.person, text=text, at=at)
    audit.append(stream=f"listing:{listing.pk}", kind="note", actor=actor, at=at, payload={"listing": listing.pk})
    for person in called(text, people.colleagues(actor)):
        _call(note, person, actor, at)
    return note


def called(text: str, colleagues: Sequence[User] | QuerySet[User]) -> list[User]:
    """
    Give the colleagues whom a text calls, by their whole name or by the first word of it, where one alone has that.

    The longest name that fits counts: ``@Ann Lee`` is not Ann Li.
    """
    folded = text.casefold()
    first = [person.name.casefold().split()[0] for person in colleagues if person.name.strip()]
    found = []
    for person in colleagues:
        name = person.name.casefold()
        alone = name.split()[:1] if name.strip() and first.count(name.split()[0]) == 1 else []
        if any(_calls(folded, word) for word in [name, *alone] if word):
            found.append(person)
    return found


def _calls(folded: str, name: str) -> bool:
    """A name in Latin letters ends where its word ends; Chinese does not part words."""
    end = r"(?!\w)" if name[-1].isascii() else ""
    return re.search(rf"@{re.escape(name)}{end}", folded) is not None


def _call(note: Note, person: User, actor: Actor, at: datetime) -> None:
    if person.pk == actor.user_id or not people.sees(person, actor, note.listing):
        return
    Mention.objects.create(note=note, person=person)
    inbox.deliver(
        organisation=people.team(actor),
        kind="mentioned",
        about=note.listing.listing_id[:40],
        content=people.letter_on(note.listing, actor, note.text),
        at=at,
        person=person,
    )


def on(listing: Listing, actor: Actor) -> QuerySet[Note]:
    """Give the notes on a listing, the oldest first, for the review team; for anybody else none."""
    if not actor.has(*people.TEAM):
        return Note.objects.none()
    return Note.objects.filter(listing=listing).select_related("by").order_by("at", "id")


def unseen(actor: Actor) -> QuerySet[Mention]:
    """Give the calls that the actor has not looked at yet, the oldest first."""
    waiting = Mention.objects.filter(person_id=actor.user_id, seen_at=None)
    return waiting.select_related("note__by", "note__listing__marketplace").order_by("note__at", "id")


def seen(*, listing: Listing, actor: Actor, at: datetime) -> None:
    """Note that the actor has opened the listing: what called them there is seen."""
    Mention.objects.filter(note__listing=listing, person_id=actor.user_id, seen_at=None).update(seen_at=at)
