"""Delivering and reading letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation

from touchmark.apps.accounts.models import Membership, Organisation, User
from touchmark.apps.hooks import actions as hooks
from touchmark.apps.inbox import access, wording
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.terms import Actor, Reach
from touchmark.engine.territories import codes_that_meet


@dataclass(frozen=True, slots=True)
class Concerns:
    """What a letter is about, by which it is kept from those of the organisation whose roles are limited to others."""

    marketplace: str = ""
    brand: int | None = None
    territories: tuple[str, ...] = ()

    def within(self, reach: Reach) -> bool:
        """Whether somebody whose role reaches so far reads it."""
        market = not reach.marketplaces or self.marketplace in ("", *reach.marketplaces)
        brand = not reach.brands or self.brand in reach.brands
        place = not self.territories or not codes_that_meet(reach.territories).isdisjoint(self.territories)
        return market and brand and (place or not reach.territories)


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
    concerns: Concerns | None = None,
    for_programs: Mapping[str, Any] | None = None,
) -> Letter:
    """
    Put a letter into the organisation's inbox, and send a copy by e-mail to each of its people that it concerns.

    The letter is delivered with the transaction of the caller; the copies go out after it, and so does the event to the
    organisation's program, if it has one that hears of such.

    :param person: who alone gets it, where it is to one of them
    :param copies: False for what waits for whoever looks into the inbox first
    :param for_programs: what the event holds besides the letter
    :param concerns: where it is not told, those whose roles are limited get none that is to all
    """
    letter = Letter.objects.create(
        organisation=organisation,
        person=person,
        kind=kind,
        about=about,
        content=dict(content),
        delivered_at=at,
        marketplace=concerns.marketplace if concerns else None,
        brand=concerns.brand if concerns else None,
        territories=list(concerns.territories) if concerns else [],
    )
    if person is None:
        said = {**content, **(for_programs or {})}
        hooks.tell(organisation=organisation.pk, letter=kind, about=about, content=said, at=at)
    if not copies:
        return letter
    for reader in sorted(_readers(organisation, person, concerns)):
        outbox.put(kind="email", to=reader.address, payload=_copy(letter, reader), at=at)
    return letter


class _Reader(NamedTuple):
    address: str
    language: str
    zone: str


def _readers(organisation: Organisation, person: User | None, concerns: Concerns | None) -> set[_Reader]:
    """Give the address, the language and the time zone of each who reads a letter."""
    held = Membership.objects.filter(organisation=organisation, ended_at=None).select_related("user", "team")
    if person is not None:
        return {_reader(one.user) for one in held.filter(user=person)}
    return {
        _reader(one.user)
        for one in held
        if one.team is None or one.team.reach.everywhere or (concerns and concerns.within(one.team.reach))
    }


def _reader(person: User) -> _Reader:
    return _Reader(person.email, person.language, person.time_zone)


def _copy(letter: Letter, reader: _Reader) -> dict[str, str]:
    """Give the e-mail for one reader, in the reader's language and time zone, whoever's deed it tells of."""
    with translation.override(reader.language), timezone.override(ZoneInfo(reader.zone)):
        subject, body = wording.written(letter)
    return {"to": reader.address, "subject": subject, "body": body}


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
