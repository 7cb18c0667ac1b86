"""One call with up to a hundred statements, and what came of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx

from touchmark.engine.errors import TouchmarkError
from touchmark.integrations.answers import Answer, Later, Never

#: So many statements go with one call.
MOST = 100
_AT = "statement_"


class TooMany(TouchmarkError):
    """More statements than one call may have."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one statement: stored under the database's ``uuid``, or refused, with what is wrong by field."""

    puid: str
    uuid: str = ""
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def stored(self) -> bool:
        """Whether the database has it."""
        return not self.errors


def send(statements: Sequence[Mapping[str, Any]], *, url: str, token: str, client: httpx.Client) -> list[Result]:
    """
    Send statements, and give what came of each, in their order. One that the database has already counts as stored.

    The database stores all of a call or none: where it refuses some, those are given with their fields, and the others
    are sent again without them.

    :param url: the address of its API, up to ``/api/v1``
    :raises TooMany: if there are more than ``MOST``
    :raises Later: if it does not answer, or not now
    :raises Never: if it does not take the token
    """
    if len(statements) > MOST:
        raise TooMany(f"{len(statements)} statements in one call: {MOST} is the most.")
    left, found = list(statements), dict[str, Result]()
    while left:
        answer = _posted(left, url, token, client)
        if answer.status_code == HTTPStatus.CREATED:
            found |= {row["puid"]: Result(row["puid"], row.get("uuid", "")) for row in answer.json()["statements"]}
            break
        refused = _refused(answer, left)
        found |= {result.puid: result for result in refused}
        left = [row for row in left if row["puid"] not in found]
    return [found[row["puid"]] for row in statements]


def _posted(rows: Sequence[Mapping[str, Any]], url: str, token: str, client: httpx.Client) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    try:
        answer = client.post(f"{url}/statements", json={"statements": list(rows)}, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as reason:
        raise Later(f"{type(reason).__name__}: {reason}") from reason
    said = Answer(answer.status_code, answer.text[:1_000])
    if answer.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise Never("The transparency database does not take our token.", answer=said)
    if answer.status_code not in (HTTPStatus.CREATED, HTTPStatus.UNPROCESSABLE_ENTITY):
        raise Later(f"The transparency database answered {answer.status_code}.", answer=said)
    return answer


def _refused(answer: httpx.Response, rows: Sequence[Mapping[str, Any]]) -> list[Result]:
    """Give those that were refused, with what is wrong by field; known ones are stored, whoever sent them first."""
    results = []
    for key, errors in answer.json().get("errors", {}).items():
        place = key.removeprefix(_AT)
        if not place.isdecimal() or int(place) >= len(rows):
            raise Later(f"The transparency database refused '{key}', which we did not send.")
        puid = rows[int(place)]["puid"]
        known = list(errors) == ["puid"] and any("already" in text for text in errors["puid"])
        results.append(Result(puid, errors={} if known else errors))
    if not results:
        raise Later("The transparency database refused a call and did not say what of it.")
    return results
