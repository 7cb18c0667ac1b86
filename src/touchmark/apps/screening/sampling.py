"""
Drawing listings at random from those that are clear: what tells whether the clear ones are.

The draw goes by a keyed digest of the listing and its content. So it is the same whenever the listing is screened
again, nobody outside can tell who is drawn, and no seller can be picked out.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Self

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw of a share of all listings, from 0 to 1, by a secret key."""

    share: float
    key: bytes

    @classmethod
    def of_this_installation(cls) -> Self:
        """Give the draw by the installation's own secret, of the share it is set to."""
        key = hmac.new(settings.SECRET_KEY.encode(), b"listings drawn for review", hashlib.sha256).digest()
        return cls(settings.TOUCHMARK_SAMPLE, key)

    @property
    def stands_for(self) -> float:
        """For how many listings one that is drawn stands."""
        return 1 / self.share if self.share else 1.0

    def takes(self, listing: int, digest: str) -> bool:
        """Tell whether a listing, with this content, is drawn."""
        found = hmac.new(self.key, f"{listing}:{digest}".encode(), hashlib.sha256).digest()
        return int.from_bytes(found[:8], "big") < self.share * 2**64
