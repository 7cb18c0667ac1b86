"""The few calls that django-allauth makes to an identity provider, through the guarded client."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

import httpx

from touchmark.integrations.webhooks.guard import ForbiddenAddress

#: An answer longer than this is none that an identity provider gives, in bytes.
LONGEST = 1_000_000


class ProviderAway(OSError):
    """The identity provider cannot be reached, or what it answers is not what one answers; the text says which."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider answered, as far as allauth looks at it."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """
        Give the body's JSON.

        :raises ProviderAway: if it is none
        """
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise ProviderAway("What the identity provider answered is no JSON.") from error

    def raise_for_status(self) -> None:
        """
        Refuse an answer that is none.

        :raises ProviderAway: if the status says that something went wrong
        """
        if self.status_code >= 300:
            raise ProviderAway(f"The identity provider answered with the status {self.status_code}.")


class Session:
    """Stands where allauth expects a session of ``requests``; each call is one connection of the guarded client."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, url: str, **options: Any) -> Answer:
        """Ask for an address; see ``request``."""
        return self.request("GET", url, **options)

    def request(self, method: str, url: str, *, auth: Any = None, **options: Any) -> Answer:
        """
        Call an address.

        :raises ProviderAway: if there is no answer, or one that has no end
        """
        basic = httpx.BasicAuth(auth.username, auth.password) if auth is not None else None
        try:
            with self._http.stream(method, url, auth=basic, **options) as answer:
                return Answer(answer.status_code, _headers(answer), _whole(answer))
        except (httpx.HTTPError, httpx.InvalidURL, ForbiddenAddress, ValueError) as error:
            raise ProviderAway(f"The identity provider cannot be reached: {error}") from error


def _headers(answer: httpx.Response) -> dict[str, str]:
    return {"content-type": answer.headers.get("content-type", "")}


def _whole(answer: httpx.Response) -> bytes:
    found = bytearray()
    for part in answer.iter_raw():
        found += part
        if len(found) > LONGEST:
            raise ProviderAway("The identity provider's answer is longer than any that one gives.")
    return bytes(found)
