"""Days that people name: what is today somewhere on earth is no day to come."""

from datetime import date, datetime, timedelta

#: Where the day begins first (UTC+14, the Line Islands): whoever names a day may be there.
FURTHEST_EAST = timedelta(hours=14)


def is_to_come(day: date, at: datetime) -> bool:
    """Tell whether a day has begun nowhere at a moment (aware)."""
    return day > (at + FURTHEST_EAST).date()
