"""What calls to organisations are signed with, as it lies in the database: sealed, each of two by itself."""

import base64
import secrets

from touchmark.apps.accounts.sealed import Sealed, reseal, seal, sealed_anew, unseal
from touchmark.apps.hooks.models import Receiver

PURPOSE = "webhook of an organisation"


def made() -> str:
    """Give a new secret, as Standard Webhooks writes them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def sealed(secret: str) -> str:
    """Give a secret as it is kept."""
    return seal(secret, PURPOSE)


def opened(kept: str) -> str:
    """
    Give the secrets back, with a space between two.

    :raises SealedElsewhere: if one was sealed under another key than those of this installation
    """
    return " ".join(unseal(word, PURPOSE) for word in kept.split())


def reseal_secrets(*, keep: bool) -> Sealed:
    """Seal the secrets of all receivers under the site's newest key; without ``keep``, only see which open."""

    def anew(row: Receiver) -> None:
        row.secret = " ".join(sealed_anew(word, PURPOSE) for word in row.secret.split())

    return reseal(Receiver.objects.all(), anew, keep=keep)
