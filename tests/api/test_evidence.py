"""Files are sent first, checked as in every form, and named after by their digest; a digest opens nothing by itself."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import accounts, catalog, clients, documents, pictures, registry
from tests.factories.clients import Program
from tests.factories.disputes import IN_ANSWERS, Dispute, dispute
from tests.flows.world import World, built
from touchmark.api import clock
from touchmark.apps.appeals.models import Appeal, AppealFile
from touchmark.apps.blobs.models import Blob
from touchmark.apps.clients import uploads
from touchmark.apps.clients.models import Upload
from touchmark.apps.counters.models import CounterFile, CounterNotice
from touchmark.apps.decisions.kinds import DecisionKind, DismissReason
from touchmark.apps.notices.models import Evidence, Notice
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import NoticeAnswer

PHOTO, PDF = pictures.drawn(7), documents.invoice(pages=2)


def sent(
    program: Program, data: bytes = PHOTO, *, name: str = "bag.png", kind: str = "image/png", key: str = ""
) -> Any:
    return program.post(f"/evidence?name={name}", data, kind=kind, key=key)


@pytest.fixture
def world(db: None) -> World:
    return built()


@pytest.fixture
def vera(world: World) -> Program:
    return clients.with_every_scope(world.vera)


def notice(world: World, **changes: object) -> dict[str, object]:
    return {
        "right": world.right.ref,
        "marketplace": "bazaar",
        "listing_id": world.listing.listing_id,
        "reason": "suspected_fake",
        "statement": "This is not ours.",
        "good_faith": True,
    } | changes


def test_a_file_is_answered_with_the_digest_of_its_bytes(vera: Program) -> None:
    answer = sent(vera, PDF, name="invoice.pdf", kind="application/pdf")
    said = answer.json()
    assert answer.status_code == 201
    assert said["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert (said["size"], said["pages"], said["name"]) == (len(PDF), 2, "invoice.pdf")
    assert sent(vera, PDF).json()["sha256"] == said["sha256"]
    assert Upload.objects.count() == 1


def test_the_same_request_again_is_answered_as_it_was(vera: Program) -> None:
    first, again = sent(vera, key="k"), sent(vera, key="k")
    assert first.content == again.content
    assert again["Idempotent-Replayed"] == "true"
    assert sent(vera, PDF, kind="application/pdf", key="k").status_code == 422


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><script>alert(1)</script>", "web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing"),
        (documents.archive(), "archive"),
        (PHOTO[:200], "damaged"),
        (documents.encrypted(), "password"),
        (documents.archive(before=PHOTO), "something else at once"),
        (b"MZ" + bytes(200), "neither a photo nor a PDF"),
    ],
)
def test_what_no_form_takes_is_refused_with_what_to_do_and_not_kept(vera: Program, data: bytes, said: str) -> None:
    answer = sent(vera, data, kind="application/octet-stream")
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    assert not Upload.objects.exists()
    assert not Blob.objects.filter(pk=hashlib.sha256(data).hexdigest()).exists()


def test_too_many_bytes_and_other_types_are_refused_before_they_are_read(
    vera: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchmark.api.evidence.MOST_BYTES", 100)
    assert sent(vera).status_code == 413
    assert sent(vera, kind="text/html").status_code == 415


def test_who_files_nothing_that_rests_on_files_sends_none(world: World) -> None:
    for actor in (Actor.program_of("bazaar"), world.rita, accounts.actor(Role.OPERATOR)):
        assert sent(clients.with_every_scope(actor)).status_code == 403


def test_a_notice_names_a_file_and_rests_on_it(world: World, vera: Program) -> None:
    digest = sent(vera, PDF, name="invoice.pdf", kind="application/pdf").json()["sha256"]
    named = [{"kind": "evidence", "sha256": digest}]
    assert vera.post("/notices", notice(world, files=named)).status_code == 201
    kept = Evidence.objects.get()
    assert (kept.blob_id, kept.kind, kept.name, kept.pages.count()) == (digest, "evidence", "invoice.pdf", 2)


def test_a_digest_of_another_or_of_nothing_names_no_file(world: World, vera: Program) -> None:
    nils = clients.with_every_scope(world.nils)
    digest = sent(nils).json()["sha256"]
    for stranger in (digest, "0" * 64):
        answer = vera.post("/notices", notice(world, files=[{"kind": "evidence", "sha256": stranger}]))
        assert answer.status_code == 409
        assert "no file" in answer.json()["detail"]
    assert not Notice.objects.exists()
    assert not Evidence.objects.exists()


def test_what_was_not_named_in_time_is_forgotten(world: World, vera: Program) -> None:
    digest = sent(vera).json()["sha256"]
    Upload.objects.update(at=clock.now() - uploads.KEPT - timedelta(seconds=1))
    body = notice(world, files=[{"kind": "evidence", "sha256": digest}])
    assert vera.post("/notices", body).status_code == 409
    assert [uploads.forget(at=clock.now()) for _ in range(2)] == [1, 0]
    sent(vera)
    assert vera.post("/notices", body).status_code == 201


def test_only_so_many_wait_at_once(vera: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST", 1)
    assert sent(vera).status_code == 201
    assert sent(vera, PDF, kind="application/pdf").status_code == 409


def test_a_file_completes_a_notice_that_lacks_it(world: World) -> None:
    made = dispute("cn")
    program = clients.with_every_scope(made.vera)
    other = catalog.listing(on="shop-cn", title="Another bag", listing_id="L-two")
    body = notice(world, right=made.right.ref, marketplace="shop-cn", listing_id=other.listing_id)
    filed = program.post("/notices", body | {"particulars": {"statement_truthfulness": True}}).json()
    assert [one["name"] for one in filed["lacking"]] == ["evidence"]
    digest = sent(program).json()["sha256"]
    completion = {"files": [{"kind": "evidence", "sha256": digest}]}
    completed = program.post(f"/notices/{filed['ref']}/completion", completion).json()
    assert (completed["state"], completed["lacking"]) == ("complete", [])


def test_new_evidence_lets_a_listing_be_reported_again_that_was_judged(world: World, vera: Program) -> None:
    item = world.report()
    answers = {item.ref: NoticeAnswer(upheld=False, reasons="It is genuine.")}
    left = {"kind": DecisionKind.NONE, "right": None, "ground": None, "reason": DismissReason.OTHER}
    world.restrict(answers=answers, at=clock.now(), **left)
    assert vera.post("/notices", notice(world)).status_code == 409
    digest = sent(vera).json()["sha256"]
    assert vera.post("/notices", notice(world, files=[{"kind": "evidence", "sha256": digest}])).status_code == 201


@pytest.fixture
def made(db: None) -> Dispute:
    now = clock.now()
    return dispute("platform", at=now - timedelta(days=2), decided_at=now - timedelta(days=1))


def test_a_seller_answers_with_files_that_were_sent_before(made: Dispute) -> None:
    sam = clients.with_every_scope(made.sam)
    invoice = sent(sam, PDF, kind="application/pdf").json()["sha256"]
    who = sent(sam, pictures.drawn(8)).json()["sha256"]
    body = {
        "ground": "genuine_resale",
        "explanation": "We bought these from the maker.",
        "particulars": dict(IN_ANSWERS["platform"]),
        "files": [{"kind": "invoice", "sha256": invoice}, {"kind": "identity", "sha256": who}],
    }
    assert sam.post(f"/notices/{made.item.ref}/counter-notices", body).status_code == 201
    assert sorted(CounterFile.objects.values_list("kind", flat=True)) == ["identity", "invoice", "invoice"]
    vera = clients.with_every_scope(made.vera)
    shown = sent(vera).json()["sha256"]
    counter = CounterNotice.objects.get()
    reply = {"said": "object", "text": "No such outlet exists.", "files": [{"kind": "other", "sha256": shown}]}
    assert vera.post(f"/counter-notices/{counter.ref}/reply", reply).status_code == 200
    assert CounterFile.objects.get(by_holder=True).blob_id == shown
    neither = {"kind": "invoice"}
    both = {"kind": "invoice", "sha256": invoice, "base64": "aGVsbG8="}
    for wrong in (neither, both):
        assert sam.post(f"/notices/{made.item.ref}/counter-notices", body | {"files": [wrong]}).status_code == 422


def test_an_appeal_rests_on_files_that_those_who_may_read_it_see(made: Dispute) -> None:
    sam = clients.with_every_scope(made.sam)
    digest = sent(sam, PDF, name="invoice.pdf", kind="application/pdf").json()["sha256"]
    body = {"grounds": "See the invoice.", "files": [{"sha256": digest}]}
    assert sam.post(f"/decisions/{made.decision.ref}/appeals", body).status_code == 201
    pages = list(AppealFile.objects.order_by("place"))
    assert [(page.document_id, page.place, page.name) for page in pages] == [
        (digest, 1, "invoice.pdf"),
        (digest, 2, "invoice.pdf"),
    ]
    address = f"/media/{pages[0].blob_id}/96"
    ravi = accounts.member(Role.REVIEWER)
    assert accounts.signed_in(ravi).get(address).status_code == 200
    stranger = accounts.member(Role.HOLDER, of=registry.organisation_of(made.vera))
    assert accounts.signed_in(stranger).get(address).status_code == 404
    page = accounts.signed_in(ravi).get(f"/desk/appeals/{Appeal.objects.get().ref}/").content.decode()
    assert "invoice.pdf" in page
    assert address in page
