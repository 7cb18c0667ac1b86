"""
One shop on django-oscar: its products, and the flag that puts one on sale or takes it off.

A shop is somebody else's machine: what it answers is read up to a limit, and is believed to be what it should be only
once it was looked at. Else one shop, broken or wicked, would stop the worker for all the others.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

from touchmark.engine.screening.image.header import MOST_BYTES
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.integrations.answers import Later
from touchmark.integrations.webhooks.guard import ForbiddenAddress

#: Begins the address of a marketplace that is a shop on django-oscar.
SCHEME = "oscar+"
#: Bytes of one answer, and pages of products: a shop that gives more gives no end.
LARGEST, MOST_PAGES = 64 * 2**20, 20_000
Row = dict[str, Any]


class Shop:
    """
    Speaks to a shop; every call is one request.

    :param address: of the shop, with ``oscar+`` before it or without
    :param account: ``user:password`` of a staff account
    :param http: from ``webhooks.guard.guarded_client``; it stays the caller's
    """

    def __init__(self, address: str, account: str, http: httpx.Client) -> None:
        self.address = address.removeprefix(SCHEME).rstrip("/")
        user, _, password = account.partition(":")
        self._auth = httpx.BasicAuth(user, password)
        self._http = http

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def products(self) -> Iterator[Row]:
        """
        Give every product, as the shop's admin sees it. A shop may give pages or everything at once.

        :raises Later: if the shop does not answer as it should
        """
        address: str | None = "/api/admin/products/"
        for _page in range(MOST_PAGES):
            if address is None:
                return
            page, address = self._page(self._asked("GET", address))
            yield from page
        raise Later(f"The shop gives more than {MOST_PAGES} pages of products.")

    def partners(self) -> Iterator[Row]:
        """
        Give those who fulfil orders: the sellers of the shop.

        :raises Later: if the shop does not answer as it should
        """
        yield from self._page(self._asked("GET", "/api/admin/partners/"))[0]

    def _page(self, answer: "Answered") -> tuple[list[Row], str | None]:
        """Give the rows of a page, and where the next one is, at this shop and nowhere else."""
        found = answer.json
        rows, following = (found, None) if isinstance(found, list) else (_in(found, "results"), found.get("next"))
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Later("The shop answered with something else than rows.")
        if following is None:
            return rows, None
        if not isinstance(following, str) or not following.startswith(f"{self.address}/"):
            raise Later("The shop names a next page that is not its own.")
        return rows, following.removeprefix(self.address)

    def is_public(self, product: str) -> bool | None:
        """
        Say whether a product is on sale, by the shop's own flag; None where the shop has no such product.

        :raises Later: if the shop does not answer as it should
        """
        answer = self._asked("GET", _address(product), missing=True)
        return None if answer.code == httpx.codes.NOT_FOUND else bool(_in(answer.json, "is_public"))

    def publish(self, product: str, *, public: bool) -> None:
        """
        Put a product on sale or take it off. One that is not there (any more) is left alone.

        :raises Later: if the shop does not answer as it should
        """
        self._asked("PATCH", _address(product), missing=True, body={"is_public": public})

    def picture(self, name: str, /) -> bytes:
        """
        Give the bytes of a picture by its address: an ``ImageBytes``.

        :raises UnreadableImage: if it is not the shop's, does not come, or is too large
        """
        if not name.startswith(f"{self.address}/"):
            raise UnreadableImage("outside")
        try:
            with self._http.stream("GET", name) as answer:
                answer.raise_for_status()
                data = bytearray()
                for block in answer.iter_raw():
                    data += block
                    if len(data) > MOST_BYTES:
                        raise UnreadableImage("too_large_file", limit=MOST_BYTES // 1_000_000)
                return bytes(data)
        except (httpx.HTTPError, httpx.InvalidURL, ForbiddenAddress) as reason:
            raise UnreadableImage("missing") from reason

    def _asked(self, method: str, path: str, *, body: object = None, missing: bool = False) -> "Answered":
        try:
            with self._http.stream(method, self.address + path, json=body, auth=self._auth) as answer:
                said = Answered(answer.status_code, _whole(answer))
        except (httpx.HTTPError, httpx.InvalidURL, ForbiddenAddress) as reason:
            raise Later(f"{type(reason).__name__}: {reason}") from reason
        if 200 <= said.code < 300 or (missing and said.code == httpx.codes.NOT_FOUND):
            return said
        raise Later(f"The shop answered {said.code} to {method} {path}.")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a shop answered."""

    code: int
    body: bytes

    @property
    def json(self) -> Any:
        """
        Give the body's JSON.

        :raises Later: if it is none
        """
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as fault:
            raise Later("The shop answered with something that is no JSON.") from fault


def _whole(answer: httpx.Response) -> bytes:
    data = bytearray()
    for block in answer.iter_raw():
        data += block
        if len(data) > LARGEST:
            raise Later(f"The shop's answer is longer than {LARGEST >> 20} MB.")
    return bytes(data)


def _in(found: object, name: str) -> Any:
    if not isinstance(found, dict) or name not in found:
        raise Later(f"The shop's answer has no '{name}'.")
    return found[name]


def _address(product: str) -> str:
    if not product.isdecimal():
        raise Later(f"'{product}' is no number of a product of django-oscar.")
    return f"/api/admin/products/{product}/"
