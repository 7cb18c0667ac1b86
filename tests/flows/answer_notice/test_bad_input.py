"""Answers that come twice, at once, for another, unsigned, incomplete or too late: each is refused by its name."""

import threading
import time
from datetime import timedelta
from typing import Any

import pytest

from tests.factories.at_once import at_once
from tests.factories.disputes import IN_ANSWERS, LATER, dispute, form, picture
from tests.flows.answer_notice.said import DAY, due, orders, suit
from touchmark.apps.counters import access
from touchmark.apps.counters.actions import (
    AlreadyAnswered,
    BadSignature,
    GivenFile,
    InTheHoldersName,
    NothingToAnswer,
)
from touchmark.apps.counters.kinds import FileKind
from touchmark.apps.counters.models import CounterFile, CounterNotice
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices.access import NoSuchNotice
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.reasons import NotAGround
from touchmark.engine.terms import Actor
from touchmark.flows import answer_notice, put_back, retract_notice
from touchmark.flows.lapse import lapse_due
from touchmark.flows.retract_notice import retract

pytestmark = pytest.mark.django_db


def test_of_two_answers_one_stands_and_the_other_is_told_which() -> None:
    made = dispute()
    key = form("platform").request_key
    first = made.answered(key=key)
    assert made.answered(key=key) == first
    with pytest.raises(AlreadyAnswered, match=first.ref):
        made.answered()


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_stands() -> None:
    made = dispute()
    made.status()

    def once() -> str:
        try:
            return made.answered().status
        except AlreadyAnswered:
            return "refused"

    assert sorted(at_once(once, once)) == ["arrived", "refused"]
    assert CounterNotice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_suit_and_the_clock_at_once_leave_one_outcome() -> None:
    made = dispute("us")
    counter = made.answered()
    late = due(counter, "restore_earliest") + timedelta(seconds=1)

    shown = suit()

    def sue() -> str:
        try:
            answer_notice.show_suit(ref=counter.ref, form=shown, actor=made.vera, at=late)
        except IllegalMove:
            return "late"
        return "held"

    assert sorted(map(str, at_once(sue, lambda: lapse_due(late)))) in (["0", "late"], ["1", "late"])
    assert made.status() == ("put_back", "put_back", "put_back")
    assert orders() == ["listing.restricted", "listing.restored"]


@pytest.mark.django_db(transaction=True)
def test_an_answer_waits_for_a_notice_that_is_being_taken_back_and_never_the_other_way_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = dispute()
    made.status()
    holds_the_listing = threading.Event()

    def slowly(*args: Any, **kwargs: Any) -> bool:
        holds_the_listing.set()
        time.sleep(0.7)  # until the answer stands at the listing
        return put_back.release(*args, **kwargs)

    monkeypatch.setattr(retract_notice, "release", slowly)

    def answered() -> CounterNotice:
        holds_the_listing.wait(20)
        return made.answered()

    taken_back = {
        "ref": made.item.notice.ref,
        "reason": "They are our own goods.",
        "actor": made.vera,
        "at": LATER + DAY,
    }
    count, refused = at_once(lambda: retract_notice.retract(**taken_back), answered)
    assert (count, type(refused)) == (1, NothingToAnswer)


def test_a_forged_signature_block_is_refused_by_name() -> None:
    made = dispute("us")
    forged = dict(IN_ANSWERS["us"]) | {"signature": "Somebody Else"}
    with pytest.raises(BadSignature, match="Somebody Else"):
        made.answered(particulars=forged)
    assert not CounterNotice.objects.exists()


def test_an_answer_in_the_holders_name_is_refused_by_name() -> None:
    made = dispute("us")
    theirs = dict(IN_ANSWERS["us"]) | {"signature": "ALDERMOOR  ltd", "name": "Aldermoor Ltd"}
    with pytest.raises(InTheHoldersName):
        made.answered(particulars=theirs)


def test_one_found_out_later_is_annulled_and_takes_no_chance() -> None:
    made = dispute()
    counter = made.answered()
    answer_notice.judge(ref=counter.ref, event="annul", text="Not by the seller.", actor=made.rita, at=LATER + DAY)
    assert made.status() == ("annulled", "upheld", "in_force")
    assert made.answered(at=LATER + DAY).chance == 1


def test_the_same_file_under_two_names_is_one_file() -> None:
    made = dispute()
    twice = [GivenFile(FileKind.INVOICE, picture(1)), GivenFile(FileKind.INVOICE, picture(1))]
    made.answered(files=twice)
    assert CounterFile.objects.count() == 1


def test_an_incomplete_answer_waits_and_lapses_or_is_completed() -> None:
    made = dispute("us")
    counter = made.answered(particulars={"name": "Sam Crate"})
    assert counter.status == "incomplete"
    letter = Letter.objects.get(kind="counter_incomplete")
    assert letter.content["lacking"][0]["asks"] == "a signature"
    assert letter.content["due"][0]["act"] == "Complete the answer"
    given = form("us", particulars=IN_ANSWERS["us"])
    assert answer_notice.complete(ref=counter.ref, form=given, actor=made.sam, at=LATER + DAY) == ()
    assert made.status()[0] == "arrived"
    other = dispute("cn")
    lapsing = other.answered(particulars={})
    assert not access.counters_for(other.vera).exists()  # nothing to read before it is forwarded
    lapse_due(due(lapsing, "complete_counter") + DAY)
    assert other.status() == ("lapsed", "upheld", "in_force")
    assert CounterNotice.objects.get(ref=counter.ref).status != "lapsed"


def test_a_ground_must_be_one_and_be_shown() -> None:
    made = dispute("cn")
    with pytest.raises(NotAGround):
        made.answered(ground="because")
    assert made.answered(files=[]).status == "incomplete"


def test_only_the_seller_concerned_answers_and_only_what_restricts_it(world_of_others: Actor) -> None:
    made = dispute()
    with pytest.raises(NoSuchNotice):
        answer_notice.answer(item=made.item.ref, form=form("platform"), actor=world_of_others, at=LATER)
    with pytest.raises(NoSuchNotice):
        answer_notice.answer(item=made.item.ref, form=form("platform"), actor=made.vera, at=LATER)
    retract(ref=made.item.ref, reason="We were wrong.", actor=made.vera, at=LATER)
    with pytest.raises(NothingToAnswer):
        made.answered()


@pytest.fixture
def world_of_others() -> Actor:
    from tests.factories import accounts
    from touchmark.engine.terms import Role

    return accounts.actor(Role.SELLER)
