"""Notices that are taken back restore the listing; what is told is what the events fold to."""

from datetime import UTC, datetime

import pytest

from tests.factories.accounts import AT
from tests.factories.disputes import LATER, dispute, form
from tests.flows.answer_notice.said import DAY, orders, suit
from touchmark.apps.audit.models import Event
from touchmark.apps.counters.models import Suit
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.inbox.models import Letter
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.flows import answer_notice
from touchmark.flows.retract_notice import retract

pytestmark = pytest.mark.django_db


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
