"""
Single sign-on: an organisation's own identity provider says who is who, for that organisation and no other.

Whoever runs a provider can say anything of anybody. So what it says opens only what its organisation could open
anyway: it lets in those who hold a role there or are invited to one, and a session that began with it acts for that
organisation alone. Somebody who also acts elsewhere signs in there by their own means.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import access, actions, oneself, queries
from touchmark.apps.accounts.models import Identity, SignOn, User
from touchmark.apps.accounts.sealed import Sealed, reseal, seal, sealed_anew, unseal
from touchmark.apps.audit import actions as audit
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor

PURPOSE = "single sign-on"


class SecretMissing(TouchmarkError):
    """Another provider is given no secret that was agreed with the one before."""


class NotLetIn(TouchmarkError):
    """The provider says who it is, and nobody here is let in by that; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Said:
    """Whom a provider named, as its proven ID token says it."""

    subject: str
    email: str
    email_verified: bool
    name: str


@transaction.atomic
def set_up(*, organisation_id: int, issuer: str, client_id: str, secret: str, actor: Actor, at: datetime) -> SignOn:
    """
    Let an organisation's people sign in through its identity provider; what was set up before ends.

    :param secret: the client's secret; blank keeps the one that is there, for the same issuer
    :raises NoSuchOrganisation: if the actor may not see the organisation's people
    :raises SecretMissing: if another issuer would be told the secret of the one before
    """
    organisation = access.team_for(actor, organisation_id)
    before = SignOn.objects.filter(organisation=organisation, ended_at=None).first()
    kept = before.secret if before and before.issuer == issuer else ""
    if not secret and not kept:
        raise SecretMissing(_("Give the secret that this provider agreed: the one that is kept is another’s."))
    if before:
        before.ended_at = at
        before.save(update_fields=["ended_at"])
    made = SignOn.objects.create(
        organisation=organisation,
        key=before.key if before else secrets.token_urlsafe(9),
        issuer=issuer,
        client_id=client_id,
        secret=seal(secret, PURPOSE) if secret else kept,
        set_up_at=at,
    )
    if before and before.issuer == issuer:
        Identity.objects.filter(sign_on=before).update(sign_on=made)
    _append(made, "sign_on_set_up", actor, at, {"issuer": issuer})
    return made


@transaction.atomic
def end(*, organisation_id: int, actor: Actor, at: datetime) -> None:
    """
    End an organisation's single sign-on. Who has no other way of signing in sets a password by e-mail.

    :raises NoSuchOrganisation: if the actor may not see the organisation's people
    """
    organisation = access.team_for(actor, organisation_id)
    found = SignOn.objects.filter(organisation=organisation, ended_at=None).first()
    if found is None:
        return
    found.ended_at, found.secret = at, ""
    found.save(update_fields=["ended_at", "secret"])
    Identity.objects.filter(sign_on=found).delete()
    _append(found, "sign_on_ended", actor, at, {})


def of(organisation_id: int) -> SignOn | None:
    """Give what an organisation's people sign in through; the caller may see it."""
    return SignOn.objects.filter(organisation_id=organisation_id, ended_at=None).first()


def with_key(key: str) -> SignOn | None:
    """Give the single sign-on behind an address of ours. Everybody may know it: the provider does the asking."""
    return SignOn.objects.filter(key=key, ended_at=None).select_related("organisation").first()


def secret_of(found: SignOn) -> str:
    """Give the client's secret, to be told to the provider alone."""
    return unseal(found.secret, PURPOSE) if found.secret else ""


def reseal_secrets(*, keep: bool) -> Sealed:
    """Seal the secrets of all clients under the site's newest key; without ``keep``, only see which of them open."""

    def anew(row: SignOn) -> None:
        row.secret = sealed_anew(row.secret, PURPOSE)

    return reseal(SignOn.objects.exclude(secret=""), anew, keep=keep)


@transaction.atomic
def arrive(*, found: SignOn, said: Said, language: str, at: datetime) -> User:
    """
    Give the person whom the provider named, if they act for its organisation or are invited to.

    The first time, the address decides, and only one that the provider has verified; from then on the subject does,
    whatever address it carries.

    :raises NotLetIn: if nobody of the organisation is meant
    """
    known = Identity.objects.filter(sign_on=found, subject=said.subject).select_related("user").first()
    person = known.user if known else _first_time(found, said, language, at)
    acts = any(held.organisation_id == found.organisation_id for held in queries.organisations_of(person.pk))
    if not person.is_active or not acts:
        raise NotLetIn(
            _("You do not act for %(name)s here any more. Ask a colleague to invite you.")
            % {"name": found.organisation.name}
        )
    return person


def _first_time(found: SignOn, said: Said, language: str, at: datetime) -> User:
    if not said.email or not said.email_verified:
        raise NotLetIn(
            _("Your organisation’s sign-in vouched for no e-mail address. Ask whoever runs it to send a verified one.")
        )
    person = queries.person_at(said.email)
    if person is None or not _acts(person, found):
        person = _invited(found, said, person, language, at)
    Identity.objects.update_or_create(sign_on=found, user=person, defaults={"subject": said.subject, "since": at})
    oneself.note_security(user=person, what="sign_on_linked", at=at)
    return person


def _acts(person: User, found: SignOn) -> bool:
    return queries.members_of(found.organisation_id).filter(user=person).exists()


def _invited(found: SignOn, said: Said, person: User | None, language: str, at: datetime) -> User:
    if person is not None:
        raise NotLetIn(
            _("Your account here does not act for %(name)s. Open your invitation, signed in as usual.")
            % {"name": found.organisation.name}
        )
    waiting = queries.open_invitations_of(found.organisation_id, at).filter(email__iexact=said.email).last()
    if waiting is None:
        raise NotLetIn(
            _("Nobody has invited %(email)s to %(name)s. Ask a colleague who is in already.")
            % {"email": said.email, "name": found.organisation.name}
        )
    return actions.accept_vouched(invitation=waiting, name=said.name, language=language, at=at)


def _append(found: SignOn, kind: str, actor: Actor, at: datetime, payload: dict[str, Json]) -> None:
    said: dict[str, Json] = {"sign_on": found.pk, **payload}
    audit.append(stream=f"organisation:{found.organisation_id}", kind=kind, actor=actor, at=at, payload=said)
