"""When a message is tried again: the schedule that Standard Webhooks recommends, ten tries over some three days."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

#: The wait after the first try, the second, and so on; after the last there is no further one.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
TRIES = len(WAITS) + 1
#: Up to this share is added to a wait, so that what failed together is not tried together.
JITTER = 0.1
#: However long a receiver asks us to wait.
LONGEST = timedelta(hours=24)


def next_try(*, message: UUID, attempts: int, at: datetime, after: timedelta | None = None) -> datetime | None:
    """
    When to try again after ``attempts`` tries, the last of which ended at ``at``; None if all have been spent.

    The same message has the same jitter at the same try, always.

    :param after: what the receiver asked for; heeded where it is longer than our own wait
    """
    if attempts >= TRIES:
        return None
    wait = WAITS[attempts - 1]
    wait += wait * JITTER * _fraction(message, attempts)
    return at + max(wait, min(after or timedelta(), LONGEST))


def _fraction(message: UUID, attempts: int) -> float:
    digest = hashlib.sha256(message.bytes + attempts.to_bytes(4)).digest()
    return int.from_bytes(digest[:4]) / 2**32
