"""Passkeys: a second factor that a device keeps, and a way in without a password. Several may be kept."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from touchmark.apps.accounts import oneself, queries
from touchmark.web import clock
from touchmark.web.people.sign_in import say

#: What a browser answers for a passkey takes some hundred bytes; a longer answer comes from something else.
LONGEST = 16_384
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class AnswerField(forms.JSONField):
    """What the browser answers, as JSON: anything that cannot be one is refused before it is looked into."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give nothing back into the page: an answer is good once."""
        return InvalidJSONInput("")

    def to_python(self, value: Any) -> Any:
        """
        Give the answer.

        :raises ValidationError: if it is none
        """
        if isinstance(value, str) and len(value) > LONGEST:
            raise get_adapter().validation_error("incorrect_code")
        try:
            found = super().to_python(value)
        except RecursionError as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if not isinstance(found, dict):
            raise get_adapter().validation_error("incorrect_code")
        return found


class _Reads:
    """Turns whatever the reading of a made-up answer trips over into the refusal that a wrong one gets."""

    @staticmethod
    def careful(read: Any) -> Any:
        try:
            return read()
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AddForm(_Reads, AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    credential = AnswerField()
    name = forms.CharField(required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)  # each passkey also signs in without a password
        say(self, {"name": _("Name")}, {"name": _("So that you know it again: where it lies, such as “work laptop”.")})

    def clean(self) -> Any:
        return self.careful(super().clean)


class ShowPasskeyForm(_Reads, AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = AnswerField()

    def clean_credential(self) -> Any:
        return self.careful(super().clean_credential)


class ShowPasskeyAgainForm(_Reads, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = AnswerField()

    def clean_credential(self) -> Any:
        return self.careful(super().clean_credential)


class SignInForm(_Reads, LoginWebAuthnForm):  # type: ignore[misc]
    credential = AnswerField()

    def clean_credential(self) -> Any:
        return self.careful(super().clean_credential)


class Passkeys(webauthn.ListWebAuthnView):  # type: ignore[misc]
    """Show one's passkeys, and when each was last used."""

    template_name = "touchmark/people/passkeys.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().order_by("created_at")


class Add(webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey. It has just been shown, so it counts as shown in this session."""

    template_name = "touchmark/people/passkey_add.html"
    form_class = AddForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        # Kept by the device, and opened by its own code or finger: it stands for both factors when signing in.
        found["js_data"] = {"creation_options": auth.begin_registration(self.request.user, passwordless=True)}
        return found

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "mfa_list_webauthn")

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        user = self.request.user
        record_authentication(self.request, user, method="mfa", type="webauthn", reauthenticated=True)
        oneself.note_security(user=user, what="passkey_added", at=clock.now())
        return response


class Remove(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Take a passkey away, unless it is the last factor of somebody whose roles call for one."""

    template_name = "touchmark/people/passkey_away.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_another(request, but=kwargs["pk"])
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        oneself.note_security(user=self.request.user, what="passkey_taken_away", at=clock.now())
        return response


def require_another(request: HttpRequest, *, but: int | None) -> None:
    """
    Refuse to take away the last second factor of somebody whose roles call for one.

    :param but: the key of the one to be taken away
    """
    others = Authenticator.objects.filter(user_id=request.user.pk, type__in=FACTORS).exclude(pk=but)
    if request.user.pk is None or (queries.needs_second_factor(request.user.pk) and not others.exists()):
        raise PermissionDenied(_("Your role calls for a second factor, so the last one cannot be taken away."))


class SignIn(webauthn.LoginWebAuthnView):  # type: ignore[misc]
    """Sign in with a passkey alone: the device has asked for its own code or finger."""

    form_class = SignInForm


class ShowAgain(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Ask for a passkey again before something that matters."""

    template_name = "touchmark/people/passkey_again.html"
    form_class = ShowPasskeyAgainForm

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | kwargs  # type: ignore[no-any-return]  # theirs drops the form
