"""Giving programs their tokens, and taking them back."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog.actions import require_may_import
from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.clients import access
from touchmark.apps.clients.models import Client
from touchmark.apps.clients.scopes import OF_A_MARKETPLACE, OF_ROLE, Scope
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor

#: Begins every token, so that one that was published by mistake is recognised.
BEGINS = "tmk_"
#: How long a token is good where nobody says otherwise.
LASTS = timedelta(days=365)


class NoSuchMarketplace(TouchmarkError):
    """No marketplace of that name is open."""


class ScopeNotForThis(TouchmarkError):
    """A token of this kind cannot have the scope."""


@transaction.atomic
def issue(
    *,
    marketplace: str,
    name: str,
    scopes: Collection[Scope],
    actor: Actor,
    at: datetime,
    lasts: timedelta | None = LASTS,
) -> str:
    """
    Give a program of a marketplace its token, which is told this once; only its digest is kept.

    :param lasts: how long it is good; None for a token without an end
    :raises NotYours: if the actor does not run the installation
    :raises NoSuchMarketplace: if none of that name is open
    :raises ScopeNotForThis: if a marketplace's program has nothing to do with a scope
    """
    require_may_import(actor)
    found = Marketplace.objects.filter(slug=marketplace).first()
    if found is None:
        raise NoSuchMarketplace(f"No marketplace '{marketplace}' is open: open it first.")
    _require_fit(scopes, OF_A_MARKETPLACE, "a marketplace's program")
    token, client = _made(Client(marketplace=found), name, scopes, lasts, at)
    _append(client, "issue_token", actor, at, {"scopes": ", ".join(client.scopes)})
    return token


@transaction.atomic
def issue_own(*, name: str, scopes: Collection[Scope], actor: Actor, at: datetime, lasts: timedelta = LASTS) -> str:
    """
    Give a person a token for a program of theirs, in the organisation that they act for. It is told this once.

    The program may do what the person may, and no more than its scopes; it ends with the person's membership.

    :raises ScopeNotForThis: if nobody in the person's roles has anything to do with a scope
    :raises NotYours: if nobody acts for an organisation here
    """
    if actor.user_id is None or actor.organisation_id is None:
        raise NotYours("A token speaks for somebody who acts for an organisation.")
    _require_fit(scopes, scopes_of(actor), "your role")
    made = Client(user_id=actor.user_id, organisation_id=actor.organisation_id)
    token, client = _made(made, name, scopes, lasts, at)
    _append(client, "issue_token", actor, at, {"scopes": ", ".join(client.scopes)})
    return token


def scopes_of(actor: Actor) -> frozenset[Scope]:
    """Give the scopes that a token of this person can have."""
    return frozenset().union(*(OF_ROLE.get(role, frozenset()) for role in actor.roles))


def _require_fit(scopes: Collection[Scope], possible: Collection[Scope], whose: str) -> None:
    if unfit := sorted(set(scopes) - set(possible)):
        raise ScopeNotForThis(f"'{unfit[0]}' is nothing for {whose}; possible: {', '.join(sorted(possible))}.")


def _made(
    client: Client, name: str, scopes: Collection[Scope], lasts: timedelta | None, at: datetime
) -> tuple[str, Client]:
    token = BEGINS + secrets.token_urlsafe(32)
    client.name, client.digest, client.scopes = name, digest_of(token), sorted(set(scopes))
    client.issued_at, client.expires_at = at, None if lasts is None else at + lasts
    client.save(force_insert=True)
    return token, client


@transaction.atomic
def take_back(*, whose: str, name: str, actor: Actor, at: datetime) -> int:
    """
    End every token of this name that the programs of a marketplace, or of a person, hold; give how many there were.

    :param whose: the marketplace's slug, or the person's address
    :raises NotYours: if the actor does not run the installation
    """
    require_may_import(actor)
    of = Q(user__email__iexact=whose) if "@" in whose else Q(marketplace__slug=whose)
    return _end(Client.objects.filter(of, name=name, ended_at=None), actor, at)


@transaction.atomic
def take_back_one(*, client_id: int, actor: Actor, at: datetime) -> int:
    """
    End one token: one's own, or any for whoever runs the installation.

    :raises NoSuchToken: if there is none that the actor may see
    """
    found = access.clients_for(actor).filter(pk=client_id)
    if not found.exists():
        raise access.NoSuchToken("There is no such token among those that you may see.")
    return _end(Client.objects.filter(pk=client_id, ended_at=None), actor, at)


@transaction.atomic
def end_those_of(*, user_id: int, organisation_id: int | None, actor: Actor, at: datetime) -> int:
    """
    End every token that somebody who leaves has for an organisation; None: for any. The caller may have them leave.
    """
    theirs = Client.objects.filter(user_id=user_id, ended_at=None)
    return _end(theirs if organisation_id is None else theirs.filter(organisation_id=organisation_id), actor, at)


def _end(clients: QuerySet[Client], actor: Actor, at: datetime) -> int:
    found = list(clients.select_related("marketplace"))
    Client.objects.filter(pk__in=[client.pk for client in found]).update(ended_at=at)
    for client in found:
        _append(client, "end_token", actor, at, {})
    return len(found)


def _append(client: Client, kind: str, actor: Actor, at: datetime, payload: dict[str, Json]) -> None:
    whose = f"marketplace:{client.marketplace.slug}" if client.marketplace else f"person:{client.user_id}"
    audit.append(stream=whose, kind=kind, actor=actor, at=at, payload={"client": client.pk, **payload})


@transaction.atomic
def note_look(*, client: Client, actor: Actor, operation: str, asked: str, found: int, at: datetime) -> None:
    """Put on record that a program looked at what is not its own: whose it is, what it asked for, how much it got."""
    payload: dict[str, Json] = {"operation": operation, "asked": asked, "found": found}
    audit.append(stream=f"client:{client.pk}", kind="looked", actor=actor, at=at, payload=payload)


def note_use(client: Client, *, at: datetime) -> None:
    """Keep when a token was last used, to the minute: not every request is worth a write."""
    if client.last_used_at is None or at - client.last_used_at >= timedelta(minutes=1):
        Client.objects.filter(pk=client.pk).update(last_used_at=at)
        client.last_used_at = at


def holding(token: str, *, at: datetime, often: bool = False) -> Client:
    """
    Give the program that holds a token, with its marketplace.

    :param often: whether it is asked hundreds of times a second: then what was found a moment ago counts
    :raises NoSuchToken: if there is none, or not any more
    """
    held = access.client_lately_holding if often else access.client_holding
    return held(digest_of(token), at=at)


def digest_of(token: str) -> str:
    """Give what is kept of a token. It is 256 random bits: no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
