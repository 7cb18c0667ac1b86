"""Somewhere it is tomorrow already: whoever names that day does not name a day to come."""

from datetime import UTC, date, datetime

import pytest

from touchmark.engine.policy.days import is_to_come

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("hour", "day", "expected"),
    [
        (9, TODAY, False),
        (9, date(2026, 12, 1), True),
        (10, date(2026, 12, 1), False),  # midnight in Kiritimati
        (23, date(2026, 12, 1), False),
        (23, date(2026, 12, 2), True),
    ],
)
def test_a_day_is_to_come_where_it_has_begun_nowhere(hour: int, day: date, *, expected: bool) -> None:
    assert is_to_come(day, datetime(2026, 11, 30, hour, tzinfo=UTC)) is expected
