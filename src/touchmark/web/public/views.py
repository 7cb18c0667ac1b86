"""The first page and the page that explains."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from touchmark.web.guard import ActingRequest, public
from touchmark.web.ui import places


@public
def home(request: ActingRequest) -> HttpResponse:
    """Tell a visitor what this is; send somebody signed in to the first page of their role."""
    if request.actor.user_id is not None:
        return redirect(places.first_page(request.actor))
    return render(request, "touchmark/public/home.html")


@public
def how_it_works(request: ActingRequest) -> HttpResponse:
    """Explain the whole way in plain words."""
    return render(request, "touchmark/public/how_it_works.html")
