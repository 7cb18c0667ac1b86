"""The files of public holidays, and counting by them."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.policy.calendars import Calendar, UnknownCalendar, calendar, calendars

DAYS = st.dates(date(2020, 1, 1), date(2031, 12, 31))
PLAIN = sorted(one.id for one in calendars().values() if not one.worked)


def test_there_is_one_for_each_jurisdiction() -> None:
    assert {"us", "be", "cn", "in", "jp", "kr", "gb", "weekdays"} <= set(calendars())


@pytest.mark.parametrize(
    ("id_", "day", "business", "working"),
    [
        ("cn", date(2024, 2, 4), False, True),  # a Sunday worked for the Spring Festival
        ("cn", date(2024, 2, 10), False, False),  # its first day
        ("cn", date(2026, 10, 7), False, False),
        ("cn", date(2026, 10, 10), False, True),
        ("us", date(2026, 7, 3), False, False),  # Independence Day is a Saturday
        ("us", date(2026, 11, 27), True, True),  # the day after Thanksgiving is none
        ("gb", date(2026, 12, 28), False, False),
        ("jp", date(2026, 5, 6), False, False),  # stands in for Constitution Day, a Sunday
        ("kr", date(2026, 9, 24), False, False),  # the eve of Chuseok
        ("in", date(2026, 1, 26), False, False),
        ("be", date(2026, 5, 14), False, False),  # Ascension Day
        ("be", date(2028, 2, 29), True, True),
        ("weekdays", date(2026, 12, 25), True, True),
    ],
)
def test_days_that_are_known(id_: str, day: date, business: bool, working: bool) -> None:
    assert calendar(id_).counts(day) is business
    assert calendar(id_).counts(day, moved=True) is working


@given(day=DAYS, length=st.integers(1, 80), id_=st.sampled_from(PLAIN))
def test_business_days_are_those_of_numpy(day: date, length: int, id_: str) -> None:
    found = calendar(id_).after(day, length)
    holidays = np.array(sorted(calendar(id_).holidays), "datetime64[D]")
    before = np.busday_offset(day, 0, roll="backward", holidays=holidays)
    assert np.busday_offset(before, length, holidays=holidays) == np.datetime64(found)


@given(day=DAYS, length=st.integers(0, 80), moved=st.booleans(), id_=st.sampled_from(sorted(calendars())))
def test_counting_back_gives_what_was_counted(day: date, length: int, moved: bool, id_: str) -> None:
    days = calendar(id_)
    later = days.after(day, length, moved=moved)
    assert days.between(day + timedelta(days=1), later + timedelta(days=1), moved=moved) == length


@pytest.mark.parametrize("one", calendars().values(), ids=lambda one: one.id)
def test_a_file_is_sound(one: Calendar) -> None:
    assert one.source
    assert one.first <= one.announced_until <= one.last
    assert all(one.first <= day <= one.last for day in {*one.holidays, *one.worked})
    assert all(day.weekday() >= 5 and day not in one.holidays for day in one.worked)


def test_an_unknown_one_is_named() -> None:
    with pytest.raises(UnknownCalendar, match="no calendar 'atlantis'; known: be, cn"):
        calendar("atlantis")
