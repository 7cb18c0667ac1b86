"""Somebody who did not take a decision decides on the appeal against it; a reversal undoes all that followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.appeals import access as appeals_access
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.catalog import actions as catalog
from touchmark.apps.counters import queries as counters
from touchmark.apps.counters.actions import still_open
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions import access as decisions_access
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions.actions import IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.notices import actions as notices
from touchmark.apps.rules import queries as rules
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor
from touchmark.flows.grant_notice import grant
from touchmark.flows.put_back import moot
from touchmark.flows.rule_brakes import braked

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.decisions.actions import Choice


#: What is less than what was decided.
LESSER: Mapping[DecisionKind, tuple[DecisionKind, ...]] = {
    DecisionKind.REMOVE: (DecisionKind.DISABLE, DecisionKind.HIDE),
    DecisionKind.DISABLE: (DecisionKind.DISABLE, DecisionKind.HIDE),
}


@transaction.atomic
def resolve(*, ref: str, event: str, text: str, actor: Actor, at: datetime, choice: Choice | None = None) -> Appeal:
    """
    Decide an appeal: ``uphold`` leaves the decision standing, ``reverse`` undoes it.

    A reversal tells the marketplace to put the listing back, the seller, and the holders whose notices were upheld.
    Of a notifier's appeal against a refusal, ``reverse`` upholds the notice: ``choice`` says how the listing is
    restricted. ``reverse_partly``, of a seller's, puts a lesser restriction in place of the one that stood: ``choice``
    says which.

    :raises NoSuchAppeal: if there is none that the actor may see
    :raises OwnDecision: if the actor took the decision
    :raises IllegalMove: if the appeal is decided or withdrawn already
    :raises GroundsMissing: if no reason is given
    """
    seen = appeals_access.appeal_for(actor, ref)
    hold_all_of(seen)
    appeal = appeals_access.appeal_for(actor, ref, lock=True)
    appeals.answer(appeal=appeal, event=event, text=text, actor=actor, at=at)
    if event == "reverse" and appeal.item is not None:
        if choice is None:
            raise IncompleteDecision("ground_reference", "Name the law or the term that the restriction rests on.")
        grant(item=appeal.item.ref, choice=choice, reasons=appeal.answer, actor=actor, at=at)
    elif event == "reverse":
        undo(appeal, reason=appeal.answer, actor=actor, at=at)
    elif event == "reverse_partly":
        narrow(appeal, choice, reason=appeal.answer, actor=actor, at=at)
    return appeal


def hold_all_of(appeal: Appeal) -> None:
    """Take what runs for answers to the notices of an appealed decision, then its listing: the order that all keep."""
    deadlines.hold(counters.open_on(appeal.decision.notices.values_list("pk", flat=True)))
    if appeal.decision.listing_id is not None:
        catalog.hold(appeal.decision.listing_id)


def narrow(appeal: Appeal, choice: Choice | None, *, reason: str, actor: Actor, at: datetime) -> None:
    """Reverse a restriction and put a lesser one in its place, resting on the same notices and lasting no longer."""
    decision = decisions_access.decision_for(actor, appeal.decision.ref, lock=True)
    listing = decision.listing
    if decision.status != DecisionStatus.IN_FORCE:
        raise IncompleteDecision("kind", "It restricts nothing any more: reverse it, or let it stand as it was.")
    if choice is None or listing is None or choice.kind not in LESSER.get(DecisionKind(decision.kind), ()):
        raise IncompleteDecision("kind", "Choose a restriction that is less than the one appealed.")
    upheld = decision.notices.filter(status=ItemStatus.UPHELD).select_related("right", "listing__marketplace")
    resting = list(upheld.order_by("id"))
    decisions.reverse(decision=decision, reason=reason, actor=actor, at=at)
    taken = decisions.take(
        listing=listing,
        snapshot=catalog.take_snapshot(listing, at=at),
        choice=choice if choice.ends_at is not None else replace(choice, ends_at=decision.ends_at),
        evidence=decision.evidence,
        notices=resting,
        actor=actor,
        at=at,
    )
    decisions.explain(decision=taken, from_notice=bool(resting), at=at, answers=still_open(resting, at=at))
    decisions.carry_out(decision=taken, actor=actor, at=at)


def undo(appeal: Appeal, *, reason: str, actor: Actor, at: datetime) -> None:
    """Reverse the restriction that a seller appealed, and all that rests on it. The caller holds the appeal's row."""
    decision = decisions_access.decision_for(actor, appeal.decision.ref, lock=True)
    if decision.status != DecisionStatus.REVERSED:  # or it went with one that it rested on, while the appeal waited
        decisions.reverse(decision=decision, reason=reason, actor=actor, at=at)
    upheld = decision.notices.select_related("notice", "right", "listing__marketplace", "holder")
    if decision.rule_id is not None:  # overturned: too many of these stop the rule
        braked(rules.locked(decision.rule_id), at=at)
    reversed_ones = list(upheld.filter(status=ItemStatus.UPHELD).order_by("id"))
    for notice in reversed_ones:
        notices.settle(notice=notice, event="reverse", reasons=reason, actor=actor, at=at)
    moot(reversed_ones, at=at)
