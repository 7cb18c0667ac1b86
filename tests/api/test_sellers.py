"""Gates, proofs, trader details, standings and proposals, by programs: once, with scopes, refused as problems."""

import base64
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import accounts, catalog, clients, documents, gates, pictures
from tests.factories.clients import Program
from tests.flows.test_consequences import removed
from tests.flows.world import LATER, World, built
from touchmark.api import clock
from touchmark.apps.decisions.models import Decision
from touchmark.apps.gates.models import Gate, Proof
from touchmark.apps.registry.models import Brand
from touchmark.apps.traders.models import TraderDetails
from touchmark.engine.terms import Actor, Role


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    for name in ("BLOBS", "SNAPSHOTS", "SHARDS"):
        setattr(settings, name, tmp_path / name.lower())
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return built()


def program(actor: Actor) -> Program:
    return clients.with_every_scope(actor)


def sent(data: bytes) -> str:
    return base64.b64encode(data).decode()


def proof(**changes: Any) -> dict[str, Any]:
    files = [sent(documents.invoice(pages=2))]
    return {"kind": "invoice", "issued_by": "Aldermoor Ltd", "issued_on": "2026-03-01", "files": files} | changes


def test_a_gate_is_opened_a_proof_filed_and_checked_once_each(world: World) -> None:
    owner, sam, rita = program(accounts.actor(Role.POLICY_OWNER)), program(world.sam), program(world.rita)
    Brand.objects.create(holder_id=world.right.holder_id, name="Aldermoor")
    said = {"brand": "Aldermoor", "reason": "Many reports."}
    opened = owner.post("/gates", said, key="g-1")
    assert opened.status_code == 201
    assert owner.post("/gates", said, key="g-1")["Idempotent-Replayed"] == "true"
    assert owner.post("/gates", said, key="g-2").status_code == 409
    gate = opened.json()["ref"]
    assert sam.get("/gates").json()["items"][0]["reason"] is None  # why is between colleagues
    paper = proof()
    filed = [sam.post(f"/gates/{gate}/proofs", paper, key="p-1") for _ in range(2)]
    assert [one.status_code for one in filed] == [201, 201]
    assert (Proof.objects.count(), filed[0].json()["pages"]) == (1, 2)
    ref = filed[0].json()["ref"]
    assert rita.post(f"/proofs/{ref}/check", {"event": "decline"}).status_code == 422
    accepted = rita.post(f"/proofs/{ref}/check", {"event": "accept", "valid_until": "2099-01-01T00:00:00Z"})
    assert accepted.json()["status"] == "accepted"
    assert sam.post(f"/proofs/{ref}/withdrawal").status_code == 409
    assert owner.post(f"/gates/{gate}/closure").json()["until"] is not None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"reason": "Many reports."}, 422),
        ({"brand": "Aldermoor", "category": "bags", "reason": "Many reports."}, 422),
        ({"brand": "Nobody", "reason": "Many reports."}, 404),
        ({"category": "bags", "marketplace": "nowhere", "reason": "Many reports."}, 404),
        ({"category": "bags", "reason": " "}, 422),
    ],
)
def test_a_gate_that_is_not_described_is_not_opened(world: World, body: dict[str, Any], status: int) -> None:
    answer = program(accounts.actor(Role.POLICY_OWNER)).post("/gates", body)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not Gate.objects.exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([sent(documents.encrypted())], "without one"),
        ([sent(documents.MACROS)], "macros"),
        ([sent(pictures.SVG_WITH_SCRIPT)], "drawing"),
        (["not base64!"], "Base64"),
        ([], "at least 1"),
    ],
)
def test_a_hostile_file_is_refused_with_what_to_do(world: World, files: list[str], said: str) -> None:
    gate = gates.gate(category="watches", at=LATER)
    answer = program(world.sam).post(f"/gates/{gate.ref}/proofs", proof(files=files))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Proof.objects.exists()


