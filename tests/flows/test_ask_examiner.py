"""A reviewer asks the holder whether goods are genuine; a named examiner answers, in time, late, or wrongly."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache

from tests.factories import accounts
from tests.factories.accounts import AT
from tests.flows.world import World
from touchmark.apps.accounts.models import User
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.examinations import access
from touchmark.apps.examinations.access import NoSuchExamination
from touchmark.apps.examinations.actions import QuestionMissing
from touchmark.apps.examinations.kinds import Found
from touchmark.apps.examinations.models import Examination
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.registry import actions as registry
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.flows import ask_examiner, stop_rights, withdraw_notice
from touchmark.flows.lapse import lapse_due

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime.fromisoformat("2026-08-03T09:00:00+00:00")


def asked(world: World, *, at: datetime = AT + HOUR) -> tuple[NoticeItem, Examination]:
    item = world.report()
    found = ask_examiner.ask(item=item.ref, question="Is the clasp yours?", actor=world.rita, at=at)
    item.refresh_from_db()
    return item, found


def act_by(item: NoticeItem) -> datetime | None:
    return Deadline.objects.get(subject=f"notice:{item.ref}", clock="act_on_notice").due_at


def test_asked_the_time_to_act_stands_still_and_goes_on_with_the_answer(world: World) -> None:
    item = world.report()
    before = act_by(item)
    found = ask_examiner.ask(item=item.ref, question="Is the clasp yours?", actor=world.rita, at=MONDAY)
    item.refresh_from_db()
    assert (item.status, act_by(item)) == ("examined", None)
    letter = Letter.objects.get(kind="goods_to_examine")
    assert (letter.organisation_id, letter.content["question"]) == (item.holder_id, "Is the clasp yours?")
    about = {"ref": found.ref, "actor": world.vera, "at": MONDAY + DAY}
    with pytest.raises(IncompleteParticulars, match="who examined"):
        ask_examiner.answer(found=Found.GENUINE, examiner=" ", findings="", **about)
    with pytest.raises(IncompleteParticulars, match="what was found"):
        ask_examiner.answer(found=Found.COUNTERFEIT, examiner="Vera Stone", findings="", **about)
    ask_examiner.answer(found=Found.COUNTERFEIT, examiner="Vera Stone", findings="Round rivet.", **about)
    item.refresh_from_db()
    assert item.status == "received"
    after = act_by(item)
    assert before is not None
    assert after is not None
    assert after > before
    assert Deadline.objects.filter(clock="act_on_notice").count() == 1  # the same one goes on
    with pytest.raises(NotYours):
        ask_examiner.disprove(ref=found.ref, why="x", actor=world.vera, at=MONDAY + DAY)


def test_silence_is_no_answer_and_a_late_one_is_taken(world: World) -> None:
    item, found = asked(world)
    lapse_due(AT + 30 * DAY)
    item.refresh_from_db()
    found.refresh_from_db()
    assert (item.status, found.status, found.found) == ("received", "lapsed", "")
    late = {"ref": found.ref, "actor": world.vera, "at": AT + 31 * DAY}
    ask_examiner.answer(found=Found.CANNOT_TELL, examiner="Vera Stone", findings="", **late)
    found.refresh_from_db()
    assert found.status == "answered"


def test_a_notice_that_is_taken_back_or_stopped_asks_its_examiner_no_more(world: World) -> None:
    item, found = asked(world)
    withdraw_notice.withdraw(ref=item.ref, actor=world.vera, at=AT + 2 * HOUR)
    found.refresh_from_db()
    assert found.status == "cancelled"
    assert not Deadline.objects.filter(closed_at=None, subject=f"examination:{found.ref}").exists()
    said = {"found": Found.GENUINE, "examiner": "Vera Stone", "findings": ""}
    with pytest.raises(IllegalMove):
        ask_examiner.answer(ref=found.ref, **said, actor=world.vera, at=AT + DAY)
    _, other = asked(world)
    world.right.refresh_from_db()
    registry.withdraw(ref=world.right.ref, actor=world.vera, at=AT + DAY)
    cache.clear()
    assert stop_rights.keep_up(at=AT + DAY) == 1
    other.refresh_from_db()
    assert other.status == "cancelled"
    page = accounts.signed_in(User.objects.get(pk=world.vera.user_id)).get(f"/holder/examinations/{other.ref}/")
    assert "Nothing is asked any more" in page.text
    assert "Send what was found" not in page.text


def test_a_wrong_answer_is_on_record_and_corrected_no_more(world: World) -> None:
    _, found = asked(world)
    about = {"ref": found.ref, "actor": world.vera, "at": AT + DAY}
    ask_examiner.answer(found=Found.GENUINE, examiner="Vera Stone", findings="", **about)
    with pytest.raises(QuestionMissing):
        ask_examiner.disprove(ref=found.ref, why=" ", actor=world.rita, at=AT + DAY)
    ask_examiner.disprove(ref=found.ref, why="A court found otherwise.", actor=world.rita, at=AT + DAY)
    with pytest.raises(IllegalMove):
        ask_examiner.answer(found=Found.GREY, examiner="Vera Stone", findings="", **about)
    found.refresh_from_db()
    assert (found.status, found.disproved_why) == ("disproved", "A court found otherwise.")


def test_neither_sellers_nor_other_holders_see_it_and_nothing_is_asked_without_words(world: World) -> None:
    item = world.report()
    with pytest.raises(QuestionMissing):
        ask_examiner.ask(item=item.ref, question=" ", actor=world.rita, at=AT)
    found = ask_examiner.ask(item=item.ref, question="Is it?", actor=world.rita, at=AT)
    with pytest.raises(IllegalMove):
        ask_examiner.ask(item=item.ref, question="Is it?", actor=world.rita, at=AT)
    for actor in (world.sam, world.nils):
        with pytest.raises(NoSuchExamination):
            access.examination_for(actor, found.ref)
    assert access.examination_for(world.vera, found.ref) == found


def test_the_pages_ask_and_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("touchmark.web.clock.now", lambda: AT + HOUR)
    rita, vera = (accounts.signed_in(User.objects.get(pk=one.user_id)) for one in (world.rita, world.vera))
    item = world.report()
    desk = f"/desk/examinations/{item.ref}/"
    assert "Ask the holder" in rita.get(desk).content.decode()
    assert rita.post(desk, {"text": " "}).status_code == 422
    assert rita.post(desk, {"text": "Is the clasp yours?"}).status_code == 302
    found = Examination.objects.get()
    holder = f"/holder/examinations/{found.ref}/"
    assert "Is the clasp yours?" in vera.get(holder).content.decode()
    said = {"found": "counterfeit", "examiner": "Vera Stone", "findings": ""}
    assert vera.post(holder, said).status_code == 422  # what shows it is missing
    assert vera.post(holder, said | {"findings": "Round rivet."}).status_code == 302
    assert "Round rivet." in rita.get(desk).content.decode()
    assert rita.post(desk, {"wrong": found.ref, "text": "A court found otherwise."}).status_code == 302
    assert "1 answer on whether goods are genuine turned out to be wrong." in vera.get("/record/").content.decode()
