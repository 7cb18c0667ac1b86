"""What django-allauth asks of us: nobody signs up, and its words and letters are ours."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.outbox import actions as outbox
from touchmark.web import clock

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import User

#: What somebody is told by letter when their way of signing in was changed, by allauth's name of the event.
SECURITY: dict[str, Promise] = {
    "account/email/password_changed": _("Your password was changed"),
    "account/email/password_reset": _("Your password was set anew"),
    "account/email/password_set": _("A password was set"),
    "mfa/email/totp_activated": _("A second factor was set up"),
    "mfa/email/totp_deactivated": _("Your second factor was taken away"),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made"),
}

#: What the next page says, by allauth's name of the message; of all others the page itself says enough.
MESSAGES: dict[str, Promise] = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("Your second factor is on."),
    "mfa/messages/totp_deactivated.txt": _("Your second factor is off."),
}


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Lets in by invitation only, and says what went wrong in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask whoever invited you."),
        "email_password_mismatch": _(
            "We know nobody with this address and password. Check both, or set a new password below."
        ),
        "incorrect_password": _("This is not your password. Try again, or set a new one."),
        "enter_current_password": _("This is not the password that you use now."),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries in a short time. Wait some minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody joins without an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """
        Send the link to a new password by way of the outbox.

        allauth's other letters are not sent: an address that nobody has gets nothing, whoever asks for it.
        """
        if template_prefix == "account/email/password_reset_key":
            self._post("password_link", email, context["user"], context)

    def send_notification_mail(
        self, template_prefix: str, user: "User", context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody that their way of signing in was changed: always, at the address they sign in with."""
        what = SECURITY[template_prefix]
        self._post("security", user.email, user, {"user": user, "what": what, "at": clock.now()})

    def _post(self, letter: str, email: str, user: "User", values: dict[str, Any]) -> None:
        with translation.override(user.language):
            text = render_to_string(f"touchmark/people/mail/{letter}.txt", values)
        subject, _newline, body = text.partition("\n")
        payload = {"to": email, "subject": subject.strip(), "body": body.strip() + "\n"}
        outbox.put(kind="email", to=email, payload=payload, at=clock.now())

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Give the link's address under the site's own name, whatever host the request was sent to."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(settings.PUBLIC_URL) + path.replace("UID-KEY", key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say on the next page what has changed."""
        said = message or MESSAGES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said))
