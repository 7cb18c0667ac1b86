"""A marketplace's programs: each has a token of its own, which says what it may do, and can be taken back."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog.actions import require_may_import
from touchmark.apps.catalog.models import Client, Marketplace
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor

#: Begins every token, so that one that was published by mistake is recognised.
BEGINS = "tmk_"


class Scope(StrEnum):
    """What a program may do."""

    SCREEN = "screen"


class NoSuchToken(TouchmarkError):
    """Nobody was given this token, or it was taken back."""


class NoSuchMarketplace(TouchmarkError):
    """No marketplace of that name is open."""


@transaction.atomic
def issue(*, marketplace: str, name: str, scopes: Collection[Scope], actor: Actor, at: datetime) -> str:
    """
    Give a program of a marketplace its token, which is told this once; only its digest is kept.

    :raises NotYours: if the actor does not run the installation
    :raises NoSuchMarketplace: if none of that name is open
    """
    require_may_import(actor)
    found = Marketplace.objects.filter(slug=marketplace).first()
    if found is None:
        raise NoSuchMarketplace(f"No marketplace '{marketplace}' is open: open it first.")
    token = BEGINS + secrets.token_urlsafe(32)
    client = Client.objects.create(
        marketplace=found, name=name, digest=_digest(token), scopes=sorted(scopes), issued_at=at
    )
    payload = {"client": name, "scopes": ", ".join(client.scopes)}
    audit.append(stream=f"marketplace:{marketplace}", kind="issue_token", actor=actor, at=at, payload=payload)
    return token


@transaction.atomic
def take_back(*, marketplace: str, name: str, actor: Actor, at: datetime) -> int:
    """
    End every token of this name, and give how many there were.

    :raises NotYours: if the actor does not run the installation
    """
    require_may_import(actor)
    held = Client.objects.filter(marketplace__slug=marketplace, name=name, ended_at=None)
    if ended := held.update(ended_at=at):
        payload = {"client": name}
        audit.append(stream=f"marketplace:{marketplace}", kind="end_token", actor=actor, at=at, payload=payload)
    return ended


def holding(token: str) -> Client:
    """
    Give the program that holds a token, with its marketplace.

    :raises NoSuchToken: if there is none
    """
    held = Client.objects.filter(digest=_digest(token), ended_at=None).select_related("marketplace").first()
    if held is None:
        raise NoSuchToken("This token is not known here, or was taken back.")
    return held


def _digest(token: str) -> str:
    """A token is 256 random bits: no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
