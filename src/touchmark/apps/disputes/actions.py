"""Telling of a dispute, what comes of it, whether it is followed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from touchmark.apps.appeals import access as appeals
from touchmark.apps.appeals.actions import concerns_of_item
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as clocks_that_run
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.decisions.record import concerns_of
from touchmark.apps.disputes import access, queries
from touchmark.apps.disputes.kinds import Result
from touchmark.apps.disputes.models import Dispute
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.notices.letters import copy_to_guest
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.dispute import DISPUTE, DisputeStatus
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.policy.bodies import body
from touchmark.engine.policy.clocks import Happening
from touchmark.engine.policy.days import is_to_come
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Place
from touchmark.engine.terms import Actor

LAW, CLOCK = "eu", "dispute"
#: Within a day that somebody names: no zone of the marketplace makes another of it.
NOON = time(12)
#: By how many days a body may take longer, in a complex dispute: 180 in all (art. 21(4)).
LONGER = 90


class NothingToDispute(TouchmarkError):
    """The appeal is not decided, or was decided for whoever appealed, or a dispute about it is open."""


class NotCertified(TouchmarkError):
    """The body was not certified on the day on which the dispute was brought, as far as is known here."""


class IncompleteDispute(TouchmarkError):
    """Something that must be said is missing; ``field`` names where."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        super().__init__(text)


class OwnDecision(NotYours):
    """Whoever took the decision, or answered the appeal, does not say whether the body is followed."""


@dataclass(frozen=True, slots=True)
class DisputeForm:
    """What a party tells: before which body, under which number, since when. ``request_key`` names the form."""

    body: str
    number: str
    received_on: date
    request_key: UUID


@transaction.atomic
def tell(*, appeal_ref: str, form: DisputeForm, actor: Actor, at: datetime) -> Dispute:
    """
    Note that the party went to a body about an appeal of its own that was decided. The same form sent again gives what
    stands.

    :raises NoSuchAppeal: if the actor can see no such appeal
    :raises NotYours: if it is another's appeal
    :raises NothingToDispute: if there is nothing to bring before a body
    :raises NoSuchBody, NotCertified: if no such body was certified on that day
    :raises IncompleteDispute: if the number is missing, or the day is to come
    """
    appeal = appeals.appeal_for(actor, appeal_ref, lock=True)
    if sent := Dispute.objects.filter(request_key=form.request_key, appeal=appeal).first():
        return sent
    if appeal.appellant_id != actor.organisation_id:
        raise NotYours("A dispute is told of by whoever appealed.")
    _require_whole(form, at)
    require_open(appeal)
    dispute = Dispute(
        ref=new_ref("B", at),
        appeal=appeal,
        party_id=appeal.appellant_id,
        told_by_id=actor.user_id,  # none where a guest tells of it
        body=form.body,
        number=form.number.strip(),
        received_on=form.received_on,
        request_key=form.request_key,
        told_at=at,
    )
    move = DISPUTE.step(DisputeStatus.NEW, "open", roles=actor.roles)
    try:
        with transaction.atomic():
            record(dispute, move.event, actor=actor, at=at, payload={"appeal": appeal.ref, "body": form.body})
    except IntegrityError:  # of two at once, one is first
        raise NothingToDispute("A dispute about this appeal is open already.") from None
    write(dispute, at=at)
    return dispute


def _require_whole(form: DisputeForm, at: datetime) -> None:
    if not form.number.strip():
        raise IncompleteDispute("number", "Give the number under which the body keeps the dispute.")
    if is_to_come(form.received_on, at):
        raise IncompleteDispute("received_on", "The body cannot have received it on a day to come.")
    if not body(form.body).certified_on(form.received_on):
        raise NotCertified(f"{body(form.body).name} was not certified on that day, as far as is known here.")


@transaction.atomic
def end(*, ref: str, actor: Actor, at: datetime) -> Dispute:
    """
    Note that the party pursues a dispute no more.

    :raises NoSuchDispute: if the actor can see no such dispute
    :raises IllegalMove: if it is over
    """
    return _move(ref, "end", {}, actor, at)


@transaction.atomic
def extend(*, ref: str, actor: Actor, at: datetime) -> Dispute:
    """
    Note that the body takes up to 180 days, because the dispute is highly complex: once.

    :raises IllegalMove, ClockRefuses: if it is over, or was extended
    """
    dispute = _held(ref, "extend", actor)
    deadlines.happen(stream_of(dispute), CLOCK, kind=Happening.EXTEND, at=at, length=LONGER)
    audit.append(stream=stream_of(dispute), kind="extend", actor=actor, at=at, payload={"days": LONGER})
    write(dispute, at=at)
    return dispute


@transaction.atomic
def refuse(*, ref: str, text: str, actor: Actor, at: datetime) -> Dispute:
    """
    Refuse to take part, because the same was resolved before (art. 21(2)), with where.

    :raises IncompleteDispute: if nobody says where
    """
    _require(text, "text", "Say how and where the same was resolved before: no other reason is allowed.")
    return _move(ref, "refuse", {"text": text}, actor, at)


@transaction.atomic
def settle(*, ref: str, text: str, fee: Decimal | None, actor: Actor, at: datetime) -> Dispute:
    """
    Note that the parties agreed before the body, on what, and what the platform paid.

    :raises IncompleteDispute: if nobody says on what
    """
    _require(text, "text", "Say what was agreed.")
    return _move(ref, "settle", {"text": text, "fee": fee}, actor, at)


