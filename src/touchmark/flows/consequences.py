"""
What follows from the decisions that count against a seller: a warning at once; a ban on new offers, a suspension or the
closing of the shop as proposals, which people approve.

A step that rests on a decision that is reversed, or put back on an answer, takes what followed with it: a proposal is
let go, a ban or suspension taken back. What expires with time takes back nothing: a ban that has begun ends on its day.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchmark.apps.audit import queries as audit
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import queries as decided
from touchmark.apps.decisions import sellers
from touchmark.apps.decisions.actions import AlreadyRestricted
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.sellers import SellerChoice
from touchmark.apps.decisions.statement import read_by
from touchmark.apps.penalties import actions, queries
from touchmark.apps.screening import queries as screened
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.terms import Actor, Verdict

if TYPE_CHECKING:
    from touchmark.apps.penalties.models import Consequence
    from touchmark.apps.penalties.queries import Stand

#: So many events are read in one pass, and so many shops looked at.
EVENTS, SHOPS = 5_000, 200
#: So old an event is before it is looked at: one that is written at the same time with a lower key is not missed.
SETTLED = timedelta(seconds=60)
_DECISION = "decision:"

#: What a ladder's consequence is, as a decision on the seller.
KINDS = {"listing_ban": DecisionKind.BAN, "hold": DecisionKind.SUSPEND, "closing": DecisionKind.CLOSE}


def keep_up(*, at: datetime) -> int:
    """Look at the shops whose decisions have changed, or of whose breaches one expired; give how many moved."""
    events = audit.happened_after(queries.reached(), before=at - SETTLED, size=EVENTS)
    refs = {stream.removeprefix(_DECISION) for _, stream in events if _is_decision(stream)}
    moved = sum(look(key, at=at) for key in queries.concerned_by(refs)) if refs else 0
    if events:
        queries.note_reached(events[-1][0])
    return moved + sum(look(key, at=at) for key in queries.due(at, size=SHOPS))


def _is_decision(stream: str) -> bool:
    return stream.startswith(_DECISION) and ":" not in stream.removeprefix(_DECISION)


@transaction.atomic
def look(key: int, *, at: datetime) -> bool:
    """Bring one shop to where the decisions that count now put it; give whether anything changed."""
    shop = actions.locked(key)
    stand = queries.stand_of(shop, at=at)
    reached, left = actions.note(stand, at=at)
    for step in left:
        _taken_back(step, at=at)
    waiting = [step for step in queries.open_steps(shop) if step.waits]
    made = [_followed(step, stand, at=at) for step in [*waiting, *reached]]
    return bool(left) or any(made)


def _followed(step: Consequence, stand: Stand, *, at: datetime) -> bool:
    if step.kind == actions.WARNING:
        actions.warn(step, stand, at=at)
        return True
    try:
        with transaction.atomic():
            decision = sellers.propose(
                seller=stand.seller, choice=_choice(step, stand, at), actor=Actor.system(), at=at
            )
    except AlreadyRestricted:  # something stands or waits: looked at again when that is over
        if not step.waits:
            actions.proposed(step, None)
        return False
    actions.proposed(step, decision)
    return True


def _choice(step: Consequence, stand: Stand, at: datetime) -> SellerChoice:
    """Give what is proposed, in words for the seller; its days are counted anew from when a person approves it."""
    shop, amount = stand.seller, stand.amounts[step.track]
    with translation.override(read_by(shop)):
        counted = ngettext(
            "{count} decision counts against you: {refs}.",
            "{count} decisions count against you: {refs}.",
            len(amount.behind),
        )
        reached = {"points": _("Together they make {amount} points; this follows from {step} on.")}.get(
            step.track, _("Together they make {amount} strikes; this follows from {step} on.")
        )
        refs = ", ".join(breach.ref for breach, _ends in amount.behind)
        facts = f"{counted} {reached}".format(count=len(amount.behind), refs=refs, amount=amount.amount, step=step.step)
        reference = _("Terms for sellers of {marketplace}: what follows from repeated infringements")
        return SellerChoice(
            kind=KINDS[step.kind],
            facts=facts,
            ground=Ground.TERMS,
            ground_reference=reference.format(marketplace=shop.marketplace.name),
            ground_explanation=_(
                "Each decision can be appealed; one that is reversed does not count, nor what followed."
            ),
            request_key=uuid5(NAMESPACE_OID, f"touchmark:consequence:{step.pk}"),
            ends_at=at + timedelta(days=step.days) if step.days else None,
        )


def _taken_back(step: Consequence, *, at: datetime) -> None:
    """Let what followed from a step go, where a decision that it rested on was reversed, or put back."""
    if step.decision_id is None or not decided.any_undone(step.refs):
        return
    decision = decided.taken(step.decision_id)
    with translation.override(read_by(step.seller)):
        why = _("A decision that this rested on was reversed or put back, and counts for nothing.")
    system = Actor.system()
    if decision.status == DecisionStatus.PROPOSED:
        sellers.decline(decision=decision, reason=why, actor=system, at=at)
    elif decision.status == DecisionStatus.IN_FORCE:
        sellers.lift(decision=decision, reason=why, actor=system, at=at)


def release_banned(*, at: datetime) -> int:
    """Let listings go that were held for a ban that is over, where nothing else speaks against them."""
    return sum(_released(key, at) for key in decided.held_for_bans_over(size=SHOPS))


@transaction.atomic
def _released(key: int, at: datetime) -> bool:
    held = decided.taken(key)
    if held.status != DecisionStatus.HELD:  # decided on meanwhile
        return False
    assessment = screened.current(held.offer)
    if assessment is not None and assessment.settled_at is None and assessment.verdict != Verdict.CLEAR:
        decisions.hold_on(decision=held)
        return False
    decisions.let_go(decision=held, actor=Actor.system(), at=at)
    return True
