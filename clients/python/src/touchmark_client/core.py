"""How a request is sent, sent again, and answered."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx

#: Sent again after these, if the answer does not say when; then it is given up.
WAITS = (0.5, 2.0, 8.0)
#: However long an answer asks to wait.
LONGEST = 60.0
AGAIN = (429, 502, 503, 504)


class Refused(Exception):
    """The API refused; ``problem`` is its body (RFC 9457), ``status`` its status."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status}: {problem.get('detail') or problem.get('title') or 'refused'}")
        self.status, self.problem = status, problem


class Core:
    """Sends requests with a token; operations are made of it."""

    def __init__(
        self,
        installation: str,
        token: str,
        *,
        http: httpx.Client | None = None,
        timeout: float = 60.0,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Speak to an installation.

        :param installation: its address, without ``/api``
        :param http: a client of your own, for a proxy or a test; the address is put before every path
        """
        self._http = http or httpx.Client(timeout=timeout)
        self._base = f"{installation.rstrip('/')}/api/v1"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._wait = wait

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def pages(self, operation: Callable[..., Any], **filters: Any) -> Iterator[Any]:
        """Give every item of a list, page after page: ``pages(client.list_decisions, status="in_force")``."""
        cursor: str | None = None
        while True:
            page = operation(**filters, cursor=cursor)
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return

    def _call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: object = None,
        rows: Iterable[Mapping[str, Any]] | None = None,
        data: bytes | None = None,
        key: str | None = None,
    ) -> Any:
        """
        Send a request, again where that is safe, and give what it was answered.

        :raises Refused: if the API refuses
        :raises httpx.TransportError: if it cannot be reached
        """
        headers, content = dict(self._headers), data
        if method == "POST":
            headers["Idempotency-Key"] = key or str(uuid4())
        if data is not None:
            headers["Content-Type"] = "application/octet-stream"
        elif rows is not None:
            headers["Content-Type"] = "application/jsonl"
            content = b"".join(json.dumps(row, default=str).encode() + b"\n" for row in rows)
        elif body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body, default=str).encode()
        asked = {name: _written(value) for name, value in (query or {}).items() if value is not None}
        request = self._http.build_request(method, self._base + path, params=asked, headers=headers, content=content)
        return _read(self._sent(request))

    def _sent(self, request: httpx.Request) -> httpx.Response:
        for wait in (*WAITS, None):
            try:
                answer = self._http.send(request)
            except httpx.TransportError:
                if wait is None:
                    raise
            else:
                if wait is None or not _worth_again(answer):
                    return answer
                wait = _asked_to_wait(answer, wait)
            self._wait(wait)
        raise AssertionError("the last try returns or raises")


def _worth_again(answer: httpx.Response) -> bool:
    at_work = answer.status_code == 409 and "being carried out" in answer.text
    return answer.status_code in AGAIN or at_work


def _asked_to_wait(answer: httpx.Response, otherwise: float) -> float:
    said = answer.headers.get("Retry-After", "")
    return min(float(said), LONGEST) if said.isdecimal() else otherwise


def _read(answer: httpx.Response) -> Any:
    try:
        said = answer.json()
    except ValueError:
        said = {"title": answer.reason_phrase, "detail": answer.text[:500]}
    if answer.is_error:
        raise Refused(answer.status_code, said)
    return said


def _written(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