@transaction.atomic
def decide(*, ref: str, result: Result, text: str, fee: Decimal | None, actor: Actor, at: datetime) -> Dispute:
    """
    Note what the body decided, and what the platform paid.

    :raises IncompleteDispute: if nobody says what
    """
    _require(text, "text", "Say what the body decided, in its words or in yours.")
    return _move(ref, "decide", {"result": result, "text": text, "fee": fee}, actor, at)


@transaction.atomic
def answer(*, dispute: Dispute, event: str, why: str, actor: Actor, at: datetime) -> Dispute:
    """
    ``follow`` what a body decided, or ``not_follow``, and say why. The caller holds the row; what following undoes is
    the caller's flow.

    :raises OwnDecision: if the actor took the decision or answered the appeal
    :raises IncompleteDispute: if nobody says why
    :raises IllegalMove: if the body has not decided, or it was answered
    """
    move = DISPUTE.step(DisputeStatus(dispute.status), event, roles=actor.roles)
    appeal = dispute.appeal
    if actor.user_id in (appeal.decided_by_id, appeal.decision.decided_by_id, appeal.decision.approved_by_id):
        raise OwnDecision("You decided on this before. Somebody else says whether the body is followed.")
    _require(why, "why", "Say why: the party reads it.")
    dispute.why, dispute.closed_at = why.strip(), at
    record(dispute, move.event, actor=actor, at=at, payload={"result": dispute.result})
    write(dispute, at=at)
    return dispute


def fall_due(dispute: Dispute, *, at: datetime) -> None:
    """Note that the body's time is over. The caller holds the deadline and the row."""
    record(dispute, "fall_due", actor=Actor.clock(), at=at)
    write(dispute, at=at)


def _held(ref: str, event: str, actor: Actor) -> Dispute:
    dispute = access.dispute_for(actor, ref, lock=True)
    DISPUTE.step(DisputeStatus(dispute.status), event, roles=actor.roles)
    return dispute


def _move(ref: str, event: str, said: dict[str, Any], actor: Actor, at: datetime) -> Dispute:
    dispute = _held(ref, event, actor)
    for name, value in said.items():
        setattr(dispute, name, value.strip() if isinstance(value, str) else value)
    decided = event in ("decide", "settle", "refuse")
    dispute.decided_at = at if decided else None
    dispute.closed_at = None if event == "decide" else at
    record(dispute, event, actor=actor, at=at, payload={"result": dispute.result})
    write(dispute, at=at)
    return dispute


def _require(text: str, field: str, otherwise: str) -> None:
    if not text.strip():
        raise IncompleteDispute(field, otherwise)


def require_open(appeal: Appeal) -> None:
    """
    Pass if a dispute about an appeal can be told of.

    :raises NothingToDispute: otherwise
    """
    if not queries.can_be_brought(appeal):
        raise NothingToDispute("There is nothing about this appeal that could be brought before a body now.")


def write(dispute: Dispute, *, at: datetime) -> None:
    """Tell the party by letter where a dispute stands."""
    appeal = dispute.appeal
    content = {
        "dispute": dispute.ref,
        "appeal": appeal.ref,
        "decision": appeal.decision.ref,
        "body": body(dispute.body).name,
        "number": dispute.number,
        "status": dispute.status,
        "result": dispute.result,
        "text": dispute.text,
        "why": dispute.why,
        "by": _until(dispute),
    }
    concerns = concerns_of(appeal.decision) if appeal.item is None else concerns_of_item(appeal.item)
    letter = inbox.deliver(
        organisation=dispute.party, kind="dispute_news", about=dispute.ref, content=content, at=at, concerns=concerns
    )
    if appeal.item is not None and appeal.item.notice.filed_by is None:
        copy_to_guest(appeal.item.notice, letter, at, page=f"disputes/{dispute.ref}/")


def _until(dispute: Dispute) -> str:
    """Give by when the body is to decide, as letters hold it; nothing once its time does not run."""
    running = clocks_that_run.running_of_each([stream_of(dispute)])[stream_of(dispute)]
    return next((one.due_at.isoformat() for one in running if one.due_at), "")


def stream_of(dispute: Dispute) -> str:
    """Give the name of a dispute's stream in the record."""
    return f"dispute:{dispute.ref}"


def record(
    dispute: Dispute, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> Dispute:
    """Append the event, write the status that it leads to and its clock: the only place that assigns it."""
    before = DisputeStatus.NEW if dispute.pk is None else DisputeStatus(dispute.status)
    dispute.status = DISPUTE.after(before, event)
    dispute.save()
    audit.append(stream=stream_of(dispute), kind=event, actor=actor, at=at, payload=payload or {})
    deadlines.stop([stream_of(dispute)], at=at)
    if dispute.status == DisputeStatus.OPEN:
        place = dispute.appeal.decision.marketplace.place
        rule = regimes()[LAW].clock(CLOCK, on=at.astimezone(place.zone).date())
        deadlines.start([Start(stream_of(dispute), rule, LAW, place)], at=_received(dispute, place, at))
    return dispute


def _received(dispute: Dispute, place: Place, at: datetime) -> datetime:
    """Give the moment from which the body's time counts: the day on which it received the complaint (art. 21(4))."""
    return min(datetime.combine(dispute.received_on, NOON, tzinfo=place.zone).astimezone(UTC), at)


__all__ = ["IllegalMove", "tell"]
