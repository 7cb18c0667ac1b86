"""A guest is asked whether goods are genuine, and says it at the notice's own address."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.disputes import LATER, filed_by_a_guest
from tests.web.worlds import words_of

from touchmark.apps.examinations.models import Examination
from touchmark.apps.notices import queries
from touchmark.apps.notices.addresses import secret_of
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role
from touchmark.flows import ask_examiner
from touchmark.flows.lapse import lapse_due

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ANSWER = {"found": "counterfeit", "examiner": "Mara Voss", "findings": "The clasp is not mine."}


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    monkeypatch.setattr("touchmark.web.clock.now", lambda: LATER)


def asked(law: str = "platform") -> tuple[NoticeItem, Examination, str]:
    """Let a reviewer ask about a guest's notice; give the address of its page too."""
    item = queries.items_of(filed_by_a_guest(law)[0])[0]
    rita = accounts.actor(Role.REVIEWER)
    found = ask_examiner.ask(item=item.ref, question="Is the clasp yours?", actor=rita, at=LATER)
    ref = item.notice.ref
    return item, found, f"/guest/{ref}/{secret_of(ref, 'follow')}/"


def told(answer: Any) -> str:
    return words_of(answer.content.decode())


def test_a_letter_leads_to_the_question_and_the_answer_lets_the_notice_go_on() -> None:
    item, found, page = asked()
    letter = Message.objects.filter(kind="email", payload__subject__startswith="Are these goods genuine").get().payload
    address = f"{page}examinations/{found.ref}/"
    assert letter["to"] == "mara@example.test"
    assert address in letter["body"]
    assert "Answer by" in letter["body"]
    client = Client()
    follow = client.get(page)
    assert address in follow.content.decode()
    assert "We ask you whether the goods are genuine." in told(follow)
    question = client.get(address)
    assert "Is the clasp yours?" in told(question)
    assert "no-store" in question.headers["Cache-Control"]
    bare = client.post(address, ANSWER | {"findings": ""})
    assert bare.status_code == 422
    done = client.post(address, ANSWER, follow=True)
    assert "We have your answer." in told(done)
    assert "You said whether the goods are genuine." in told(done)
    found.refresh_from_db()
    item.refresh_from_db()
    assert (found.status, found.examiner, found.answered_by) == ("answered", "Mara Voss", None)
    assert item.status == "received"


def test_a_late_answer_is_taken_and_one_that_was_wrong_can_be_corrected() -> None:
    _item, found, page = asked()
    lapse_due(LATER + 30 * DAY)
    client, address = Client(), f"{page}examinations/{found.ref}/"
    assert client.post(address, ANSWER).status_code == 302
    assert client.post(address, ANSWER | {"found": "genuine"}).status_code == 302
    found.refresh_from_db()
    assert (found.status, found.found) == ("answered", "genuine")


def test_nobody_answers_for_another_notice() -> None:
    _, found, page = asked()
    _, other, elsewhere = asked("us")
    client = Client()
    for address in (
        f"{page}examinations/{other.ref}/",
        f"{elsewhere}examinations/{found.ref}/",
        f"{page}examinations/x/",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, ANSWER).status_code == 404
    assert set(Examination.objects.values_list("status", flat=True)) == {"asked"}
