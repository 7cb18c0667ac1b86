"""Where somebody without an account confirms and follows a notice: addresses that nobody can guess."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from touchmark.apps.notices.models import Notice


def secret_of(ref: str, purpose: str) -> str:
    """Give the part of an address that nobody can guess: made by a key of this installation, and kept nowhere."""
    return salted_hmac(f"touchmark.notices.guests.{purpose}", ref, algorithm="sha256").hexdigest()


def address_of(notice: Notice) -> str:
    """Give where a guest follows a notice."""
    return f"{settings.PUBLIC_URL}/guest/{notice.ref}/{secret_of(notice.ref, 'follow')}/"


def confirmation_of(notice: Notice) -> str:
    """Give where a guest confirms a notice."""
    return f"{settings.PUBLIC_URL}/guest/{notice.ref}/{secret_of(notice.ref, 'confirm')}/confirm/"
