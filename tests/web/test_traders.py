"""Trader details on pages: hostile files are refused, what was typed stays, the account is shown by its end only."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import accounts, documents, pictures
from tests.flows.test_trader_clocks import shop

from touchmark.apps.accounts.models import User
from touchmark.apps.traders.models import TraderDetails
from touchmark.engine.terms import Role
from touchmark.flows.trader_clocks import ask_all, keep_up
from touchmark.web import clock

FORM = {
    "name": "Blue Crate GmbH",
    "address": "Am Kai 3, Hamburg",
    "phone": "+49 40 1234",
    "email": "trade@bluecrate.example",
    "payment_account": "DE02120300000000202051",
    "self_certified": "on",
}


@pytest.fixture(autouse=True)
def _folders(db: None, settings: Any, tmp_path: Any) -> None:
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def seller() -> Client:
    return accounts.signed_in(User.objects.get(pk=shop().user_id))


def sent(client: Client, data: bytes = b"", **changes: str) -> Any:
    files = {"document": SimpleUploadedFile("id.jpg", data)} if data else {}
    return client.post("/seller/trader/", FORM | changes | files)


def test_a_seller_gives_them_and_an_operator_verifies_them(seller: Client) -> None:
    assert sent(seller, pictures.drawn(format="JPEG")).status_code == 302
    details = TraderDetails.objects.get()
    operator = accounts.signed_in(accounts.member(Role.OPERATOR))
    assert "Blue Crate GmbH" in operator.get("/traders/").content.decode()
    address = f"/traders/{details.organisation_id}/"
    page = operator.get(address).content.decode()
    assert "…2051" in page
    assert "DE02120300000000202051" not in page
    assert operator.get(f"/media/{details.id_document_id}/480").status_code == 200
    assert seller.get(f"/media/{details.id_document_id}/480").status_code == 200
    reviewer = accounts.signed_in(accounts.member(Role.REVIEWER))
    assert reviewer.get(f"/media/{details.id_document_id}/480").status_code == 404
    operator.post(f"{address}answer/", {"event": "send_back", "why": "The name is another's."})
    assert "The name is another&#x27;s." in seller.get("/seller/trader/").content.decode()
    kept = seller.get("/seller/trader/").content.decode()
    assert "ends in …2051" in kept
    assert "DE02120300000000202051" not in kept
    sent(seller, payment_account="")  # the document stands, and the account
    assert TraderDetails.objects.get().payment_account == "DE02120300000000202051"
    sent(seller)
    operator.post(f"{address}answer/", {"event": "verify"})
    details.refresh_from_db()
    assert details.status == "verified"
    assert "Verified on" in seller.get("/seller/trader/").content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pictures.HTML, "is a web page"),
        (pictures.SVG_WITH_SCRIPT, "is a drawing"),
        (pictures.SVG, "is a drawing"),
        (b"%PDF-1.7 not a photo", "damaged or cut short"),
        (documents.invoice(pages=2), "Send the one that matters"),
        (pictures.TOO_LARGE, "too many pixels"),
        (b"MZ\x90", "neither a photo nor a PDF"),
    ],
    ids=("page", "script", "drawing", "cut", "two pages", "bomb", "program"),
)
def test_a_hostile_file_is_refused_and_what_was_typed_stays(seller: Client, data: bytes, said: str) -> None:
    answer = sent(seller, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Am Kai 3, Hamburg" in answer.content.decode()
    assert not TraderDetails.objects.exists()


def test_what_is_missing_is_named(seller: Client) -> None:
    page = sent(seller, pictures.drawn(), name="").content.decode()
    assert "Fill in “Name of the trader”" in page
    page = sent(seller).content.decode()
    assert "Add a photo or a scan of an identity document." in page
    page = sent(seller, pictures.drawn(), register="Hamburg").content.decode()
    assert "Give both the register and the number, or neither." in page


def test_nothing_is_certified_that_is_not_due(seller: Client) -> None:
    sent(seller, pictures.drawn())
    answer = seller.post("/seller/trader/", {"certify": "yes"}, follow=True)
    assert "Nothing has to be certified now." in answer.content.decode()


def test_the_first_page_says_what_is_due_by_when_and_what_happens_then(seller: Client) -> None:
    assert "Your trader details" not in seller.get("/seller/").content.decode().split("<main", 1)[1]
    at = clock.now()
    ask_all(at=at)
    page = seller.get("/seller/").content.decode()
    details = TraderDetails.objects.get()
    for said in ("Give your details", "you are warned, and then your shop can be suspended", "Digital Services Act"):
        assert said in page
    assert f'datetime="{details.due_at:%Y-%m-%d}' in page
    for _ in range(2):
        TraderDetails.objects.update(due_at=at - timedelta(days=1))
        keep_up(at=at)
    page = seller.get("/seller/").content.decode()
    assert "did not come in time" in page
    sent(seller, pictures.drawn(format="JPEG"))
    assert "Go to your trader details" not in seller.get("/seller/").content.decode()
