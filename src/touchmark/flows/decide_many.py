"""
A reviewer decides on many listings at once: each in a transaction of its own, as it was seen; and undoes it as a whole.

What has changed meanwhile is left out and named. Cut short, it goes on where it stopped when the page is asked again.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from touchmark.apps.appeals import access as appeals
from touchmark.apps.catalog.access import NoSuchListing
from touchmark.apps.decisions import access as decisions_access
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.statement import read_by
from touchmark.apps.desk import bulk as bulks
from touchmark.apps.desk import holds, proposals
from touchmark.apps.desk.kinds import Outcome
from touchmark.apps.notices import queries as notices
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screening_queries
from touchmark.engine.lifecycle.decision import STANDING, DecisionStatus
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.engine.terms import Actor
from touchmark.flows.decide import BeyondReach, Overtaken, Seen, decide

if TYPE_CHECKING:
    from touchmark.apps.desk.models import Bulk, BulkItem


def carry_out(*, bulk: Bulk, actor: Actor, at: datetime) -> Bulk:
    """
    Decide on each listing that still waits for it, and note what became of each.

    :raises NotYours: if the actor did not ask for it
    """
    bulks.require_undoable(bulk, actor=actor, at=at)
    for key in list(bulk.items.filter(outcome=Outcome.WAITS).order_by("id").values_list("pk", flat=True)):
        _decide_on(key, actor=actor, at=at)
    return bulks.finish(bulk, at=at)


@transaction.atomic
def _decide_on(key: int, *, actor: Actor, at: datetime) -> BulkItem:
    item = bulks.take(key)
    if item.outcome != Outcome.WAITS:  # another window of the same person was faster
        return item
    if why := _left_out(item, actor, at):
        return bulks.settle(item, Outcome.LEFT_OUT, why=why)
    listing = item.listing
    try:
        decision = decide(
            marketplace=listing.marketplace.slug,
            listing_id=listing.listing_id,
            choice=bulks.choice_for(item),
            seen=Seen(item.seen_digest, item.seen_assessment, frozenset()),
            answers={},
            actor=actor,
            at=at,
        )
    except (BeyondReach, NoSuchListing):
        return bulks.settle(item, Outcome.LEFT_OUT, why="beyond")
    except Overtaken:
        return bulks.settle(item, Outcome.LEFT_OUT, why="changed")
    except AlreadyRestricted:
        return bulks.settle(item, Outcome.LEFT_OUT, why="decided")
    except (IncompleteDecision, IncompleteParticulars):
        return bulks.settle(item, Outcome.LEFT_OUT, why="incomplete")
    return bulks.settle(item, Outcome.DECIDED, decision=decision)


def _left_out(item: BulkItem, actor: Actor, at: datetime) -> str:
    """Give the code of why a listing cannot be decided on with the others; blank where it can."""
    held = holds.holder_of(item.listing, at=at)
    if held is not None and held.by_id != actor.user_id:
        return "held"
    if notices.open_on(item.listing).exists():
        return "reported"
    assessment = screening_queries.current(item.listing)
    if assessment is not None and assessment.pk == item.seen_assessment and assessment.settled_at is not None:
        return "decided"
    kind = item.bulk.choice["kind"]
    if proposals.waiting_on(item.listing) or proposals.why_two(item.listing, kind, assessment, at=at):
        return "second_eyes"
    restricts = kind != DecisionKind.NONE
    if restricts and not screening_queries.findings_of(assessment).filter(right=item.bulk.right_id).exists():
        return "other_right"
    return ""


def undo(*, bulk: Bulk, actor: Actor, at: datetime) -> Bulk:
    """
    Take back what was decided on many: restrictions are lifted and the sellers told, and every listing waits again.

    A decision that is appealed, or that is not as it was left, stays, and is named.

    :raises NotYours: if somebody else took it
    :raises NotUndone: if the time for it is over, or it is undone already
    """
    bulks.require_undoable(bulk, actor=actor, at=at)
    bulk.items.filter(outcome=Outcome.WAITS).update(outcome=Outcome.LEFT_OUT, why="decided")
    for key in list(bulk.items.filter(outcome=Outcome.DECIDED).order_by("id").values_list("pk", flat=True)):
        _undo_one(key, actor=actor, at=at)
    return bulks.undone(bulk, actor=actor, at=at)


def _why(item: BulkItem) -> str:
    """Say, in the seller's language, why a listing comes back."""
    with translation.override(read_by(item.listing.seller)):
        return _("The reviewer undid this decision shortly after taking it on several listings at once.")


@transaction.atomic
def _undo_one(key: int, *, actor: Actor, at: datetime) -> BulkItem:
    item = bulks.take(key)
    if item.outcome != Outcome.DECIDED or item.decision is None:
        return item
    decision = decisions_access.decision_for(actor, item.decision.ref, lock=True)
    appealed = appeals.appeals_for(actor).filter(decision=decision).exists()
    if decision.status not in (*STANDING, DecisionStatus.DISMISSED) or appealed:
        return bulks.settle(item, Outcome.STAYS)
    if decision.status in STANDING:
        decisions.reverse(decision=decision, reason=_why(item), actor=actor, at=at)
        decisions.tell_taken_back(decision=decision, at=at)
    else:
        decisions.reopen(decision=decision, reason=_why(item), actor=actor, at=at)
    assessment = screening_queries.current(item.listing)
    if assessment is not None and assessment.pk == item.seen_assessment:
        screening.open_again(assessment=assessment)
    return bulks.settle(item, Outcome.UNDONE)
