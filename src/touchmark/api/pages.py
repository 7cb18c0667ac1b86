"""
Lists, a page at a time. A cursor names the last row that was given: rows that come in meanwhile move nothing.

Lists run from the newest to the oldest row. The cursor is sealed, because a row's number would tell how many there are,
also of others; and it belongs to its list, filters included.
"""

import base64
import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import QuerySet
from ninja import Query

from touchmark.api.clients import Asking, looked
from touchmark.api.problems import Refused

MOST = 200
Cursor = Annotated[str | None, Query(max_length=300, description="Where to go on: `next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Row = TypeVar("Row")
Out = TypeVar("Out")


def page(
    request: Asking, operation: str, rows: "QuerySet[Any]", cursor: str | None, limit: int, out: Callable[[Any], Out]
) -> tuple[list[Out], str | None]:
    """
    Give a page of rows and the cursor of the next; the look goes on record where it is a privileged one.

    :raises Refused: if the cursor is none, or of another list
    """
    ordered = rows.order_by("-pk")
    if cursor is not None:
        ordered = ordered.filter(pk__lt=_opened(request, cursor))
    found: Sequence[Any] = list(ordered[: limit + 1])
    shown = found[:limit]
    looked(request, operation, len(shown))
    following = _sealed(request, shown[-1].pk) if len(found) > limit else None
    return [out(row) for row in shown], following


def _sealed(request: Asking, key: int) -> str:
    return _seal().encrypt(f"{_list_of(request)}:{key}".encode()).decode()


def _opened(request: Asking, cursor: str) -> int:
    try:
        of, _, key = _seal().decrypt(cursor.encode()).decode().partition(":")
    except (InvalidToken, UnicodeError):
        of, key = "", "0"
    if of != _list_of(request):
        raise Refused(HTTPStatus.NOT_FOUND, "This cursor is of another list, or of none: begin without one.")
    return int(key)


def _list_of(request: Asking) -> str:
    """Give a name for the list that is asked for: who asks, where, with which filters."""
    filters = sorted((name, value) for name, value in request.GET.items() if name not in ("cursor", "limit"))
    said = f"{request.auth.pk} {request.path} {filters}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"cursors {settings.SECRET_KEY}".encode()).digest()))
