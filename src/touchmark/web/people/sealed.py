"""Second factors as this site keeps them: secrets unreadable in the database; passkeys for the address people type."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from touchmark.apps.accounts.sealed import SECOND_FACTOR, seal, unseal


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Encrypts under the site's secret key, and still reads what was sealed under its fallbacks."""

    def encrypt(self, text: str) -> str:
        return seal(text, SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        """
        Give the secret back.

        :raises SealedElsewhere: if it was sealed under another key
        """
        return unseal(encrypted_text, SECOND_FACTOR)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Give what passkeys are bound to: the name that people type, whatever host a request was sent to."""
        return {"id": urlsplit(str(settings.PUBLIC_URL)).hostname or "", "name": "Touchmark"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # allauth's word
        """Give the name of a passkey that nobody named."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}
