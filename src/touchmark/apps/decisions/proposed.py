"""What is proposed against sellers and waits for a second person: by when."""

from collections.abc import Iterable
from datetime import datetime

from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.record import stream_of

CLOCK = "second_approval"


def due_of_each(waiting: Iterable[Decision]) -> dict[int, datetime]:
    """Give until when each of these is to be looked at, by its key; one older than the clock has no moment."""
    keys = {stream_of(one): one.pk for one in waiting}
    kept = deadlines.last_of_each(list(keys), CLOCK)  # what is late has lapsed, and stays due
    return {keys[subject]: found.due_at for subject, found in kept.items() if found.due_at}
