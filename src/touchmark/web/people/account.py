"""One's own account: name, language, time zone, security; for whom one acts; light or dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.accounts import oneself, queries
from touchmark.web import clock
from touchmark.web.guard import (
    ACTS_FOR,
    ActingRequest,
    PersonRequest,
    bound_to,
    organisations_here,
    public,
    reaches_beyond,
    require_nothing_beyond,
    signed_in,
)
from touchmark.web.ui.context import THEMES
from touchmark.web.ui.forms import Form

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import User

A_YEAR = 365 * 24 * 60 * 60


class ProfileForm(Form):
    """A person's own name, language and time zone."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Your pages and your e-mails are in it."),
        choices=settings.LANGUAGES,
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Every date and time on your pages is shown in it."),
        choices=[
            (zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"
        ],
    )


@signed_in
def account(request: PersonRequest) -> HttpResponse:
    """Show one's account; a POST changes name, language and time zone."""
    user = request.user
    form = ProfileForm(request.POST or None, initial={name: getattr(user, name) for name in ProfileForm.base_fields})
    if request.method == "POST" and form.is_valid():
        require_nothing_beyond(request)
        oneself.change_profile(user=user, **form.cleaned_data, at=clock.now())
        translation.activate(user.language)
        messages.success(request, _("Saved."))
        return redirect("account")
    found = {
        "form": form,
        "organisations": organisations_here(request),
        "own_means": bound_to(request) is None,
        "beyond": reaches_beyond(request),
        **_factors(user),
    }
    return render(request, "touchmark/people/account.html", found)


def _factors(user: User) -> dict[str, Any]:
    has_app = is_mfa_enabled(user, [Authenticator.Type.TOTP])
    passkeys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).count()
    needs = queries.needs_second_factor(user.pk)
    return {
        "has_app": has_app,
        "passkeys": passkeys,
        "has_second_factor": has_app or bool(passkeys),
        "needs_second_factor": needs,
        "may_go": not needs or bool(passkeys),
    }


@signed_in
@require_POST
def act_for(request: PersonRequest) -> HttpResponse:
    """Act for another of one's organisations from now on; one that is not one's own changes nothing."""
    wanted = request.POST.get("organisation", "")
    held = {str(found.organisation_id): found for found in organisations_here(request)}
    if wanted in held:
        request.session[ACTS_FOR] = held[wanted].organisation_id
        messages.info(request, _("You act for %(name)s now.") % {"name": held[wanted].name})
    return redirect("home")


@public
@require_POST
def theme(request: ActingRequest) -> HttpResponse:
    """Change between light and dark, and come back to the page (where no script did it without leaving)."""
    wanted = "light" if request.COOKIES.get("theme") == "dark" else "dark"
    response = redirect(_safe(request, request.POST.get("next", "")))
    response.set_cookie("theme", wanted if wanted in THEMES else "", max_age=A_YEAR, samesite="Lax")
    return response


@public
@require_POST
def language(request: ActingRequest) -> HttpResponse:
    """Read the pages in another language from now on; somebody signed in gets their e-mails in it too."""
    wanted = request.POST.get("language", "")
    response = redirect(_safe(request, request.POST.get("next", "")))
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=A_YEAR, samesite="Lax")
        if request.user.is_authenticated:
            oneself.change_language(user=request.user, language=wanted)
    return response


def _safe(request: HttpRequest, address: str) -> str:
    """Give an address of this site, or the first page: a form must not send people elsewhere."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe and address.startswith("/") else "/"
