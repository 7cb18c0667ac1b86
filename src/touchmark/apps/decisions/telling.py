"""
Whether a seller may know of a decision.

The one place that says so is the statement of reasons: what has none reaches no seller, on no page, by no letter,
program or export. It is issued when the authority's time is over (DSA, art. 9(5)).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.decisions import record as records
from touchmark.apps.decisions.actions import explain
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.told import STATEMENT_ISSUED
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.terms import Actor

#: What a decision upon an order has become when its seller is told late: the letter that says so besides.
SINCE: Mapping[DecisionStatus, str] = {
    DecisionStatus.PUT_BACK: "order_lifted",
    DecisionStatus.REVERSED: "decision_taken_back",
    DecisionStatus.ENDED: "restriction_ended",
}


def due(at: datetime, *, size: int) -> list[int]:
    """Give the keys of decisions of which the seller may learn by now, the longest over first."""
    over = Decision.objects.filter(untold_until__lte=at).order_by("untold_until", "pk")
    return list(over.values_list("pk", flat=True)[:size])


def taken(key: int, at: datetime) -> Decision | None:
    """Take the row of one of them; None where another worker was first, or it was put off meanwhile."""
    over = Decision.objects.filter(pk=key, untold_until__lte=at).select_for_update(of=("self",))
    return over.select_related("listing__marketplace", "listing__seller__organisation", "snapshot").first()


@transaction.atomic
def tell(*, decision: Decision, at: datetime) -> None:
    """
    Let the seller know of a decision now: its statement is issued, and the time to appeal begins.

    The caller holds its row. The marketplace gets the statement to hand on; what has become of the decision since is
    told with it.
    """
    decision.untold_until = None
    decision.save(update_fields=["untold_until"])
    explain(decision=decision, from_notice=False, at=at)
    audit.append(stream=f"decision:{decision.ref}:told", kind="tell", actor=Actor.clock(), at=at, payload={})
    data: dict[str, Any] = records.names_of(decision) | {"statement": decision.statement.content}
    slug = decision.marketplace.slug
    outbox.tell_marketplace(slug, STATEMENT_ISSUED, data, at=at, subject=f"statement:{decision.ref}")
    if kind := SINCE.get(DecisionStatus(decision.status)):
        records.write_to_seller(decision, kind, at=at, why=decision.reversal_reason)


def put_off(order: str, *, until: datetime) -> None:
    """Set anew until when the sellers of what was decided upon an order learn nothing; those who were told know."""
    Decision.objects.filter(order=order, untold_until__isnull=False).update(untold_until=until)
