"""Taking and reversing decisions, and telling the marketplace. What it answers is heard in ``answers``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.catalog.models import Listing, ListingSnapshot
from touchmark.apps.decisions import record as records
from touchmark.apps.decisions import statement
from touchmark.apps.decisions.kinds import MEASURES, RESTRICTS, DecisionKind, DismissReason, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.record import record
from touchmark.apps.decisions.told import CORRECTION_ASKED, CORRECTION_SETTLED
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.registry.models import Right
from touchmark.apps.rules.models import RuleVersion
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.decision import DECISION, STANDING, DecisionStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role

#: What each kind of decision is, in the life of one.
EVENTS = {
    DecisionKind.NONE: "dismiss",
    DecisionKind.CORRECT: "ask_correction",
    DecisionKind.HOLD: "hold",
    **dict.fromkeys(RESTRICTS, "restrict"),
}


class IncompleteDecision(TouchmarkError):
    """The decision lacks what it must say; ``field`` names where."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        super().__init__(text)


class AlreadyRestricted(TouchmarkError):
    """A decision on this listing is in force; it must be reversed before another restricts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What a reviewer chose and wrote. ``request_key`` names the form that was sent.

    ``measure`` is what happens to a listing that is not corrected by ``correct_by``; ``at_once``: it happens now, and
    ends when the listing is corrected. ``gate`` names the brand gate that a listing is held by; ``because`` is
    the decision on its seller by which it is. ``order`` names the authority's order that is carried out, of which the
    seller learns nothing before ``untold_until``. ``pictures`` are those that are taken off, by their addresses.
    """

    kind: DecisionKind
    facts: str
    request_key: UUID
    right: Right | None = None
    ground: Ground | None = None
    ground_reference: str = ""
    ground_explanation: str = ""
    territories: tuple[str, ...] = ()
    ends_at: datetime | None = None
    reason: DismissReason = DismissReason.OTHER
    correct_by: datetime | None = None
    measure: DecisionKind | None = None
    at_once: bool = False
    gate: str = ""
    because: Decision | None = None
    order: str = ""
    untold_until: datetime | None = None
    pictures: tuple[str, ...] = ()

    def require_whole(self, *, at: datetime) -> None:
        """
        Pass if everything is said that this kind of decision must say, and it ends after ``at``, if it does.

        :raises IncompleteDecision: naming the field otherwise
        """
        self._require_facts()
        if self.kind == DecisionKind.NONE:
            return
        if self.kind not in EVENTS:
            raise IncompleteDecision("kind", "A seller is suspended, or a shop closed, on the seller's own page.")
        self._require_ground()
        if DecisionKind.DISABLE in (self.kind, self.measure) and not self.territories:
            raise IncompleteDecision("territories", "Choose the territories in which the listing is disabled.")
        if self.kind == DecisionKind.PICTURES and not self.pictures:
            raise IncompleteDecision("pictures", "Choose the pictures that are taken off.")
        if self.kind == DecisionKind.CORRECT:
            self._require_correction(at=at)
        if self.ends_at is not None and self.ends_at <= at:
            raise IncompleteDecision("ends_on", "Choose a day to come on which the restriction ends, or none.")

    def _require_facts(self) -> None:
        """Of what is left on sale the seller reads nothing: the facts are for whoever looks at it again."""
        if self.facts.strip():
            return
        if self.kind == DecisionKind.NONE:
            raise IncompleteDecision("facts", "Write what you saw: colleagues read it, and whoever looks at it again.")
        raise IncompleteDecision("facts", "Write what you saw: the facts are what the seller reads first.")

    def _require_ground(self) -> None:
        """A restriction rests on a right; one upon an authority's order, on that order alone."""
        if (self.ground == Ground.ORDER) != bool(self.order):
            raise IncompleteDecision("ground", "A decision rests on an authority's order if it carries one out.")
        if self.right is None and self.kind != DecisionKind.HOLD and not self.order:
            raise IncompleteDecision("right", "Choose the right that the restriction rests on.")
        if self.ground is None or not self.ground_reference.strip():
            raise IncompleteDecision("ground_reference", "Name the law or the term that the restriction rests on.")
        if not self.ground_explanation.strip():
            raise IncompleteDecision("ground_explanation", "Say why the listing breaks that law or term.")

    def _require_correction(self, *, at: datetime) -> None:
        if self.correct_by is None or self.correct_by <= at:
            raise IncompleteDecision("correct_on", "Choose a day to come by which the listing must be corrected.")
        if self.measure not in MEASURES:
            raise IncompleteDecision("measure", "Choose what happens if it is not corrected by then.")


