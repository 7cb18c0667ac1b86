"""The clock: restrictions that were to last until a day end by themselves, and the listings come back."""

from datetime import datetime

from django.db import transaction

from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import queries
from touchmark.flows.one_by_one import each

#: So many are ended in one pass.
BATCH = 200


def end_due(at: datetime) -> int:
    """End the restrictions whose time is over, each in a transaction of its own, and give how many."""
    return each(queries.due_to_end(at, size=BATCH), lambda key: _ended(key, at))


@transaction.atomic
def _ended(key: int, at: datetime) -> bool:
    decision = queries.taken_to_end(key, at)
    if decision is None:  # reversed meanwhile, or another worker was first
        return False
    decisions.end(decision=decision, at=at)
    return True
