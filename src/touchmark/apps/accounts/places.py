"""Where something without an account comes from, as a keyed hash: a flood is seen, and nobody's address is kept."""

from django.utils.crypto import salted_hmac


def keyed(place: str, *, purpose: str) -> str:
    """Give what is kept of a network address for a purpose; for another purpose it is another."""
    return salted_hmac(f"touchmark.{purpose}.place", place, algorithm="sha256").hexdigest()
