"""Google's product feed: RSS or Atom with the ``g:`` namespace, or the same attributes as columns of a TSV."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from touchmark.integrations.files.formats import UnusableFile

Row = dict[str, Any]
ITEMS = frozenset({"item", "entry"})
#: A text of one attribute, at most; a longer one is cut there.
LONGEST = 1_000_000
#: Pictures of one product, at most: as many as Google takes.
PICTURES = 11


def from_xml(path: Path) -> Iterator[Row]:
    """
    Give the products of an XML feed, one at a time. Entities, DTDs and what they point to are refused.

    :raises UnusableFile: if it is not XML that can be read safely, or breaks off
    """
    try:
        with path.open("rb") as file:
            yield from (listing(attributes) for attributes in _items(file))
    except DefusedXmlException as refusal:
        raise UnusableFile(f"{path}: it declares a DTD or entities, which no feed needs; leave them out") from refusal
    except ParseError as fault:
        raise UnusableFile(f"{path}: not XML, or cut short: {fault}; write the feed again, whole") from fault


def from_tsv(path: Path) -> Iterator[Row]:
    """
    Give the products of a feed of columns separated by tabs.

    :raises UnusableFile: if it has no column ``id``, or is no UTF-8
    """
    csv.field_size_limit(LONGEST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_MINIMAL)
            if "id" not in [_name(name) for name in rows.fieldnames or ()]:
                raise UnusableFile(f"{path}: no column 'id' in the first line; write Google's names, separated by tabs")
            for row in rows:
                yield listing(_columns(row))
    except UnicodeDecodeError as fault:
        raise UnusableFile(f"{path}: byte {fault.start} is not UTF-8; save the file as UTF-8") from fault
    except csv.Error as fault:
        raise UnusableFile(f"{path}: {fault}; a cell is too long, or its quotes are not closed") from fault


def listing(attributes: Mapping[str, list[str]]) -> Row:
    """Give a product as a listing."""

    def first(*names: str) -> str | None:
        return next((value for name in names for value in attributes.get(name, ()) if value), None)

    price, currency = _price(first("sale_price", "price"))
    pictures = [*attributes.get("image_link", ()), *attributes.get("additional_image_link", ())]
    return {
        "listing_id": first("id"),
        "seller_id": first("external_seller_id", "seller_id"),
        "title": first("title", "structured_title"),
        "description": first("description", "summary"),
        "brand": first("brand"),
        "category": first("product_type", "google_product_category"),
        "price": price,
        "currency": currency,
        "condition": first("condition"),
        "gtin": first("gtin"),
        "url": first("link"),
        "images": [picture for picture in pictures if picture][:PICTURES],
        "attributes": {name: first(name) for name in ("color", "size", "material", "mpn") if first(name)} or None,
    }


def _items(file: IO[bytes]) -> Iterator[dict[str, list[str]]]:
    root: Element | None = None
    for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        root = element if root is None else root
        if event == "end" and _name(element.tag) in ITEMS:
            yield _attributes(element)
            root.clear()
            element.clear()


def _attributes(item: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for child in item:
        text = (child.text or child.get("href") or "").strip()[:LONGEST]
        found.setdefault(_name(child.tag), []).append(text)
    return found


def _columns(row: Mapping[Any, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for column, value in row.items():
        if isinstance(column, str) and isinstance(value, str):
            name = _name(column)
            found[name] = _parts(name, value.strip())
    return found


def _parts(name: str, value: str) -> list[str]:
    return value.split(",") if name == "additional_image_link" else [value]


def _name(tag: str) -> str:
    """Give a name without its namespace, as Google writes it."""
    return tag.rpartition("}")[2].rpartition(":")[2].strip().lower().replace(" ", "_")


def _price(text: str | None) -> tuple[str | None, str | None]:
    """Take ``12.50 EUR`` apart; what is not of that form is left to be told as a fault."""
    words = (text or "").split()
    if len(words) == 2 and words[0].isalpha():
        words.reverse()
    if len(words) == 2 and len(words[1]) == 3 and words[1].isalpha():
        return words[0], words[1].upper()
    return text, None
