"""Laws of the arithmetic of clocks, whatever the rule; and what a clock refuses."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from touchmark.engine.policy import clocks
from touchmark.engine.policy.calendars import CalendarEnds, calendar
from touchmark.engine.policy.clocks import ClockEvent, ClockRefuses, Happening, Running
from touchmark.engine.policy.rules import ClockRule, Party, Place, Unit

MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
#: Clocks leap over midnight in Beirut, and turn back over it in Santiago; Apia is farthest east.
ZONES = st.sampled_from(
    ["UTC", "Europe/Brussels", "Asia/Shanghai", "America/New_York", "Pacific/Apia", "Asia/Beirut", "America/Santiago"]
)
CALENDARS = st.sampled_from(["weekdays", "us", "cn", "be", "jp", "in", "gb"])
UNITS = st.sampled_from(sorted(Unit))
BY_CALENDAR = st.sampled_from([Unit.BUSINESS_DAYS, Unit.WORKING_DAYS])
LENGTHS = st.integers(0, 200)


def rule(length: int, unit: str, zone: str = "UTC", calendar: str = "cn", **more: Any) -> ClockRule:
    return ClockRule(
        id="x",
        clock="x",
        starts_on="told",
        length=length,
        unit=Unit(unit),
        zone=ZoneInfo(zone),
        calendar=calendar,
        in_force_from=date(2000, 1, 1),
        source="s",
        waits_for=Party.PLATFORM,
        then="escalates",
        verified=True,
        **more,
    )


def happened(start: datetime, *events: ClockEvent) -> list[ClockEvent]:
    return [ClockEvent(Happening.START, start), *events]


def paused(start: datetime, *spans: tuple[datetime, datetime]) -> list[ClockEvent]:
    found = happened(start)
    for begin, end in spans:
        found += [ClockEvent(Happening.PAUSE, begin), ClockEvent(Happening.RESUME, end)]
    return found


@given(start=MOMENTS, length=LENGTHS, unit=UNITS, zone=ZONES, days=CALENDARS)
def test_nothing_falls_due_before_it_starts(start: datetime, length: int, unit: str, zone: str, days: str) -> None:
    assert clocks.due(rule(length, unit, zone, days), start=start) + timedelta(seconds=1) > start


@given(start=MOMENTS, length=LENGTHS, unit=UNITS, zone=ZONES, days=CALENDARS)
def test_a_longer_period_never_ends_earlier(start: datetime, length: int, unit: str, zone: str, days: str) -> None:
    shorter, longer = rule(length, unit, zone, days), rule(length + 1, unit, zone, days)
    assert clocks.due(shorter, start=start) < clocks.due(longer, start=start)


@given(start=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=400)), unit=UNITS, zone=ZONES, days=CALENDARS)
def test_starting_later_never_ends_earlier(start: datetime, later: timedelta, unit: str, zone: str, days: str) -> None:
    one = rule(6, unit, zone, days, rolls=unit in {Unit.DAYS, Unit.MONTHS})
    assert clocks.due(one, start=start) <= clocks.due(one, start=start + later)


@given(start=MOMENTS, length=st.integers(1, 100), unit=BY_CALENDAR, zone=ZONES, days=CALENDARS)
def test_a_count_of_days_ends_on_a_day_that_counts(
    start: datetime, length: int, unit: Unit, zone: str, days: str
) -> None:
    last = clocks.due(rule(length, unit, zone, days), start=start).astimezone(ZoneInfo(zone)).date()
    assert calendar(days).counts(last, moved=unit == Unit.WORKING_DAYS)


@given(start=MOMENTS, length=LENGTHS, unit=st.sampled_from(["days", "months"]), zone=ZONES, days=CALENDARS)
def test_a_rolling_period_ends_on_the_first_day_that_counts(
    start: datetime, length: int, unit: str, zone: str, days: str
) -> None:
    def last(rolls: bool) -> date:
        due = clocks.due(rule(length % 36, unit, zone, days, rolls=rolls), start=start)
        return due.astimezone(ZoneInfo(zone)).date()

    plain, rolled = last(False), last(True)
    between = [plain + timedelta(days=number) for number in range((rolled - plain).days)]
    assert calendar(days).counts(rolled, moved=True)
    assert not any(calendar(days).counts(day, moved=True) for day in between)


@given(start=MOMENTS, one=LENGTHS, other=LENGTHS, unit=BY_CALENDAR, zone=ZONES, days=CALENDARS)
def test_two_periods_one_after_the_other_are_their_sum(
    start: datetime, one: int, other: int, unit: str, zone: str, days: str
) -> None:
    assume(one > 0)
    middle = clocks.due(rule(one, unit, zone, days), start=start)
    assert clocks.due(rule(other, unit, zone, days), start=middle) == clocks.due(
        rule(one + other, unit, zone, days), start=start
    )


@given(start=MOMENTS, length=st.integers(0, 60), unit=BY_CALENDAR, zone=ZONES, days=CALENDARS)
def test_days_are_counted_as_by_hand(start: datetime, length: int, unit: Unit, zone: str, days: str) -> None:
    day = start.astimezone(ZoneInfo(zone)).date()
    left = length
    while left:
        day += timedelta(days=1)
        left -= calendar(days).counts(day, moved=unit == Unit.WORKING_DAYS)
    due = clocks.due(rule(length, unit, zone, days), start=start)
    assert due.astimezone(ZoneInfo(zone)).date() == day
    assert (due + timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() > day


@given(start=MOMENTS, length=st.integers(1, 60), unit=UNITS, zone=ZONES, after=st.integers(0, 3000))
def test_a_pause_of_no_length_changes_nothing(start: datetime, length: int, unit: str, zone: str, after: int) -> None:
    one = rule(length, unit, zone, pauses=True)
    at = start + timedelta(minutes=after)
    assert clocks.state(one, paused(start, (at, at))).due_at == clocks.due(one, start=start)


@given(
    start=MOMENTS,
    length=st.integers(2, 60),
    unit=UNITS,
    zone=ZONES,
    begin=st.timedeltas(timedelta(0), timedelta(hours=40)),
    spans=st.tuples(*[st.timedeltas(timedelta(0), timedelta(days=30))] * 2),
)
def test_a_longer_pause_never_ends_earlier(
    start: datetime, length: int, unit: str, zone: str, begin: timedelta, spans: tuple[timedelta, timedelta]
) -> None:
    one = rule(length, unit, zone, pauses=True)
    at, (shorter, longer) = start + begin, sorted(spans)
    short, long = (clocks.state(one, paused(start, (at, at + span))).due_at for span in (shorter, longer))
    assert short is not None
    assert long is not None
    assert clocks.due(one, start=start) <= short <= long


@given(
    start=MOMENTS,
    zone=ZONES,
    begin=st.integers(0, 14),
    span=st.integers(0, 200),
    cap=st.integers(0, 25),
)
def test_days_that_stand_still_are_not_counted_up_to_the_most(
    start: datetime, zone: str, begin: int, span: int, cap: int
) -> None:
    """The slow way: go through the days one by one, and skip those that stand still."""
    one = rule(15, "days", zone, pauses=True, pause_at_most=cap)
    at = start + timedelta(days=begin)
    assume(at <= clocks.due(one, start=start))
    day, first, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in (start, at, at + timedelta(days=span)))
    stood = days_stood(first, last, cap)
    left = 15
    while left:
        day += timedelta(days=1)
        left -= day not in stood
    due = clocks.state(one, paused(start, (at, at + timedelta(days=span)))).due_at
    assert due is not None
    assert due.astimezone(ZoneInfo(zone)).date() == day


def days_stood(first: date, last: date, allowance: int) -> set[date]:
    stood: set[date] = set()
    while first < last and (allowance or not calendar("cn").counts(first, moved=True)):
        allowance -= calendar("cn").counts(first, moved=True)
        stood.add(first)
        first += timedelta(days=1)
    return stood


@given(start=MOMENTS, more=st.integers(0, 300), unit=UNITS)
def test_an_extension_adds_to_the_length_up_to_the_most(start: datetime, more: int, unit: str) -> None:
    extended = clocks.state(
        rule(90, unit, at_most=180), happened(start, ClockEvent(Happening.EXTEND, start, more))
    ).due_at
    assert extended == clocks.due(rule(min(90 + more, 180), unit), start=start)


def test_the_last_second_of_a_day_in_which_clocks_turn_back_over_midnight() -> None:
    # In Santiago the 4th of April 2026 ended with 23:00 to 24:00 twice: its last second is that of the second time.
    due = clocks.due(rule(1, "days", "America/Santiago"), start=datetime(2026, 4, 3, 12, tzinfo=UTC))
    assert due == datetime(2026, 4, 5, 3, 59, 59, tzinfo=UTC)


def test_the_last_second_before_clocks_leap_over_midnight() -> None:
    # In Beirut 29 March 2026 began at one o'clock; the 28th ends a second before.
    due = clocks.due(rule(1, "days", "Asia/Beirut"), start=datetime(2026, 3, 27, 12, tzinfo=UTC))
    assert due == datetime(2026, 3, 28, 21, 59, 59, tzinfo=UTC)


def test_one_moment_is_two_days_in_two_zones() -> None:
    midnight = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)  # the first moment of the 11th in Shanghai
    assert clocks.due(rule(1, "days", "Asia/Shanghai"), start=midnight) == datetime(2026, 3, 12, 15, 59, 59, tzinfo=UTC)
    assert clocks.due(rule(1, "days", "America/New_York"), start=midnight) == datetime(
        2026, 3, 12, 3, 59, 59, tzinfo=UTC
    )


def test_a_year_whose_holidays_were_moved() -> None:
    """Spring Festival 2026: nine days off, paid for by a Saturday before and one after."""
    eve = datetime(2026, 2, 13, 4, tzinfo=UTC)
    working = clocks.due(rule(2, "working_days", "Asia/Shanghai"), start=eve)
    business = clocks.due(rule(2, "business_days", "Asia/Shanghai"), start=eve)
    assert working == datetime(2026, 2, 24, 15, 59, 59, tzinfo=UTC)  # the 14th, the 24th
    assert business == datetime(2026, 2, 25, 15, 59, 59, tzinfo=UTC)  # the 24th, the 25th


def test_days_off_that_are_not_announced_make_a_moment_unsure() -> None:
    one = rule(10, "working_days", "Asia/Shanghai")
    near, far = (clocks.state(one, happened(datetime(2026, month, 1, tzinfo=UTC))) for month in (10, 12))
    assert near.sure
    assert clocks.state(one, happened(datetime(2026, 12, 1, tzinfo=UTC))).sure
    assert not clocks.state(one, happened(datetime(2026, 12, 25, tzinfo=UTC))).sure
    assert far.due_at == datetime(2026, 12, 15, 15, 59, 59, tzinfo=UTC)
    assert clocks.state(rule(10, "days"), happened(datetime(2031, 12, 25, tzinfo=UTC))).sure  # asks no calendar


def test_a_calendar_that_ends_is_named() -> None:
    with pytest.raises(CalendarEnds, match="'cn' ends on 2032-12-31: renew its file"):
        clocks.due(rule(10, "working_days"), start=datetime(2032, 12, 28, tzinfo=UTC))
    with pytest.raises(CalendarEnds, match="2020 to 2032"):
        clocks.due(rule(10, "working_days"), start=datetime(2033, 2, 1, tzinfo=UTC))


def test_a_local_rule_is_counted_where_the_marketplace_is() -> None:
    place = Place("be", ZoneInfo("Europe/Brussels"))
    eve = datetime(2026, 5, 13, 10, tzinfo=UTC)  # of Ascension Day
    here, there = rule(1, "business_days", local=True), rule(1, "business_days")
    assert clocks.due(here, start=eve, place=place) == datetime(2026, 5, 15, 21, 59, 59, tzinfo=UTC)
    assert clocks.due(there, start=eve, place=place) == datetime(2026, 5, 14, 23, 59, 59, tzinfo=UTC)


T = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "has not started"),
        ([ClockEvent(Happening.STOP, T)], "does not run"),
        ([*happened(T), ClockEvent(Happening.START, T)], "has started already"),
        ([*happened(T), ClockEvent(Happening.REOPEN, T + HOUR)], "only one that is stopped or over"),
        ([*happened(T), ClockEvent(Happening.RESUME, T + HOUR)], "does not stand still"),
        ([*paused(T, (T, T)), ClockEvent(Happening.STOP, T), ClockEvent(Happening.PAUSE, T)], "does not run"),
        ([*happened(T), *[ClockEvent(Happening.PAUSE, T)] * 2], "stands still already"),
        ([*happened(T), ClockEvent(Happening.EXTEND, T, 5)], "cannot be extended"),
    ],
)
def test_what_cannot_happen_is_refused(events: list[ClockEvent], words: str) -> None:
    with pytest.raises(ClockRefuses, match=words):
        clocks.state(rule(10, "days", pauses=True), events)


def test_a_clock_that_does_not_pause_says_so() -> None:
    with pytest.raises(ClockRefuses, match="does not stand still for anything"):
        clocks.state(rule(10, "hours"), happened(T, ClockEvent(Happening.PAUSE, T)))


def test_the_life_of_a_clock() -> None:
    one = rule(2, "hours", pauses=True)
    told = happened(T, ClockEvent(Happening.PAUSE, T + HOUR))
    stands = clocks.state(one, told)
    assert (stands.status, stands.due_at) == (Running.PAUSED, None)
    assert not stands.fallen_due(T + 99 * HOUR)
    told += [ClockEvent(Happening.RESUME, T + 5 * HOUR)]
    assert clocks.state(one, told).due_at == T + 6 * HOUR
    assert clocks.state(one, told).fallen_due(T + 6 * HOUR + timedelta(seconds=1))
    in_time = clocks.state(one, [*told, ClockEvent(Happening.STOP, T + 6 * HOUR)])
    late = clocks.state(one, [*told, ClockEvent(Happening.STOP, T + 7 * HOUR)])
    assert (in_time.kept, late.kept) == (True, False)
    assert not late.fallen_due(T + 99 * HOUR)
    told += [ClockEvent(Happening.STOP, T + 6 * HOUR), ClockEvent(Happening.REOPEN, T + 10 * HOUR)]
    again = clocks.state(one, told)
    assert (again.status, again.started_at, again.due_at) == (Running.RUNNING, T + 10 * HOUR, T + 12 * HOUR)


def test_what_comes_after_the_end_is_disregarded_and_said() -> None:
    late = ClockEvent(Happening.PAUSE, T + 9 * HOUR), ClockEvent(Happening.RESUME, T + 10 * HOUR)
    found = clocks.state(rule(2, "hours", pauses=True), happened(T, *late))
    assert (found.due_at, found.disregarded) == (T + 2 * HOUR, late)
