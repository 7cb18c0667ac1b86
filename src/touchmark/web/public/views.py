"""The first page, and the pages that explain."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from touchmark.apps.accounts import sign_up
from touchmark.web.guard import ActingRequest, public
from touchmark.web.ui import places


@public
def home(request: ActingRequest) -> HttpResponse:
    """Tell a visitor what this is; send somebody signed in to the first page of their role."""
    if request.actor.user_id is not None:
        return redirect(places.first_page(request.actor))
    return render(request, "touchmark/public/home.html")


@public
def terms(request: ActingRequest) -> HttpResponse:
    """Say what a rights holder agrees to."""
    page = {"own_terms": settings.TOUCHMARK_TERMS, "edition": sign_up.TERMS}
    return render(request, "touchmark/public/terms.html", page)


@public
def how_it_works(request: ActingRequest) -> HttpResponse:
    """Explain the whole way in plain words."""
    return render(request, "touchmark/public/how_it_works.html")
