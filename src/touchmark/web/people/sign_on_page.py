"""Setting up an organisation's single sign-on: whoever keeps its people does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.accounts import access, sign_on
from touchmark.web import clock
from touchmark.web.fresh import fresh
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.people.keepers import KEEPERS
from touchmark.web.people.sign_on import NO_ANSWER, described
from touchmark.web.ui.forms import Form

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import Organisation, SignOn


class SignOnForm(Form):
    """What the provider's own console says of the application that was made there for this site."""

    issuer = forms.CharField(
        label=gettext_lazy("Issuer"),
        help_text=gettext_lazy(
            "The provider’s address, to the letter, such as https://login.example.org/realms/brand."
        ),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    client_id = forms.CharField(
        label=gettext_lazy("Client ID"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, kept: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secret"].required = not kept
        if kept:
            self.fields["secret"].help_text = _("Blank keeps the one that is there.")

    def clean_issuer(self) -> str:
        """
        Give the issuer, if a provider answers there.

        :raises ValidationError: if none does, or it speaks for another
        """
        issuer: str = self.cleaned_data["issuer"]
        try:
            described(issuer)
        except NO_ANSWER as refused:
            said = _("No identity provider answers there as one: %(why)s")
            raise forms.ValidationError(said % {"why": refused}) from refused
        return issuer


@roles(*KEEPERS)
@fresh
def page(request: PersonRequest, organisation_id: int) -> HttpResponse:
    """Show what an organisation's people sign in through; a POST sets it up."""
    organisation = access.team_for(request.actor, organisation_id)
    found = sign_on.of(organisation.pk)
    initial = {"issuer": found.issuer, "client_id": found.client_id} if found else {}
    form = SignOnForm(request.POST or None, initial=initial, kept=bool(found))
    if request.method == "POST" and form.is_valid():
        try:
            sign_on.set_up(organisation_id=organisation.pk, **form.cleaned_data, actor=request.actor, at=clock.now())
        except sign_on.SecretMissing as refused:
            form.add_error("secret", str(refused))
        else:
            messages.success(request, _("Saved. Try it in another browser before you hand the address out."))
            return redirect("sign_on_page", organisation.pk)
    return render(request, "touchmark/people/sign_on.html", _shown(organisation, found, form))


def _shown(organisation: Organisation, found: SignOn | None, form: SignOnForm) -> dict[str, object]:
    def address(name: str) -> str:
        return str(settings.PUBLIC_URL) + reverse(name, kwargs={"key": found.key}) if found else ""

    return {
        "organisation": organisation,
        "found": found,
        "form": form,
        "sign_in_at": address("sign_on"),
        "comes_back_to": address("sign_on_back"),
        "back_pattern": f"{settings.PUBLIC_URL}/sign-in/with/",
    }


@roles(*KEEPERS)
@require_POST
@fresh
def end(request: PersonRequest, organisation_id: int) -> HttpResponse:
    """End it: nobody signs in through the provider any more."""
    sign_on.end(organisation_id=organisation_id, actor=request.actor, at=clock.now())
    messages.success(request, _("Single sign-on has ended. People set a password by “I forgot my password”."))
    return redirect("sign_on_page", organisation_id)
