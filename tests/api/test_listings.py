"""Listings and sellers by the thousand: faults told row by row, the others taken in, memory bounded."""

import json
import tracemalloc
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory

from tests.factories import catalog, clients
from tests.factories.clients import Program
from touchmark.api import lines, listings
from touchmark.api.problems import Refused
from touchmark.apps.catalog.models import Listing, ListingVideo, Seller
from touchmark.engine.terms import Actor


@pytest.fixture
def shop(db: None) -> Program:
    return clients.of_marketplace()


def test_of_ten_thousand_rows_with_37_faults_each_fault_is_told_and_the_others_are_taken_in(shop: Program) -> None:
    rows: list[Any] = [
        {"listing_id": f"A-{n}", "title": f"Teapot {n}", "price": 9.5, "currency": "EUR", "seller_id": f"s-{n % 50}"}
        for n in range(10_000)
    ]
    faulty = list(range(17, 10_000, 270))[:37]
    for place, n in enumerate(faulty):
        rows[n] = [{"listing_id": f"A-{n}"}, '{"listing_id": broken', [1, 2], {"title": "no id"}][place % 4]
    answer = shop.lines("/listings", rows)
    taken = answer.json()
    assert answer.status_code == 200
    assert (taken["rows"], taken["new"], taken["refused"], taken["faults_left_out"]) == (10_000, 9_963, 37, 0)
    assert [fault["row"] for fault in taken["faults"]] == [n + 1 for n in faulty]
    assert {fault["severity"] for fault in taken["faults"]} == {"refused"}
    assert all(fault["reason"] and fault["remedy"] for fault in taken["faults"])
    assert Listing.objects.count() == 9_963


def test_each_row_is_answered_with_what_became_of_it(shop: Program) -> None:
    before = [{"listing_id": "A", "title": "Teapot"}, {"listing_id": "B", "title": "Cup", "quantity": 3}]
    shop.lines("/listings", [*before, {"listing_id": "C", "title": "Jug"}])
    rows: list[object] = [
        {"listing_id": "A", "title": "Teapot"},
        {"listing_id": "B", "title": "Cup", "quantity": 2},
        "",
        {"listing_id": "C", "title": "Jug, blue"},
        {"listing_id": "D", "title": "Bowl"},
        {"listing_id": "E"},
        "{broken",
        {"listing_id": "D", "title": "Bowl, large"},
        {"listing_id": "F", "title": "Pan", "marketplace": "another"},
    ]
    taken = shop.lines("/listings", rows).json()
    assert [(result["row"], result["id"], result["outcome"]) for result in taken["results"]] == [
        (1, "A", "unchanged"),
        (2, "B", "changed"),
        (3, "C", "changed"),
        (4, "D", "repeated"),
        (5, "E", "refused"),
        (6, None, "refused"),
        (7, "D", "new"),
        (8, "F", "refused"),
    ]
    assert taken["rows"] == 8


def test_counts_add_up_what_each_row_was_answered(shop: Program) -> None:
    rows = [{"listing_id": f"A-{n % 2_400}", "title": f"Teapot {n}"} for n in range(2_500)]
    taken = shop.lines("/listings", rows).json()
    outcomes = Counter(result["outcome"] for result in taken["results"])
    assert outcomes == {"new": 2_400, "repeated": 100}
    assert [result["row"] for result in taken["results"]] == list(range(1, 2_501))


def test_each_seller_is_answered_too(shop: Program) -> None:
    shop.lines("/sellers", [{"seller_id": "s-1", "name": "Blue Crate"}, {"seller_id": "s-2", "name": "Red Crate"}])
    rows = [{"seller_id": "s-1", "name": "Blue Crate"}, {"seller_id": "s-2", "name": "Red"}, {"seller_id": "s-3"}, {}]
    taken = shop.lines("/sellers", [*rows, {"seller_id": "s-3", "name": "Again"}]).json()
    assert [(result["id"], result["outcome"]) for result in taken["results"]] == [
        ("s-1", "unchanged"),
        ("s-2", "changed"),
        ("s-3", "new"),
        (None, "refused"),
        ("s-3", "refused"),
    ]


