"""What a right says: its columns, as one value that can be compared and digested."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from touchmark.apps.registry.models import Right
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import OfficeStatus, RightKind

#: What is said of a work that no office registered, in the order in which it is shown: who made it, when, where it was
#: first shown, and what bears that out.
CLAIM = ("maker", "made", "first_shown", "shown_by")
#: Prices are kept with four decimals below this.
LARGEST_PRICE = Decimal(10) ** 14
_STEP = Decimal("0.0001")


class NothingClaimed(TouchmarkError):
    """The right has neither a text nor a picture."""


@dataclass(frozen=True, slots=True)
class RightContent:
    """The content of a right. ``image`` is the digest of a kept file, ``image_name`` what the sender called it."""

    kind: RightKind
    text: str = ""
    aliases: tuple[str, ...] = ()
    owner: str = ""
    brand: str = ""
    office: str = ""
    number: str = ""
    nice_classes: tuple[int, ...] = ()
    territories: tuple[str, ...] = ()
    office_status: OfficeStatus = OfficeStatus.REGISTERED
    registered_on: date | None = None
    expires_on: date | None = None
    image: str | None = None
    image_name: str = ""
    reference_price: Decimal | None = None
    currency: str = ""
    authorised_sellers: tuple[str, ...] = ()
    claimed: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    def require_claim(self) -> None:
        """
        Pass if the right says what it protects.

        :raises NothingClaimed: if there is neither a text nor a picture
        """
        if not self.text and not self.image and not self.image_name:
            raise NothingClaimed("Give the mark's text, or a picture of what is protected.")

    def columns(self) -> dict[str, Any]:
        """Give the content as the columns of ``Right``; the brand's key is the caller's to set."""
        return {
            "kind": self.kind,
            "text": self.text,
            "aliases": list(self.aliases),
            "owner": self.owner,
            "office": self.office,
            "number": self.number,
            "nice_classes": list(self.nice_classes),
            "territories": list(self.territories),
            "office_status": self.office_status,
            "registered_on": self.registered_on,
            "expires_on": self.expires_on,
            "image_id": self.image,
            "image_name": self.image_name,
            "reference_price": self.reference_price,
            "currency": self.currency,
            "authorised_sellers": list(self.authorised_sellers),
            "claimed": dict(self.claimed),
            "extra": dict(self.extra),
        }

    def digest(self) -> str:
        """Give the digest by which two contents are the same."""
        price = None if self.reference_price is None else str(self.reference_price.quantize(_STEP))
        said = self.columns() | {"brand": self.brand, "reference_price": price}
        if not self.claimed:  # so that what was entered before such claims were keeps its digest
            del said["claimed"]
        written = json.dumps(said, sort_keys=True, separators=(",", ":"), default=str)
        return sha256(written.encode()).hexdigest()


def content_of(right: Right) -> RightContent:
    """Give what a right says now."""
    return RightContent(
        kind=RightKind(right.kind),
        text=right.text,
        aliases=tuple(right.aliases),
        owner=right.owner,
        brand=right.brand.name if right.brand else "",
        office=right.office,
        number=right.number,
        nice_classes=tuple(right.nice_classes),
        territories=tuple(right.territories),
        office_status=OfficeStatus(right.office_status),
        registered_on=right.registered_on,
        expires_on=right.expires_on,
        image=right.image_id,
        image_name=right.image_name,
        reference_price=right.reference_price,
        currency=right.currency,
        authorised_sellers=tuple(right.authorised_sellers),
        claimed=right.claimed,
        extra=right.extra,
    )
