"""Keeps the secrets of second factors unreadable in the database: who copies it still has no codes."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


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


def _box() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"touchmark second factor:{secret}".encode()).digest())
