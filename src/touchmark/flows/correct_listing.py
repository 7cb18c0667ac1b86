"""
A seller corrects a listing: the new version is screened before all others, and where nothing is found the decision is
closed, without a strike. What is found is looked at by a person; what is not corrected in time is restricted.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.decisions import access, queries
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.terms import Actor, Verdict

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision

#: So many are looked at in one pass.
BATCH = 200


class Looked(StrEnum):
    """What came of looking at a listing that is to be corrected."""

    CORRECTED = "corrected"
    UNCHANGED = "unchanged"  # the marketplace has sent no other version
    FOUND = "found"  # another version, in which something is still found: a person looks
    SETTLED = "settled"  # the decision asks for nothing any more


def keep_up(*, at: datetime) -> int:
    """
    Look at what is to be corrected: new versions first, then what was not corrected in time. Give how much was settled.

    A version that came in time is screened before its decision lapses, however long no worker ran.
    """
    changed = queries.corrections_open(size=BATCH)
    found = [_looked(key, at=at) for key in changed]
    return found.count(Looked.CORRECTED) + sum(_lapsed(key, at) for key in queries.corrections_due(at, size=BATCH))


def look_again(*, ref: str, actor: Actor, at: datetime) -> Looked:
    """
    Look at once at a listing that its seller says is corrected.

    :raises NoSuchDecision: if there is none that the actor may see
    """
    decision = access.decision_for(actor, ref)
    if decision.status != DecisionStatus.TO_CORRECT:
        return Looked.SETTLED
    return _looked(decision.pk, at=at)


def _looked(key: int, *, at: datetime) -> Looked:
    decision = queries.to_correct(key)
    if decision is None:
        return Looked.SETTLED
    if not _changed(decision):
        return Looked.UNCHANGED
    screening.screen_now([decision.offer.pk], at=at)
    return _settled(key, at=at)


def _changed(decision: Decision) -> bool:
    return decision.offer.changed_at > decision.decided_at


@transaction.atomic
def _settled(key: int, *, at: datetime) -> Looked:
    """Close the decision where the version that is here now was screened and nothing speaks against it."""
    decision = queries.taken_to_correct(key)
    if decision is None:
        return Looked.SETTLED
    listing = decision.offer
    assessment = screened.current(listing)
    if assessment is None or assessment.made_at < listing.changed_at or assessment.verdict != Verdict.CLEAR:
        return Looked.FOUND
    decisions.let_go(decision=decision, actor=Actor.system(), at=at)
    return Looked.CORRECTED


@transaction.atomic
def _lapsed(key: int, at: datetime) -> bool:
    decision = queries.taken_to_correct(key)
    if decision is None or decision.correct_by is None or decision.correct_by >= at:
        return False
    decisions.lapse(decision=decision, at=at)
    return True
