"""Asking for an address, and going on from page to page."""

import re
from typing import Any
from urllib.parse import urljoin


def got(client: Any, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


class Going:
    """Somebody who goes from each page to the next, and begins again behind the last."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._next: dict[str, str] = {}

    def on(self, address: str) -> None:
        found = re.search(r'rel="next" href="([^"]+)"', got(self._client, self._next.get(address) or address))
        self._next[address] = urljoin(address, found.group(1).replace("&amp;", "&")) if found else ""
