"""The e-mails of this room, as the outbox carries them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from touchmark.apps.accounts.models import Invitation, User


def invitation(invitation: Invitation, secret: str, *, invited_by: User | None) -> dict[str, str]:
    """Write the letter that carries an invitation's link."""
    values = {
        "invitation": invitation,
        "link": f"{settings.PUBLIC_URL}/invitation/{secret}",
        "invited_by": invited_by,
    }
    with translation.override(invited_by.language if invited_by else settings.LANGUAGE_CODE):
        text = render_to_string("accounts/mail/invitation.txt", values)
    subject, _, body = text.partition("\n")
    return {"to": invitation.email, "subject": subject.strip(), "body": body.strip() + "\n"}
