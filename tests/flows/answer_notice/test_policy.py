"""Answers under platform policy: silence, an objection and a reviewer, three chances."""

from datetime import timedelta

import pytest

from tests.factories.disputes import LATER, dispute
from tests.flows.answer_notice.said import DAY, due
from touchmark.apps.counters.actions import (
    IncompleteReply,
    NoChanceLeft,
    TooLateToAnswer,
)
from touchmark.apps.counters.kinds import Said
from touchmark.apps.counters.models import CounterNotice
from touchmark.engine.lifecycle.table import NotYours
from touchmark.flows import answer_notice
from touchmark.flows.lapse import lapse_due

pytestmark = pytest.mark.django_db


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
