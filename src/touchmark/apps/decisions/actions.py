"""Taking and reversing decisions, telling the marketplace, hearing its answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.catalog.models import Listing, ListingSnapshot
from touchmark.apps.decisions import statement
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision, Restriction
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.notices.models import Notice
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.registry.models import Right
from touchmark.apps.rules.models import RuleVersion
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.decision import DECISION, RESTRICTION, DecisionStatus, RestrictionStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role

#: What marketplaces are told, and answer to.
RESTRICTED, RESTORED = "listing.restricted", "listing.restored"


class IncompleteDecision(TouchmarkError):
    """The decision lacks what it must say; ``field`` names where."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        super().__init__(text)


class NotTold(TouchmarkError):
    """A marketplace says that it has done what it was not told to do."""


class AlreadyRestricted(TouchmarkError):
    """A decision on this listing is in force; it must be reversed before another restricts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer chose and wrote. ``request_key`` names the form that was sent."""

    kind: DecisionKind
    facts: str
    request_key: UUID
    right: Right | None = None
    ground: Ground | None = None
    ground_reference: str = ""
    ground_explanation: str = ""
    territories: tuple[str, ...] = ()
    ends_at: datetime | None = None

    def require_whole(self, *, at: datetime) -> None:
        """
        Pass if everything is said that this kind of decision must say, and it ends after ``at``, if it does.

        :raises IncompleteDecision: naming the field otherwise
        """
        if not self.facts.strip():
            raise IncompleteDecision("facts", "Write what you saw: the facts are what the seller reads first.")
        if self.kind == DecisionKind.NONE:
            return
        if self.right is None:
            raise IncompleteDecision("right", "Choose the right that the restriction rests on.")
        if self.ground is None or not self.ground_reference.strip():
            raise IncompleteDecision("ground_reference", "Name the law or the term that the restriction rests on.")
        if not self.ground_explanation.strip():
            raise IncompleteDecision("ground_explanation", "Say why the listing breaks that law or term.")
        if self.kind == DecisionKind.DISABLE and not self.territories:
            raise IncompleteDecision("territories", "Choose the territories in which the listing is disabled.")
        if self.ends_at is not None and self.ends_at <= at:
            raise IncompleteDecision("ends_on", "Choose a day to come on which the restriction ends, or none.")


@transaction.atomic
def take(
    *,
    listing: Listing,
    snapshot: ListingSnapshot,
    choice: Choice,
    evidence: Mapping[str, Any],
    notices: Iterable[Notice],
    actor: Actor,
    at: datetime,
    rule: RuleVersion | None = None,
) -> Decision:
    """
    Record a decision on a listing, as frozen in ``snapshot``, on the evidence that was before the person.

    The caller holds the listing's row. A restriction still has to be explained and ordered: ``restrict`` does both.

    :param rule: the version that decides, where no person does
    :raises NotYours: if the actor may not decide, or neither a person nor a rule does
    :raises IncompleteDecision: if something that must be said is missing
    :raises AlreadyRestricted: if a decision on this listing is in force
    """
    event = "dismiss" if choice.kind == DecisionKind.NONE else "restrict"
    move = DECISION.step(DecisionStatus.NEW, event, roles=actor.roles)
    if (rule is None) == actor.has(Role.SYSTEM):
        raise NotYours("The system decides by a written rule, and nobody else does.")
    choice.require_whole(at=at)
    _refuse_second(listing, choice)
    restricts = choice.kind != DecisionKind.NONE
    decision = Decision(
        ref=new_ref("D", at),
        listing=listing,
        snapshot=snapshot,
        right=choice.right,
        kind=choice.kind,
        territories=sorted(choice.territories),
        ground=choice.ground or "",
        ground_reference=choice.ground_reference.strip(),
        ground_explanation=choice.ground_explanation.strip(),
        facts=choice.facts.strip(),
        automated_detection=bool(evidence.get("findings")),
        evidence=dict(evidence),
        decided_by_id=None if rule else actor.person,
        rule=rule,
        decided_at=at,
        effective_at=at if restricts else None,
        ends_at=choice.ends_at if restricts else None,
        request_key=choice.request_key,
    )
    payload = {"kind": choice.kind, "listing": listing.pk, "snapshot": snapshot.digest, "evidence": dict(evidence)}
    if rule is not None:
        payload["rule"] = str(rule)
    record(decision, move.event, actor=actor, at=at, payload=payload)
    decision.notices.set(notices)
    return decision


def _refuse_second(listing: Listing, choice: Choice) -> None:
    in_force = Decision.objects.filter(listing=listing, status=DecisionStatus.IN_FORCE).first()
    if in_force is not None and choice.kind != DecisionKind.NONE:
        raise AlreadyRestricted(f"Decision {in_force.ref} on this listing is in force. Reverse it before another.")


@transaction.atomic
def explain(*, decision: Decision, from_notice: bool, at: datetime) -> None:
    """
    Issue the statement of reasons and deliver it to the seller, no later than the restriction takes effect.

    A seller whose people do not sign in here gets it through the marketplace: the order carries it too.

    :raises IncompleteParticulars: if an element that the regime asks for is missing
    """
    issued = statement.written(decision, from_notice=from_notice, at=at)
    issued.save()
    if issued.addressed_to is not None:
        inbox.deliver(
            organisation=issued.addressed_to,
            kind="statement_of_reasons",
            about=decision.ref,
            content=issued.content,
            at=at,
        )


