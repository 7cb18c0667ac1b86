"""What is shown when something goes wrong: what happened, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request made no sense, which a browser left to itself does not do."""
    return HttpResponse(_("This request made no sense to us. Go back and try again."), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: somebody else's page. The reason is shown where our own code gave one."""
    reason = str(exception) if exception.args else ""
    return render(request, "touchmark/public/forbidden.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such address, or nothing there for this person."""
    return render(request, "touchmark/public/not_found.html", status=404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500: a mistake of ours. The page reads nothing from the database, which may be what is broken."""
    return HttpResponse(render_to_string("touchmark/public/our_fault.html"), status=500)
