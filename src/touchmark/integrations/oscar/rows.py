"""Products of django-oscar as listings, partners as sellers: in the columns of files."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Row = dict[str, Any]


def listings(products: Iterable[Mapping[str, Any]], *, address: str) -> Iterator[Row]:
    """
    Give the products that are on sale, as listings. Variants are part of their parent, which is what is shown.

    :param address: of the shop
    """
    for product in products:
        if product["is_public"] and product["structure"] != "child":
            yield _listing(product, address)


def sellers(partners: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """Give partners as sellers, under the last part of their address in the shop."""
    for partner in partners:
        yield {"seller_id": _last(partner["url"]), "name": partner["name"]}


def _listing(product: Mapping[str, Any], address: str) -> Row:
    stock: Row = next(iter(product["stockrecords"]), {})
    said = {attribute["code"]: attribute["value"] for attribute in product["attributes"]}
    brand = said.get("brand")
    return {
        "listing_id": str(product["id"]),
        "seller_id": _last(stock["partner"]) if stock else None,
        "title": product["title"],
        "description": product["description"],
        "brand": brand if isinstance(brand, str) else None,
        "category": next(iter(product["categories"]), None),
        "price": stock.get("price"),
        "currency": stock.get("price_currency"),
        "quantity": stock.get("num_in_stock"),
        "gtin": product["upc"],
        "url": f"{address}/catalogue/{product['slug']}_{product['id']}/",
        "images": [picture["original"] for picture in product["images"]],
        "attributes": said or None,
        "published_at": product["date_created"],
    }


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
