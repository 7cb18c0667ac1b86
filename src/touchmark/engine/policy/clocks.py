"""
When something falls due: a pure function of the rule, what happened, the calendar and the zone.

``due`` answers for a clock that simply runs; ``state`` folds what happened to it: started, paused, resumed, extended,
stopped, reopened. The day of an event is not counted; a period ends with the last second of its last day where it is
counted. Hours are counted from the moment itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.policy.calendars import ONE_DAY, Calendar, calendar
from touchmark.engine.policy.open_time import HOUR, micros, midnight, open_time
from touchmark.engine.policy.rules import ClockRule, Place, Unit

UNITS = frozenset(Unit)
ONE_SECOND = timedelta(seconds=1)
ONE_HOUR = timedelta(hours=1)
BY_CALENDAR = {Unit.BUSINESS_DAYS: False, Unit.WORKING_DAYS: True}


class ClockRefuses(TouchmarkError):
    """What is said to have happened cannot happen to this clock, or not now."""


class Happening(StrEnum):
    """What can happen to a clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """Something that happened to a clock. ``length`` is of an extension, in the rule's unit."""

    kind: Happening
    at: datetime
    length: int = 0


class Running(StrEnum):
    """Whether a clock runs."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ClockState:
    """
    Where a clock stands. ``due_at`` is None only while it stands still with no limit to that.

    ``sure`` is false where days off before ``due_at`` are not announced yet, so that it may move. ``disregarded`` are
    pauses and extensions that came after the end.
    """

    rule: str
    status: Running
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    sure: bool
    disregarded: tuple[ClockEvent, ...]

    def fallen_due(self, at: datetime) -> bool:
        """Whether its moment has passed and nobody stopped it."""
        return self.stopped_at is None and self.due_at is not None and at > self.due_at

    @property
    def kept(self) -> bool:
        """Whether it was stopped in time."""
        return self.stopped_at is not None and (self.due_at is None or self.stopped_at <= self.due_at)


def due(rule: ClockRule, *, start: datetime, place: Place | None = None) -> datetime:
    """
    Give the last moment of the period, in UTC: the end of its last day where the rule counts.

    :param start: the aware moment of the event that starts the period
    :param place: where the marketplace counts its days, for rules that leave it to that
    :raises CalendarEnds: if it lies outside the years of the calendar
    """
    found = _Course(rule, rule.place(place), start).due()
    assert found is not None  # noqa: S101 nothing paused it
    return found


def no_later(own: ClockRule, law: ClockRule, *, start: datetime, place: Place | None = None) -> ClockRule:
    """
    Give the platform's own rule of a lane; the law's where that falls due before it, or does not stand still with it.

    :raises CalendarEnds: if either lies outside the years of its calendar
    """
    stands = law.pauses or not own.pauses
    return own if stands and due(own, start=start, place=place) <= due(law, start=start, place=place) else law


def state(rule: ClockRule, events: Iterable[ClockEvent], *, place: Place | None = None) -> ClockState:
    """
    Give where the clock stands after all that happened, in the order in which it happened.

    :raises ClockRefuses: if an event cannot follow: a pause of a clock that does not pause, a second start, none at all
    :raises CalendarEnds: if the moment lies outside the years of the calendar
    """
    course: _Course | None = None
    for event in events:
        course = _STEPS[event.kind](course, event, rule, rule.place(place))
    if course is None:
        raise ClockRefuses(f"The clock {rule.id} has not started.")
    return course.state()


def sure(rule: ClockRule, due_at: datetime, *, place: Place | None = None) -> bool:
    """Whether the days off up to a due moment are announced, where the rule asks a calendar at all."""
    if rule.unit == Unit.HOURS or (rule.unit not in {*BY_CALENDAR, Unit.OPEN_HOURS} and not rule.rolls):
        return True
    where = rule.place(place)
    return calendar(where.calendar).announced(due_at.astimezone(where.zone).date())


@dataclass(frozen=True, slots=True)
class _Course:
    """One run of a clock, and its arithmetic."""

    rule: ClockRule
    place: Place
    start: datetime
    more: int = 0
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    stopped_at: datetime | None = None
    late: tuple[ClockEvent, ...] = field(default=())

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    @property
    def length(self) -> int:
        most = self.rule.at_most
        return self.rule.length + self.more if most is None else min(self.rule.length + self.more, most)

    def over(self, at: datetime) -> bool:
        end = self.due()
        return end is not None and at > end

    def state(self) -> ClockState:
        due_at = self.due()
        running = Running.PAUSED if self.paused else Running.RUNNING
        return ClockState(
            rule=self.rule.id,
            status=running if self.stopped_at is None else Running.STOPPED,
            started_at=self.start,
            due_at=due_at,
            stopped_at=self.stopped_at,
            sure=due_at is None or sure(self.rule, due_at, place=self.place if self.rule.local else None),
            disregarded=self.late,
        )

    def due(self) -> datetime | None:
        if self.paused and self.rule.pause_at_most is None:
            return None
        if self.rule.unit == Unit.HOURS:
            stood = sum((end - begin for begin, end in self.pauses if end is not None), timedelta())
            return (self.start + self.length * ONE_HOUR + stood).astimezone(UTC)
        if self.rule.unit == Unit.OPEN_HOURS:
            return self._open_due()
        return end_of(self._last_day(), self.place)

    def _open_due(self) -> datetime:
        time = open_time(self.place)
        stood = sum(int(time.between(micros(begin), micros(end))) for begin, end in self.pauses if end is not None)
        return time.after(self.start, self.length * HOUR + stood)

    def _last_day(self) -> date:
        first = self._day(self.start)
        days, moved = calendar(self.place.calendar or "weekdays"), BY_CALENDAR.get(self.rule.unit)
        stood = self._days_stood(days)
        last, put_off = self._counted(first, 0, days), 0
        while (now := sum(_counting(days, moved, begin, end, first, last) for begin, end in stood)) != put_off:
            put_off = now
            last = self._counted(first, put_off, days)
        return days.first_that_counts(last, moved=True) if self.rule.rolls else last

    def _counted(self, first: date, put_off: int, days: Calendar) -> date:
        unit = self.rule.unit
        if unit in BY_CALENDAR:
            return days.after(first, self.length + put_off, moved=BY_CALENDAR[unit])
        if unit == Unit.MONTHS:
            return first + relativedelta(months=self.length) + put_off * ONE_DAY
        return first + (self.length + put_off) * ONE_DAY

    def _days_stood(self, days: Calendar) -> list[tuple[date, date]]:
        """Give the days, each pause from its first to before its last, for which it stood still, as far as it may."""
        stood, left = [], self.rule.pause_at_most
        for begin, end in self.pauses:
            first, last = self._day(begin), None if end is None else self._day(end)
            if left is not None:
                longest = days.after(first - ONE_DAY, left + 1, moved=True)
                last = longest if last is None else min(last, longest)
                left -= days.between(first, last, moved=True)
            if last is not None:
                stood.append((first, last))
        return stood

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.place.zone).date()


def end_of(day: date, place: Place) -> datetime:
    """Give the last second of a day in a place, in UTC."""
    return midnight(day + ONE_DAY, place) - ONE_SECOND


def _counting(days: Calendar, moved: bool | None, begin: date, end: date, first: date, last: date) -> int:
    """Give how many days that count, after the first and up to the last, lie in a pause."""
    begin, end = max(begin, first + ONE_DAY), min(end, last + ONE_DAY)
    return max(0, (end - begin).days) if moved is None else days.between(begin, end, moved=moved)


def _start(course: _Course | None, event: ClockEvent, rule: ClockRule, place: Place) -> _Course:
    if course is not None:
        raise ClockRefuses(f"The clock {rule.id} has started already; it can be reopened once it is stopped.")
    return _Course(rule, place, event.at)


def _reopen(course: _Course | None, event: ClockEvent, rule: ClockRule, place: Place) -> _Course:
    if course is None or (course.stopped_at is None and not course.over(event.at)):
        raise ClockRefuses(f"The clock {rule.id} runs; only one that is stopped or over is reopened.")
    return _Course(rule, place, event.at)


def _stop(course: _Course | None, event: ClockEvent, rule: ClockRule, _place: Place) -> _Course:
    return replace(_running(course, rule), stopped_at=event.at)


def _pause(course: _Course | None, event: ClockEvent, rule: ClockRule, _place: Place) -> _Course:
    course = _running(course, rule)
    if not rule.pauses:
        raise ClockRefuses(f"The clock {rule.id} does not stand still for anything.")
    if course.paused:
        raise ClockRefuses(f"The clock {rule.id} stands still already.")
    if course.over(event.at):
        return replace(course, late=(*course.late, event))
    return replace(course, pauses=(*course.pauses, (event.at, None)))


def _resume(course: _Course | None, event: ClockEvent, rule: ClockRule, _place: Place) -> _Course:
    course = _running(course, rule)
    if course.late and course.late[-1].kind == Happening.PAUSE:
        return replace(course, late=(*course.late, event))
    if not course.paused:
        raise ClockRefuses(f"The clock {rule.id} does not stand still.")
    return replace(course, pauses=(*course.pauses[:-1], (course.pauses[-1][0], event.at)))


def _extend(course: _Course | None, event: ClockEvent, rule: ClockRule, _place: Place) -> _Course:
    course = _running(course, rule)
    if rule.at_most is None:
        raise ClockRefuses(f"The clock {rule.id} cannot be extended.")
    if course.over(event.at):
        return replace(course, late=(*course.late, event))
    return replace(course, more=course.more + event.length)


def _running(course: _Course | None, rule: ClockRule) -> _Course:
    if course is None or course.stopped_at is not None:
        raise ClockRefuses(f"The clock {rule.id} does not run.")
    return course


_STEPS = {
    Happening.START: _start,
    Happening.PAUSE: _pause,
    Happening.RESUME: _resume,
    Happening.EXTEND: _extend,
    Happening.STOP: _stop,
    Happening.REOPEN: _reopen,
}
