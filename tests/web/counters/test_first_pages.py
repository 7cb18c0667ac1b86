"""What the first pages of a seller and of a holder say of answers: whose turn it is, by when, and where it is done."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.disputes import LATER, Dispute, dispute

from touchmark.apps.accounts.models import User
from touchmark.apps.deadlines.models import Deadline
from touchmark.engine.terms import Actor

pytestmark = pytest.mark.django_db
LAWS = ("platform", "us", "cn")


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    monkeypatch.setattr("touchmark.web.clock.now", lambda: LATER)


def page(actor: Actor, address: str) -> str:
    client: Client = accounts.signed_in(User.objects.get(pk=actor.user_id))
    return client.get(address).content.decode()


def first_due(subject: str) -> str:
    due = Deadline.objects.filter(subject=subject, closed_at=None).order_by("due_at").first()
    assert due is not None
    assert due.due_at is not None
    return str(due.due_at.isoformat())


@pytest.mark.parametrize("law", LAWS)
def test_a_seller_sees_at_once_that_a_notice_can_be_answered(law: str) -> None:
    made = dispute(law)
    home = page(made.sam, "/seller/")
    assert f"/seller/notices/{made.item.ref}/answer/" in home
    if law == "platform":  # no statute ends the time to answer
        assert first_due(f"answering:{made.item.ref}") in home


def test_a_chance_that_has_passed_is_offered_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    made = dispute()
    monkeypatch.setattr("touchmark.web.clock.now", lambda: LATER + timedelta(days=90))
    assert f"/seller/notices/{made.item.ref}/answer/" not in page(made.sam, "/seller/")


@pytest.mark.parametrize("law", LAWS)
def test_an_answer_waits_for_the_holder_on_both_first_pages(law: str) -> None:
    made = dispute(law)
    counter = made.answered()
    due = first_due(f"counter:{counter.ref}")
    for address in ("/holder/", "/holder/answers/"):
        shown = page(made.vera, address)
        assert f"/holder/answers/{counter.ref}/" in shown
        assert due in shown
    home = page(made.sam, "/seller/")
    assert f"/seller/answers/{counter.ref}/" in home
    assert f"/seller/notices/{made.item.ref}/answer/" not in home  # one answer at a time
    assert "Nothing waits for you" not in page(made.vera, "/holder/")


def test_a_seller_is_not_told_to_do_what_the_holder_can() -> None:
    made = dispute()
    counter = made.answered()
    for address in ("/seller/", f"/seller/answers/{counter.ref}/", "/seller/answers/"):
        shown = page(made.sam, address)
        assert "Reply to the seller" not in shown
        assert "The holder of the right can reply" in shown
    for address in ("/holder/", f"/holder/answers/{counter.ref}/", "/holder/answers/"):
        assert "Reply to the seller&#x27;s answer" in page(made.vera, address)


def test_nothing_waits_for_a_holder_who_has_replied() -> None:
    made: Dispute = dispute()
    counter = made.answered()
    client = accounts.signed_in(User.objects.get(pk=made.vera.user_id))
    said = {"do": "reply", "said": "object", "text": "Not our invoice."}
    assert client.post(f"/holder/answers/{counter.ref}/", said).status_code == 302
    assert f"/holder/answers/{counter.ref}/" not in page(made.vera, "/holder/")