def test_each_listing_said_to_be_gone_is_answered(shop: Program) -> None:
    shop.lines("/listings", [{"listing_id": "A", "title": "Teapot"}, {"listing_id": "B", "title": "Cup"}])
    shop.post("/listings/gone", {"listings": [{"listing_id": "B"}]})
    said = [{"listing_id": name} for name in ("A", "B", "nowhere", "A")]
    answer = shop.post("/listings/gone", {"listings": said}).json()
    assert answer["gone"] == 1
    assert [(one["row"], one["listing_id"], one["outcome"]) for one in answer["results"]] == [
        (1, "A", "repeated"),
        (2, "B", "gone_before"),
        (3, "nowhere", "not_known"),
        (4, "A", "gone"),
    ]


def test_a_listing_of_another_marketplace_is_not_known(shop: Program) -> None:
    catalog.listing(on="lumina", listing_id="L-1")
    answer = shop.post("/listings/gone", {"listings": [{"listing_id": "L-1"}]}).json()
    assert answer["results"] == [{"row": 1, "listing_id": "L-1", "outcome": "not_known"}]


def test_a_value_with_a_fault_costs_the_value_and_a_later_row_counts(shop: Program) -> None:
    rows = [
        {"listing_id": "A", "title": "Teapot", "price": "cheap"},
        {"listing_id": "B", "title": "Cup"},
        {"listing_id": "A", "title": "Teapot, blue", "price": 3},
    ]
    taken = shop.lines("/listings", rows).json()
    assert (taken["new"], taken["repeated"], taken["refused"]) == (2, 1, 0)
    assert [(fault["row"], fault["column"], fault["severity"]) for fault in taken["faults"]] == [
        (1, "price", "warning"),
        (1, "listing_id", "warning"),
    ]
    assert Listing.objects.get(listing_id="A").title == "Teapot, blue"


def test_rows_of_another_marketplace_are_refused_and_learn_of_none(shop: Program) -> None:
    catalog.marketplace("lumina")
    rows = [{"listing_id": "A", "title": "Teapot", "marketplace": "lumina"}, {"listing_id": "B", "title": "Cup"}]
    taken = shop.lines("/listings", rows).json()
    assert (taken["new"], taken["refused"]) == (1, 1)
    assert "lumina" not in json.dumps(taken["faults"][0]["remedy"])
    assert not Listing.objects.filter(marketplace__slug="lumina").exists()


def test_pictures_that_were_not_sent_are_counted_and_no_fault(shop: Program) -> None:
    taken = shop.lines("/listings", [{"listing_id": "A", "title": "Teapot", "images": ["a.jpg", "b.jpg"]}]).json()
    assert (taken["new"], taken["pictures_missing"], taken["faults"]) == (1, 2, [])
    assert shop.get("/listings").json()["items"][0]["images"] == ["a.jpg", "b.jpg"]


def test_sellers_are_taken_in_and_read_back(shop: Program) -> None:
    rows = [
        {"seller_id": "s-1", "name": "Blue Crate", "country": "NL", "opened_on": "2024-03-01", "standing": "good"},
        {"seller_id": "s-1", "name": "Twice"},
        {"name": "no id"},
    ]
    taken = shop.lines("/sellers", rows).json()
    assert (taken["new"], taken["refused"]) == (1, 2)
    assert [fault["row"] for fault in taken["faults"]] == [2, 3]
    (seller,) = shop.get("/sellers").json()["items"]
    assert (seller["seller_id"], seller["name"], seller["opened_on"]) == ("s-1", "Blue Crate", "2024-03-01")
    assert Seller.objects.count() == 1


