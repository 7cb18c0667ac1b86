"""Moments as people read them: in full, with the zone, in the reader's own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from touchmark.web.ui import dates

AT = datetime(2026, 8, 4, 15, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("UTC", "Tue 4 Aug 2026, 15:59 (UTC)"),
        ("Asia/Shanghai", "Tue 4 Aug 2026, 23:59 (Shanghai)"),
        ("Pacific/Auckland", "Wed 5 Aug 2026, 03:59 (Auckland)"),
        ("America/New_York", "Tue 4 Aug 2026, 11:59 (New York)"),
        ("America/Argentina/Buenos_Aires", "Tue 4 Aug 2026, 12:59 (Buenos Aires)"),
    ],
)
def test_a_moment_is_shown_in_the_readers_zone(zone: str, text: str) -> None:
    with timezone.override(ZoneInfo(zone)):
        assert dates.moment(AT) == text


def test_a_day() -> None:
    assert dates.day(date(2026, 8, 4)) == "Tue 4 Aug 2026"
    with timezone.override(ZoneInfo("Pacific/Auckland")):
        assert dates.day(AT) == "Wed 5 Aug 2026"


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=20), "0 min"),
        (timedelta(seconds=-20), "0 min"),  # a clock that runs ahead makes no negative age
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=12), "12 d"),
    ],
)
def test_an_age(ago: timedelta, text: str) -> None:
    assert dates.age(AT - ago, AT) == text


@pytest.mark.parametrize(
    ("ahead", "left", "urgency"),
    [
        (timedelta(days=12), "12 days left", ""),
        (timedelta(days=1, hours=4), "1 day left", "soon"),
        (timedelta(minutes=1), "today", "soon"),
        (timedelta(0), "today", "soon"),  # until the very moment, it can be done
        (timedelta(seconds=-1), "late", "late"),
        (timedelta(days=-1), "1 day late", "late"),
        (timedelta(days=-4), "4 days late", "late"),
    ],
)
def test_what_is_left(ahead: timedelta, left: str, urgency: str) -> None:
    assert dates.left(AT + ahead, AT) == left
    assert dates.urgency(AT + ahead, AT) == urgency
