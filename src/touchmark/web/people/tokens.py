"""Tokens of one's own programs, for the organisation that one acts for: made with a scope and an end, shown once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from touchmark.apps.clients import access, actions
from touchmark.apps.hooks import access as hooks
from touchmark.web import clock
from touchmark.web.fresh import fresh
from touchmark.web.guard import PersonRequest, signed_in
from touchmark.web.tokens import TokenForm


@signed_in
def tokens(request: PersonRequest) -> HttpResponse:
    """Show one's tokens, and when each was last used."""
    shown = {
        "tokens": access.own_of(request.actor),
        "possible": bool(actions.scopes_of(request.actor)),
        "webhook": hooks.may_agree(request.actor),
        "at": clock.now(),
    }
    return render(request, "touchmark/people/tokens.html", shown)


@signed_in
@fresh
@never_cache
def new(request: PersonRequest) -> HttpResponse:
    """Ask what a new token is for; a POST makes it and shows it, this once."""
    possible = actions.scopes_of(request.actor)
    form = TokenForm(request.POST or None, possible=possible)
    page = {"form": form, "possible": bool(possible), "back_to": "tokens"}
    if request.method == "POST" and form.is_valid():
        name, scopes, lasts = form.chosen()
        page["token"] = actions.issue_own(name=name, scopes=scopes, lasts=lasts, actor=request.actor, at=clock.now())
        page["name"] = name
    return render(request, "touchmark/people/token_new.html", page)


@signed_in
@require_POST
def end(request: PersonRequest, client_id: int) -> HttpResponse:
    """Take one of one's own tokens back; somebody else's is not there."""
    access.own_one(request.actor, client_id)
    actions.take_back_one(client_id=client_id, actor=request.actor, at=clock.now())
    messages.success(request, _("Taken back: it opens nothing any more."))
    return redirect("tokens")
