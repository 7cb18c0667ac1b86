"""What is true of every answer under ``/api/``: where it refuses it is a problem, it says what is left, is not kept."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase

from touchmark.api import limits, problems

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
        response = self.get_response(request)
        if not request.path_info.startswith(UNDER):
            return response
        if response.status_code >= 400 and response.headers.get("Content-Type") != problems.TYPE:
            response = _as_problem(response)
        limits.tell(request, response)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    status = HTTPStatus(response.status_code)
    kept = {name: value for name, value in response.headers.items() if name in ("Allow", "Retry-After")}
    return problems.told(status, _DETAILS.get(status, status.description or status.phrase), headers=kept)