@transaction.atomic
def order(*, decision: Decision, actor: Actor, at: datetime) -> Restriction:
    """Tell the marketplace to carry the decision out, with the statement that it can hand to the seller."""
    restriction = Restriction(decision=decision, ordered_at=at)
    record_restriction(restriction, "order", actor=actor, at=at)
    details = {
        "action": decision.kind,
        "territories": decision.territories,
        "effective_at": at.isoformat(),
        "statement": decision.statement.content,
        **({"ends_at": decision.ends_at.isoformat()} if decision.ends_at else {}),
    }
    _tell(decision, RESTRICTED, details, at=at)
    return restriction


@transaction.atomic
def reverse(*, decision: Decision, reason: str, actor: Actor, at: datetime) -> Decision:
    """
    Overturn a decision, and tell the marketplace to put the listing back, unless its time was over before.

    :raises AlreadyThere: if it is reversed already
    :raises IllegalMove: if it never restricted anything
    """
    move = DECISION.step(DecisionStatus(decision.status), "reverse", roles=actor.roles)
    decision.reversed_at = at
    decision.reversal_reason = reason.strip()
    record(decision, move.event, actor=actor, at=at)
    if decision.restriction.lift_ordered_at is None:
        _order_lift(decision, actor=actor, at=at)
    return decision


@transaction.atomic
def end(*, decision: Decision, at: datetime) -> Decision:
    """
    End a restriction whose time is over, tell the marketplace to put the listing back, and tell the seller.

    The caller holds the decision's row.

    :raises AlreadyThere: if it has ended
    :raises IllegalMove: if it is not in force
    """
    clock = Actor.clock()
    move = DECISION.step(DecisionStatus(decision.status), "end", roles=clock.roles)
    record(decision, move.event, actor=clock, at=at)
    _order_lift(decision, actor=clock, at=at)
    addressed = decision.statement.addressed_to
    if addressed is not None:
        content = {"decision": decision.ref, "listing": decision.statement.content["listing"]}
        inbox.deliver(organisation=addressed, kind="restriction_ended", about=decision.ref, content=content, at=at)
    return decision


def _order_lift(decision: Decision, *, actor: Actor, at: datetime) -> None:
    restriction = decision.restriction
    restriction.lift_ordered_at = at
    record_restriction(restriction, "order_lift", actor=actor, at=at)
    _tell(decision, RESTORED, {"effective_at": at.isoformat()}, at=at)


@transaction.atomic
def tell_taken_back(*, decision: Decision, at: datetime) -> None:
    """Tell the seller that a decision was reversed though nobody appealed it."""
    addressed = decision.statement.addressed_to
    if addressed is not None:
        content = {
            "decision": decision.ref,
            "listing": decision.statement.content["listing"],
            "why": decision.reversal_reason,
        }
        inbox.deliver(organisation=addressed, kind="decision_taken_back", about=decision.ref, content=content, at=at)


@transaction.atomic
def hear(*, ref: str, event_type: str, at: datetime) -> Restriction:
    """
    Record that the marketplace has carried out what it was told. An answer that comes twice changes nothing.

    :param event_type: ``listing.restricted`` or ``listing.restored``: what it answers to
    """
    restriction = Restriction.objects.select_for_update().select_related("decision").get(decision__ref=ref)
    status = RestrictionStatus(restriction.status)
    event = _answer_to(event_type, status)
    if event == "confirm":
        restriction.confirmed_at = at
    elif event == "confirm_lift":
        restriction.lifted_at = at
    elif event is None:
        return restriction
    return record_restriction(restriction, event, actor=Actor.system(), at=at)


def require_told(restriction: Restriction, event_type: str) -> None:
    """
    Pass if the marketplace was told what it says that it has done.

    :raises NotTold: if it was not
    """
    lifting = {RestrictionStatus.LIFT_ORDERED, RestrictionStatus.LIFTED}
    if event_type == RESTORED and RestrictionStatus(restriction.status) not in lifting:
        raise NotTold(f"Decision {restriction.decision.ref} is in force: nobody asked for the listing to be put back.")


def _answer_to(event_type: str, status: RestrictionStatus) -> str | None:
    """Give the event that an answer is from here, or None where the same answer was heard before."""
    answers = {
        (RESTRICTED, RestrictionStatus.ORDERED): "confirm",
        (RESTRICTED, RestrictionStatus.LIFT_ORDERED): "confirm_late",
        (RESTORED, RestrictionStatus.LIFT_ORDERED): "confirm_lift",
    }
    return answers.get((event_type, status))


def _tell(decision: Decision, event_type: str, details: Mapping[str, Any], *, at: datetime) -> None:
    listing = decision.listing
    data = {"decision": decision.ref, "marketplace": listing.marketplace.slug, "listing_id": listing.listing_id}
    outbox.put(
        kind="webhook",
        to=listing.marketplace.slug,
        subject=f"listing:{listing.pk}",
        payload={"type": event_type, "timestamp": at.isoformat(), "data": data | dict(details)},
        at=at,
    )


def record(
    decision: Decision, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> Decision:
    """Append the event and write the status that it leads to: the only place that assigns a decision's."""
    before = DecisionStatus.NEW if decision.pk is None else DecisionStatus(decision.status)
    decision.status = DECISION.after(before, event)
    decision.save()
    audit.append(stream=f"decision:{decision.ref}", kind=event, actor=actor, at=at, payload=payload or {})
    return decision


def record_restriction(restriction: Restriction, event: str, *, actor: Actor, at: datetime) -> Restriction:
    """Append the event and write the status that it leads to: the only place that assigns a restriction's."""
    before = RestrictionStatus.NEW if restriction.pk is None else RestrictionStatus(restriction.status)
    restriction.status = RESTRICTION.after(before, event)
    restriction.save()
    audit.append(stream=f"restriction:{restriction.decision.ref}", kind=event, actor=actor, at=at, payload={})
    return restriction
