"""Brand gates on pages: opened by a policy owner, proofs filed and checked, hostile files refused."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import accounts, documents, gates, pictures
from tests.flows.test_brand_gate import looked, offered, opened
from tests.flows.world import World, built

from touchmark.apps.accounts.models import User
from touchmark.apps.decisions.models import Decision
from touchmark.apps.gates.models import Gate, Proof
from touchmark.engine.terms import Actor, Role

FORM = {"kind": "invoice", "issued_by": "Aldermoor Ltd", "issued_on": "2026-03-01", "note": ""}


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    for name in ("BLOBS", "SNAPSHOTS", "SHARDS"):
        setattr(settings, name, tmp_path / name.lower())
    return built()


def client(actor: Actor) -> Client:
    return accounts.signed_in(User.objects.get(pk=actor.user_id))


def filed(sam: Client, gate: Gate, data: bytes) -> Any:
    file = SimpleUploadedFile("invoice.jpg", data)
    return sam.post(f"/seller/proofs/{gate.ref}/file/", FORM | {"file_1": file, "request_key": uuid4()}, follow=True)


def test_a_held_listing_leads_to_the_proof_and_the_proof_to_its_release(world: World) -> None:
    gate = opened(world)
    listing = offered(brand="Aldermoor")
    looked()
    decision, sam, rita = Decision.objects.get(), client(world.sam), client(world.rita)
    page = sam.get(f"/seller/decisions/{decision.ref}/").content.decode()
    assert f"/seller/proofs/{gate.ref}/file/" in page
    assert "Show where they come from" in page
    assert "We have your proof." in filed(sam, gate, pictures.drawn(format="JPEG")).content.decode()
    proof = Proof.objects.get()
    assert proof.ref in rita.get("/desk/gates/").content.decode()
    address = f"/desk/gates/proofs/{proof.ref}/"
    assert "Aldermoor Ltd" in rita.get(address).content.decode()
    picture = f"/media/{proof.files.get().blob_id}/480"
    statuses = [one.get(picture).status_code for one in (sam, rita, client(world.vera))]
    assert statuses == [200, 200, 404]
    answer = rita.post(address, {"event": "decline", "answer": ""})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    answer = rita.post(address, {"event": "accept", "valid_until": "2099-01-01"}, follow=True)
    assert "what waited for it is released" in answer.content.decode()
    decision.refresh_from_db()
    assert (decision.status, decision.listing_id) == ("released", listing.pk)
    assert "Good until" in sam.get("/seller/proofs/").content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pictures.HTML, "Print it to PDF"),
        (pictures.SVG, "Send a photo or a scan"),
        (documents.encrypted(), "Send a copy without one"),
        (documents.MACROS, "can carry macros"),
        (pictures.TOO_LARGE, "too many pixels"),
    ],
    ids=("page", "drawing", "locked", "macros", "bomb"),
)
def test_a_hostile_file_is_refused_and_what_was_typed_stays(world: World, data: bytes, said: str) -> None:
    answer = filed(client(world.sam), opened(world), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Aldermoor Ltd" in answer.content.decode()
    assert not Proof.objects.exists()


def test_a_pdf_is_shown_to_the_reviewer_by_its_pages_and_never_served_as_it_came(world: World) -> None:
    sam, rita = client(world.sam), client(world.rita)
    filed(sam, opened(world), documents.invoice(pages=2))
    proof = Proof.objects.get()
    first, second = proof.files.all()
    page = rita.get(f"/desk/gates/proofs/{proof.ref}/").content.decode()
    assert (f"/media/{first.blob_id}/480" in page, f"/media/{second.blob_id}/480" in page) == (True, True)
    shown = rita.get(f"/media/{first.blob_id}/1280")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/webp")
    assert rita.get(f"/media/{first.source_id}/480").status_code == 404
    assert client(world.vera).get(f"/media/{first.blob_id}/480").status_code == 404


def test_a_policy_owner_opens_and_closes_a_gate_and_a_reviewer_does_not(world: World) -> None:
    owner = accounts.signed_in(accounts.member(Role.POLICY_OWNER))
    assert "No gate was ever opened" in owner.get("/desk/gates/").content.decode()
    said = {"brand": "", "category": "Watches", "marketplace": "", "reason": "Many reports."}
    rita = client(world.rita)
    assert "Open a gate" not in rita.get("/desk/gates/").content.decode()
    assert rita.post("/desk/gates/", said).status_code == 403
    answer = owner.post("/desk/gates/", said | {"category": ""})
    assert answer.status_code == 422
    assert "Choose a brand" in answer.content.decode()
    assert "The gate is open" in owner.post("/desk/gates/", said, follow=True).content.decode()
    gate = Gate.objects.get()
    assert rita.post(f"/desk/gates/{gate.ref}/close/").status_code == 403
    answer = owner.post(f"/desk/gates/{gate.ref}/close/", follow=True)
    assert "what waited before it is released" in answer.content.decode()


def test_a_proof_is_withdrawn_before_it_is_checked(world: World) -> None:
    gate, sam = opened(world), client(world.sam)
    proof = gates.proof(gate, world.sam)
    stranger = accounts.signed_in(accounts.member(Role.SELLER))
    assert stranger.post(f"/seller/proofs/{proof.ref}/withdraw/").status_code == 404
    sam.post(f"/seller/proofs/{proof.ref}/withdraw/")
    proof.refresh_from_db()
    assert proof.status == "withdrawn"
    page = sam.post(f"/seller/proofs/{proof.ref}/withdraw/", follow=True).content.decode()
    assert "withdrawn already" in page
