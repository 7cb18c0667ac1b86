"""
Time with days that do not count cut out whole: the hours of the 24-hour figure. Pure, over arrays of moments.

A moment is a whole number of microseconds since 1970 in UTC, as Arrow and numpy keep it. A day lasts from its midnight
to the next one where the marketplace is: 23 or 25 hours when clocks change.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.policy.calendars import CalendarEnds, calendar
from touchmark.engine.policy.rules import Place

Moments = NDArray[np.int64]
SECOND = 1_000_000
HOUR = 3600 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Give a moment as a number."""
    return (at - EPOCH) // MICROSECOND


def moment(at: int) -> datetime:
    """Give a number as a moment in UTC."""
    return EPOCH + timedelta(microseconds=int(at))


def midnight(day: date, place: Place) -> datetime:
    """
    Give the first moment of a day, in UTC.

    Where clocks leap over midnight, that is the moment of the leap; where they turn back over it, the first of the two.
    """
    return datetime.combine(day, time(0), tzinfo=place.zone).astimezone(UTC)


class OpenTime:
    """How much time that counts has passed in one place by any moment of its calendar's years."""

    def __init__(self, place: Place) -> None:
        days = calendar(place.calendar)
        self.name = place.calendar
        open_days = days.open_days(moved=True)
        starts = [midnight(days.first + timedelta(days=number), place) for number in range(len(open_days) + 1)]
        self._bounds: Moments = np.array([micros(start) for start in starts], np.int64)
        self._open: Moments = open_days.astype(np.int64)
        self._passed: Moments = np.concatenate([[0], np.cumsum(np.diff(self._bounds) * self._open)])

    def passed(self, at: Any) -> Moments:
        """
        Give the time that had passed by each moment, in microseconds.

        :raises CalendarEnds: if a moment lies outside the calendar's years
        """
        moments = np.asarray(at, np.int64)
        self._require(moments)
        place = np.clip(np.searchsorted(self._bounds, moments, side="right") - 1, 0, len(self._open) - 1)
        passed: Moments = self._passed[place] + (moments - self._bounds[place]) * self._open[place]
        return passed

    def between(self, start: Any, end: Any) -> Moments:
        """Give the time from each start to its end, without the days that do not count."""
        return self.passed(end) - self.passed(start)

    def after(self, start: datetime, length: int) -> datetime:
        """
        Give the first moment by which ``length`` microseconds that count have passed since the start.

        :raises CalendarEnds: if that lies outside the calendar's years
        """
        target = int(self.passed(micros(start))) + length
        if target >= self._passed[-1]:
            raise CalendarEnds(f"The calendar '{self.name}' ends before that time has passed: renew its file.")
        place = int(np.searchsorted(self._passed, target, side="left")) - 1
        return moment(max(micros(start), int(self._bounds[place] + target - self._passed[place])))

    def _require(self, moments: Moments) -> None:
        if moments.size and not (self._bounds[0] <= moments.min() and moments.max() <= self._bounds[-1]):
            raise CalendarEnds(f"A moment lies outside the years of the calendar '{self.name}': renew its file.")


@cache
def open_time(place: Place) -> OpenTime:
    """Give the time of one place, made once."""
    return OpenTime(place)
