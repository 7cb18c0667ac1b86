"""Where an organisation's program hears of what concerns it: agreeing on an address, the secrets, a trial, the end."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from touchmark.apps.hooks import access, actions
from touchmark.apps.hooks.actions import NothingAgreed
from touchmark.apps.outbox import access as outbox
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Role
from touchmark.integrations.webhooks import guard
from touchmark.web import clock
from touchmark.web.fresh import fresh
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.shops.marketplaces import AddressForm

WHO = (Role.HOLDER, Role.SELLER)


@roles(*WHO)
def webhook(request: PersonRequest) -> HttpResponse:
    """Show where one's organisation hears, whether that works, and what can be done about it."""
    return _page(request)


def _page(
    request: PersonRequest, form: AddressForm | None = None, secret: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    found = access.receiver_for(request.actor)
    given_up = outbox.deliveries_for(request.actor).filter(kind=outbox.TO_ORGANISATIONS, state="given_up")
    shown = {
        "receiver": found,
        "secrets": len(found.secret.split()) if found else 0,
        "secret": secret,
        "form": form or AddressForm(initial={"url": found.url if found else ""}),
        "given_up": given_up[:5] if found else [],
    }
    return render(request, "touchmark/hooks/webhook.html", shown, status=status)


@roles(*WHO)
@require_POST
@fresh
@never_cache
def move(request: PersonRequest) -> HttpResponse:
    """Say where one's organisation hears from now on; a private address is refused. The first secret is shown once."""
    access.organisation_of(request.actor)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    url = form.cleaned_data["url"]
    try:
        guard.look(url, allow_loopback=settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK)
        secret = actions.agree(url=url, actor=request.actor, at=clock.now())
    except TouchmarkError as refused:
        form.add_error("url", str(refused))
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if secret:
        return _page(request, secret=secret)
    messages.success(request, _("Your program hears there from now on, of what waits too."))
    return redirect("webhook")


@roles(*WHO)
@require_POST
@fresh
@never_cache
def rotate(request: PersonRequest) -> HttpResponse:
    """Make a new secret and show it, this once; both sign until the older one is retired."""
    try:
        return _page(request, secret=actions.rotate(actor=request.actor, at=clock.now()))
    except NothingAgreed as refused:
        messages.warning(request, str(refused))
        return redirect("webhook")


@roles(*WHO)
@require_POST
@fresh
def retire(request: PersonRequest) -> HttpResponse:
    """Sign with the newest secret alone."""
    return _done(request, actions.retire, _("The older secret signs nothing any more."))


@roles(*WHO)
@require_POST
def start(request: PersonRequest) -> HttpResponse:
    """Tell a webhook again that was stopped."""
    return _done(request, actions.start_again, _("Your program is told again. Have what was missed sent again below."))


@roles(*WHO)
@require_POST
def test(request: PersonRequest) -> HttpResponse:
    """Have a message sent that asks for nothing."""
    said = _("A message that asks for nothing is on its way: look below what comes of it.")
    return _done(request, actions.try_out, said, onward="webhook_told")


@roles(*WHO)
@require_POST
@fresh
def end(request: PersonRequest) -> HttpResponse:
    """Tell one's organisation nothing any more."""
    return _done(request, actions.give_up, _("The webhook is ended; its secrets are forgotten."))


def _done(request: PersonRequest, act: Callable[..., object], said: str, *, onward: str = "webhook") -> HttpResponse:
    try:
        act(actor=request.actor, at=clock.now())
    except NothingAgreed as refused:
        messages.warning(request, str(refused))
        return redirect("webhook")
    messages.success(request, said)
    return redirect(onward)
