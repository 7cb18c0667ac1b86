"""Letting a restriction go because of an answer to the notice that it rests on, or because that was taken back."""

from datetime import datetime

from django.db import transaction

from touchmark.apps.decisions import record as records
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.record import record
from touchmark.apps.rows import first_of
from touchmark.engine.lifecycle.decision import DECISION, DecisionStatus
from touchmark.engine.terms import Actor

#: Where there is something to put back.
RESTRICTS = (DecisionStatus.IN_FORCE, DecisionStatus.TO_CORRECT)


@transaction.atomic
def put_back(*, decision: Decision, reason: str, actor: Actor, at: datetime) -> Decision:
    """
    Let a restriction go, and tell the marketplace. No fault is found by that: it counts for nothing.

    The caller holds the decision's row, and tells both sides.

    :raises IllegalMove: if it restricts nothing any more
    """
    move = DECISION.step(DecisionStatus(decision.status), "put_back", roles=actor.roles)
    decision.reversed_at = at
    decision.reversal_reason = reason.strip()
    record(decision, move.event, actor=actor, at=at)
    records.order_lift(decision, actor=actor, at=at)
    return decision


def resting_on(item_key: int, *, lock: bool = False) -> Decision | None:
    """Give the decision that restricts a listing because of this item of a notice; None where none does any more."""
    found = Decision.objects.filter(notices=item_key, status__in=RESTRICTS, listing__isnull=False)
    found = found.select_related("listing__marketplace", "listing__seller", "statement", "right")
    return first_of(found, lock=lock)