@transaction.atomic
def take(
    *,
    listing: Listing,
    snapshot: ListingSnapshot,
    choice: Choice,
    evidence: Mapping[str, Any],
    notices: Iterable[NoticeItem],
    actor: Actor,
    at: datetime,
    rule: RuleVersion | None = None,
) -> Decision:
    """
    Record a decision on a listing, as frozen in ``snapshot``, on the evidence that was before the person.

    The caller holds the listing's row. A restriction still has to be explained and ordered: ``explain``, ``carry_out``.
    A listing that is held, or to be corrected, is so no more.

    :param rule: the version that decides, where no person does
    :raises NotYours: if the actor may not decide, or neither a person nor a rule does
    :raises IncompleteDecision: if something that must be said is missing
    :raises AlreadyRestricted: if a decision on this listing is in force, or holds it already
    """
    choice.require_whole(at=at)
    move = DECISION.step(DecisionStatus.NEW, EVENTS[choice.kind], roles=actor.roles)
    if (rule is None) == actor.has(Role.SYSTEM) and choice.kind != DecisionKind.HOLD:
        raise NotYours("The system decides by a written rule, and nobody else does.")
    if choice.kind == DecisionKind.PICTURES:
        _require_shown(listing, snapshot, choice)
    else:
        _settle_standing(listing, choice, actor=actor, at=at)
    restricts = choice.kind != DecisionKind.NONE
    decision = Decision(
        ref=new_ref("D", at),
        listing=listing,
        snapshot=snapshot,
        counts_for=listing.seller,
        right=choice.right,
        kind=choice.kind,
        reason=choice.reason if choice.kind == DecisionKind.NONE else "",
        correct_by=choice.correct_by if choice.kind == DecisionKind.CORRECT else None,
        measure=choice.measure or "" if choice.kind == DecisionKind.CORRECT else "",
        at_once=choice.at_once and choice.kind == DecisionKind.CORRECT,
        gate=choice.gate,
        because=choice.because,
        territories=sorted(choice.territories),
        pictures=list(dict.fromkeys(choice.pictures)) if choice.kind == DecisionKind.PICTURES else [],
        ground=choice.ground or "",
        ground_reference=choice.ground_reference.strip(),
        ground_explanation=choice.ground_explanation.strip(),
        facts=choice.facts.strip(),
        automated_detection=bool(evidence.get("findings")),
        evidence=dict(evidence),
        decided_by_id=actor.user_id,
        rule=rule,
        decided_at=at,
        effective_at=at if restricts else None,
        ends_at=choice.ends_at if choice.kind in RESTRICTS else None,
        request_key=choice.request_key,
        order=choice.order,
        untold_until=choice.untold_until if choice.order else None,
    )
    payload = {"kind": choice.kind, "listing": listing.pk, "snapshot": snapshot.digest, "evidence": dict(evidence)}
    if rule is not None:
        payload["rule"] = str(rule)
    record(decision, move.event, actor=actor, at=at, payload=payload)
    decision.notices.set(notices)
    return decision


def _require_shown(listing: Listing, snapshot: ListingSnapshot, choice: Choice) -> None:
    """Pictures can be taken off a listing that shows them, is not off sale itself, and has them still."""
    shown = {image["name"] for image in snapshot.content.get("images", ())}
    shown |= set(listing.videos.values_list("name", flat=True))
    if unknown := [name for name in choice.pictures if name not in shown]:
        raise IncompleteDecision("pictures", f"The listing shows no picture or video {unknown[0]}.")
    beside = Decision.objects.filter(listing=listing, status=DecisionStatus.IN_FORCE, order="")
    for standing in beside:
        if standing.kind != DecisionKind.PICTURES or not set(standing.pictures).isdisjoint(choice.pictures):
            raise AlreadyRestricted(f"Decision {standing.ref} on this listing is in force. Reverse it before another.")


def _settle_standing(listing: Listing, choice: Choice, *, actor: Actor, at: datetime) -> None:
    """Let a decision that waited for this one go: left on sale, it is corrected or released; else it is replaced."""
    found = Decision.objects.filter(listing=listing, status__in=STANDING, order=choice.order)
    standing = found.exclude(kind=DecisionKind.PICTURES).first()
    if standing is None:
        return
    status = DecisionStatus(standing.status)
    if choice.kind == DecisionKind.NONE:
        if status in (DecisionStatus.HELD, DecisionStatus.TO_CORRECT):
            let_go(decision=standing, actor=actor, at=at)
        return
    if status == DecisionStatus.IN_FORCE or standing.kind == choice.kind == DecisionKind.HOLD:
        raise AlreadyRestricted(f"Decision {standing.ref} on this listing is in force. Reverse it before another.")
    move = DECISION.step(status, "replace", roles=actor.roles)
    record(standing, move.event, actor=actor, at=at)
    if choice.kind == DecisionKind.CORRECT and not choice.at_once:
        records.order_lift(standing, actor=actor, at=at)


@transaction.atomic
def let_go(*, decision: Decision, actor: Actor, at: datetime) -> Decision:
    """
    Release a listing that is held, or take a correction as made: the marketplace and the seller are told.

    The caller holds the decision's row, or its listing's.

    :raises IllegalMove: if it is neither held nor to be corrected
    """
    held = decision.kind == DecisionKind.HOLD
    move = DECISION.step(DecisionStatus(decision.status), "release" if held else "correct", roles=actor.roles)
    record(decision, move.event, actor=actor, at=at)
    if records.restriction_of(decision) is None:
        records.tell(decision, CORRECTION_SETTLED, {"corrected": True}, at=at)
    records.order_lift(decision, actor=actor, at=at)
    records.write_to_seller(decision, "listing_released" if held else "listing_corrected", at=at)
    return decision


