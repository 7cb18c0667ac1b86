"""The one place where a command reads the clock; everything below takes the moment as an argument."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Give this moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # the one reading of the clock that commands share


def today() -> date:
    """Give the day that it is in UTC."""
    return now().date()
