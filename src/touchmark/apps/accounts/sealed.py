"""
Secrets that have to be read again, unreadable in the database: who copies it still has none of them.

They are sealed under the site's secret key. When that changes, the one before it is named as a fallback until all that
was sealed is sealed anew (``touchmark reseal``).
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from touchmark.engine.errors import TouchmarkError


class SealedElsewhere(TouchmarkError):
    """A secret in the database was sealed under another key than those of this installation."""


#: What a person proves themselves with beside the password.
SECOND_FACTOR = "second factor"


def seal(text: str, purpose: str) -> str:
    """Encrypt under the site's secret key; what is sealed for one purpose opens for no other."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """
    Give a secret back, also one that was sealed under a fallback of the site's key.

    :raises SealedElsewhere: if it was sealed under another key, or for another purpose
    """
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealedElsewhere(
            f"A secret ({purpose}) was sealed under another secret key than this installation's. Give the key that it "
            "was sealed under in TOUCHMARK_SECRET_KEY_FALLBACKS and run touchmark reseal, or agree a new secret."
        ) from None


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many rows hold a secret that a key of this installation opens, and which hold one that none does."""

    good: int = 0
    lost: tuple[int, ...] = ()


def reseal(rows: QuerySet[Any], anew: Callable[[Any], None], *, keep: bool) -> Sealed:
    """
    Seal the secret of each row under the newest key, each in a transaction of its own; one that no key opens stays.

    :param anew: sets the secret of a row, by ``sealed_anew``, or raises ``SealedElsewhere``
    :param keep: without it nothing is written: it is only seen what opens
    """
    good, lost = 0, []
    for key in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = (rows.select_for_update() if keep else rows).filter(pk=key).first()
            try:
                if row is not None:
                    anew(row)
            except SealedElsewhere:
                lost.append(key)
                continue
            if row is not None and keep:
                row.save()
            good += row is not None
    return Sealed(good, tuple(lost))


def sealed_anew(sealed: str, purpose: str) -> str:
    """
    Give a secret as it is under the newest key.

    :raises SealedElsewhere: if no key of this installation opens it
    """
    return seal(unseal(sealed, purpose), purpose)


def _box(purpose: str) -> MultiFernet:
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_key(f"touchmark {purpose}:{secret}")) for secret in secrets])


def _key(text: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
