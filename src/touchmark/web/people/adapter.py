"""What django-allauth asks of us: nobody signs up, and its words and letters are ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.accounts import oneself
from touchmark.web import clock

#: What the next page says, by allauth's name of the message; of all others the page itself says enough.
MESSAGES: dict[str, Promise] = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("Your second factor is on."),
    "mfa/messages/totp_deactivated.txt": _("Your second factor is off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is taken away: it opens your account no longer."),
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
        Send the link to a new password.

        allauth's other letters are not sent: an address that nobody has gets nothing, whoever asks for it.
        """
        if template_prefix == "account/email/password_reset_key":
            oneself.send_password_link(user=context["user"], link=context["password_reset_url"], at=clock.now())

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Send nothing: the letter goes out with the change's event (``accounts.oneself.note_security``)."""

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
