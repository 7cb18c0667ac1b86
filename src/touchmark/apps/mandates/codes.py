"""
The number by which an organisation is named to another: made by a key of this installation, and kept nowhere.

Holders compete: nobody looks through who is here. Whoever knows a number was told it.
"""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from touchmark.apps.audit.refs import ALPHABET

CHECK = 6


def code_of(organisation: int) -> str:
    """Give the number of an organisation, such as ``O-00012-7XK2PM``."""
    return f"O-{organisation:05d}-{_check(organisation, settings.SECRET_KEY)}"


def named_by(code: str) -> int | None:
    """Give the key of the organisation that a number names; None for one that we did not make."""
    parts = code.strip().upper().replace("O-", "", 1).split("-")
    if len(parts) != 2 or not (parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 19):
        return None
    key = int(parts[0])
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    known = [constant_time_compare(_check(key, secret), parts[1]) for secret in keys]
    return key if any(known) else None


def _check(organisation: int, secret: str) -> str:
    digest = salted_hmac("touchmark.mandates.codes", str(organisation), secret, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CHECK])
