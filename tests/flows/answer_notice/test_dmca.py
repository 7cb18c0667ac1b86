"""Answers under the Digital Millennium Copyright Act: put back on its day, or kept down by a suit shown in time."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.disputes import LATER, dispute
from tests.flows.answer_notice.said import DAY, due, orders, suit
from touchmark.apps.counters.actions import (
    IncompleteReply,
)
from touchmark.apps.counters.kinds import Said, SuitKind
from touchmark.apps.counters.models import Suit
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.inbox.models import Letter
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.flows import answer_notice
from touchmark.flows.lapse import lapse_due

pytestmark = pytest.mark.django_db


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
