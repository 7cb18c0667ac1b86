"""When something falls due: arithmetic on dates in the zone that the rule names. Pure."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from dateutil.relativedelta import relativedelta

from touchmark.engine.policy.rules import ClockRule

#: The day on which a period ends, by the unit it is counted in. The day of the event itself is not counted.
UNITS: dict[str, Callable[[date, int], date]] = {
    "days": lambda day, length: day + relativedelta(days=length),
    "months": lambda day, length: day + relativedelta(months=length),
}


def due(rule: ClockRule, *, start: datetime) -> datetime:
    """
    Give the last moment of the period, in UTC: the end of its last day where the rule counts.

    :param start: the aware moment of the event that starts the period
    """
    first = start.astimezone(rule.zone).date()
    last = UNITS[rule.unit](first, rule.length)
    return datetime.combine(last, time(23, 59, 59), tzinfo=rule.zone).astimezone(UTC)
