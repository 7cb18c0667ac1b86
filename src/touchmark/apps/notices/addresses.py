"""Where somebody without an account confirms and follows a notice: addresses that nobody can guess."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from touchmark.apps.notices.models import Notice


def secret_of(ref: str, purpose: str, *, key: str | None = None) -> str:
    """Give the part of an address that nobody can guess: made by a key of this installation, and kept nowhere."""
    return salted_hmac(f"touchmark.notices.guests.{purpose}", ref, key, algorithm="sha256").hexdigest()


def is_secret_of(ref: str, purpose: str, given: str) -> bool:
    """Whether an address was ours, also one in a letter from before the site's key was changed."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    known = [constant_time_compare(secret_of(ref, purpose, key=key), given) for key in keys]
    return any(known)


def address_of(notice: Notice) -> str:
    """Give where a guest follows a notice."""
    return f"{settings.PUBLIC_URL}/guest/{notice.ref}/{secret_of(notice.ref, 'follow')}/"


def confirmation_of(notice: Notice) -> str:
    """Give where a guest confirms a notice."""
    return f"{settings.PUBLIC_URL}/guest/{notice.ref}/{secret_of(notice.ref, 'confirm')}/confirm/"
