"""What is true of every answer under ``/api/``: where it refuses it is a problem, it says what is left, is not kept."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from touchmark.api import limits, problems
from touchmark.api.v1 import api

UNDER = "/api/"
_DETAILS = {
    HTTPStatus.BAD_REQUEST: "The request made no sense. Look at what is sent, and at the document of the API.",
    HTTPStatus.NOT_FOUND: "There is no such address. The document is at /api/v1/openapi.json.",
    HTTPStatus.METHOD_NOT_ALLOWED: "The address takes other methods; Allow says which.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A mistake of ours; it was noted. Send the same request again later.",
}


class Frame:
    """Middleware around everything else; it leaves pages alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the others do, in the API's form where it is the API that is asked."""
        if not request.path_info.startswith(UNDER):
            return self.get_response(request)
        if "\x00" in unquote(request.META.get("QUERY_STRING", "")):
            return problems.told(HTTPStatus.BAD_REQUEST, "There is a NUL character in the query: leave it out.")
        response = self.get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != problems.TYPE:
            response = _as_problem(response)
        limits.tell(request, response)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Refuse a name in the query that the operation does not know: a filter with a slip in it filters nothing."""
        if (
            not request.META.get("QUERY_STRING")
            or not request.path_info.startswith(UNDER)
            or not request.resolver_match
        ):
            return None
        known = api.parameters_at(request.resolver_match.route, request.method or "")
        unknown = sorted(set(request.GET) - known) if known is not None else []
        if not unknown:
            return None
        detail = f"There is no parameter '{unknown[0]}' here; known: {', '.join(sorted(known or ())) or 'none'}."
        return problems.told(HTTPStatus.BAD_REQUEST, detail)


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    status = HTTPStatus(response.status_code)
    kept = {name: value for name, value in response.headers.items() if name in ("Allow", "Retry-After")}
    return problems.told(status, _DETAILS.get(status, status.description or status.phrase), headers=kept)
