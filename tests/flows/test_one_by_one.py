"""One deadline that cannot be acted on stops no other: neither those behind it, nor at the next pass."""

from datetime import timedelta

import pytest

from tests.factories.disputes import dispute
from tests.flows.answer_notice.said import due
from touchmark.apps.counters.record import stream_of
from touchmark.apps.deadlines.models import Deadline
from touchmark.flows.lapse import lapse_due

pytestmark = pytest.mark.django_db


def test_a_deadline_that_nobody_can_read_keeps_no_listing_down() -> None:
    broken, sound = dispute("us"), dispute("us")
    counters = [one.answered() for one in (broken, sound)]
    late = max(due(counter, "restore_earliest") for counter in counters) + timedelta(days=1)
    first = Deadline.objects.filter(subject=stream_of(counters[0]), clock="restore_earliest")
    assert first.update(rule="us.nobody.wrote.this", due_at=late - timedelta(days=30)) == 1
    for _pass in range(2):
        with pytest.raises(ExceptionGroup, match="1 could not be acted on") as told:
            lapse_due(late)
        assert "us.nobody.wrote.this" in str(told.value.exceptions[0])
    assert sound.status() == ("put_back", "put_back", "put_back")
    assert broken.status()[0] != "put_back"
