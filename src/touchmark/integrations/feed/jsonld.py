"""schema.org's products in JSON-LD: of a file, or of a page that carries them in its scripts of that type."""

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from touchmark.integrations.files.formats import UnusableFile

Row = dict[str, Any]
#: Bytes of a file or page that are read.
LARGEST = 64 * 2**20
#: How deep products may lie in each other.
DEEPEST = 20


def from_file(path: Path) -> Iterator[Row]:
    """
    Give the products of a file of JSON-LD, or of a page.

    :raises UnusableFile: if it is too large, no UTF-8, or no JSON
    """
    if path.stat().st_size > LARGEST:
        raise UnusableFile(f"{path}: larger than {LARGEST >> 20} MB; write the products to several files")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnusableFile(f"{path}: byte {fault.start} is not UTF-8; save the file as UTF-8") from fault
    for block in _blocks(text):
        try:
            value = json.loads(block)
        except (ValueError, RecursionError) as fault:
            raise UnusableFile(f"{path}: JSON-LD that is no JSON: {fault}; write it again") from fault
        yield from (listing(product) for product in _products(value, 0))


class _Scripts(HTMLParser):
    """Collects what scripts of JSON-LD hold; nothing of a page is run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and (dict(attrs).get("type") or "").lower() == "application/ld+json"
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


def _blocks(text: str) -> Iterator[str]:
    if text.lstrip().startswith(("{", "[")):
        yield text
        return
    scripts = _Scripts()
    scripts.feed(text)
    yield from scripts.found


def _products(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _products(one, depth + 1)
    elif isinstance(value, dict):
        if "Product" in _several(value.get("@type")):
            yield value
        for name in ("@graph", "itemListElement", "item", "mainEntity"):
            yield from _products(value.get(name), depth + 1)


def listing(product: Mapping[str, Any]) -> Row:
    """Give a product as a listing; of several offers the first."""
    offer: Any = next((one for one in _several(product.get("offers")) if isinstance(one, dict)), {})
    condition = _text(offer.get("itemCondition") or product.get("itemCondition"))
    return {
        "listing_id": _text(product.get("sku") or product.get("productID") or product.get("@id") or product.get("url")),
        "seller_id": _text(_named(offer.get("seller"))),
        "title": _text(product.get("name")),
        "description": _text(product.get("description")),
        "brand": _text(_named(product.get("brand"))),
        "category": _text(_named(product.get("category"))),
        "price": _text(offer.get("price") or offer.get("lowPrice")),
        "currency": _text(offer.get("priceCurrency")),
        "condition": _condition(condition),
        "gtin": _text(next((product[name] for name in ("gtin13", "gtin", "gtin14", "gtin8") if name in product), None)),
        "url": _text(product.get("url") or offer.get("url")),
        "images": [text for one in _several(product.get("image")) if (text := _text(_addressed(one)))],
    }


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _named(value: Any) -> Any:
    first = next(iter(_several(value)), None)
    return first.get("identifier") or first.get("name") if isinstance(first, dict) else first


def _addressed(value: Any) -> Any:
    return value.get("contentUrl") or value.get("url") if isinstance(value, dict) else value


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def _condition(text: str | None) -> str | None:
    """Give ``new`` for https://schema.org/NewCondition, and so on."""
    last = (text or "").rpartition("/")[2].removesuffix("Condition").lower()
    return last or None
