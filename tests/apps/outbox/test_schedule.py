from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.outbox.conftest import AT

from touchmark.apps.outbox.schedule import JITTER, LONGEST, TRIES, WAITS, next_try

MESSAGE = UUID("6b1f2c52-9a0e-4d4e-8a3d-3f4f0f6f9d11")


def test_it_is_the_schedule_of_standard_webhooks() -> None:
    hours = [wait / timedelta(hours=1) for wait in WAITS]
    assert hours == pytest.approx([5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24])
    assert TRIES == 10


@given(st.uuids(), st.integers(1, TRIES - 1))
def test_a_wait_is_its_own_and_a_little_more_always_the_same(message: UUID, attempts: int) -> None:
    due = next_try(message=message, attempts=attempts, at=AT)
    assert due is not None
    wait = due - AT
    assert WAITS[attempts - 1] <= wait <= WAITS[attempts - 1] * (1 + JITTER)
    assert next_try(message=message, attempts=attempts, at=AT) == due


def test_what_failed_together_is_not_tried_together() -> None:
    dues = {next_try(message=UUID(int=n), attempts=3, at=AT) for n in range(100)}
    assert len(dues) == 100


@pytest.mark.parametrize("attempts", [TRIES, TRIES + 1])
def test_there_is_an_end(attempts: int) -> None:
    assert next_try(message=MESSAGE, attempts=attempts, at=AT) is None


@pytest.mark.parametrize(
    ("after", "wait"),
    [
        (timedelta(hours=1), timedelta(hours=1)),  # longer than ours: theirs
        (timedelta(days=365), LONGEST),  # but not for ever
    ],
)
def test_a_receiver_that_asks_for_longer_gets_it(after: timedelta, wait: timedelta) -> None:
    assert next_try(message=MESSAGE, attempts=1, at=AT, after=after) == AT + wait


def test_a_receiver_that_asks_for_less_gets_ours() -> None:
    ours = next_try(message=MESSAGE, attempts=3, at=AT)
    assert next_try(message=MESSAGE, attempts=3, at=AT, after=timedelta(seconds=1)) == ours
