"""The only place on the API's side that reads the time. Operations pass it on; nothing below asks for it."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Give this moment, aware of its zone."""
    return timezone.now()  # noqa: TID251  # the one reading of the clock that operations share
