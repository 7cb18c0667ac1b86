"""Getting in without an invitation, for rights holders, where that is open to them: an address, then the rest."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.cache import never_cache

from touchmark.apps.accounts import sign_up
from touchmark.apps.accounts.actions import WeakPassword
from touchmark.apps.accounts.sign_up import Joining, TooManySignUps
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, public
from touchmark.web.people.invitations import JoinForm
from touchmark.web.place import place_of
from touchmark.web.ui.forms import Form


class AskForm(Form):
    """The address to which the link goes."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send a link there. You sign in with this address later."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class HolderForm(JoinForm):
    """What a new holder tells of itself."""

    organisation = forms.CharField(
        label=gettext_lazy("Your shop or company"),
        help_text=gettext_lazy("As reviewers and sellers should read it. Blank: your own name."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    country = forms.RegexField(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Two letters, such as CN or DE."),
        regex=r"^[A-Za-z]{2}$",
        error_messages={"invalid": gettext_lazy("Write the country as two letters, such as CN or DE.")},
        widget=forms.TextInput(attrs={"class": "short", "maxlength": 2, "autocomplete": "country"}),
    )
    terms = forms.BooleanField(
        label=gettext_lazy("I have read the terms for rights holders, and agree."),
        error_messages={"required": gettext_lazy("Read the terms, and tick that you agree, to go on.")},
    )

    field_order = ("name", "organisation", "country", "password", "terms")


@public
def ask(request: ActingRequest) -> HttpResponse:
    """Ask for an address; what comes next is the same page for every address."""
    if not sign_up.is_open():
        status = 200 if request.method == "GET" else 403
        return render(request, "touchmark/people/by_invitation.html", status=status)
    form = AskForm(request.POST or None)
    if form.is_valid() and _asked(request, form):
        return redirect("join_sent")
    return render(request, "touchmark/people/join.html", {"form": form}, status=422 if form.errors else 200)


def _asked(request: ActingRequest, form: AskForm) -> bool:
    language = get_language() or settings.LANGUAGE_CODE
    try:
        sign_up.ask(email=form.cleaned_data["email"], language=language, sent_from=place_of(request), at=clock.now())
    except TooManySignUps as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


@public
def sent(request: ActingRequest) -> HttpResponse:
    """Say what happens next. The page tells nobody whether an address is known."""
    return render(request, "touchmark/people/join_sent.html")


@public
@never_cache
def finish(request: ActingRequest, secret: str) -> HttpResponseBase:
    """Ask for the rest; a POST founds the holder and signs in. Opening the link changes nothing."""
    found = sign_up.waiting(secret, clock.now()) if sign_up.is_open() else None
    if found is None:
        return render(request, "touchmark/people/join_gone.html", {"open": sign_up.is_open()}, status=404)
    form = HolderForm(request.POST or None)
    if form.is_valid() and (response := _finished(request, secret, form)):
        return response
    page = {"form": form, "email": found.email, "own_terms": settings.TOUCHMARK_TERMS}
    return render(request, "touchmark/people/join_finish.html", page, status=422 if form.errors else 200)


def _finished(request: ActingRequest, secret: str, form: HolderForm) -> HttpResponseBase | None:
    """Found the holder and sign its person in: they have just shown the secret and chosen the password."""
    given = form.cleaned_data
    said = Joining(
        name=given["name"],
        password=given["password"],
        language=get_language() or settings.LANGUAGE_CODE,
        organisation=given["organisation"],
        country=given["country"].upper(),
    )
    try:
        person = sign_up.finish(secret=secret, said=said, at=clock.now())
    except WeakPassword as refused:
        for text in refused.texts:
            form.add_error("password", text)
        return None
    record_authentication(request, person, method="password", email=person.email, reauthenticated=True)
    login = Login(user=person, email=person.email, redirect_url=reverse("holder_home"))
    response: HttpResponseBase = perform_login(request, login)
    return response
