"""Secrets that have to be read again, unreadable in the database: who copies it still has none of them."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str, purpose: str) -> str:
    """Encrypt under the site's secret key; what is sealed for one purpose opens for no other."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """
    Give a secret back, also one that was sealed under a fallback of the site's key.

    :raises cryptography.fernet.InvalidToken: if it was sealed under another key, or for another purpose
    """
    return _box(purpose).decrypt(sealed.encode()).decode()


def _box(purpose: str) -> MultiFernet:
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_key(f"touchmark {purpose}:{secret}")) for secret in secrets])


def _key(text: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
