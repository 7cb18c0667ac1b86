"""Answers under the E-Commerce Law of China: fifteen days from arrival, a complaint counts, delay stands still."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.factories.disputes import LATER, dispute, picture
from tests.flows.answer_notice.said import DAY, due, suit
from touchmark.apps.counters.actions import (
    GivenFile,
)
from touchmark.apps.counters.kinds import FileKind, Said, SuitKind
from touchmark.engine.policy.clocks import ClockRefuses
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.flows import answer_notice
from touchmark.flows.lapse import lapse_due

pytestmark = pytest.mark.django_db


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
