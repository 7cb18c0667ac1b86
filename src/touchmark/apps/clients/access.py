"""Whose tokens somebody may see: their own, and, for whoever runs the installation, all. What a token opens, nobody."""

from datetime import datetime

from django.db.models import QuerySet

from touchmark.apps.accounts import access as accounts
from touchmark.apps.clients.models import Client
from touchmark.apps.lately import Lately
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

#: What every request asks of its program; the rest of a person and of a marketplace is not read each time.
_ASKED = (
    *("name", "scopes", "expires_at", "last_used_at", "organisation"),
    *("marketplace__slug", "user__is_active"),
)


class NoSuchToken(TouchmarkError):
    """Nobody was given this token, or it was taken back."""


class TokenExpired(NoSuchToken):
    """The token was good until a day that is past."""


def clients_for(actor: Actor) -> QuerySet[Client]:
    """Give the programs that the actor may see, newest first."""
    clients = Client.objects.select_related("marketplace", "user", "organisation").order_by("-issued_at", "-id")
    if actor.has(Role.OPERATOR, Role.SYSTEM):
        return clients
    return clients.filter(user_id=actor.user_id) if actor.user_id is not None else clients.none()


def own_of(actor: Actor) -> QuerySet[Client]:
    """Give the programs that speak for this person, for the organisation that they act for, newest first."""
    if actor.user_id is None or actor.organisation_id is None:
        return Client.objects.none()
    return clients_for(actor).filter(user_id=actor.user_id, organisation_id=actor.organisation_id)


def own_one(actor: Actor, client_id: int) -> Client:
    """
    Give one of the programs that speak for this person.

    :raises NoSuchToken: if there is none such
    """
    return one_of(own_of(actor).filter(pk=client_id), NoSuchToken("There is no such token among yours."))


def of_marketplace(actor: Actor, slug: str) -> QuerySet[Client]:
    """Give the programs of a marketplace, newest first: for whoever runs the installation."""
    return clients_for(actor).filter(marketplace__slug=slug)


def client_holding(digest: str, *, at: datetime) -> Client:
    """
    Give the program whose token has this digest. Knowing the token is the permission.

    :raises TokenExpired: if it was good until a day that is past
    :raises NoSuchToken: if there is none
    """
    return _good(_holding(digest), at)


def client_lately_holding(digest: str, *, at: datetime) -> Client:
    """
    Give the same as a moment ago: a token that is taken back is good for half a second longer, and no more.

    :raises TokenExpired: if it was good until a day that is past
    :raises NoSuchToken: if there is none
    """
    return _good(_lately_holding(digest), at)


def _holding(digest: str) -> Client:
    held = Client.objects.filter(digest=digest, ended_at=None).select_related("marketplace", "user").only(*_ASKED)
    return one_of(held, NoSuchToken("This token is not known here, or was taken back."))


_lately_holding = Lately(_holding)


def _good(found: Client, at: datetime) -> Client:
    if found.expires_at is not None and found.expires_at <= at:
        raise TokenExpired(f"This token was good until {found.expires_at:%Y-%m-%d %H:%M} UTC. Ask for a new one.")
    return found


def actor_of(client: Client) -> Actor:
    """
    Give whom a program speaks for: a marketplace, or a person as far as they still act for the organisation.

    :raises NoSuchToken: if the person no longer does
    """
    if client.marketplace is not None:
        return Actor.program_of(client.marketplace.slug)
    actor = accounts.actor_for(client.user, client.organisation_id) if client.user else Actor(None, None, frozenset())
    if client.user is None or not client.user.is_active or actor.organisation_id != client.organisation_id:
        raise NoSuchToken("Whoever this token was issued to no longer acts for that organisation.")
    return actor
