"""What comes back to a guest: sellers' answers, read and replied to at the notice's own address, by the same clocks."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.disputes import LATER, Dispute, dispute, from_a_guest
from tests.factories.pictures import drawn
from tests.web.worlds import words_of

from touchmark.apps.counters.models import CounterNotice, Suit
from touchmark.apps.notices.addresses import secret_of
from touchmark.apps.outbox.models import Message
from touchmark.flows.lapse import lapse_due

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUIT = {"do": "suit", "kind": "suit", "body": "District Court", "number": "26-cv-1", "filed_on": "2026-07-31"}


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    monkeypatch.setattr("touchmark.web.clock.now", lambda: LATER)


def followed(made: Dispute) -> str:
    ref = made.item.notice.ref
    return f"/guest/{ref}/{secret_of(ref, 'follow')}/"


def answered(law: str) -> tuple[Dispute, CounterNotice, str]:
    """Let a seller answer a guest's notice; give where the guest reads it."""
    made = from_a_guest(law)
    counter = made.answered()
    return made, counter, f"{followed(made)}answers/{counter.ref}/"


def told(answer: Any) -> str:
    return words_of(answer.content.decode())


def test_a_letter_leads_to_the_answer_and_the_page_says_by_when() -> None:
    made, _, address = answered("us")
    letter = Message.objects.filter(kind="email", payload__subject__startswith="A seller has answered").get().payload
    assert letter["to"] == "mara@example.test"
    assert address in letter["body"]
    client = Client()
    assert address in client.get(followed(made)).content.decode()
    page = client.get(address)
    assert "We bought these from the maker" in told(page)
    assert "Only a suit before a court, shown in time, keeps the listing down." in told(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert "The listing comes back" in told(page) or "returns" in told(page)


def test_what_the_law_keeps_from_the_notifier_is_kept_from_a_guest() -> None:
    made, counter, address = answered("platform")
    client, page = Client(), Client().get(address).content.decode()
    invoice, identity = (counter.files.get(kind=kind).blob_id for kind in ("invoice", "identity"))
    pictures = f"{followed(made)}pictures/"
    assert f"{pictures}{invoice}/480" in page
    assert identity not in page
    assert client.get(f"{pictures}{invoice}/480").headers["Content-Type"].startswith("image/")
    assert client.get(f"{pictures}{identity}/480").status_code == 404
    assert client.get(f"{pictures}rubbish/480").status_code == 404
    assert client.get(f"/media/{invoice}/480").status_code == 404


@pytest.mark.parametrize(("do", "stands"), [("accept", "put_back"), ("object", "answered")])
def test_a_guest_replies(do: str, stands: str) -> None:
    made, _, address = answered("platform")
    client = Client()
    if do == "object":
        bare = client.post(address, {"do": "reply", "said": do})
        assert bare.status_code == 422
        assert "Say why" in told(bare)
    done = client.post(address, {"do": "reply", "said": do, "text": "Not my invoice."}, follow=True)
    assert "Noted." in told(done)
    assert made.status()[0] == stands
    assert "Not my invoice." in told(client.get(address))
    again = client.post(address, {"do": "reply", "said": do, "text": "Again."}, follow=True)
    assert "not possible any more" in told(again)


def test_a_suit_shown_in_time_keeps_the_listing_down_and_without_one_it_returns() -> None:
    made, counter, address = answered("us")
    client = Client()
    bare = client.post(address, SUIT)
    assert bare.status_code == 422
    assert "Add the stamped claim" in told(bare)
    claim = SimpleUploadedFile("claim.png", drawn(6))
    assert client.post(address, SUIT | {"file_1": claim}).status_code == 302
    assert made.status()[0] == "held"
    assert (Suit.objects.get().shown_by, counter.files.filter(by_holder=True).count()) == (None, 1)
    lapse_due(LATER + 40 * DAY)
    assert made.status() == ("held", "upheld", "in_force")
    assert client.post(address, {"do": "drop", "text": "Settled."}).status_code == 302
    assert made.status()[0] == "put_back"
    other, _, elsewhere = answered("platform")
    lapse_due(LATER + 40 * DAY)
    assert other.status()[0] == "put_back"
    assert client.post(elsewhere, SUIT | {"file_1": SimpleUploadedFile("c.png", drawn(7))}).status_code == 302
    assert other.status()[0] == "put_back"  # too late


def test_nobody_reads_another_notices_answer() -> None:
    made, _, address = answered("platform")
    strange = dispute("us").answered()
    client = Client()
    assert client.get(f"{followed(made)}answers/{strange.ref}/").status_code == 404
    wrong = address.replace(secret_of(made.item.notice.ref, "follow"), "0" * 64)
    for found in (client.get(wrong), client.post(wrong, {"do": "reply", "said": "accept"})):
        assert found.status_code == 404
    assert made.status()[0] == "arrived"


def test_a_notice_that_was_upheld_is_taken_back() -> None:
    made = from_a_guest("platform")
    client, address = Client(), f"{followed(made)}retract/"
    assert "retract/" in client.get(followed(made)).content.decode()
    assert "the listing returns" in told(client.get(address))
    assert client.post(address, {"reason": " "}).status_code == 422
    done = client.post(address, {"reason": "It was mine.", "request_key": str(uuid4())}, follow=True)
    assert "Listings that return: 1" in told(done)
    assert made.status() == ("", "retracted", "put_back")
    assert "Nothing of this notice is upheld" in told(client.post(address, {"reason": "Again."}, follow=True))
