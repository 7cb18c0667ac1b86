"""Refusals as problem details (RFC 9457): what is wrong, where, and what to do about it."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from touchmark.engine.errors import TouchmarkError

TYPE = "application/problem+json"

#: The status of what rooms refuse: by how the refusal's name begins or ends, or that of a class it descends from, the
#: nearest first; the first that fits counts. ``NoSuch…``: there is none, or none for whoever asks.
BEGINNINGS = (
    ("NoSuch", HTTPStatus.NOT_FOUND),
    ("NotYours", HTTPStatus.FORBIDDEN),
    ("NobodyActs", HTTPStatus.FORBIDDEN),
    ("NotAn", HTTPStatus.FORBIDDEN),
    ("Bad", HTTPStatus.BAD_REQUEST),
    ("TooManyNotices", HTTPStatus.TOO_MANY_REQUESTS),
    ("Incomplete", HTTPStatus.UNPROCESSABLE_ENTITY),
    ("Unusable", HTTPStatus.UNPROCESSABLE_ENTITY),
    ("NotSaid", HTTPStatus.UNPROCESSABLE_ENTITY),
    ("NothingClaimed", HTTPStatus.UNPROCESSABLE_ENTITY),
    ("KeyUsedOtherwise", HTTPStatus.UNPROCESSABLE_ENTITY),
    ("TouchmarkError", HTTPStatus.CONFLICT),
)
MISSING = "Missing"


class Place(Schema):
    """One thing that is wrong with what was sent, and where: a JSON pointer into the body."""

    pointer: str
    detail: str


class Problem(Schema):
    """Why a request was refused."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Place] | None = None


class Refused(Exception):
    """An operation refuses, with the status and the words that the program gets."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, dict(headers or {})


def told(
    status: HTTPStatus, detail: str, errors: Iterable[Place] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Write a problem."""
    places = [place.dict() for place in errors] or None
    problem = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    body = problem if places is None else problem | {"errors": places}
    return JsonResponse(body, status=status, content_type=TYPE, headers=dict(headers or {}))


def tell_all(api: NinjaAPI) -> None:
    """Have every refusal of an API told so."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(TouchmarkError, _refused)
    api.add_exception_handler(ValidationError, _unusable)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _other)
    api.add_exception_handler(RequestDataTooBig, _too_big)


def told_of(refusal: Refused | TouchmarkError) -> HttpResponse:
    """Write the problem of a refusal, the operation's own or a room's."""
    if isinstance(refusal, Refused):
        return told(refusal.status, refusal.detail, headers=refusal.headers)
    said, field = str(refusal) or str(type(refusal).__doc__), getattr(refusal, "field", "")
    places = [Place(pointer=f"/{field}", detail=said)] if field else []
    return told(status_of(refusal), said, places)


def status_of(refusal: TouchmarkError) -> HTTPStatus:
    """Give the status of a room's refusal."""
    names = [ancestor.__name__ for ancestor in type(refusal).__mro__]
    if names[0].endswith(MISSING):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return next(status for name in names for beginning, status in BEGINNINGS if name.startswith(beginning))


def refusing(*statuses: int) -> dict[int, Any]:
    """Give the refusals of an operation for its document: these, and those that every operation has."""
    return dict.fromkeys((400, 401, 403, 422, 429, *statuses), Problem)


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return told_of(refusal)


def _unusable(request: HttpRequest, fault: Any) -> HttpResponse:
    places = [Place(pointer=_pointer(error["loc"]), detail=str(error["msg"])) for error in fault.errors]
    detail = "The request does not have the form that the operation takes; errors says where."
    return told(HTTPStatus.UNPROCESSABLE_ENTITY, detail, places)


def _unknown(request: HttpRequest, fault: Any) -> HttpResponse:
    detail = "Send a token of your marketplace: Authorization: Bearer tmk_…"
    return told(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"})


def _other(request: HttpRequest, fault: Any) -> HttpResponse:
    return told(HTTPStatus(fault.status_code), str(fault))


def _too_big(request: HttpRequest, fault: Any) -> HttpResponse:
    return told(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than is read here; send a smaller picture.")


def _pointer(location: Iterable[str | int]) -> str:
    """Give the place in the body; the first two steps are ninja's own: body, and the name of its parameter."""
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in list(location)[2:]]
    return "".join(f"/{step}" for step in steps)
