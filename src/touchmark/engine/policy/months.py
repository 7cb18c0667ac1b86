"""Months backwards, as the law counts them forwards: to the day of the same number, or the last of a shorter month."""

from calendar import monthrange
from datetime import date


def months_before(on: date, months: int) -> date:
    """Give the day so many months before."""
    index = on.year * 12 + on.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))
