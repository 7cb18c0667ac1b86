"""A listing as it was when it was decided on, for the pages that look back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from touchmark.web.desk import attributes, pictures
from touchmark.web.desk.evidence import money


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a snapshot says, as a page shows it. ``pictures``: addresses of the small one and of the large one."""

    title: str
    description: str
    price: str
    seller: str
    marketplace: str
    listing_id: str
    facts: tuple[tuple[str, str], ...]
    attributes: list[attributes.Attribute]
    pictures: tuple[tuple[str, str], ...]


def of(content: Mapping[str, Any]) -> Frozen:
    """Give a snapshot's content as a page shows it; what it does not say is left out."""
    seller = content.get("seller", {})
    price = content.get("price")
    shown = [image["sha256"] for image in content.get("images", ()) if image["sha256"] and not image["problem"]]
    return Frozen(
        title=content["title"],
        description=content.get("description", ""),
        price=money(Decimal(price), content.get("currency", "")) if price else "",
        seller=seller.get("name") or seller.get("seller_id", ""),
        marketplace=content["marketplace"]["name"],
        listing_id=content["listing_id"],
        facts=tuple((name, content[name]) for name in ("brand", "category", "condition") if content.get(name)),
        attributes=attributes.rows(content.get("attributes", ""), ()) or [],
        pictures=tuple((pictures.address(sha, pictures.SMALL), pictures.address(sha, pictures.LARGE)) for sha in shown),
    )
