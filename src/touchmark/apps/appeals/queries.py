"""What a party has appealed, and what it still can."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from touchmark.apps.appeals import access
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.decisions import access as decisions
from touchmark.apps.decisions.models import Decision
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.decision import APPEALABLE
from touchmark.engine.terms import Actor


def open_to(actor: Actor, at: datetime) -> QuerySet[Decision]:
    """Give the decisions that this party can still appeal, the one with the least time left first."""
    appealable = decisions.decisions_for(actor).filter(status__in=APPEALABLE, statement__appeal_by__gte=at)
    mine = Appeal.objects.filter(appellant_id=actor.organisation_id).values("decision")
    return appealable.exclude(pk__in=mine).order_by("statement__appeal_by", "id")


def unanswered(actor: Actor) -> QuerySet[Appeal]:
    """Give the appeals of this party that wait for an answer, oldest first."""
    waiting = access.appeals_for(actor).filter(status=AppealStatus.FILED).order_by("filed_at", "id")
    return waiting.select_related("decision__snapshot")


def answered(actor: Actor) -> QuerySet[Appeal]:
    """Give the appeals of this party that were decided, the latest answer first."""
    decided = access.appeals_for(actor).exclude(decided_at=None).order_by("-decided_at", "-id")
    return decided.select_related("decision__snapshot")


def by_decision(actor: Actor, found: Iterable[Decision]) -> dict[int, Appeal]:
    """Give this party's own appeals against these decisions, by the decision's key."""
    mine = Appeal.objects.filter(appellant_id=actor.organisation_id, decision__in=[d.pk for d in found])
    return {appeal.decision_id: appeal for appeal in mine}
