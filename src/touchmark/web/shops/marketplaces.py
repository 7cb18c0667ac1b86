"""The list of marketplaces, and one: how it is told, how that goes, its programs, what was last taken in from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from touchmark.apps.catalog import pulls, reaching
from touchmark.apps.clients import access as clients
from touchmark.apps.clients import actions as tokens
from touchmark.apps.clients.scopes import OF_A_MARKETPLACE
from touchmark.apps.outbox import access as outbox
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Role
from touchmark.flows import hear_marketplace
from touchmark.integrations.webhooks import guard
from touchmark.web import clock
from touchmark.web.fresh import fresh
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.tokens import TokenForm
from touchmark.web.ui.forms import Form

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class AddressForm(Form):
    """Where a marketplace hears orders."""

    url = forms.URLField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("It begins with https://, and lies on the public network."),
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )


class PlanForm(Form):
    """How often the worker pulls a shop."""

    hours = forms.TypedChoiceField(
        label=gettext_lazy("How often"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            ("", gettext_lazy("not by itself")),
            (1, gettext_lazy("every hour")),
            (6, gettext_lazy("every six hours")),
            (24, gettext_lazy("every day")),
        ],
    )


@roles(Role.OPERATOR)
def marketplaces(request: PersonRequest) -> HttpResponse:
    """Show every marketplace: how it is told, whether that works, when it was last pulled and is next."""
    shops = pulls.shops_for(request.actor)
    told = outbox.standing_of(request.actor, [shop.marketplace.slug for shop in shops])
    rows = [(shop, WAYS[shop.way], told.get(shop.marketplace.slug)) for shop in shops]
    return render(request, "touchmark/shops/marketplaces.html", {"rows": rows})


#: How a marketplace is told, in words.
WAYS: dict[str, StrOrPromise] = {
    "webhook": gettext_lazy("webhook"),
    "oscar": gettext_lazy("shop on django-oscar"),
    "none": gettext_lazy("its program asks"),
}


@roles(Role.OPERATOR)
def marketplace(request: PersonRequest, slug: str) -> HttpResponse:
    """Show one marketplace."""
    return _page(request, slug)


def _page(request: PersonRequest, slug: str, form: AddressForm | None = None, secret: str = "") -> HttpResponse:
    shop = pulls.shop_for(request.actor, slug)
    given_up = outbox.deliveries_for(request.actor).filter(kind=outbox.TO_MARKETPLACES, to=slug, state="given_up")
    shown = {
        "shop": shop,
        "way": WAYS[shop.way],
        "told": outbox.standing_of(request.actor, [slug]).get(slug),
        "given_up": given_up[:5],
        "pulls": pulls.last_of(request.actor, slug),
        "tokens": clients.of_marketplace(request.actor, slug),
        "secrets": reaching.webhook_of(slug).secrets,
        "form": form or AddressForm(initial={"url": shop.address}),
        "secret": secret,
        "plan": PlanForm(initial={"hours": (shop.marketplace.pull_every or 0) // 60 or ""}),
        "at": clock.now(),
    }
    return render(request, "touchmark/shops/marketplace.html", shown)


@roles(Role.OPERATOR)
@require_POST
@fresh
def move(request: PersonRequest, slug: str) -> HttpResponse:
    """Say where orders go from now on; a private address is refused."""
    pulls.shop_for(request.actor, slug)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            guard.look(form.cleaned_data["url"], allow_loopback=settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK)
            reaching.move_webhook(marketplace=slug, url=form.cleaned_data["url"], actor=request.actor, at=clock.now())
        except TouchmarkError as refused:
            form.add_error("url", str(refused))
        else:
            messages.success(request, _("Orders go there from now on, those that wait too."))
            return redirect("marketplace", slug)
    return _page(request, slug, form)


@roles(Role.OPERATOR)
@require_POST
@fresh
@never_cache
def rotate(request: PersonRequest, slug: str) -> HttpResponse:
    """Make a new secret and show it, this once; both sign until the older one is retired."""
    pulls.shop_for(request.actor, slug)
    return _page(request, slug, secret=reaching.rotate_secret(marketplace=slug, actor=request.actor, at=clock.now()))


@roles(Role.OPERATOR)
@require_POST
@fresh
def retire(request: PersonRequest, slug: str) -> HttpResponse:
    """Sign with the newest secret alone."""
    pulls.shop_for(request.actor, slug)
    reaching.retire_secret(marketplace=slug, actor=request.actor, at=clock.now())
    messages.success(request, _("The older secret signs nothing any more."))
    return redirect("marketplace", slug)


@roles(Role.OPERATOR)
@require_POST
def plan(request: PersonRequest, slug: str) -> HttpResponse:
    """Have a shop pulled every so often from now on, or no more."""
    pulls.shop_for(request.actor, slug)
    form = PlanForm(request.POST)
    if form.is_valid():
        hours = form.cleaned_data["hours"]
        every = timedelta(hours=hours) if hours else None
        pulls.plan(slug=slug, every=every, actor=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
    return redirect("marketplace", slug)


@roles(Role.OPERATOR)
@require_POST
def test(request: PersonRequest, slug: str) -> HttpResponse:
    """Have a message sent that asks for nothing."""
    pulls.shop_for(request.actor, slug)
    hear_marketplace.try_out(marketplace=slug, at=clock.now())
    messages.success(request, _("A message that asks for nothing is on its way: look below what comes of it."))
    return redirect("marketplace_deliveries", slug)


@roles(Role.OPERATOR)
@fresh
@never_cache
def new_token(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask what a token of the marketplace's program is for; a POST makes it and shows it, this once."""
    shop = pulls.shop_for(request.actor, slug)
    form = TokenForm(request.POST or None, possible=OF_A_MARKETPLACE)
    page = {"form": form, "possible": True, "shop": shop}
    if request.method == "POST" and form.is_valid():
        name, scopes, lasts = form.chosen()
        page["token"] = tokens.issue(
            marketplace=slug, name=name, scopes=scopes, lasts=lasts, actor=request.actor, at=clock.now()
        )
        page["name"] = name
    return render(request, "touchmark/people/token_new.html", page)


@roles(Role.OPERATOR)
@require_POST
def end_token(request: PersonRequest, slug: str, client_id: int) -> HttpResponse:
    """Take back a token of the marketplace's program."""
    if not clients.of_marketplace(request.actor, slug).filter(pk=client_id).exists():
        raise clients.NoSuchToken(_("There is no such token."))
    tokens.take_back_one(client_id=client_id, actor=request.actor, at=clock.now())
    messages.success(request, _("Taken back: it opens nothing any more."))
    return redirect("marketplace", slug)
