"""A seller answers a notice: forwarded, objected to, sued over, put back on its day; each in the order of the law."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.factories.accounts import AT
from tests.factories.at_once import at_once
from tests.factories.disputes import IN_ANSWERS, LATER, dispute, form, picture
from touchmark.apps.audit.models import Event
from touchmark.apps.counters import access
from touchmark.apps.counters.actions import (
    AlreadyAnswered,
    BadSignature,
    GivenFile,
    IncompleteReply,
    InTheHoldersName,
    NoChanceLeft,
    NothingToAnswer,
    TooLateToAnswer,
)
from touchmark.apps.counters.kinds import FileKind, Said, SuitKind
from touchmark.apps.counters.models import CounterFile, CounterNotice, Suit
from touchmark.apps.counters.suits import SuitForm
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices.access import NoSuchNotice
from touchmark.apps.outbox.models import Message
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.policy.clocks import ClockRefuses
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.engine.policy.reasons import NotAGround
from touchmark.engine.terms import Actor
from touchmark.flows import answer_notice
from touchmark.flows.lapse import lapse_due
from touchmark.flows.retract_notice import retract

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


def due(counter: CounterNotice, clock: str) -> datetime:
    found = {one.clock: one.due_at for one in deadlines.running_of_each([f"counter:{counter.ref}"]).popitem()[1]}
    at = found[clock]
    assert at is not None
    return at


def suit(**changes: Any) -> SuitForm:
    said: dict[str, Any] = {
        "kind": SuitKind.SUIT,
        "body": "District Court",
        "number": "26-cv-1",
        "filed_on": date(2026, 8, 1),
        "files": (GivenFile(FileKind.SUIT, picture(9)),),
    }
    return SuitForm(**said | changes)


def orders() -> list[str]:
    return [m.payload["type"] for m in Message.objects.filter(kind="webhook").order_by("created_at", "sequence")]


# The Digital Millennium Copyright Act.


def test_the_listing_returns_when_ten_business_days_have_ended_and_nobody_sued() -> None:
    made = dispute("us")
    counter = made.answered()
    assert (counter.status, counter.statutory) == ("arrived", True)
    earliest, latest = due(counter, "restore_earliest"), due(counter, "restore_latest")
    # Saturday 1 August 2026: ten business days end with Friday 14, fourteen with Thursday 20 August.
    assert earliest.astimezone(ZoneInfo("America/New_York")).date() == date(2026, 8, 14)
    assert latest.astimezone(ZoneInfo("America/New_York")).date() == date(2026, 8, 20)
    answer_notice.reply(ref=counter.ref, said=Said.OBJECT, text="It is ours.", actor=made.vera, at=LATER + DAY)
    lapse_due(earliest)  # the last second of the tenth day is not past
    assert made.status() == ("arrived", "upheld", "in_force")  # and the objection has changed nothing
    lapse_due(earliest + DAY)
    assert made.status() == ("put_back", "put_back", "put_back")
    assert orders() == ["listing.restricted", "listing.restored"]
    made.decision.refresh_from_db()
    assert made.decision.restriction.status == "lift_ordered"
    told = Letter.objects.filter(kind="counter_settled").values_list("organisation_id", flat=True)
    assert set(told) == {made.sam.organisation_id, made.vera.organisation_id}


def test_a_suit_shown_in_time_keeps_it_down_until_it_ends() -> None:
    made = dispute("us")
    counter = made.answered()
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + 5 * DAY)
    lapse_due(LATER + 60 * DAY)
    assert made.status() == ("held", "upheld", "in_force")
    answer_notice.judge(ref=counter.ref, event="take", actor=made.rita, at=LATER + 6 * DAY)
    assert {one.clock for one in Deadline.objects.filter(closed_at=None)} == {"suit_status"}
    lapse_due(LATER + 400 * DAY)
    assert Suit.objects.get().status == "asked"
    assert Letter.objects.filter(kind="counter_suit_asked", organisation_id=made.vera.organisation_id).count() == 1
    at = LATER + 401 * DAY
    answer_notice.judge(ref=counter.ref, event="end_for_seller", text="Dismissed.", actor=made.rita, at=at)
    assert made.status() == ("put_back", "put_back", "put_back")
    assert Suit.objects.get().status == "ended"


def test_a_suit_shown_after_its_day_finds_the_listing_put_back_though_no_worker_ran() -> None:
    made = dispute("us")
    counter = made.answered()
    late = due(counter, "restore_earliest") + timedelta(seconds=1)
    with pytest.raises(IllegalMove):
        answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=late)
    assert made.status() == ("put_back", "put_back", "put_back")
    assert not Suit.objects.exists()


def test_what_is_no_suit_is_struck_out_and_the_old_days_count() -> None:
    made = dispute("us")
    counter = made.answered()
    before = due(counter, "restore_earliest")
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + DAY)
    at = LATER + 2 * DAY
    answer_notice.judge(ref=counter.ref, event="strike_out", text="A letter is no suit.", actor=made.rita, at=at)
    assert due(counter, "restore_earliest") == before
    lapse_due(before + DAY)
    assert made.status() == ("put_back", "put_back", "put_back")


def test_a_complaint_to_an_authority_is_no_suit_there() -> None:
    made = dispute("us")
    counter = made.answered()
    with pytest.raises(IncompleteReply, match="only a suit"):
        answer_notice.show_suit(ref=counter.ref, form=suit(kind=SuitKind.COMPLAINT), actor=made.vera, at=LATER + DAY)
    with pytest.raises(IncompleteParticulars, match="its number there"):
        answer_notice.show_suit(ref=counter.ref, form=suit(number=" "), actor=made.vera, at=LATER + DAY)
    to_come = suit(filed_on=date(2030, 1, 1))
    with pytest.raises(IncompleteReply, match="day to come"):
        answer_notice.show_suit(ref=counter.ref, form=to_come, actor=made.vera, at=LATER + DAY)


# The E-Commerce Law of China.


def test_a_declaration_met_by_silence_ends_the_measures_after_fifteen_days_from_arrival() -> None:
    made = dispute("cn")
    counter = made.answered()
    window = due(counter, "suit_window")
    assert window.astimezone(ZoneInfo("Asia/Shanghai")).date() == date(2026, 8, 17)  # the 16th is a Sunday
    answer_notice.reply(ref=counter.ref, said=Said.OBJECT, text="We object.", actor=made.vera, at=LATER + DAY)
    lapse_due(window)
    assert made.status()[0] == "arrived"
    lapse_due(window + DAY)
    assert made.status() == ("put_back", "put_back", "put_back")


def test_a_complaint_to_an_authority_counts_there() -> None:
    made = dispute("cn")
    counter = made.answered()
    answer_notice.show_suit(ref=counter.ref, form=suit(kind=SuitKind.COMPLAINT), actor=made.vera, at=LATER + DAY)
    assert made.status()[0] == "held"
    answer_notice.tell_of_suit(ref=counter.ref, event="drop", text="Settled.", actor=made.vera, at=LATER + 9 * DAY)
    assert made.status() == ("put_back", "put_back", "put_back")


def test_delay_by_a_notary_is_not_counted_for_twenty_working_days_at_most() -> None:
    made = dispute("cn")
    counter = made.answered()
    before = due(counter, "suit_window")
    about: dict[str, Any] = {"ref": counter.ref, "said": Said.CLAIM_DELAY, "actor": made.vera}
    with pytest.raises(IncompleteParticulars, match="proof of the delay"):
        answer_notice.reply(**about, text="We wait for the notary.", at=LATER + DAY)
    about["files"] = (GivenFile(FileKind.DELAY, picture(5)),)
    answer_notice.reply(**about, text="We wait for the notary.", at=LATER + 2 * DAY)
    with pytest.raises(ClockRefuses):
        answer_notice.reply(**about, text="Again.", at=LATER + 2 * DAY)
    assert due(counter, "suit_window") > before + 20 * DAY
    answer_notice.reply(ref=counter.ref, said=Said.END_DELAY, actor=made.vera, at=LATER + 7 * DAY)
    assert before < due(counter, "suit_window") <= before + 7 * DAY


# Platform policy.


def test_the_holders_silence_lets_the_listing_return() -> None:
    made = dispute()
    counter = made.answered()
    assert counter.statutory is False
    lapse_due(due(counter, "holder_answer") + DAY)
    assert made.status() == ("put_back", "put_back", "put_back")


@pytest.mark.parametrize(
    ("event", "stands"), [("allow", ("put_back",) * 3), ("reject", ("rejected", "upheld", "in_force"))]
)
def test_an_objection_lets_a_reviewer_decide(event: str, stands: tuple[str, ...]) -> None:
    made = dispute()
    counter = made.answered()
    with pytest.raises(IncompleteReply):
        answer_notice.reply(ref=counter.ref, said=Said.OBJECT, text=" ", actor=made.vera, at=LATER + DAY)
    answer_notice.reply(ref=counter.ref, said=Said.OBJECT, text="Not our invoice.", actor=made.vera, at=LATER + DAY)
    assert made.status()[0] == "answered"
    with pytest.raises(IncompleteReply):
        answer_notice.judge(ref=counter.ref, event=event, actor=made.rita, at=LATER + 2 * DAY)
    with pytest.raises(NotYours):
        answer_notice.judge(ref=counter.ref, event=event, text="So.", actor=made.vera, at=LATER + 2 * DAY)
    answer_notice.judge(ref=counter.ref, event=event, text="We looked.", actor=made.rita, at=LATER + 2 * DAY)
    assert made.status() == stands


def test_a_holder_can_accept_at_once() -> None:
    made = dispute()
    answer_notice.reply(ref=made.answered().ref, said=Said.ACCEPT, actor=made.vera, at=LATER + DAY)
    assert made.status() == ("put_back", "put_back", "put_back")


def test_there_are_three_chances_and_each_is_forfeited_by_its_day() -> None:
    made = dispute()
    for number in (1, 2, 3):
        counter = made.answered(at=LATER + number * timedelta(minutes=10))
        assert counter.chance == number
        answer_notice.withdraw(ref=counter.ref, actor=made.sam, at=LATER + number * timedelta(minutes=11))
    with pytest.raises(NoChanceLeft):
        made.answered(at=LATER + timedelta(hours=1))


def test_the_first_chance_is_gone_after_three_business_days_and_all_after_twentyseven() -> None:
    made = dispute()
    counter = made.answered(at=LATER + 7 * DAY)
    assert counter.chance == 2
    answer_notice.withdraw(ref=counter.ref, actor=made.sam, at=LATER + 7 * DAY)
    with pytest.raises(TooLateToAnswer, match="September"):
        made.answered(at=LATER + 60 * DAY)


def test_a_statute_sets_no_last_day_and_counts_no_chances() -> None:
    made = dispute("us")
    for number in range(4):
        counter = made.answered(at=LATER + (60 + number) * DAY)
        answer_notice.withdraw(ref=counter.ref, actor=made.sam, at=LATER + (60 + number) * DAY)
    assert CounterNotice.objects.count() == 4


# What bad input gets.


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


# Taking a notice back.


def test_a_notice_taken_back_restores_and_leaves_nothing_to_answer() -> None:
    made = dispute()
    counter = made.answered()
    assert retract(ref=made.item.notice.ref, reason="They are our own goods.", actor=made.vera, at=LATER + DAY) == 1
    assert made.status() == ("put_back", "retracted", "put_back")
    assert orders() == ["listing.restricted", "listing.restored"]
    told = Letter.objects.get(kind="notice_taken_back")
    assert (told.organisation_id, told.content["why"]) == (made.sam.organisation_id, "They are our own goods.")
    assert not Deadline.objects.filter(closed_at=None).exists()
    with pytest.raises(IllegalMove):
        retract(ref=made.item.notice.ref, reason="Again.", actor=made.vera, at=LATER + DAY)
    assert counter.statutory is False


def test_taking_back_needs_a_reason() -> None:
    made = dispute()
    with pytest.raises(IncompleteParticulars, match="why you take the notice back"):
        retract(ref=made.item.ref, reason=" ", actor=made.vera, at=LATER)


def test_every_status_is_what_the_events_fold_to() -> None:
    from touchmark.engine.lifecycle.counter_notice import life_of
    from touchmark.engine.lifecycle.suit import SUIT

    made = dispute("cn")
    counter = made.answered(particulars={})
    answer_notice.complete(ref=counter.ref, form=form("cn"), actor=made.sam, at=LATER + DAY)
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + 2 * DAY)
    answer_notice.judge(ref=counter.ref, event="end_for_holder", text="Won.", actor=made.rita, at=LATER + 9 * DAY)
    kinds = Event.objects.filter(stream=f"counter:{counter.ref}").order_by("number").values_list("kind", flat=True)
    assert life_of(statutory=True).folded(kinds) == made.status()[0] == "kept"
    found = Suit.objects.get()
    kinds = Event.objects.filter(stream=f"suit:{found.ref}").order_by("number").values_list("kind", flat=True)
    assert SUIT.folded(kinds) == found.status == "ended"
    assert datetime(2027, 1, 1, tzinfo=UTC) > AT