def test_a_trader_gives_its_details_and_an_operator_verifies_them(world: World) -> None:
    sam, operator = program(world.sam), program(accounts.actor(Role.OPERATOR))
    said = {
        "name": "Blue Crate GmbH",
        "address": "Am Kai 3, Hamburg",
        "phone": "+49 40 1234",
        "email": "trade@bluecrate.example",
        "payment_account": "DE02120300000000202051",
        "document": sent(documents.invoice()),
        "self_certified": True,
    }
    assert sam.post("/traders", said | {"document": sent(documents.invoice(pages=2))}).status_code == 422
    given = sam.post("/traders", said)
    assert (given.status_code, given.json()["payment_account"]) == (201, "…2051")
    ref = given.json()["ref"]
    assert sam.get("/traders/own").json()["ref"] == ref
    assert program(world.rita).get(f"/traders/{ref}").status_code == 404
    assert sam.post(f"/traders/{ref}/verification", {"event": "verify"}).status_code == 403
    assert operator.post(f"/traders/{ref}/verification", {"event": "send_back"}).status_code == 422
    assert operator.post(f"/traders/{ref}/verification", {"event": "verify"}).json()["status"] == "verified"
    assert sam.post("/traders/own/certification").status_code == 409  # nothing is due
    assert TraderDetails.objects.get().name == "Blue Crate GmbH"


def test_a_shop_is_suspended_by_two_programs_of_two_people(world: World) -> None:
    rita, ravi = program(world.rita), program(world.ravi)
    said = {
        "marketplace": "bazaar",
        "seller_id": "s-1",
        "kind": "suspend",
        "facts": "Five listings were restricted in a month.",
        "ground": "terms",
        "ground_reference": "9.1",
        "ground_explanation": "Whoever is restricted again and again is suspended.",
    }
    proposed = [rita.post("/proposals", said, key="x") for _ in range(2)]
    assert [one.status_code for one in proposed] == [201, 201]
    ref = proposed[0].json()["ref"]
    assert rita.post("/proposals", said, key="y").status_code == 409
    assert rita.post(f"/proposals/{ref}/answer", {"event": "approve"}).status_code == 403
    assert ravi.post(f"/proposals/{ref}/answer", {"event": "decline"}).status_code == 422
    assert ravi.post(f"/proposals/{ref}/answer", {"event": "approve"}).json()["status"] == "in_force"
    assert ravi.post(f"/proposals/{ref}/answer", {"event": "lift", "reason": "Mended."}).json()["status"] == "reversed"
    assert program(world.sam).post("/proposals", said).status_code in (403, 404)


def test_a_link_names_the_other_shop(world: World) -> None:
    catalog.listing(seller_id="s-9", at=LATER)
    said = {
        "marketplace": "bazaar",
        "seller_id": "s-1",
        "kind": "link",
        "facts": "Both are paid to the same account.",
        "ground": "terms",
        "ground_reference": "9.1",
        "ground_explanation": "Accounts of one seller are counted together.",
    }
    rita = program(world.rita)
    assert rita.post("/proposals", said).status_code == 422
    assert (
        rita.post("/proposals", said | {"linked_marketplace": "bazaar", "linked_seller_id": "none"}).status_code == 404
    )
    answer = rita.post("/proposals", said | {"linked_marketplace": "bazaar", "linked_seller_id": "s-9"})
    assert (answer.status_code, answer.json()["linked_to"]) == (201, "s-9")


def test_a_seller_reads_its_standing_and_a_stranger_does_not(world: World) -> None:
    decision = removed(world, LATER)
    (shop,) = program(world.sam).get("/standings").json()["items"]
    strikes = next(track for track in shop["tracks"] if track["track"] == "strikes")
    assert (shop["seller_id"], strikes["amount"]) == ("s-1", 1)
    assert [(one["decision"], one["gravity"]) for one in strikes["behind"]] == [(decision.ref, "serious")]
    assert [step["consequence"] for step in strikes["steps"] if step["reached"]] == ["warning"]
    assert program(accounts.actor(Role.SELLER)).get("/standings").json()["items"] == []
    assert Decision.objects.count() == 1


def test_how_many_shops_are_read_costs_no_questions(world: World) -> None:
    rita = program(world.rita)
    rita.get("/standings")  # what is read once a process is read
    asked = []
    for shops in (1, 12):
        for number in range(shops):
            catalog.listing(seller_id=f"of-{shops}-{number}", at=LATER)
        with CaptureQueriesContext(connection) as questions:
            assert len(rita.get("/standings", limit=200).json()["items"]) > shops
        asked.append(len(questions))
    assert asked[0] == asked[1] < 20
