"""What a listing says: its columns and pictures, as one value that can be compared, digested and frozen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.kinds import ListingKind

#: Prices are kept with four decimals below this.
LARGEST_PRICE = Decimal(10) ** 14
STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a listing: what the sender calls it, the digest of its bytes if they came, the code of a problem."""

    name: str
    sha256: str | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ListingContent:
    """The content of a listing; of ``unreadable`` columns the value is missing here."""

    title: str
    seller_id: str = ""
    description: str = ""
    brand: str = ""
    category: str = ""
    price: Decimal | None = None
    currency: str = ""
    condition: str = ""
    gtin: str = ""
    url: str = ""
    attributes: str = ""
    offered_in: tuple[str, ...] = ()
    ships_from: str = ""
    published_at: datetime | None = None
    first_sold_at: datetime | None = None
    unreadable: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    kind: str = ListingKind.OFFER
    videos: tuple[str, ...] = ()
    # What is no part of the digest:
    quantity: int | None = None
    sold_count: int | None = None
    views: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    def said(self) -> dict[str, Any]:
        """Give the columns of ``Listing`` that the digest is taken over; seller and pictures are apart."""
        return {
            "title": self.title,
            "description": self.description,
            "brand": self.brand,
            "category": self.category,
            "price": self.price,
            "currency": self.currency,
            "condition": self.condition,
            "gtin": self.gtin,
            "url": self.url,
            "attributes": self.attributes,
            "offered_in": list(self.offered_in),
            "ships_from": self.ships_from,
            "published_at": self.published_at,
            "first_sold_at": self.first_sold_at,
            "unreadable": list(self.unreadable),
        }

    def counted(self) -> dict[str, Any]:
        """Give the columns of ``Listing`` that are no part of the digest."""
        return {
            "quantity": self.quantity,
            "sold_count": self.sold_count,
            "views": self.views,
            "extra": dict(self.extra),
        }

    def columns(self) -> dict[str, Any]:
        """Give all columns of ``Listing`` that the content decides, the seller's key excepted."""
        own = {"kind": self.kind, "url_key": key_of(self.url), "digest": self.digest()}
        return self.said() | self.counted() | own

    def digest(self) -> str:
        """Give the digest by which two contents are the same."""
        pictures = [(picture.name, picture.sha256, picture.problem) for picture in self.pictures]
        price = None if self.price is None else str(self.price.quantize(STEP))
        said = self.said() | {"seller_id": self.seller_id, "pictures": pictures, "price": price}
        return digest_of(said | self._besides())

    def _besides(self) -> dict[str, Any]:
        """Give what few listings have: of the others the digest is what it was before this was asked."""
        other = {"kind": str(self.kind)} if self.kind != ListingKind.OFFER else {}
        return other | ({"videos": list(self.videos)} if self.videos else {})


def digest_of(said: Mapping[str, Any]) -> str:
    """Give a digest of plain values: equal values, equal digests, whatever their order."""
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), default=_plain)
    return sha256(written.encode()).hexdigest()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
