"""
What is decided on sellers: proposed by one person, or by a dated rule, and approved by another.

A shop is suspended or closed; it may offer nothing new for a time; or it is counted together with another shop.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from touchmark.apps.audit.refs import new_ref
from touchmark.apps.catalog.models import Seller
from touchmark.apps.decisions import actions
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import OF_SELLERS, SHUT, DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.queries import sent_before
from touchmark.apps.decisions.record import record
from touchmark.engine.lifecycle.decision import DECISION, DecisionStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor


class OwnProposal(NotYours):
    """Whoever proposed to suspend a seller does not approve it."""


class ReasonMissing(IncompleteDecision):
    """Nobody says why."""


@dataclass(frozen=True, slots=True)
class SellerChoice:
    """What is proposed against a seller, and why. ``request_key`` names the form that was sent."""

    kind: DecisionKind
    facts: str
    ground: Ground
    ground_reference: str
    ground_explanation: str
    request_key: UUID
    ends_at: datetime | None = None
    linked_to: Seller | None = None

    def require_whole(self, *, at: datetime) -> None:
        """
        Pass if everything is said.

        :raises IncompleteDecision: naming the field otherwise
        """
        if self.kind not in OF_SELLERS:
            raise IncompleteDecision("kind", "Choose what is done to the seller.")
        if not self.facts.strip():
            raise IncompleteDecision("facts", "Write what speaks against the seller: the seller reads it first.")
        if not self.ground_reference.strip():
            raise IncompleteDecision("ground_reference", "Name the law or the term that it rests on.")
        if not self.ground_explanation.strip():
            raise IncompleteDecision("ground_explanation", "Say why that law or term applies.")
        if self.kind == DecisionKind.CLOSE and self.ends_at is not None:
            raise IncompleteDecision("ends_on", "A shop is closed for good: suspend the seller, if it is for a time.")
        if self.kind == DecisionKind.BAN and self.ends_at is None:
            raise IncompleteDecision("ends_on", "Choose the day until which the seller may offer nothing new.")
        if (self.kind == DecisionKind.LINK) == (self.linked_to is None):
            raise IncompleteDecision("linked_to", "Name the shop that this one is counted together with.")
        if self.ends_at is not None and self.ends_at <= at:
            raise IncompleteDecision("ends_on", "Choose a day to come on which the suspension ends, or none.")


@transaction.atomic
def propose(*, seller: Seller, choice: SellerChoice, actor: Actor, at: datetime) -> Decision:
    """
    Propose something against a seller. Nothing happens until somebody else approves it.

    The caller holds the seller's row. The same form sent again gives the proposal that stands.

    :raises NotYours: if the actor may not
    :raises IncompleteDecision: if something that must be said is missing
    :raises AlreadyRestricted: if a decision on the seller stands or waits
    """
    if sent := sent_before(choice.request_key, actor):
        return sent
    move = DECISION.step(DecisionStatus.NEW, "propose", roles=actor.roles)
    choice.require_whole(at=at)
    if seller == choice.linked_to:
        raise IncompleteDecision("linked_to", "This is the shop itself: name the other one.")
    if other := standing_on(seller, choice.kind, choice.linked_to):
        raise AlreadyRestricted(f"Decision {other.ref} on this seller stands, or waits for a second person.")
    decision = Decision(
        ref=new_ref("D", at),
        seller=seller,
        counts_for=seller,
        kind=choice.kind,
        ground=choice.ground,
        ground_reference=choice.ground_reference.strip(),
        ground_explanation=choice.ground_explanation.strip(),
        facts=choice.facts.strip(),
        automated_detection=False,
        decided_by_id=actor.user_id,
        decided_at=at,
        ends_at=choice.ends_at,
        linked_to=choice.linked_to,
        request_key=choice.request_key,
    )
    return record(decision, move.event, actor=actor, at=at, payload={"kind": choice.kind, "seller": seller.pk})


@transaction.atomic
def approve(*, decision: Decision, actor: Actor, at: datetime) -> Decision:
    """
    Put a proposal in force: the seller is told why, the marketplace what to do. The caller holds the decision's row.

    Closing a shop takes two people: where a rule proposed it, the first makes it a proposal of their own.

    :raises OwnProposal: if the actor proposed it
    :raises IllegalMove: if it waits no more
    :raises IncompleteDecision: if it was to end before now
    """
    move = DECISION.step(DecisionStatus(decision.status), "approve", roles=actor.roles)
    if decision.decided_by_id == actor.person:
        raise OwnProposal("You proposed this. Somebody else must approve it.")
    if decision.decided_by_id is None:
        if decision.kind == DecisionKind.CLOSE:
            return _taken_up(decision, actor=actor, at=at)
        _count_from_now(decision, at=at)
    if decision.ends_at is not None and decision.ends_at <= at:
        raise IncompleteDecision("ends_on", "The suspension was to end before now: decline it, and propose it anew.")
    decision.approved_by_id, decision.approved_at, decision.effective_at = actor.person, at, at
    record(decision, move.event, actor=actor, at=at)
    actions.explain(decision=decision, from_notice=False, at=at)
    actions.carry_out(decision=decision, actor=actor, at=at)
    return decision


def _taken_up(decision: Decision, *, actor: Actor, at: datetime) -> Decision:
    """A rule has proposed to close a shop: the first person makes it a proposal of their own, for a second."""
    move = DECISION.step(DecisionStatus(decision.status), "take_up", roles=actor.roles)
    decision.decided_by_id = actor.person
    return record(decision, move.event, actor=actor, at=at)


def _count_from_now(decision: Decision, *, at: datetime) -> None:
    """What a rule proposed for so many days lasts that many from when a person approves it."""
    if decision.ends_at is not None:
        decision.ends_at = at + (decision.ends_at - decision.decided_at)


@transaction.atomic
def decline(*, decision: Decision, reason: str, actor: Actor, at: datetime) -> Decision:
    """
    Let a proposal go; whoever proposed it may take it back. The caller holds the decision's row.

    :raises ReasonMissing: if nobody says why
    :raises IllegalMove: if it waits no more
    """
    move = DECISION.step(DecisionStatus(decision.status), "decline", roles=actor.roles)
    if not reason.strip():
        raise ReasonMissing("reason", "Say why: colleagues read it.")
    itself = actor.user_id is None or decision.decided_by_id == actor.user_id
    decision.approved_by_id = None if itself else actor.user_id
    decision.approved_at, decision.reversal_reason = at, reason.strip()
    return record(decision, move.event, actor=actor, at=at)


def standing_on(
    seller: Seller, kind: DecisionKind = DecisionKind.SUSPEND, linked_to: Seller | None = None
) -> Decision | None:
    """Give the decision that stands in the way of one of this kind: it is in force, or waits for a second person."""
    stands = (DecisionStatus.PROPOSED, DecisionStatus.IN_FORCE)
    alike = SHUT if kind in SHUT else (kind,)
    return Decision.objects.filter(seller=seller, kind__in=alike, linked_to=linked_to, status__in=stands).first()


def bans_and_links(seller: Seller) -> list[Decision]:
    """Give what else stands on a seller, or waits: a ban on new offers, shops that it is counted together with."""
    stands = (DecisionStatus.PROPOSED, DecisionStatus.IN_FORCE)
    found = Decision.objects.filter(seller=seller, kind__in=(DecisionKind.BAN, DecisionKind.LINK), status__in=stands)
    return list(found.select_related("linked_to__marketplace").order_by("decided_at", "pk"))


def ban_on(seller: Seller | None) -> Decision | None:
    """Give the decision by which a seller may offer nothing new now."""
    if seller is None:
        return None
    return Decision.objects.filter(seller=seller, kind=DecisionKind.BAN, status=DecisionStatus.IN_FORCE).first()


def links_of(sellers: Iterable[int]) -> dict[int, list[int]]:
    """Give, by key, the shops that these are counted together with now."""
    found: dict[int, list[int]] = {}
    links = Decision.objects.filter(kind=DecisionKind.LINK, status=DecisionStatus.IN_FORCE, seller__in=list(sellers))
    for shop, other in links.values_list("seller_id", "linked_to_id"):
        if shop is not None and other is not None:
            found.setdefault(shop, []).append(other)
    return found


@transaction.atomic
def lift(*, decision: Decision, reason: str, actor: Actor, at: datetime) -> Decision:
    """
    Take back a decision on a seller, which puts back what it took down, and tell the seller why.

    The caller holds the decision's row.

    :raises ReasonMissing: if nobody says why
    """
    if not reason.strip():
        raise ReasonMissing("reason", "Say why: the seller reads it.")
    actions.reverse(decision=decision, reason=reason, actor=actor, at=at)
    actions.tell_taken_back(decision=decision, at=at)
    return decision
