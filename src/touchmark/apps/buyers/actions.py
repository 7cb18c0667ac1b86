"""Asking a marketplace to inform buyers, hearing that it has, publishing where they are not known, ending it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.audit import actions as audit
from touchmark.apps.buyers import access, queries
from touchmark.apps.buyers.models import Duty, Said
from touchmark.apps.buyers.wording import content_of, texts_of
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as clocks_that_run
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.record import tell
from touchmark.apps.decisions.told import BUYERS_WITHDRAWN
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.buyers import BUYERS, BuyersStatus
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.months import months_before
from touchmark.engine.terms import Actor


class UnusableMoment(TouchmarkError):
    """The moment when buyers were told cannot be."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many buyers were told in all, how many could not be reached, when the last of them was told, and how."""

    told: int
    unreachable: int
    told_at: datetime
    how: str

    @classmethod
    def of(cls, said: Said) -> Self:
        """Give the numbers that were said."""
        return cls(said.told, said.unreachable, said.told_at, said.how)


#: What the marketplace is told.
INFORM = "buyers.inform"
LAW = "eu"


@transaction.atomic
def ask(*, decision: Decision, at: datetime) -> Duty:
    """Ask the marketplace to inform those who bought lately, with the text. The caller holds the decision's row."""
    on = at.astimezone(decision.marketplace.place.zone).date()
    reach = regimes()[LAW].clock("buyer_reach", on=on)
    duty = Duty(
        decision=decision, bought_since=months_before(on, reach.length), content=content_of(decision), asked_at=at
    )
    record(duty, "ask", actor=Actor.system(), at=at)
    running = clocks_that_run.running_of_each([stream_of(duty)])[stream_of(duty)]
    by = next((one.due_at.isoformat() for one in running if one.due_at), "")
    details = {"bought_since": duty.bought_since.isoformat(), "inform_by": by, "texts": texts_of(duty.content)}
    tell(decision, INFORM, details, at=at)
    return duty


@transaction.atomic
def confirm(*, ref: str, actor: Actor, at: datetime) -> Duty | None:
    """Record that the marketplace informed its buyers; said twice, or once it is over, it changes nothing."""
    duty = Duty.objects.select_for_update(of=("self",)).select_related("decision").filter(decision__ref=ref).first()
    if duty is None or duty.status not in (BuyersStatus.ASKED, BuyersStatus.OVERDUE):
        return duty
    move = BUYERS.step(BuyersStatus(duty.status), "confirm", roles=actor.roles)
    duty.informed_at = at
    return record(duty, move.event, actor=actor, at=at)


@transaction.atomic
def count(*, ref: str, counted: Counted, actor: Actor, at: datetime) -> Duty:
    """
    Record how many buyers the marketplace has told in all, and how many it could not; the last numbers count.

    Where somebody could not be reached, what buyers are told is published (art. 32(2)).

    :raises NoSuchDuty: if there is none that the actor may see
    :raises UnusableMoment: if they were told before the decision, or later than now
    :raises IllegalMove: if the decision was undone
    :raises NotYours: if the actor is no program of the marketplace
    """
    duty = access.duty_for(actor, ref, lock=True)
    status = BuyersStatus(duty.status)
    informs = status in (BuyersStatus.ASKED, BuyersStatus.OVERDUE)
    move = BUYERS.step(status, "confirm" if informs else "count", roles=actor.roles)
    if not duty.decision.decided_at <= counted.told_at <= at:
        raise UnusableMoment(_("They are told after the decision and before you say so: check when that was."))
    before = queries.last_said(duty)
    if before is not None and Counted.of(before) == counted and not informs:
        return duty
    Said.objects.create(duty=duty, said_at=at, **asdict(counted))
    duty.informed_at = duty.informed_at or at
    record(duty, move.event, actor=actor, at=at, payload={"told": counted.told, "unreachable": counted.unreachable})
    if counted.unreachable and duty.status != BuyersStatus.PUBLISHED:
        duty.published_at = at
        record(duty, "publish", actor=Actor.system(), at=at)
    return access.duty_for(actor, ref)


@transaction.atomic
def publish(*, decision: Decision, actor: Actor, at: datetime) -> Duty:
    """
    Publish what buyers are told, because the marketplace does not know all of them (art. 32(2)).

    The actor has got the decision through ``access``.

    :raises IllegalMove: if it is published, or was ended
    :raises NotYours: if the actor is no reviewer
    """
    duty = Duty.objects.select_for_update(of=("self",)).select_related("decision").get(decision=decision)
    move = BUYERS.step(BuyersStatus(duty.status), "publish", roles=actor.roles)
    duty.published_at = at
    return record(duty, move.event, actor=actor, at=at)


@transaction.atomic
def end(*, key: int, at: datetime) -> bool:
    """End the duty because its decision was undone: nothing is published any more, and the marketplace is told."""
    duty = Duty.objects.select_for_update(of=("self",)).select_related("decision").get(pk=key)
    if duty.status == BuyersStatus.ENDED:  # another worker was first
        return False
    record(duty, "end", actor=Actor.system(), at=at)
    tell(duty.decision, BUYERS_WITHDRAWN, {}, at=at)
    return True


def fall_due(subject: str, at: datetime) -> None:
    """The marketplace has not confirmed in time: a reviewer looks after it. The caller holds the deadline."""
    duty = Duty.objects.select_for_update(of=("self",)).select_related("decision")
    record(duty.get(decision__ref=subject.partition(":")[2]), "fall_due", actor=Actor.clock(), at=at)


def stream_of(duty: Duty) -> str:
    """Give the name of a duty's stream in the record."""
    return f"buyers:{duty.decision.ref}"


def record(duty: Duty, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None) -> Duty:
    """Append the event, write the status that it leads to and its clock: the only place that assigns it."""
    before = BuyersStatus.NEW if duty.pk is None else BuyersStatus(duty.status)
    duty.status = BUYERS.after(before, event)
    duty.save()
    audit.append(stream=stream_of(duty), kind=event, actor=actor, at=at, payload=payload or {})
    deadlines.stop([stream_of(duty)], at=at)
    for clock in BUYERS.clocks_in(BuyersStatus(duty.status)):
        place = duty.decision.marketplace.place
        rule = regimes()[LAW].clock(clock, on=at.astimezone(place.zone).date())
        deadlines.start([Start(stream_of(duty), rule, LAW, place)], at=at)
    return duty
