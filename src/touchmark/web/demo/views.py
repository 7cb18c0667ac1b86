"""Signing in by a link that the demo printed; reading the letters that it wrote to files."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from touchmark.apps.accounts import demo
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, public

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
#: Headers that a proxy writes: with any of them, the request did not come from this machine alone.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
#: So many letters are shown.
SHOWN = 50


@public
@never_cache
def enter(request: ActingRequest, secret: str) -> HttpResponse:
    """Use a demo link up and sign its person in; an unknown address wherever the link is refused."""
    try:
        person = demo.use_demo_link(
            secret=secret,
            remote_addr=request.META.get("REMOTE_ADDR", ""),
            forwarded=_forwarded(request),
            at=clock.now(),
        )
    except demo.DemoLinkRefused as refused:
        raise Http404 from refused
    request.session.flush()
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="demo")
    return redirect("home")


class Sent(NamedTuple):
    """A letter as it was sent."""

    to: str
    subject: str
    body: str


@public
@never_cache
def letters(request: ActingRequest) -> HttpResponse:
    """Show the letters that the demo sent, the last one first; an unknown address in any other installation."""
    if not demo.may_read_letters(remote_addr=request.META.get("REMOTE_ADDR", ""), forwarded=_forwarded(request)):
        raise Http404
    kept = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda file: -file.stat().st_mtime_ns)
    read = [letter for file in kept[:SHOWN] for letter in _read(file)]
    return render(request, "touchmark/demo/letters.html", {"letters": read[:SHOWN]})


def _read(file: Path) -> list[Sent]:
    """Read the letters of a file, the last one first: those of one second may share one."""
    *written, _nothing = file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")
    return [_letter(message_from_bytes(one, policy=policy.default)) for one in reversed(written)]


def _letter(message: EmailMessage) -> Sent:
    body = message.get_body(("plain",))
    return Sent(str(message["To"]), str(message["Subject"]), body.get_content() if body else "")


def _forwarded(request: ActingRequest) -> bool:
    return any(header in request.META for header in FORWARDED)
