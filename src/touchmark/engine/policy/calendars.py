"""
Which days count: public holidays frozen into files, and arithmetic on days that count. Pure, over arrays too.

Two ways to count. A *business day* is no Saturday, no Sunday and no public holiday. A *working day* is that, or a day
of a weekend that a government moved work to (China's 调休). ``scripts/calendars.py`` makes the files.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib import resources
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.errors import TouchmarkError

SATURDAY = 5
ONE_DAY = timedelta(days=1)
#: Of the calendar without holidays, for those who keep none: it has no end, as far as anybody counts.
NO_HOLIDAYS = "weekdays"


class CalendarEnds(TouchmarkError):
    """The days asked for lie outside the years that the calendar's file holds."""


class UnknownCalendar(TouchmarkError):
    """No file holds the days of that place."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """
    The days of one place, from ``first`` to ``last``.

    ``announced_until`` is the last day for which the days off are announced or follow from law alone; later ones are
    computed, and may move.
    """

    id: str
    source: str
    first: date
    last: date
    announced_until: date
    holidays: Mapping[date, str]
    worked: frozenset[date]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Build one from a parsed file."""
        return cls(
            id=data["id"],
            source=data["source"],
            first=data["first"],
            last=data["last"],
            announced_until=data["announced_until"],
            holidays={date.fromisoformat(day): name for day, name in data["holidays"].items()},
            worked=frozenset(data["worked"]),
        )

    def counts(self, day: date, *, moved: bool = False) -> bool:
        """
        Whether a day is a business day; with ``moved``, whether it is a working day.

        :raises CalendarEnds: if the calendar does not reach that far
        """
        self._require(day)
        if moved and day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def after(self, day: date, length: int, *, moved: bool = False) -> date:
        """
        Give the ``length``-th day that counts after this one, which itself is not counted.

        :raises CalendarEnds: if the calendar does not reach that far
        """
        if length == 0:
            return day
        counting = self._counting[moved]
        place = int(np.searchsorted(counting, self._place(day), side="right")) + length - 1
        if place >= len(counting):
            raise CalendarEnds(f"The calendar '{self.id}' ends on {self.last.isoformat()}: renew its file.")
        return self.first + timedelta(days=int(counting[place]))

    def first_that_counts(self, day: date, *, moved: bool = False) -> date:
        """Give this day if it counts, else the next that does."""
        return day if self.counts(day, moved=moved) else self.after(day, 1, moved=moved)

    def between(self, start: date, end: date, *, moved: bool = False) -> int:
        """Give how many days that count lie from ``start`` on and before ``end``; none if ``end`` is not later."""
        counting = self._counting[moved]
        low, high = np.searchsorted(counting, [self._place(start), self._place(end)], side="left")
        return max(0, int(high - low))

    def open_days(self, *, moved: bool = False) -> NDArray[np.bool_]:
        """Give for each day from ``first`` to ``last`` whether it counts."""
        mask = np.zeros((self.last - self.first).days + 1, np.bool_)
        mask[self._counting[moved]] = True
        return mask

    def announced(self, day: date) -> bool:
        """Whether the days off up to this day are announced, and so a due moment is sure."""
        return day <= self.announced_until

    @cached_property
    def _counting(self) -> dict[bool, NDArray[np.int64]]:
        days = [self.first + timedelta(days=place) for place in range((self.last - self.first).days + 1)]
        return {
            moved: np.array([place for place, day in enumerate(days) if self.counts(day, moved=moved)], np.int64)
            for moved in (False, True)
        }

    def _place(self, day: date) -> int:
        self._require(day)
        return (day - self.first).days

    def _require(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise CalendarEnds(
                f"The calendar '{self.id}' holds {self.first.year} to {self.last.year}; "
                f"{day.isoformat()} lies outside: renew its file."
            )


@cache
def calendars() -> Mapping[str, Calendar]:
    """Give all calendars by id: a country's code in small letters, and ``weekdays``, which knows no holidays."""
    folder = resources.files("touchmark.engine.policy") / "data" / "calendars"
    files = (file for file in folder.iterdir() if file.name.endswith(".toml"))
    found = [Calendar.of(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return {calendar.id: calendar for calendar in [*found, _weekdays()]}


def calendar(id_: str) -> Calendar:
    """
    Give one calendar.

    :raises UnknownCalendar: if there is no file of that name
    """
    if id_ not in calendars():
        raise UnknownCalendar(f"There is no calendar '{id_}'; known: {', '.join(sorted(calendars()))}.")
    return calendars()[id_]


def _weekdays() -> Calendar:
    first, last = date(2000, 1, 1), date(2069, 12, 31)
    return Calendar(NO_HOLIDAYS, "Saturdays and Sundays only", first, last, last, {}, frozenset())
