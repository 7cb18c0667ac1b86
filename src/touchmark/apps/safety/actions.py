"""Beginning a duty of product safety, recording what was told, setting it aside, ending it, taking it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.catalog.models import Listing
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.decisions.models import Decision
from touchmark.apps.safety import access, queries
from touchmark.apps.safety.kinds import CLOCKS, Because, DutyKind
from touchmark.apps.safety.models import SafetyDuty, SafetyReport
from touchmark.apps.safety.told import NotSaid, Told, require_told
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.safety import SAFETY, SafetyStatus
from touchmark.engine.lifecycle.table import AlreadyThere
from touchmark.engine.policy.load import regimes
from touchmark.engine.terms import Actor

LAW = "eu"


class DecideOnIt(TouchmarkError):
    """What was reported as dangerous is processed by a decision on the listing, not by a tick."""


@transaction.atomic
def begin(
    *,
    kind: DutyKind,
    because: Because,
    listing: Listing,
    since: datetime,
    at: datetime,
    decision: Decision | None = None,
    about: str = "",
    goods: str = "",
) -> SafetyDuty:
    """
    Begin a duty; its time runs from ``since``, when it was reported or decided.

    The caller holds the listing's row or the decision's, and has seen that there is none of its kind.
    """
    duty = SafetyDuty(
        ref=new_ref("S", at),
        kind=kind,
        because=because,
        listing=listing,
        decision=decision,
        about=about,
        goods=goods,
        began_at=since,
    )
    named = {"kind": str(kind), "because": str(because), "listing": listing.pk}
    return record(duty, "begin", actor=Actor.system(), at=at, since=since, payload=named)


@transaction.atomic
def begin_notice(*, because: Because, listing: Listing, about: str, since: datetime, at: datetime) -> SafetyDuty:
    """
    Begin the duty to process what was reported as dangerous, which several reports of one listing share.

    :raises AlreadyThere: if it waits already
    """
    list(Listing.objects.select_for_update().filter(pk=listing.pk).values_list("pk"))
    if SafetyDuty.objects.filter(listing=listing, kind=DutyKind.NOTICE, status=SafetyStatus.DUE).exists():
        raise AlreadyThere(f"A report that {listing} is dangerous waits already.")
    return begin(kind=DutyKind.NOTICE, because=because, listing=listing, about=about, since=since, at=at)


@transaction.atomic
def tell(*, ref: str, told: Told, actor: Actor, at: datetime) -> SafetyDuty:
    """
    Record what was told: a duty that is due is met by it, one that was undone is taken back, one that is met has more.

    :raises NoSuchDuty: if there is none that the actor may see
    :raises NotSaid: if the record lacks something
    :raises DecideOnIt: if a decision on the listing is what meets it
    :raises IllegalMove: if nothing can be told of it now
    """
    duty = access.duty_for(actor, ref, lock=True)
    status = SafetyStatus(duty.status)
    move = SAFETY.step(status, EVENTS.get(status, "meet"), roles=actor.roles)
    if duty.kind == DutyKind.NOTICE:
        raise DecideOnIt(_("Decide on the listing: that processes what was reported."))
    require_told(told, at=at, reference=duty.kind == DutyKind.AUTHORITIES)
    SafetyReport.objects.create(
        duty=duty,
        text=told.text.strip(),
        where=told.where.strip(),
        reference=told.reference.strip(),
        told_at=told.told_at,
        by=accounts.person(actor.person),
        at=at,
    )
    return record(duty, move.event, actor=actor, at=at, payload={"where": told.where, "reference": told.reference})


#: What a record of what was told brings about, by where the duty stands.
EVENTS = {SafetyStatus.MET: "tell_more", SafetyStatus.TO_TAKE_BACK: "take_back"}


@transaction.atomic
def set_aside(*, ref: str, why: str, actor: Actor, at: datetime, event: str = "") -> SafetyDuty:
    """
    Say that a duty is not owed, and why; said of one that was set aside, that it is owed after all.

    :param event: which of the two is meant, where a repeated request must not turn it round
    :raises NotSaid: if nobody says why
    :raises NotYours: if the actor does not lead
    :raises IllegalMove: if it is neither due nor set aside
    """
    duty = access.duty_for(actor, ref, lock=True)
    status = SafetyStatus(duty.status)
    event = event or ("owe_after_all" if status == SafetyStatus.SET_ASIDE else "set_aside")
    move = SAFETY.step(status, event, roles=actor.roles)
    if not why.strip():
        raise NotSaid("why", _("Write why: it stays on record."))
    duty.why = why.strip()
    return record(duty, move.event, actor=actor, at=at)


@transaction.atomic
def settle(*, key: int, at: datetime) -> bool:
    """Note that what was reported as dangerous is processed: somebody decided on the listing. Whether it was due."""
    duty = SafetyDuty.objects.select_for_update().get(pk=key)
    if duty.status != SafetyStatus.DUE:  # another worker was first
        return False
    duty.decision = queries.decided_since(duty)
    by = duty.decision.ref if duty.decision else ""
    record(duty, "meet", actor=Actor.system(), at=at, payload={"decision": by})
    return True


@transaction.atomic
def undo(*, key: int, at: datetime) -> bool:
    """End a duty whose decision was undone; whoever was told already is to hear of it. Whether anything changed."""
    duty = SafetyDuty.objects.select_for_update().get(pk=key)
    event = UNDONE.get(SafetyStatus(duty.status))
    if event is None:
        return False
    record(duty, event, actor=Actor.system(), at=at, since=at)
    return True


UNDONE = {SafetyStatus.DUE: "end", SafetyStatus.SET_ASIDE: "end", SafetyStatus.MET: "undo"}


def stream_of(duty: SafetyDuty) -> str:
    """Give the name of a duty's stream in the record."""
    return f"safety:{duty.ref}"


def record(
    duty: SafetyDuty,
    event: str,
    *,
    actor: Actor,
    at: datetime,
    since: datetime | None = None,
    payload: dict[str, Any] | None = None,
) -> SafetyDuty:
    """Append the event, write the status that it leads to and its clock: the only place that assigns it."""
    before = SafetyStatus.NEW if duty.pk is None else SafetyStatus(duty.status)
    duty.status = SAFETY.after(before, event)
    if duty.status != before:
        _time(duty, SafetyStatus(duty.status), since or duty.began_at, at)
    duty.save()
    audit.append(stream=stream_of(duty), kind=event, actor=actor, at=at, payload=payload or {})
    return duty


def _time(duty: SafetyDuty, status: SafetyStatus, since: datetime, at: datetime) -> None:
    """Stop what runs, and start the clock of where the duty stands now."""
    subject = stream_of(duty)
    deadlines.stop([subject], at=at)
    duty.due_at = None
    for clock in SAFETY.clocks_in(status):
        if clock in (CLOCKS[duty.kind], "take_back_safety"):
            place = duty.listing.marketplace.place
            rule = regimes()[LAW].clock(clock, on=since.astimezone(place.zone).date())
            deadlines.start([Start(subject, rule, LAW, place)], at=since)
            duty.due_at = running.running_of_each([subject])[subject][0].due_at
