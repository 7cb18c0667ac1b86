"""
The one table that turns refusals into pages: what a view does not catch itself.

Refusals are anticipated; nothing is logged. Anything else is left to rise and becomes the page for error 500.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from touchmark.engine.errors import TouchmarkError

#: By how the refusal's name begins, or that of a class it descends from, the nearest first; the first that fits counts.
#: ``NoSuch…``: there is none, or none for this actor.
STATUSES = (
    ("NoSuch", HTTPStatus.NOT_FOUND),
    ("NotYours", HTTPStatus.FORBIDDEN),
    ("NotAn", HTTPStatus.FORBIDDEN),
    ("NotShown", HTTPStatus.NOT_FOUND),
    ("Bad", HTTPStatus.BAD_REQUEST),
    ("Incomplete", HTTPStatus.UNPROCESSABLE_ENTITY),
    ("TouchmarkError", HTTPStatus.CONFLICT),
)


def status_of(refusal: TouchmarkError) -> HTTPStatus:
    """Give the status of a refusal's page."""
    names = (ancestor.__name__ for ancestor in type(refusal).__mro__)
    return next(status for name in names for beginning, status in STATUSES if name.startswith(beginning))


def page(request: HttpRequest, refusal: TouchmarkError) -> HttpResponse:
    """Say what was refused and why, in the refusal's own words."""
    status = status_of(refusal)
    return render(request, "touchmark/public/refused.html", {"refusal": refusal}, status=status)
