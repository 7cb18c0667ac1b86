"""The e-mails of this room, as the outbox carries them: to, subject, body, in the reader's language."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.accounts.models import Invitation, SignUp, User

#: What changed in somebody's way of signing in, by the kind of the event on record.
SECURITY: dict[str, Promise] = {
    "password_changed": _("Your password was changed"),
    "password_reset": _("Your password was set anew"),
    "second_factor_set_up": _("A second factor was set up"),
    "second_factor_replaced": _("Another app took the place of your second factor"),
    "second_factor_taken_away": _("Your second factor was taken away"),
    "passkey_added": _("A passkey was added"),
    "passkey_taken_away": _("A passkey was taken away"),
    "sign_on_linked": _("Your organisation’s single sign-on opens your account from now on"),
    "recovery_codes_renewed": _("New recovery codes were made"),
}


def invitation(invitation: Invitation, secret: str, *, invited_by: User | None) -> dict[str, str]:
    """Write the letter that carries an invitation's link."""
    link = f"{settings.PUBLIC_URL}/invitation/{secret}"
    values = {"invitation": invitation, "link": link, "invited_by": invited_by}
    language = invited_by.language if invited_by else settings.LANGUAGE_CODE
    return _letter("invitation", invitation.email, language, values)


def sign_up(asked: SignUp, secret: str) -> dict[str, str]:
    """Write the letter that carries the link to a new account."""
    values = {"asked": asked, "link": f"{settings.PUBLIC_URL}/join/{secret}"}
    return _letter("sign_up", asked.email, asked.language, values)


def known_already(user: User) -> dict[str, str]:
    """Write the letter to somebody who asked for an account and has one."""
    values = {"sign_in": f"{settings.PUBLIC_URL}/sign-in", "forgotten": f"{settings.PUBLIC_URL}/password/forgotten"}
    return _letter("known_already", user.email, user.language, values)


def security(user: User, what: str, at: datetime) -> dict[str, str]:
    """Write the letter that says what changed in somebody's way of signing in."""
    return _letter("security", user.email, user.language, {"user": user, "what": SECURITY[what], "at": at})


def password_link(user: User, link: str) -> dict[str, str]:
    """Write the letter that carries the link to a new password."""
    return _letter("password_link", user.email, user.language, {"link": link})


def _letter(name: str, to: str, language: str, values: dict[str, Any]) -> dict[str, str]:
    with translation.override(language):
        text = render_to_string(f"accounts/mail/{name}.txt", values)
    subject, _newline, body = text.partition("\n")
    return {"to": to, "subject": subject.strip(), "body": body.strip() + "\n"}
