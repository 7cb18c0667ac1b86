"""Signing in by a link that the demo printed."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from touchmark.apps.accounts import demo
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, public

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
#: Headers that a proxy writes: with any of them, the request did not come from this machine alone.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


@public
@never_cache
def enter(request: ActingRequest, secret: str) -> HttpResponse:
    """Use a demo link up and sign its person in; an unknown address wherever the link is refused."""
    try:
        person = demo.use_demo_link(
            secret=secret,
            remote_addr=request.META.get("REMOTE_ADDR", ""),
            forwarded=any(header in request.META for header in FORWARDED),
            at=clock.now(),
        )
    except demo.DemoLinkRefused as refused:
        raise Http404 from refused
    request.session.flush()
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="demo")
    return redirect("home")
