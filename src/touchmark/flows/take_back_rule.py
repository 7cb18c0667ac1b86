"""Undoing what a rule decided: every decision of a stopped version, put back in one go."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.appeals import access as appeals
from touchmark.apps.decisions import access as decisions_access
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import queries
from touchmark.apps.rules import access
from touchmark.apps.rules.actions import ReasonMissing
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.lifecycle.rule import RuleStatus
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.rules.models import RuleVersion

#: So many are put back at a time: what is more is put back by asking again.
BATCH = 200


class StillLive(TouchmarkError):
    """The rule still acts: it would restrict again what is put back."""


def to_take_back(version: RuleVersion, actor: Actor) -> QuerySet[Decision]:
    """
    Give the decisions of a version that stand and that nobody has appealed, the oldest first.

    One that is appealed is answered by a reviewer, who tells the seller.
    """
    appealed = appeals.appeals_for(actor).filter(status=AppealStatus.FILED).order_by()
    standing = queries.by_rule(version).filter(status=DecisionStatus.IN_FORCE)
    return standing.exclude(pk__in=appealed.values("decision_id")).order_by("decided_at", "id")


def take_back(*, name: str, number: int, why: str, actor: Actor, at: datetime) -> int:
    """
    Reverse what a stopped version decided, up to ``BATCH``, and tell the sellers; give how many.

    :raises NoSuchRule: if there is none that the actor may see
    :raises StillLive: if it is live
    :raises ReasonMissing: if nobody says why
    :raises NotYours: if the actor may not reverse decisions
    """
    version = access.version_for(actor, name, number)
    if version.status == RuleStatus.LIVE:
        raise StillLive("Stop the rule first: it would restrict again what is put back.")
    if not why.strip():
        raise ReasonMissing("Say why: the sellers read it.")
    refs = list(to_take_back(version, actor).values_list("ref", flat=True)[:BATCH])
    return sum(_taken_back(ref, why, actor=actor, at=at) for ref in refs)


@transaction.atomic
def _taken_back(ref: str, why: str, *, actor: Actor, at: datetime) -> bool:
    decision = decisions_access.decision_for(actor, ref, lock=True)
    if decision.status != DecisionStatus.IN_FORCE:  # somebody was first
        return False
    decisions.reverse(decision=decision, reason=why, actor=actor, at=at)
    decisions.tell_taken_back(decision=decision, at=at)
    return True
