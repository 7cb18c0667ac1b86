"""A marketplace's legal program hands in an authority's order, reads where it stands, completes and withdraws it."""

import base64
from typing import Any

import pytest
from django.db import connection

from tests.factories import clients, documents, orders, pictures
from tests.flows.world import World, built
from touchmark.apps.blobs import documents as blob_documents
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.orders.models import Order
from touchmark.flows.carry_out_order import carry_out


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    return built()


def body(**changes: Any) -> dict[str, Any]:
    who = {"kind": "act", "authority": "Landgericht Köln", "country": "de", "reference": "31 O 345/26"}
    return who | {"received_at": "2026-11-02T09:00:00Z", "territories": ["DE"], **orders.TEXTS} | changes


def test_it_is_handed_in_completed_read_and_withdrawn(world: World) -> None:
    program = clients.of_marketplace("bazaar", {Scope.ORDERS_READ, Scope.ORDERS_WRITE})
    letter = base64.b64encode(pictures.drawn()).decode()
    sent = body(locations=[world.listing.listing_id, "L-0"], redress="", letter=letter)
    answer = program.post("/orders", sent, key="1")
    assert answer.status_code == 201
    given = answer.json()
    assert (given["status"], given["verified"], given["missing"]) == ("received", False, ["redress"])
    assert [item["listing_id"] for item in given["items"]] == [world.listing.listing_id, None]
    assert Order.objects.get().pages.count() == 1
    assert program.post("/orders", sent, key="2").status_code == 200  # the same order once more
    what = {name: value for name, value in body(locations=["L-0"]).items() if name not in REFUSED}
    done = program.post(f"/orders/{given['ref']}/completion", what, key="3").json()
    assert (done["status"], done["missing"]) == ("received", [])
    assert program.get("/orders", status="received").json()["items"][0]["ref"] == given["ref"]
    over = program.post(f"/orders/{given['ref']}/withdrawal", {"why": "Their letter."}, key="4")
    assert (over.status_code, over.json()["status"]) == (200, "withdrawn")
    assert program.post(f"/orders/{given['ref']}/withdrawal", {"why": "Again."}, key="5").status_code == 409


#: Who ordered it, and when it came, is said once.
REFUSED = {"kind", "authority", "country", "reference", "received_at"}


@pytest.mark.parametrize(
    "changes",
    [
        {"country": "Germany"},
        {"kind": "close"},
        {"received_at": "2031-01-01T00:00:00Z"},
        {"received_at": "0001-01-01T00:00:00Z"},
        {"asked": ["diary"]},
        {"contact": "the court"},
        {"locations": [""]},
        {"letter": "aGVsbG8="},
        {"untold_until": "2020-01-01T00:00:00Z"},
    ],
)
def test_what_cannot_be_taken_in_is_refused(world: World, changes: dict[str, Any]) -> None:
    program = clients.of_marketplace("bazaar", {Scope.ORDERS_WRITE})
    answer = program.post("/orders", body(**changes), key="1")
    assert (answer.status_code, Order.objects.count()) == (422, 0)


def test_what_a_reviewer_made_of_it_is_read_and_another_marketplace_reads_nothing(world: World) -> None:
    order = orders.verified(world.rita, world.listing.listing_id)
    carry_out(ref=order.ref, actor=world.rita, at=orders.AT)
    read = clients.of_marketplace("bazaar", {Scope.ORDERS_READ}).get(f"/orders/{order.ref}").json()
    assert (read["status"], read["items"][0]["outcome"]) == ("carried_out", "restricted")
    other = clients.of_marketplace("lumina", {Scope.ORDERS_READ})
    assert other.get(f"/orders/{order.ref}").status_code == 404
    assert other.get("/orders").json()["items"] == []


@pytest.mark.parametrize("key", ["1", None])
def test_a_document_is_drawn_before_the_transaction_that_everybody_waits_for(
    world: World, monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    depth, drawn = len(connection.savepoint_ids), []
    inner = blob_documents._drawn

    def drawing(data: bytes) -> Any:
        drawn.append(len(connection.savepoint_ids))
        return inner(data)

    monkeypatch.setattr(blob_documents, "_drawn", drawing)
    program = clients.of_marketplace("bazaar", {Scope.ORDERS_WRITE})
    letter = base64.b64encode(documents.invoice(pages=2)).decode()
    assert program.post("/orders", body(letter=letter), key=key).status_code == 201
    assert Order.objects.get().pages.count() == 2
    assert drawn == [depth]
    broken = base64.b64encode(b"%PDF-1.7 nothing behind").decode()
    assert program.post("/orders", body(letter=broken, reference="2"), key=key and "2").status_code == 422
