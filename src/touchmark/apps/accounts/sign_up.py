"""
Getting in without an invitation, where the installation lets rights holders do so: an address is confirmed, a holder is
founded with one person.

Whoever asks learns nothing of an address: the answer, the row that is kept and how long it takes are the same for one
that is known, whose letter says so.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import mail, queries
from touchmark.apps.accounts.actions import digest_of, new_person, one_line
from touchmark.apps.accounts.models import Membership, Organisation, OrganisationKind, SignUp, User
from touchmark.apps.accounts.places import keyed
from touchmark.apps.audit import actions as audit
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor, Role

LASTS = timedelta(days=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: So many ask at most from one place in an hour; so many letters go to one address in a day.
FROM_A_PLACE = 10
TO_AN_ADDRESS = 3
#: The edition of the terms that are shown, by its day. Another day where they change: who accepted what stays known.
TERMS = "2026-12-01"


class NotOpen(TouchmarkError):
    """Holders get in by invitation here."""


class TooManySignUps(TouchmarkError):
    """More accounts are asked for from one place than people need."""


class SignUpGone(TouchmarkError):
    """The link was used, has run out, or never was; which of these is not said."""


@dataclass(frozen=True, slots=True)
class Joining:
    """What a new holder says of itself; ``organisation`` is blank for somebody who sells in their own name."""

    name: str
    password: str
    language: str
    organisation: str = ""
    country: str = ""


def is_open() -> bool:
    """Whether holders may join this installation by themselves."""
    return bool(settings.TOUCHMARK_SIGN_UP)


def _require_open() -> None:
    if not is_open():
        raise NotOpen(_("You get in by invitation here. Ask the marketplace for one."))


@transaction.atomic
def ask(*, email: str, language: str, sent_from: str, at: datetime) -> None:
    """
    Send an address the link to an account, or, where it has one, a letter that says so.

    An address that was written to often enough today gets no further letter; who asks is not told.

    :param sent_from: where from, as the network says; kept keyed
    :raises NotOpen: if holders get in by invitation
    :raises TooManySignUps: if more ask from there than people do
    """
    _require_open()
    place = keyed(sent_from, purpose="accounts.sign_up")
    if SignUp.objects.filter(sent_from=place, asked_at__gt=at - HOUR).count() >= FROM_A_PLACE:
        raise TooManySignUps(
            _("Several accounts were asked for from here. Open the links in our letters, or wait an hour.")
        )
    asked = SignUp.objects.filter(email__iexact=email, asked_at__gt=at - DAY).count()
    secret = secrets.token_urlsafe(32)
    kept = SignUp.objects.create(
        email=email,
        language=language,
        sent_from=place,
        secret_digest=digest_of(secret),
        asked_at=at,
        expires_at=at + LASTS,
    )
    if asked < TO_AN_ADDRESS:
        known = queries.person_at(email)
        letter = mail.known_already(known) if known else mail.sign_up(kept, secret)
        outbox.put(kind="email", to=email, payload=letter, at=at)


def waiting(secret: str, at: datetime) -> SignUp | None:
    """Give what a link stands for, if it is still good and nobody has its address. Knowing it is the permission."""
    found = SignUp.objects.filter(secret_digest=digest_of(secret), used_at=None, expires_at__gt=at).first()
    return None if found is None or queries.person_at(found.email) else found


@transaction.atomic
def finish(*, secret: str, said: Joining, at: datetime) -> User:
    """
    Found a holder with one person, who has read the terms and agreed. Of two who open one link at once, one gets in.

    :raises NotOpen: if holders get in by invitation
    :raises SignUpGone: if the link is no longer good
    :raises WeakPassword: if the password is too easily guessed
    """
    _require_open()
    found = waiting(secret, at)
    taken = found and SignUp.objects.select_for_update().filter(pk=found.pk, used_at=None).first()
    if taken is None:
        raise SignUpGone(_("This link is no longer good. Ask for a new one."))
    person = _person(taken.email, said, at)
    founded = Organisation.objects.create(
        kind=OrganisationKind.HOLDER,
        name=one_line(said.organisation) or person.name,
        country=said.country,
        created_at=at,
    )
    taken.used_at, taken.organisation, taken.terms = at, founded, TERMS
    taken.save(update_fields=["used_at", "organisation", "terms"])
    Membership.objects.create(user=person, organisation=founded, role=Role.HOLDER, since=at)
    _record(founded, person, at)
    return person


def _person(email: str, said: Joining, at: datetime) -> User:
    try:
        with transaction.atomic():
            return new_person(email, said.name, said.password, said.language, at)
    except IntegrityError as refused:  # the address came in by another link a moment ago
        raise SignUpGone(_("This link is no longer good. Ask for a new one.")) from refused


def _record(founded: Organisation, person: User, at: datetime) -> None:
    actor = Actor(user_id=person.pk, organisation_id=founded.pk, roles=frozenset({Role.HOLDER}))
    stream = f"organisation:{founded.pk}"
    about: dict[str, Json] = {"kind": founded.kind, "country": founded.country, "terms": TERMS}
    audit.append(stream=stream, kind="organisation_signed_up", actor=actor, at=at, payload=about)
    joined: dict[str, Json] = {"person": person.pk, "role": Role.HOLDER}
    audit.append(stream=stream, kind="person_joined", actor=actor, at=at, payload=joined)
