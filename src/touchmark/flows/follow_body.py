"""The platform follows what an out-of-court body decided, or says why not; for the party, the decision is reversed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.appeals import access as appeals
from touchmark.apps.decisions.actions import IncompleteDecision
from touchmark.apps.disputes import access, actions
from touchmark.apps.disputes import queries as disputes
from touchmark.apps.disputes.kinds import Result
from touchmark.engine.lifecycle.decision import APPEALABLE, DecisionStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.flows.grant_notice import grant
from touchmark.flows.resolve_appeal import hold_all_of, narrow, undo

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.decisions.actions import Choice
    from touchmark.apps.disputes.models import Dispute
    from touchmark.engine.terms import Actor


@transaction.atomic
def follow(*, ref: str, why: str, choice: Choice | None = None, actor: Actor, at: datetime) -> Dispute:
    """
    Follow a body. Where it found for the party, the decision is reversed as any other: the marketplace, the seller and
    the holders are told; of a refused notice, it is upheld, and ``choice`` says how the listing is restricted. In part,
    ``choice`` says what lesser restriction remains; of one that is over none does.

    :raises NoSuchDispute: if there is none that the actor may see
    :raises OwnDecision: if the actor decided on it before
    :raises IncompleteDispute, IncompleteDecision: if something that must be said is missing
    :raises IllegalMove: if the body has not decided, or it was answered
    """
    seen = access.dispute_for(actor, ref)
    hold_all_of(seen.appeal)
    dispute = actions.answer(
        dispute=access.dispute_for(actor, ref, lock=True), event="follow", why=why, actor=actor, at=at
    )
    _carried_out(dispute, choice, actor=actor, at=at)
    return dispute


def _carried_out(dispute: Dispute, choice: Choice | None, *, actor: Actor, at: datetime) -> None:
    appeal = appeals.appeal_for(actor, dispute.appeal.ref, lock=True)
    if dispute.result == Result.AGAINST or not _still_stands(appeal):
        return
    if appeal.item is not None:
        if choice is None:
            raise IncompleteDecision("ground_reference", "Name the law or the term that the restriction rests on.")
        grant(item=appeal.item.ref, choice=choice, reasons=dispute.why, actor=actor, at=at)
    elif dispute.result == Result.PARTLY and choice is not None and appeal.decision.status == DecisionStatus.IN_FORCE:
        narrow(appeal, choice, reason=dispute.why, actor=actor, at=at)
    else:
        undo(appeal, reason=dispute.why, actor=actor, at=at)


def _still_stands(appeal: Appeal) -> bool:
    """Whether there is something left to undo: what was undone otherwise meanwhile stays so."""
    if appeal.item is not None:
        return appeal.item.status == ItemStatus.REFUSED
    return appeal.decision.status in APPEALABLE


@transaction.atomic
def not_follow(*, ref: str, why: str, actor: Actor, at: datetime) -> Dispute:
    """
    Say why a body is not followed: what it decides binds nobody.

    :raises NoSuchDispute, OwnDecision, IncompleteDispute, IllegalMove: as ``follow``
    """
    dispute = access.dispute_for(actor, ref, lock=True)
    return actions.answer(dispute=dispute, event="not_follow", why=why, actor=actor, at=at)


def fall_due(subject: str, at: datetime) -> None:
    """Note that a body's time is over: a reviewer asks how it stands."""
    actions.fall_due(disputes.of_stream(subject), at=at)
