"""The second factor: an authenticator app, and recovery codes for the day it is lost."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as base
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormView

from touchmark.apps.accounts import oneself
from touchmark.web import clock
from touchmark.web.people.passkeys import ShowPasskeyForm, require_another
from touchmark.web.people.sign_in import say

CODE = gettext_lazy("Code")
SIX_DIGITS = gettext_lazy("Six digits, from the app.")
APP_OR_RECOVERY = gettext_lazy("Six digits from your app, or one of your recovery codes.")


def _code_field(form: Any, hint: Any) -> None:
    say(form, {"code": CODE}, {"code": hint})
    form.fields["code"].widget.attrs |= {"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code"}


class SetUpForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, SIX_DIGITS)


class SetUp(totp.ActivateTOTPView):  # type: ignore[misc]
    """Set up the app. The code just typed counts as shown in this session."""

    template_name = "touchmark/people/second_factor.html"
    form_class = SetUpForm
    noted = "second_factor_set_up"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp", reauthenticated=True)
        oneself.note_security(user=self.request.user, what=self.noted, at=clock.now())
        return response


class SetUpAnother(SetUp):
    """Set up an app in the place of one that is lost, or on a new phone; the old one counts until the code is typed."""

    extra_context = {"another": True}
    noted = "second_factor_replaced"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return redirect("mfa_activate_totp")
        # not that of the view to set one up: it sends whoever has one away; ``fresh`` has asked who it is
        return FormView.dispatch(self, request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        Authenticator.objects.filter(user_id=self.request.user.pk, type=Authenticator.Type.TOTP).delete()
        # allauth asks for what was shown again; ``fresh`` took what was shown at signing in
        record_authentication(self.request, self.request.user, method="mfa", type="totp", reauthenticated=True)
        return super().form_valid(form)


class TakeAway(totp.DeactivateTOTPView):  # type: ignore[misc]
    """Take the app away, for those whose roles call for none."""

    template_name = "touchmark/people/second_factor_away.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kept = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).first()
        require_another(request, but=kept.pk if kept else None)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        oneself.note_security(user=self.request.user, what="second_factor_taken_away", at=clock.now())
        return response


class ShowForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, APP_OR_RECOVERY)


class Show(base.AuthenticateView):  # type: ignore[misc]
    """Ask for the code, or for a passkey, after the password."""

    template_name = "touchmark/people/code.html"
    form_class = ShowForm
    webauthn_form_class = ShowPasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owner = self.stage.login.user
        has_passkey = is_mfa_enabled(owner, [Authenticator.Type.WEBAUTHN])
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"has_passkey": has_passkey}


class ShowAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, APP_OR_RECOVERY)


class ShowAgain(base.ReauthenticateView):  # type: ignore[misc]
    """Ask for the code again before something that matters."""

    template_name = "touchmark/people/code_again.html"
    form_class = ShowAgainForm


class NewRecoveryCodes(recovery_codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes; the old ones stop working."""

    template_name = "touchmark/people/recovery_codes_new.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        oneself.note_security(user=self.request.user, what="recovery_codes_renewed", at=clock.now())
        return response
