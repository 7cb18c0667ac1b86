"""What one entry of the record says, and the commitment that stands for it in the tree."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from touchmark.engine.record.canonical import Json, NotCanonical, canonical

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One thing that happened: the n-th of its stream, of a kind, at a moment, by whom, with what.

    ``user`` and ``organisation`` are bare numbers, ``roles`` is text: an entry holds no name and no address, so that
    forgetting a person changes no entry.
    """

    stream: str
    number: int
    kind: str
    at: datetime
    user: int | None
    organisation: int | None
    roles: str
    payload: Mapping[str, Json]

    def canonical(self) -> bytes:
        """
        The bytes that the digest is taken over.

        :raises NotCanonical: if the payload has no single spelling, or ``at`` has no time zone
        """
        return canonical(
            {
                "stream": self.stream,
                "number": self.number,
                "kind": self.kind,
                "at": moment(self.at),
                "user": self.user,
                "organisation": self.organisation,
                "roles": self.roles,
                "payload": self.payload,
            }
        )

    def digest(self, salt: bytes) -> bytes:
        """
        ``SHA-256(salt || canonical)``, 32 bytes.

        The salt keeps the digest from giving away an entry that could be guessed, once the entry itself is gone.
        """
        return hashlib.sha256(salt + self.canonical()).digest()


def moment(at: datetime) -> str:
    """The moment in UTC to the microsecond, always spelt ``2026-11-22T06:09:36.000000Z``."""
    if at.tzinfo is None:
        raise NotCanonical(f"{at} has no time zone: give an aware moment.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