def test_what_was_sent_is_read_back(shop: Program) -> None:
    row = {"listing_id": "A", "title": "Teapot", "price": "12.50", "currency": "EUR", "seller_id": "s", "brand": "Kiln"}
    shop.lines("/listings", [row | {"offered_in": ["DE"], "published_at": "2026-03-01T10:00:00Z"}])
    (found,) = shop.get("/listings", listing_id="A").json()["items"]
    assert {name: found[name] for name in row} == row | {"price": "12.5"}
    assert shop.get("/listings", listing_id="B").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ('[{"listing_id": "A"}]', "application/json", 415),
        ("", "text/plain", 415),
        (b'{"listing_id": "A", "title": "\xff"}', "application/jsonl", 400),
        (b"\xfe\xff\x00{", "application/jsonl", 400),
    ],
)
def test_a_body_of_another_kind_is_refused_whole(shop: Program, body: str | bytes, kind: str, status: int) -> None:
    answer = shop.send("POST", "/listings", body, kind=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not Listing.objects.exists()


def test_an_empty_body_holds_no_rows(shop: Program) -> None:
    assert shop.lines("/listings", ["", "  ", ""]).json()["rows"] == 0


def test_a_row_too_many_and_nothing_is_taken_in(shop: Program) -> None:
    rows = ['{"listing_id": "A", "title": "Teapot"}'] * (lines.MOST_ROWS + 1)
    answer = shop.lines("/listings", rows)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert not Listing.objects.exists()


def test_a_body_that_breaks_off_is_refused_whole(tmp_path: Path) -> None:
    environ = RequestFactory().generic("POST", "/api/v1/listings").environ
    environ |= {"CONTENT_TYPE": "application/jsonl", "CONTENT_LENGTH": "5000", "wsgi.input": BytesIO(b"{")}
    with pytest.raises(Refused, match="broke off"):
        lines._read(WSGIRequest(environ), tmp_path / "rows.jsonl")


def test_a_body_without_its_length_is_refused(shop: Program) -> None:
    sent = {"Authorization": f"Bearer {shop.token}", "Transfer-Encoding": "chunked"}
    answer = Client().post("/api/v1/listings", "{}", content_type="application/jsonl", headers=sent)
    assert answer.status_code == 411


class Rows:
    """A stream of rows of twenty kilobytes that is nowhere whole."""

    readline = None  # not asked for

    def __init__(self, count: int) -> None:
        text = "soft brown leather, " * 1_000
        line = '{{"listing_id": "A-{:05}", "title": "Bag", "description": "{}"}}\n'
        self.length = count * len(line.format(0, text))
        self._rows = iter(line.format(number, text).encode() for number in range(count))
        self._rest = b""

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and (row := next(self._rows, b"")):
            self._rest += row
        read, self._rest = self._rest[:size], self._rest[size:]
        return read


def test_memory_stays_bounded(shop: Program) -> None:
    """Of forty megabytes a batch at a time is held."""
    shop.lines("/listings", [{"listing_id": "A", "title": "Warm up"}])
    rows = Rows(2_000)
    environ = RequestFactory().generic("POST", "/api/v1/listings").environ
    environ |= {"CONTENT_TYPE": "application/jsonl", "CONTENT_LENGTH": str(rows.length), "wsgi.input": rows}
    request: Any = WSGIRequest(environ)
    request.actor = Actor.program_of("bazaar")
    tracemalloc.start()
    answer = listings.take_in_listings(request)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert json.loads(answer.content)["new"] == 2_000
    assert rows.length > 38 * 2**20
    assert peak < 16 * 2**20


def test_another_page_than_an_offer_is_taken_in_and_read_back(shop: Program) -> None:
    row = {"listing_id": "front-7", "title": "Blue Crate", "kind": "shop_front", "videos": ["https://a.example/1.mp4"]}
    shop.lines("/listings", [row])
    assert shop.get("/listings").json()["items"][0]["kind"] == "shop_front"
    assert ListingVideo.objects.get().name == "https://a.example/1.mp4"
