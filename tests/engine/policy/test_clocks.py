"""Laws of the arithmetic of clocks, whatever the rule."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.policy import clocks
from touchmark.engine.policy.rules import ClockRule

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from(["UTC", "Europe/Brussels", "Asia/Shanghai", "America/New_York", "Pacific/Apia"])


def rule(length: int, unit: str, zone: str) -> ClockRule:
    return ClockRule("x", "x", "told", length, unit, ZoneInfo(zone), date(2000, 1, 1), None, "s", "", True, "")


@given(start=MOMENTS, length=st.integers(0, 400), unit=st.sampled_from(sorted(clocks.UNITS)), zone=ZONES)
def test_nothing_falls_due_before_it_starts(start: datetime, length: int, unit: str, zone: str) -> None:
    assert clocks.due(rule(length, unit, zone), start=start) + timedelta(seconds=1) > start


@given(start=MOMENTS, length=st.integers(0, 400), unit=st.sampled_from(sorted(clocks.UNITS)), zone=ZONES)
def test_a_longer_period_never_ends_earlier(start: datetime, length: int, unit: str, zone: str) -> None:
    shorter, longer = rule(length, unit, zone), rule(length + 1, unit, zone)
    assert clocks.due(shorter, start=start) < clocks.due(longer, start=start)


@given(start=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=400)), zone=ZONES)
def test_starting_later_never_ends_earlier(start: datetime, later: timedelta, zone: str) -> None:
    six_months = rule(6, "months", zone)
    assert clocks.due(six_months, start=start) <= clocks.due(six_months, start=start + later)
