"""Addresses and forms in which no NUL stands: PostgreSQL cannot be asked about one, and nobody types one."""

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase


class PlainAddresses:
    """Answers 404 to an address with a NUL in it, and 400 to a form with one, before any view sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> None:
        """
        Look before the view does.

        :raises Http404: if there is a NUL in the address
        :raises BadRequest: if there is one in the form
        """
        if "\x00" in request.path or "\x00" in unquote(request.META.get("QUERY_STRING", "")):
            raise Http404
        if request.method == "POST" and any(
            "\x00" in value for key in request.POST for value in request.POST.getlist(key)
        ):
            raise BadRequest("A form holds a NUL character.")
