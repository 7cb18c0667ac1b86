"""Second factors as this site keeps them: secrets unreadable in the database; passkeys for the address people type."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Encrypts under the site's secret key, and still reads what was sealed under its fallbacks."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """
        Give the secret back.

        :raises cryptography.fernet.InvalidToken: if it was sealed under another key
        """
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Give what passkeys are bound to: the name that people type, whatever host a request was sent to."""
        return {"id": urlsplit(str(settings.PUBLIC_URL)).hostname or "", "name": "Touchmark"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # allauth's word
        """Give the name of a passkey that nobody named."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


def _box() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"touchmark second factor:{secret}".encode()).digest())
