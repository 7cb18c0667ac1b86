"""One shop on django-oscar: its products, and the flag that puts one on sale or takes it off."""

from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import httpx

from touchmark.engine.screening.image.header import MOST_BYTES
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.integrations.answers import Later
from touchmark.integrations.webhooks.guard import ForbiddenAddress

#: Begins the address of a marketplace that is a shop on django-oscar.
SCHEME = "oscar+"
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
        address = "/api/admin/products/"
        while address:
            found = self._asked("GET", address).json()
            page = found if isinstance(found, list) else found["results"]
            yield from page
            following = None if isinstance(found, list) else found["next"]
            address = following.removeprefix(self.address) if following else ""

    def partners(self) -> Iterator[Row]:
        """Give those who fulfil orders: the sellers of the shop."""
        found = self._asked("GET", "/api/admin/partners/").json()
        yield from found if isinstance(found, list) else found["results"]

    def is_public(self, product: str) -> bool | None:
        """
        Say whether a product is on sale, by the shop's own flag; None where the shop has no such product.

        :raises Later: if the shop does not answer as it should
        """
        answer = self._asked("GET", _address(product), missing=True)
        return None if answer.status_code == httpx.codes.NOT_FOUND else bool(answer.json()["is_public"])

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
        except (httpx.HTTPError, ForbiddenAddress) as reason:
            raise UnreadableImage("missing") from reason

    def _asked(self, method: str, path: str, *, body: object = None, missing: bool = False) -> httpx.Response:
        try:
            answer = self._http.request(method, self.address + path, json=body, auth=self._auth)
        except (httpx.HTTPError, httpx.InvalidURL, ForbiddenAddress) as reason:
            raise Later(f"{type(reason).__name__}: {reason}") from reason
        if answer.is_success or (missing and answer.status_code == httpx.codes.NOT_FOUND):
            return answer
        raise Later(f"The shop answered {answer.status_code} to {method} {path}.")


def _address(product: str) -> str:
    if not product.isdecimal():
        raise Later(f"'{product}' is no number of a product of django-oscar.")
    return f"/api/admin/products/{product}/"
