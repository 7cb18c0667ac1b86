"""Programs with tokens for tests, and asking the API as one."""

import itertools
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client as Browser

from tests.factories import catalog
from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.clients import actions
from touchmark.apps.clients.models import Client
from touchmark.apps.clients.scopes import OF_A_MARKETPLACE, Scope
from touchmark.engine.terms import Actor

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Program:
    """A program with its token."""

    token: str

    def get(self, address: str, **asked: Any) -> Any:
        return Browser().get(f"/api/v1{address}", asked, headers=self._headers())

    def post(self, address: str, body: object = None, *, key: str = "", kind: str = "application/json") -> Any:
        return self.send("POST", address, body, key=key, kind=kind)

    def send(self, method: str, address: str, body: object, *, key: str = "", kind: str = "application/json") -> Any:
        sent = body if isinstance(body, str | bytes) else json.dumps(body) if body is not None else ""
        headers = self._headers() | ({"Idempotency-Key": key} if key else {})
        return Browser().generic(method, f"/api/v1{address}", sent, content_type=kind, headers=headers)

    def lines(self, address: str, rows: Iterable[object], *, key: str = "") -> Any:
        """Send rows as JSON Lines."""
        body = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
        return self.post(address, body, key=key, kind="application/jsonl")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def of_marketplace(slug: str = "bazaar", scopes: Collection[Scope] = OF_A_MARKETPLACE, **about: Any) -> Program:
    """Issue a token to a program of a marketplace, which is opened if need be; it does not expire for a century."""
    catalog.marketplace(slug)
    said = {"name": "shop", "actor": Actor.system(), "at": catalog.AT, "lasts": timedelta(days=36_500)} | about
    return Program(actions.issue(marketplace=slug, scopes=scopes, **said))


def with_every_scope(actor: Actor) -> Program:
    """Make a program with every scope there is, also those that nobody would be issued."""
    token = f"tmk_test-{next(_numbers)}"
    market = Marketplace.objects.filter(slug=actor.marketplace).first()
    Client.objects.create(
        marketplace=market,
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
        name="everything",
        digest=actions.digest_of(token),
        scopes=list(Scope),
        issued_at=catalog.AT,
    )
    return Program(token)