def hold_on(*, decision: Decision) -> None:
    """The ban for which a listing was held is over, and something else speaks against it: somebody decides."""
    decision.because = None
    decision.save(update_fields=["because"])


@transaction.atomic
def explain(*, decision: Decision, from_notice: bool, at: datetime, answers: Sequence[Mapping[str, str]] = ()) -> None:
    """
    Issue the statement of reasons and deliver it to the seller, no later than the restriction takes effect.

    A seller whose people do not sign in here gets it through the marketplace: the order carries it too. Of what the
    seller is not to learn yet none is issued, and by that alone nothing of it reaches the seller.

    :param answers: the upheld notices that the seller can answer: ``notice``, ``first`` and ``until``, moments or empty
    :raises IncompleteParticulars: if an element that the regime asks for is missing
    """
    if decision.untold_until is not None:
        return
    flagged = from_notice and statement.by_flaggers(decision)
    issued = statement.written(decision, from_notice=from_notice, flagged=flagged, at=at)
    issued.save()
    if issued.addressed_to is not None:
        inbox.deliver(
            organisation=issued.addressed_to,
            kind="statement_of_reasons",
            about=decision.ref,
            content=issued.content | {"language": issued.language, "answers": list(answers)},
            at=at,
            concerns=records.concerns_of(decision),
        )


@transaction.atomic
def carry_out(*, decision: Decision, actor: Actor, at: datetime) -> None:
    """Tell the marketplace what to do; of a listing that is to be corrected first, what is asked, and by when."""
    if decision.kind == DecisionKind.LINK:
        return  # the marketplace has nothing to do
    if decision.correct_by is None or decision.at_once:
        records.order(decision, actor=actor, at=at)
        return
    details = {
        "correct_by": decision.correct_by.isoformat(),
        "otherwise": decision.measure,
        "territories": decision.territories,
        "statement": decision.statement.content,
    }
    records.tell(decision, CORRECTION_ASKED, details, at=at)


@transaction.atomic
def lapse(*, decision: Decision, at: datetime) -> Decision:
    """
    Let happen what was to happen if a listing was not corrected in time, and tell the seller.

    The caller holds the decision's row.

    :raises IllegalMove: if it is not to be corrected
    """
    clock = Actor.clock()
    move = DECISION.step(DecisionStatus(decision.status), "lapse", roles=clock.roles)
    record(decision, move.event, actor=clock, at=at)
    if records.restriction_of(decision) is None:
        records.order(decision, actor=clock, at=at)
    records.write_to_seller(
        decision, "correction_lapsed", at=at, restriction=statement.measure_in_words(decision), court=_redress(decision)
    )
    return decision


def _redress(decision: Decision) -> str:
    said: str = decision.statement.content["internal_complaint"]
    return said


@transaction.atomic
def reverse(*, decision: Decision, reason: str, actor: Actor, at: datetime) -> Decision:
    """
    Overturn a decision, and tell the marketplace to put the listing back, unless its time was over before.

    :raises AlreadyThere: if it is reversed already
    :raises IllegalMove: if it never restricted anything
    """
    stood = DecisionStatus(decision.status) in STANDING
    move = DECISION.step(DecisionStatus(decision.status), "reverse", roles=actor.roles)
    decision.reversed_at = at
    decision.reversal_reason = reason.strip()
    record(decision, move.event, actor=actor, at=at)
    if stood:
        records.order_lift(decision, actor=actor, at=at)
    return decision


@transaction.atomic
def approve(*, decision: Decision, actor: Actor, at: datetime) -> Decision:
    """Name the second person who looked before a decision on a listing was taken; the database refuses its author."""
    decision.approved_by_id, decision.approved_at = actor.person, at
    decision.save(update_fields=["approved_by", "approved_at"])
    audit.append(stream=f"decision:{decision.ref}:second-eyes", kind="confirm", actor=actor, at=at, payload={})
    return decision


@transaction.atomic
def reopen(*, decision: Decision, reason: str, actor: Actor, at: datetime) -> Decision:
    """
    Take back a dismissal: nobody was told of it, and nobody need be. The caller lets the listing wait again.

    :raises IllegalMove: if it is none, or was taken back before
    """
    move = DECISION.step(DecisionStatus(decision.status), "reopen", roles=actor.roles)
    decision.reversed_at = at
    decision.reversal_reason = reason.strip()
    return record(decision, move.event, actor=actor, at=at)


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
    records.order_lift(decision, actor=clock, at=at)
    records.write_to_seller(decision, "restriction_ended", at=at)
    return decision


@transaction.atomic
def tell_taken_back(*, decision: Decision, at: datetime) -> None:
    """Tell the seller that a decision was reversed though nobody appealed it."""
    records.write_to_seller(decision, "decision_taken_back", at=at, why=decision.reversal_reason)
