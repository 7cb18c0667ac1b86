"""Delivering and reading letters."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from touchmark.apps.accounts.models import Membership, Organisation, User
from touchmark.apps.inbox import access, wording
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.terms import Actor


@transaction.atomic
def deliver(
    *,
    organisation: Organisation,
    kind: str,
    about: str,
    content: Mapping[str, Any],
    at: datetime,
    person: User | None = None,
    copies: bool = True,
) -> Letter:
    """
    Put a letter into the organisation's inbox, and send a copy by e-mail to each of its people.

    The letter is delivered with the transaction of the caller; the copies go out after it.

    :param person: who alone gets it, where it is to one of them
    :param copies: False for what waits for whoever looks into the inbox first
    """
    letter = Letter.objects.create(
        organisation=organisation, person=person, kind=kind, about=about, content=dict(content), delivered_at=at
    )
    if not copies:
        return letter
    members = Membership.objects.filter(organisation=organisation, ended_at=None)
    members = members if person is None else members.filter(user=person)
    people = members.values_list("user__email", "user__language")
    for address, language in sorted(set(people)):
        outbox.put(kind="email", to=address, payload=_copy(letter, address, language), at=at)
    return letter


def _copy(letter: Letter, address: str, language: str) -> dict[str, str]:
    """Give the e-mail for one reader, in the reader's language."""
    with translation.override(language):
        subject, body = wording.written(letter)
    return {"to": address, "subject": subject, "body": body}


@transaction.atomic
def read(*, letter_id: int, actor: Actor, at: datetime) -> Letter:
    """
    Note that somebody of the organisation has opened the letter; the first time counts.

    :raises NoSuchLetter: if there is none that the actor may see
    """
    letter = access.letter_for(actor, letter_id)
    if letter.read_at is None:
        letter.read_at = at
        letter.save(update_fields=["read_at"])
    return letter
