"""Which program asks, and what it may do."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja.security import HttpBearer

from touchmark.api.problems import Refused
from touchmark.apps.catalog import clients
from touchmark.apps.catalog.clients import NoSuchToken, Scope

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Client


class Token(HttpBearer):
    """A token with a scope; the operation finds the program under ``request.auth``."""

    openapi_description = "A token that the operator issued for a program of your marketplace."

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> "Client | None":
        """Give the program, or None for a token that nobody holds."""
        try:
            client = clients.holding(token)
        except NoSuchToken:
            return None
        if self._scope not in client.scopes:
            raise Refused(HTTPStatus.FORBIDDEN, f"This token may not do that: it has no scope '{self._scope}'.")
        return client


def may(scope: Scope) -> Callable[[HttpRequest], "Client | None"]:
    """Ask for a token with a scope."""
    return Token(scope)
