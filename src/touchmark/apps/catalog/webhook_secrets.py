"""
What calls to marketplaces are signed with, as it lies in the database: sealed, each word of it by itself.

A webhook has one secret, or two with a space between while it is changed; a shop on django-oscar a name and a password.
Word by word, so that the older of two can be dropped without being read.
"""

from touchmark.apps.accounts.sealed import Sealed, reseal, seal, sealed_anew, unseal
from touchmark.apps.catalog.models import Marketplace

PURPOSE = "webhook"


def sealed(secret: str) -> str:
    """Give a secret as it is kept; none is kept as none."""
    return " ".join(seal(word, PURPOSE) for word in secret.split(" ")) if secret else ""


def opened(kept: str) -> str:
    """
    Give the secret back.

    :raises SealedElsewhere: if it was sealed under another key than those of this installation
    """
    return " ".join(unseal(word, PURPOSE) for word in kept.split(" ")) if kept else ""


def reseal_secrets(*, keep: bool) -> Sealed:
    """Seal the secrets of all marketplaces under the site's newest key; without ``keep``, only see which open."""

    def anew(row: Marketplace) -> None:
        row.webhook_secret = " ".join(sealed_anew(word, PURPOSE) for word in row.webhook_secret.split(" "))

    return reseal(Marketplace.objects.exclude(webhook_secret=""), anew, keep=keep)
