"""Which program asks, whom it speaks for, and what it may do."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja.security import HttpBearer

from touchmark.api import clock, limits
from touchmark.api.problems import Refused
from touchmark.apps.clients import access, actions
from touchmark.apps.clients.access import NoSuchToken
from touchmark.apps.clients.scopes import Scope
from touchmark.engine.terms import Actor, Role

if TYPE_CHECKING:
    from touchmark.apps.clients.models import Client

#: Roles that see what is another's: what they look at through a program goes on record.
SEES_OTHERS = (Role.REVIEWER, Role.POLICY_OWNER, Role.INVESTIGATOR, Role.OPERATOR)


class Asking(HttpRequest):
    """A request of a program whose token is good for the operation."""

    auth: "Client"
    actor: Actor


class Token(HttpBearer):
    """A token with a scope; the operation finds the program under ``auth`` and whom it speaks for under ``actor``."""

    openapi_description = "A token that was issued for your program."

    def __init__(self, scope: Scope, rate: limits.Rate) -> None:
        super().__init__()
        self._scope, self._rate = scope, rate

    def authenticate(self, request: HttpRequest, token: str) -> "Client | None":
        """
        Give the program.

        :raises Refused: if the token is not known, not good any more, has no such scope, or came too often
        """
        at = clock.now()
        try:
            client = actions.holding(token, at=at, often=self._rate is limits.SCREENINGS)
            request.actor = access.actor_of(client)  # type: ignore[attr-defined]
        except NoSuchToken as refusal:
            raise Refused(HTTPStatus.UNAUTHORIZED, str(refusal), {"WWW-Authenticate": "Bearer"}) from None
        limits.spend(request, client.pk, self._rate, at)
        if self._scope not in client.scopes:
            raise Refused(HTTPStatus.FORBIDDEN, f"This token may not do that: it has no scope '{self._scope}'.")
        actions.note_use(client, at=at)
        return client


def may(scope: Scope, rate: limits.Rate = limits.GENERAL) -> Callable[[HttpRequest], "Client | None"]:
    """Ask for a token with a scope."""
    return Token(scope, rate)


def looked(request: Asking, operation: str, found: int) -> None:
    """Put on record what was looked at, if who looked sees what is another's."""
    if request.actor.has(*SEES_OTHERS):
        actions.note_look(
            client=request.auth,
            actor=request.actor,
            operation=operation,
            asked=request.get_full_path()[:500],
            found=found,
            at=clock.now(),
        )
