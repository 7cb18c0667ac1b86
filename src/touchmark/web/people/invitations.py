"""Accepting an invitation: the only way in."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from touchmark.apps.accounts import access, actions, queries
from touchmark.web import clock
from touchmark.web.guard import ACTS_FOR, ActingRequest, public
from touchmark.web.people.sign_in import PASSWORD_HINT
from touchmark.web.ui.forms import Form


class JoinForm(Form):
    """What a new person tells of themselves."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As colleagues and the parties of a case should read it."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=PASSWORD_HINT,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@public
@never_cache
def invitation(request: ActingRequest, secret: str) -> HttpResponseBase:
    """Show what one is invited to; a POST accepts it. Opening the link changes nothing."""
    at = clock.now()
    found = access.invitation_with(actions.digest_of(secret), at)
    if found is None:
        return render(request, "touchmark/people/invitation_gone.html", status=404)
    known = queries.person_at(found.email)
    if known and known != request.user:
        return render(request, "touchmark/people/invitation_sign_in.html", {"invitation": found})
    if known:
        return _join_known(request, secret, found.organisation_id)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _join_new(request, secret, form)
    return render(request, "touchmark/people/invitation.html", {"invitation": found, "form": form})


def _join_known(request: ActingRequest, secret: str, organisation_id: int) -> HttpResponse:
    at = clock.now()
    found = access.invitation_with(actions.digest_of(secret), at)
    if request.method != "POST":
        return render(request, "touchmark/people/invitation.html", {"invitation": found})
    person = queries.person_at(request.user.email)  # type: ignore[union-attr]  # only somebody signed in comes here
    actions.accept_invitation(secret=secret, user=person, name="", password="", at=at)
    request.session[ACTS_FOR] = organisation_id
    messages.success(request, _("You have joined."))
    return redirect("home")


def _join_new(request: ActingRequest, secret: str, form: JoinForm) -> HttpResponseBase:
    """Make the person and sign them in: they have just shown the secret and chosen the password."""
    given = form.cleaned_data
    try:
        person = actions.accept_invitation(
            secret=secret,
            user=None,
            name=given["name"],
            password=given["password"],
            language=get_language() or settings.LANGUAGE_CODE,
            at=clock.now(),
        )
    except actions.WeakPassword as refused:
        for text in refused.texts:
            form.add_error("password", text)
        return render(
            request,
            "touchmark/people/invitation.html",
            {"form": form, "invitation": access.invitation_with(actions.digest_of(secret), clock.now())},
        )
    record_authentication(request, person, method="password", email=person.email, reauthenticated=True)
    response: HttpResponseBase = perform_login(request, Login(user=person, email=person.email, redirect_url="/"))
    return response
