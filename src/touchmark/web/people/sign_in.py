"""Signing in and out, and the password: django-allauth's views with our words."""

from typing import Any

from allauth.account import views as allauth
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from touchmark.apps.accounts import oneself
from touchmark.web import clock
from touchmark.web.ui.forms import name_what_is_missing


def say(form: Any, labels: dict[str, Any], hints: dict[str, Any] | None = None) -> None:
    """Give fields of an allauth form our labels and hints, and take away the placeholders that repeat them."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = labels.get(name, field.label)
        field.help_text = (hints or {}).get(name, "")
    name_what_is_missing(form)


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"login": _("E-mail address"), "password": _("Password")})
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignIn(allauth.LoginView):  # type: ignore[misc]
    template_name = "touchmark/people/sign_in.html"
    form_class = SignInForm


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"email": _("E-mail address")}, {"email": _("The address that you sign in with.")})


class ForgottenPassword(allauth.PasswordResetView):  # type: ignore[misc]
    template_name = "touchmark/people/password_forgotten.html"
    form_class = ForgottenForm


PASSWORD_HINT = _("At least 12 characters. A few words you will remember are better than one you will not.")


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"password1": _("New password"), "password2": _("New password again")}, {"password1": PASSWORD_HINT})


class SetForgottenPassword(allauth.PasswordResetFromKeyView):  # type: ignore[misc]
    template_name = "touchmark/people/password_new.html"
    form_class = NewPasswordForm

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        oneself.note_security(user=self.reset_user, what="password_reset", at=clock.now())
        return response


class OtherPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("Password now"),
            "password1": _("New password"),
            "password2": _("New password again"),
        }
        say(self, labels, {"password1": PASSWORD_HINT})


class ChangePassword(allauth.PasswordChangeView):  # type: ignore[misc]
    template_name = "touchmark/people/password_change.html"
    form_class = OtherPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise PermissionDenied(_("You have no password here: set one by “I forgot my password”."))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        oneself.note_security(user=self.request.user, what="password_changed", at=clock.now())
        return response


class AgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"password": _("Password")})


class ProveAgain(allauth.ReauthenticateView):  # type: ignore[misc]
    template_name = "touchmark/people/prove_again.html"
    form_class = AgainForm
