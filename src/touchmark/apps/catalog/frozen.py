"""What is kept of a listing when it is frozen: plain values that can be digested again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.catalog.models import Listing, ListingImage, Seller
from touchmark.engine.record.canonical import Json, canonical

_LISTING = (
    "listing_id",
    "title",
    "description",
    "brand",
    "category",
    "price",
    "currency",
    "condition",
    "quantity",
    "gtin",
    "url",
    "attributes",
    "offered_in",
    "ships_from",
    "published_at",
    "sold_count",
    "first_sold_at",
    "views",
    "unreadable",
)
_SELLER = ("seller_id", "name", "trader", "country", "opened_on", "standing")


def content(listing: Listing, pictures: Sequence[ListingImage]) -> dict[str, Json]:
    """
    Give a listing as plain values: prices and counts as text, moments in ISO 8601, missing values left out.

    Of the seller what the marketplace says in public; identity tokens stay where they are.
    """
    said: dict[str, Json] = _plain(listing, _LISTING)
    said["marketplace"] = {"slug": listing.marketplace.slug, "name": listing.marketplace.name}
    said["images"] = [
        {"name": picture.name, "sha256": picture.blob_id, "problem": picture.problem} for picture in pictures
    ]
    if listing.kind != ListingKind.OFFER:
        said["kind"] = str(listing.kind)
    if listing.seller is not None:
        said["seller"] = _plain(listing.seller, _SELLER)
    return said


def digest(content: Mapping[str, Json]) -> str:
    """Give the digest of a frozen listing, over its canonical JSON."""
    return sha256(canonical(content)).hexdigest()


def _plain(thing: Listing | Seller, columns: Sequence[str]) -> dict[str, Json]:
    values = {name: _value(getattr(thing, name)) for name in columns}
    return {name: value for name, value in values.items() if value is not None and value != "" and value != []}


def _value(value: Any) -> Json:
    match value:
        case Decimal():
            return f"{value.normalize():f}"
        case datetime() | date():
            return value.isoformat()
        case int():
            return str(value)
        case _:
            plain: Json = value
            return plain
