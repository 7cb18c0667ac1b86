"""Feeds of shops without an API: read whole, faults told by whoever takes them in, hostile ones refused."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from tests.factories import catalog

from touchmark.apps.catalog.models import Listing
from touchmark.integrations.feed import google, jsonld
from touchmark.integrations.files.formats import UnusableFile
from touchmark.ops import cli, pulling

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Blue Crate</title>
<item><g:id>A-1</g:id><g:title>Teapot &amp; cup</g:title><g:description><![CDATA[<b>blue</b>]]></g:description>
<g:link>https://shop.example/a-1</g:link><g:image_link>https://shop.example/1.jpg</g:image_link>
<g:additional_image_link>https://shop.example/2.jpg</g:additional_image_link><g:price>12.50 EUR</g:price>
<g:brand>Kiln</g:brand><g:gtin>4000000000001</g:gtin><g:condition>new</g:condition><g:color>blue</g:color>
<g:product_type>Home &gt; Kitchen</g:product_type></item>
<item><title>茶壶</title><g:id>A-2</g:id><g:price>30 usd</g:price><g:sale_price>25.00 USD</g:sale_price></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>
<entry><g:id>A-3</g:id><title>Bag</title><link href="https://shop.example/a-3"/><summary>soft</summary></entry></feed>"""
TSV = "id\ttitle\tprice\timage link\tadditional_image_link\nA-4\tCup\t7,50 €\thttps://s/1.jpg\thttps://s/2.jpg,https://s/3.jpg\n"
PAGE = """<!doctype html><script>alert(1)</script><script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, {"@type": ["Product"], "sku": "J-1", "name": "Bag",
 "brand": {"@type": "Brand", "name": "Kiln"}, "image": ["https://s/1.jpg", {"@type": "ImageObject", "url": "https://s/2.jpg"}],
 "offers": [{"@type": "Offer", "price": 19.9, "priceCurrency": "EUR", "itemCondition": "https://schema.org/UsedCondition",
 "seller": {"@type": "Organization", "name": "Blue Crate"}}]}]}
</script><p>text</p>"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value}


def test_googles_feed_in_rss(tmp_path: Path) -> None:
    first, second = google.from_xml(written(tmp_path, "feed.xml", RSS))
    assert said(first) == {
        "listing_id": "A-1",
        "title": "Teapot & cup",
        "description": "<b>blue</b>",
        "brand": "Kiln",
        "category": "Home > Kitchen",
        "price": "12.50",
        "currency": "EUR",
        "condition": "new",
        "gtin": "4000000000001",
        "url": "https://shop.example/a-1",
        "images": ["https://shop.example/1.jpg", "https://shop.example/2.jpg"],
        "attributes": {"color": "blue"},
    }
    assert said(second) == {"listing_id": "A-2", "title": "茶壶", "price": "25.00", "currency": "USD"}


def test_googles_feed_in_atom_and_in_columns(tmp_path: Path) -> None:
    (bag,) = google.from_xml(written(tmp_path, "feed.xml", ATOM))
    assert (bag["title"], bag["url"], bag["description"]) == ("Bag", "https://shop.example/a-3", "soft")
    (cup,) = google.from_tsv(written(tmp_path, "feed.tsv", TSV))
    assert (cup["listing_id"], cup["price"], cup["currency"]) == ("A-4", "7,50 €", None)
    assert cup["images"] == ["https://s/1.jpg", "https://s/2.jpg", "https://s/3.jpg"]


def test_schema_orgs_products_in_a_page_and_in_a_file(tmp_path: Path) -> None:
    (bag,) = jsonld.from_file(written(tmp_path, "page.html", PAGE))
    assert said(bag) == {
        "listing_id": "J-1",
        "seller_id": "Blue Crate",
        "title": "Bag",
        "brand": "Kiln",
        "price": "19.9",
        "currency": "EUR",
        "condition": "used",
        "images": ["https://s/1.jpg", "https://s/2.jpg"],
    }
    listed = {
        "@type": "ItemList",
        "itemListElement": [{"item": {"@type": "Product", "sku": n, "name": "B"}} for n in "ab"],
    }
    found = jsonld.from_file(written(tmp_path, "list.json", json.dumps(listed)))
    assert [row["listing_id"] for row in found] == ["a", "b"]


BOMB = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><item><id>&b;</id></item></rss>'
LEAK = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><id>&x;</id></item></rss>'
FAR = '<!DOCTYPE r SYSTEM "http://10.0.0.1/x.dtd"><rss><item><id>1</id></item></rss>'
PARAMETER = '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://10.0.0.1/p">%p;]><rss/>'


@pytest.mark.parametrize("text", [BOMB, LEAK, FAR, PARAMETER], ids=["bomb", "file", "dtd", "parameter"])
def test_xml_that_reaches_out_or_swells_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnusableFile, match="DTD or entities"):
        list(google.from_xml(written(tmp_path, "feed.xml", text)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feed.xml", RSS[:400]),
        ("feed.xml", "not xml"),
        ("feed.xml", ""),
        ("feed.tsv", "title\tprice\nCup\t3\n"),
        ("feed.tsv", b"id\ttitle\n1\t\xff\n"),
        ("feed.tsv", 'id\ttitle\n1\t"' + "x" * 1_100_000),
        ("feed.json", '{"@type": "Product", '),
        ("feed.json", "[" * 100_000),
        ("feed.html", b"\xff\xfe"),
        ("feed.pdf", "x"),
    ],
)
def test_what_is_no_feed_is_refused_in_one_line(tmp_path: Path, name: str, text: str | bytes) -> None:
    with pytest.raises(UnusableFile):
        list(pulling.read_feed(written(tmp_path, name, text)))


def test_products_deep_in_each_other_end_somewhere(tmp_path: Path) -> None:
    value: dict[str, Any] = {"@type": "Product", "sku": "deep", "name": "Bag"}
    for _ in range(100):
        value = {"item": value}
    assert list(jsonld.from_file(written(tmp_path, "deep.json", json.dumps(value)))) == []


def test_a_large_feed_is_read_a_product_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    item = "<item><g:id>{}</g:id><g:title>Bag</g:title><g:description>" + "soft " * 400 + "</g:description></item>\n"
    with path.open("w") as file:
        file.write('<rss xmlns:g="http://base.google.com/ns/1.0"><channel>')
        file.writelines(item.format(number) for number in range(10_000))
        file.write("</channel></rss>")
    assert path.stat().st_size > 19 * 2**20
    tracemalloc.start()
    count = sum(1 for _ in google.from_xml(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (count, peak < 8 * 2**20) == (10_000, True)


def test_the_command_takes_a_feed_in_and_tells_its_faults(db: None, tmp_path: Path, capsys: Any, settings: Any) -> None:
    settings.BLOBS = tmp_path / "blobs"
    catalog.marketplace()
    feed = RSS.replace("</channel>", "<item><g:id>A-9</g:id></item></channel>")
    refused = tmp_path / "refused.csv"
    path = written(tmp_path, "feed.xml", feed.replace("12.50 EUR", "cheap"))
    assert cli.main(["pull", "bazaar", "--feed", str(path), "--refused", str(refused)]) == 1
    assert "2 new" in capsys.readouterr().out
    assert set(Listing.objects.values_list("listing_id", "currency")) == {("A-1", ""), ("A-2", "USD")}
    told = refused.read_text()
    assert "no title" in told
    assert "cheap" in told


def test_pictures_come_through_the_guard(db: None, tmp_path: Path, settings: Any) -> None:
    """An address on a private network that a feed names is not asked; the listing is kept without the picture."""
    settings.BLOBS = tmp_path / "blobs"
    catalog.marketplace()
    path = written(tmp_path, "feed.xml", RSS.replace("https://shop.example/1.jpg", "https://10.0.0.7/1.jpg"))
    assert cli.main(["pull", "bazaar", "--feed", str(path)]) == 0
    pictures = Listing.objects.get(listing_id="A-1").images.values_list("problem", flat=True)
    assert list(pictures) == ["outside", "missing"]


def test_a_marketplace_that_is_no_shop_says_so(db: None, capsys: Any) -> None:
    catalog.marketplace()
    assert cli.main(["pull", "bazaar"]) == 2
    assert cli.main(["pull", "nowhere"]) == 2
    told = capsys.readouterr().err
    assert "--feed" in told
    assert "nowhere" in told
