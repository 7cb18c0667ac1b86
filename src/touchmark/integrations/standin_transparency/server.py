"""The stand-in as one WSGI application: ``POST /statement`` and ``/statements``, ``GET /statement/existing-puid/…``."""

import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from touchmark.integrations.standin_transparency.rules import errors_of

Start = Callable[[str, list[tuple[str, str]]], object]
MOST = 100


class Database:
    """Stores statements that keep every rule, each name once, all of a call or none."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.stored: dict[str, dict[str, Any]] = {}
        self.calls = 0

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        self.calls += 1
        if environ.get("HTTP_AUTHORIZATION") != f"Bearer {self._token}":
            return _answer(start, "401 Unauthorized", {"message": "Unauthenticated."})
        path = str(environ.get("PATH_INFO", ""))
        if environ.get("REQUEST_METHOD") == "GET" and "/existing-puid/" in path:
            known = path.rpartition("/")[2] in self.stored
            return _answer(start, "302 Found" if known else "404 Not Found", {})
        said = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        if path.endswith("/statements"):
            return self._many(start, said.get("statements", []))
        return self._one(start, said)

    def _one(self, start: Start, said: dict[str, Any]) -> Iterable[bytes]:
        if errors := self._wrong(said, {}):
            return _answer(start, "422 Unprocessable Content", {"message": "Invalid.", "errors": errors})
        return _answer(start, "201 Created", self._kept(said))

    def _many(self, start: Start, rows: list[dict[str, Any]]) -> Iterable[bytes]:
        if not 1 <= len(rows) <= MOST:
            wrong = {"statements": [f"Between 1 and {MOST} statements are taken."]}
            return _answer(start, "422 Unprocessable Content", {"message": "Invalid.", "errors": wrong})
        seen: dict[str, int] = {}
        errors = {}
        for place, row in enumerate(rows):
            if wrong := self._wrong(row, seen):
                errors[f"statement_{place}"] = wrong
            seen[str(row.get("puid"))] = place
        if errors:
            return _answer(start, "422 Unprocessable Content", {"message": "Invalid.", "errors": errors})
        return _answer(start, "201 Created", {"statements": [self._kept(row) for row in rows]})

    def _wrong(self, said: dict[str, Any], seen: dict[str, int]) -> dict[str, list[str]]:
        if said.get("puid") in self.stored:
            return {"puid": ["The identifier given is already used."]}
        if said.get("puid") in seen:
            return {"puid": ["The identifier is given twice in this call."]}
        return errors_of(said)

    def _kept(self, said: dict[str, Any]) -> dict[str, Any]:
        self.stored[said["puid"]] = said
        return {**said, "uuid": str(uuid4())}


def _answer(start: Start, status: str, said: dict[str, Any]) -> Iterable[bytes]:
    body = json.dumps(said).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
