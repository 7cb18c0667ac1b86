"""The Python client against a real server: typed, whole, and safe to send again."""

import importlib.util
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.factories import clients, pictures, registry
from tests.flows.world import World, built
from touchmark.api.v1 import api
from touchmark.apps.catalog.models import Listing
from touchmark.apps.clients.models import Answered
from touchmark.apps.decisions.models import Restriction
from touchmark_client import Client, Refused

HOME = Path(__file__).resolve().parents[2] / "clients" / "python"


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"
    settings.SHARDS, settings.TOUCHMARK_LIMITS = tmp_path / "shards", tmp_path / "limits"


@pytest.fixture
def world(transactional_db: None) -> World:
    return built()


def speaking(live_server: Any, token: str, **about: Any) -> Client:
    return Client(live_server.url, token, **about)


def test_it_is_what_the_document_makes_of_it() -> None:
    spec = importlib.util.spec_from_file_location("generate", HOME / "generate.py")
    assert spec
    assert spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.INTO.read_text(encoding="utf-8") == generate.formatted()


def test_it_has_every_operation() -> None:
    operations = {one["operationId"] for path in api.get_openapi_schema()["paths"].values() for one in path.values()}
    assert operations <= set(dir(Client))


def test_a_marketplaces_whole_round(live_server: Any, world: World) -> None:
    decision = world.restrict()
    with speaking(live_server, clients.of_marketplace().token) as shop:
        taken = shop.take_in_listings({"listing_id": f"P-{n}", "title": f"Teapot {n}"} for n in range(5))
        assert (taken["new"], taken["faults"]) == (5, [])
        found = [one["listing_id"] for one in shop.pages(shop.list_listings, limit=2)]
        assert found == ["P-4", "P-3", "P-2", "P-1", "P-0", world.listing.listing_id]
        assert shop.screen({"listing": {"title": "An ALDERMOOR bag"}})["findings"][0]["way"] == "plain"
        (told,) = shop.pages(shop.list_decisions, status="in_force")
        assert told["ref"] == decision.ref
        shop.confirm_decision(told["ref"], {"type": "listing.restricted"})
    assert Restriction.objects.get().status == "in_place"


def test_a_holders_round_and_a_refusal(live_server: Any, world: World) -> None:
    with speaking(live_server, clients.with_every_scope(world.vera).token) as vera:
        filed = vera.file_notice(
            {
                "right": world.right.ref,
                "marketplace": "bazaar",
                "listing_id": world.listing.listing_id,
                "reason": "suspected_fake",
                "statement": "This is not ours.",
                "good_faith": True,
            }
        )
        assert vera.get_notice(filed["ref"])["status"] == "received"
        with pytest.raises(Refused, match="no notice") as refusal:
            vera.get_notice("N-2026-0000-0000")
        assert refusal.value.status == 404
        assert vera.withdraw_notice(filed["ref"])["status"] == "withdrawn"


def test_a_file_is_sent_and_named(live_server: Any, world: World) -> None:
    with speaking(live_server, clients.with_every_scope(world.vera).token) as vera:
        sent = vera.send_evidence(pictures.drawn(3), name="bag.png")
        assert (sent["media_type"], sent["pages"], sent["name"]) == ("image/png", 1, "bag.png")
        with pytest.raises(Refused, match="web page"):
            vera.send_evidence(b"<html>")


def test_what_was_lost_on_the_way_is_sent_again_under_its_key(transactional_db: None) -> None:
    asked, waited = [], []

    def lossy(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["Idempotency-Key"])
        if len(asked) == 1:
            raise httpx.ConnectError("the line went dead")
        if len(asked) == 2:
            return httpx.Response(429, headers={"Retry-After": "7"}, json={"detail": "too often"})
        return httpx.Response(201, json={"secret": "whsec_x"})

    http = httpx.Client(transport=httpx.MockTransport(lossy))
    shop = Client("https://touchmark.example", "tmk_x", http=http, wait=waited.append)
    assert shop.rotate_secret()["secret"] == "whsec_x"
    assert (len(set(asked)), waited) == (1, [0.5, 7.0])
    shop.rotate_secret()
    assert len(set(asked)) == 2


def test_it_gives_up_in_the_end(transactional_db: None) -> None:
    http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(503, text="down")))
    shop = Client("https://touchmark.example", "tmk_x", http=http, wait=lambda seconds: None)
    with pytest.raises(Refused, match="down"):
        shop.list_listings()


def test_rows_sent_twice_are_taken_in_once(live_server: Any, transactional_db: None) -> None:
    registry.holder()
    with speaking(live_server, clients.of_marketplace().token) as shop:
        rows = [{"listing_id": "P-1", "title": "Teapot"}]
        first, again = (shop.take_in_listings(rows, idempotency_key="k") for _ in range(2))
    assert first == again
    assert (Listing.objects.count(), Answered.objects.count()) == (1, 1)
