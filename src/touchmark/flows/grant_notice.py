"""On a notifier's appeal somebody else upholds what was refused: the listing is restricted as by any decision."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import actions as catalog
from touchmark.apps.counters.windows import open_to_answers, told_of
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import queries as decision_queries
from touchmark.apps.notices import access
from touchmark.apps.notices import actions as notices
from touchmark.apps.screening import queries as screening
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.terms import Actor
from touchmark.flows.hold_by_law import bounded

if TYPE_CHECKING:
    from touchmark.apps.decisions.actions import Choice


@transaction.atomic
def grant(*, item: str, choice: Choice, reasons: str, actor: Actor, at: datetime) -> None:
    """
    Uphold one listing of a notice that was refused, and restrict the listing unless it is restricted already.

    :raises NoSuchNotice: if the actor can see no such notice
    :raises IllegalMove: if it is refused no more
    :raises IncompleteDecision: if something that must be said is missing
    """
    seen = access.item_for(actor, item)
    catalog.hold(seen.listing_id)
    found = access.item_for(actor, item, lock=True)
    standing = decision_queries.standing_on(found.listing)
    if standing is not None and standing.status == DecisionStatus.IN_FORCE:
        standing.notices.add(found)
    else:
        taken = decisions.take(
            listing=found.listing,
            snapshot=catalog.take_snapshot(found.listing, at=at),
            choice=bounded(choice, [found], at=at),
            evidence=screening.evidence(screening.current(found.listing)),
            notices=[found],
            actor=actor,
            at=at,
        )
        decisions.explain(decision=taken, from_notice=True, at=at, answers=told_of([found], at=at))
        decisions.carry_out(decision=taken, actor=actor, at=at)
    notices.settle(notice=found, event="grant", reasons=reasons, actor=actor, at=at)
    open_to_answers(found, at=at)
