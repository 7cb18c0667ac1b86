"""Raising a suspicion of a crime against life or safety, telling the police, dropping it (DSA, art. 18)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.catalog import access as catalog
from touchmark.apps.catalog.models import Listing
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.inbox import desk
from touchmark.apps.safety import access
from touchmark.apps.safety.kinds import EUROPOL, Basis
from touchmark.apps.safety.models import PoliceReport, Suspicion
from touchmark.apps.safety.told import NotSaid, ToldPolice, require_told_police
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.decision import STANDING
from touchmark.engine.lifecycle.safety import OFFICERS, SUSPICION, SuspicionStatus
from touchmark.engine.policy.load import regimes
from touchmark.engine.terms import Actor
from touchmark.engine.territories import single

LAW = "eu"


class RaisedAlready(TouchmarkError):
    """A suspicion about this listing waits to be told already."""


@transaction.atomic
def suspect(*, marketplace: str, listing_id: str, reasons: str, actor: Actor, at: datetime) -> Suspicion:
    """
    Record a suspicion, and start the time in which the police is told.

    :raises NoSuchListing: if there is none that the actor may see
    :raises NotSaid: if nobody says what gives rise to it
    :raises RaisedAlready: if one about this listing waits
    :raises NotYours: if the actor neither reviews nor investigates
    """
    move = SUSPICION.step(SuspicionStatus.NEW, "raise", roles=actor.roles)
    listing = catalog.listing_for(actor, marketplace, listing_id, lock=True)
    if not reasons.strip():
        raise NotSaid(
            "reasons", _("Write what gives rise to the suspicion: what you saw, where, and who is in danger.")
        )
    _require_none(listing)
    suspicion = Suspicion(
        ref=new_ref("V", at),
        listing=listing,
        decision=listing.decisions.filter(status__in=[status.value for status in STANDING]).first(),
        reasons=reasons.strip(),
        raised_by=accounts.person(actor.person),
        raised_at=at,
    )
    return record(suspicion, move.event, actor=actor, at=at, payload={"listing": listing.pk})


def _require_none(listing: Listing) -> None:
    if Suspicion.objects.filter(listing=listing, status=SuspicionStatus.RAISED).exists():
        raise RaisedAlready(_("A suspicion about this listing waits to be told to the police already."))


@transaction.atomic
def report(*, ref: str, told: ToldPolice, actor: Actor, at: datetime) -> Suspicion:
    """
    Record what the police was told; of one that they were told of, what they or others were told besides.

    :raises NoSuchSuspicion: if there is none that the actor may see
    :raises NotSaid: if the record lacks something
    :raises NotYours: if the actor raised it, but does not tell the police
    :raises IllegalMove: if it was dropped
    """
    suspicion = access.suspicion_for(actor, ref, lock=True)
    status = SuspicionStatus(suspicion.status)
    event = "report_more" if status == SuspicionStatus.REPORTED else "report"
    move = SUSPICION.step(status, event, roles=actor.roles)
    require_told_police(told, at=at)
    PoliceReport.objects.create(
        suspicion=suspicion,
        country=told.country,
        authority=told.authority.strip(),
        basis=told.basis,
        given=told.given.strip(),
        reference=told.reference.strip(),
        told_at=told.told_at,
        by=accounts.person(actor.person),
        at=at,
    )
    about = {"country": told.country, "authority": told.authority, "basis": str(told.basis)}
    return record(suspicion, move.event, actor=actor, at=at, payload=about)


@transaction.atomic
def drop(*, ref: str, why: str, actor: Actor, at: datetime, event: str = "") -> Suspicion:
    """
    Drop a suspicion, and say why; of a dropped one, raise it again.

    :param event: which of the two is meant, where a repeated request must not turn it round
    :raises NoSuchSuspicion: if there is none that the actor may see
    :raises NotSaid: if nobody says why
    :raises NotYours: if the actor does not tell the police
    :raises IllegalMove: if the police was told
    :raises RaisedAlready: if another about the same listing waits
    """
    suspicion = access.suspicion_for(actor, ref, lock=True)
    status = SuspicionStatus(suspicion.status)
    event = event or ("raise_again" if status == SuspicionStatus.DROPPED else "drop")
    move = SUSPICION.step(status, event, roles=actor.roles)
    if event == "raise_again":
        _require_none(suspicion.listing)
    if not why.strip():
        raise NotSaid("why", _("Write why: it stays on record."))
    suspicion.why = why.strip()
    return record(suspicion, move.event, actor=actor, at=at)


def concerned(suspicion: Suspicion, at: datetime) -> list[tuple[str, Basis]]:
    """
    Propose whose police to tell: where the seller is, where it is offered; where neither is of the Union, that of the
    marketplace's establishment, and Europol.
    """
    members = single(["EU"], at.date())
    listing = suspicion.listing
    seller = (listing.seller.country if listing.seller else "").strip().upper()
    found = [(seller, Basis.SELLER)] if seller in members else []
    found += [(code, Basis.VICTIM) for code in sorted(single(listing.sold_in, at.date()) & members) if code != seller]
    if found:
        return found
    established = listing.marketplace.established
    home = [(established, Basis.ESTABLISHMENT)] if established in members else []
    return [*home, (EUROPOL, Basis.EUROPOL)]


def stream_of(suspicion: Suspicion) -> str:
    """Give the name of a suspicion's stream in the record."""
    return f"suspicion:{suspicion.ref}"


def record(
    suspicion: Suspicion, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> Suspicion:
    """Append the event, write the status that it leads to and its clock: the only place that assigns it."""
    before = SuspicionStatus.NEW if suspicion.pk is None else SuspicionStatus(suspicion.status)
    suspicion.status = SUSPICION.after(before, event)
    if suspicion.status != before:
        _time(suspicion, SuspicionStatus(suspicion.status), at)
    suspicion.save()
    audit.append(stream=stream_of(suspicion), kind=event, actor=actor, at=at, payload=payload or {})
    return suspicion


def _time(suspicion: Suspicion, status: SuspicionStatus, at: datetime) -> None:
    subject, place = stream_of(suspicion), suspicion.listing.marketplace.place
    deadlines.stop([subject], at=at)
    suspicion.due_at = None
    for clock in SUSPICION.clocks_in(status):
        rule = regimes()[LAW].clock(clock, on=at.astimezone(place.zone).date())
        deadlines.start([Start(subject, rule, LAW, place)], at=at)
        by = suspicion.due_at = running.running_of_each([subject])[subject][0].due_at
        market = suspicion.listing.marketplace.slug
        desk.call(about=suspicion.ref, rule=rule, by=by, marketplace=market, at=at, roles=OFFICERS)
