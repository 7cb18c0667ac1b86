"""The pages of an answer to a notice: asked, checked, sent; read by the holder; decided at the desk."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import accounts
from tests.factories.disputes import IN_ANSWERS, LATER, Dispute, dispute
from tests.factories.pictures import drawn

from touchmark.apps.accounts.models import User
from touchmark.apps.counters.models import CounterFile, CounterNotice
from touchmark.engine.terms import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    monkeypatch.setattr("touchmark.web.clock.now", lambda: LATER)


def client_of(actor: Actor) -> Client:
    return accounts.signed_in(User.objects.get(pk=actor.user_id))


def said(law: str, **changes: Any) -> dict[str, Any]:
    given = {name: ("on" if value is True else value) for name, value in IN_ANSWERS[law].items()}
    return {"ground": "genuine_resale", "explanation": "See the invoice.", **given, **changes}


def invoice() -> SimpleUploadedFile:
    return SimpleUploadedFile("invoice.png", drawn(3))


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0].replace("&amp;", "&")


def send(client: Client, made: Dispute, law: str) -> str:
    """Go through both steps and give where they lead."""
    address = f"/seller/notices/{made.item.ref}/answer/"
    files = {"kind_1": "invoice", "file_1": invoice()}
    if law == "cn":
        files["identity"] = SimpleUploadedFile("id.png", drawn(4))
    checked = client.post(address, said(law) | files | {"step": "check"})
    page = checked.content.decode()
    assert "Check your answer" in page, page
    kept = {"kept_files": hidden(page, "kept_files"), "request_key": hidden(page, "request_key"), "step": "send"}
    return str(client.post(address, said(law) | kept).headers["Location"])


@pytest.mark.parametrize("law", ["platform", "us", "cn"])
def test_a_seller_answers_in_two_steps_and_the_holder_reads_it(law: str) -> None:
    made = dispute(law)
    seller = client_of(made.sam)
    offered = seller.get(f"/seller/decisions/{made.decision.ref}/").content.decode()
    assert f"/seller/notices/{made.item.ref}/answer/" in offered
    asked = seller.get(f"/seller/notices/{made.item.ref}/answer/").content.decode()
    assert ("This is chance 1 of 3" in asked) == (law == "platform")
    for page in (offered, asked):  # the first chance ends before the others, on both pages alike
        assert ("the other chances are left until" in page) == (law == "platform")
    if law == "platform":
        assert re.findall(r'<time datetime="[^"]+', asked)[0] in offered
    sent = send(seller, made, law)
    counter = CounterNotice.objects.get()
    assert (counter.status, sent) == ("arrived", f"/seller/answers/{counter.ref}/")
    own = seller.get(sent).content.decode()
    assert "Waits for the holder" in own
    holder = client_of(made.vera).get(f"/holder/answers/{counter.ref}/").content.decode()
    assert ("2 Side Street" in holder) == (law == "us")  # the law has the address forwarded
    assert ("Claim the delay" in holder) == (law == "cn")
    assert counter.ref in client_of(made.rita).get("/desk/answers/").content.decode()
    identity = counter.files.filter(kind="identity").first()
    if identity is not None:
        seen = [client_of(actor).get(f"/media/{identity.blob_id}/480").status_code for actor in (made.vera, made.rita)]
        assert seen == [404, 200]


def test_what_is_missing_is_said_beside_its_field() -> None:
    made = dispute()
    seller, address = client_of(made.sam), f"/seller/notices/{made.item.ref}/answer/"
    page = seller.post(address, said("platform", ground="owner") | {"step": "check"})
    assert page.status_code == 422
    assert "This ground is shown by one of these: a certificate of a right." in page.content.decode()
    page = seller.post(address, {"step": "check"})
    assert page.status_code == 422
    assert not CounterNotice.objects.exists()


def test_files_that_another_step_did_not_keep_are_not_believed() -> None:
    made = dispute()
    seller, address = client_of(made.sam), f"/seller/notices/{made.item.ref}/answer/"
    page = seller.post(address, said("platform") | {"kept_files": "made up", "step": "send"})
    assert page.status_code == 422
    assert not CounterNotice.objects.exists()


def test_a_forged_signature_is_told_at_its_field() -> None:
    made = dispute("us")
    address = f"/seller/notices/{made.item.ref}/answer/"
    page = client_of(made.sam).post(address, said("us", signature="Somebody Else") | {"step": "send"})
    assert page.status_code == 422
    assert "Somebody Else" in page.content.decode()


def test_sent_twice_it_leads_to_the_one_that_stands_and_another_is_refused() -> None:
    made = dispute()
    seller = client_of(made.sam)
    first = send(seller, made, "platform")
    page = seller.get(f"/seller/notices/{made.item.ref}/answer/")
    assert page.status_code == 409
    assert CounterNotice.objects.get().ref in first


@pytest.mark.parametrize(("do", "stands"), [("accept", "put_back"), ("object", "answered")])
def test_a_holder_replies_on_the_page(do: str, stands: str) -> None:
    made = dispute()
    counter = made.answered()
    holder = client_of(made.vera)
    address = f"/holder/answers/{counter.ref}/"
    if do == "object":
        assert holder.post(address, {"do": "reply", "said": do}).status_code == 422
    assert holder.post(address, {"do": "reply", "said": do, "text": "Not our invoice."}).status_code == 302
    assert made.status()[0] == stands


def test_a_holder_shows_a_suit_and_a_reviewer_takes_it_or_strikes_it_out() -> None:
    made = dispute("us")
    counter = made.answered()
    holder, address = client_of(made.vera), f"/holder/answers/{counter.ref}/"
    suit = {"do": "suit", "kind": "suit", "body": "District Court", "number": "26-cv-1", "filed_on": "2026-07-31"}
    refused = holder.post(address, suit)
    assert refused.status_code == 422
    assert "Add the stamped claim" in refused.content.decode()
    assert holder.post(address, suit | {"file_1": SimpleUploadedFile("claim.png", drawn(6))}).status_code == 302
    shown = CounterFile.objects.get(by_holder=True).blob_id
    who = (made.vera, made.rita, made.sam)  # a seller is told of the suit, and not given the holder's papers
    assert [client_of(one).get(f"/media/{shown}/480").status_code for one in who] == [200, 200, 404]
    reviewer, desk = client_of(made.rita), f"/desk/answers/{counter.ref}/"
    assert "It is a suit" in reviewer.get(desk).content.decode()
    assert reviewer.post(desk, {"event": "strike_out"}).status_code == 422  # nobody says why
    assert reviewer.post(desk, {"event": "strike_out", "text": "A letter is no suit."}).status_code == 302
    assert made.status()[0] == "arrived"


def test_a_notice_is_taken_back_on_its_page() -> None:
    made = dispute()
    holder = client_of(made.vera)
    assert (
        f"/holder/notices/{made.item.ref}/retract/" in holder.get(f"/holder/notices/{made.item.ref}/").content.decode()
    )
    address = f"/holder/notices/{made.item.ref}/retract/"
    assert holder.post(address, {"reason": " "}).status_code == 422
    assert holder.post(address, {"reason": "Ours."}, follow=True).status_code == 200
    assert made.status() == ("", "retracted", "put_back")
    assert client_of(made.sam).get(f"/seller/decisions/{made.decision.ref}/").status_code == 200


@pytest.mark.parametrize(("law", "offered"), [("us", False), ("cn", True)])
def test_a_complaint_is_offered_only_where_it_counts(law: str, offered: bool) -> None:
    made = dispute(law)
    counter = made.answered()
    holder = client_of(made.vera)
    page = holder.get(f"/holder/answers/{counter.ref}/").content.decode()
    assert ("A complaint to an authority" in page) == offered
    assert 'name="kind"' in page  # a suit, said without being asked
    suit = {"do": "suit", "kind": "complaint", "body": "Office", "number": "1", "filed_on": "2026-07-31"}
    answer = holder.post(f"/holder/answers/{counter.ref}/", suit | {"file_1": SimpleUploadedFile("c.png", drawn(6))})
    assert answer.status_code == (302 if offered else 422)
