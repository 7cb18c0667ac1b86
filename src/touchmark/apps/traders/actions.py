"""Asking traders for their details, taking them in, verifying them, and letting their clocks run."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit import actions as audit
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.traders import access
from touchmark.apps.traders.models import TraderDetails
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.trader import TRADER, TraderStatus
from touchmark.engine.policy.traders import ANSWER, DETAILS, NEEDED, VERIFIED, Duty, in_force
from touchmark.engine.terms import Actor

S = TraderStatus


class DetailsMissing(TouchmarkError):
    """Something that the law asks for was not given; ``fields`` names it."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = fields
        super().__init__(f"Still needed: {', '.join(fields)}.")


class ReasonMissing(TouchmarkError):
    """Details are sent back, and nobody says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a trader says; ``id_document`` is the digest of a picture that was kept."""

    name: str
    address: str
    phone: str
    email: str
    payment_account: str
    self_certified: bool
    id_document: str
    register: str = ""
    register_number: str = ""
    tax_number: str = ""

    def require_whole(self) -> None:
        """
        Pass if everything is given that the law asks for.

        :raises DetailsMissing: otherwise
        """
        lacking = tuple(name for name in NEEDED if not str(getattr(self, name) or "").strip())
        if bool(self.register.strip()) != bool(self.register_number.strip()):
            lacking += ("register_number",) if self.register.strip() else ("register",)
        if lacking:
            raise DetailsMissing(lacking)


@transaction.atomic
def ask(*, organisation: Organisation, duty: Duty, at: datetime) -> TraderDetails:
    """Ask a trader for its details: its clock begins. Asked before, nothing happens."""
    if known := TraderDetails.objects.filter(organisation=organisation).first():
        return known
    details = TraderDetails(organisation=organisation, duty_id=duty.id, due_at=duty.due(DETAILS, start=at))
    return _told(record(details, "ask", actor=Actor.clock(), at=at), at=at)


def require_may_give(actor: Actor) -> None:
    """
    Pass if the actor gives trader details at all.

    :raises NotYours: if the actor is no seller
    """
    TRADER.step(S.NEW, "give", roles=actor.roles)


@transaction.atomic
def give(*, given: Given, actor: Actor, at: datetime) -> TraderDetails:
    """
    Take a trader's details in: an operator compares them. Nobody need be asked before.

    :raises NotYours: if the actor is no seller
    :raises DetailsMissing: if something is missing
    """
    details = TraderDetails.objects.select_for_update().filter(organisation_id=actor.organisation).first()
    details = details or TraderDetails(organisation_id=actor.organisation, duty_id=in_force(at.date())[0].id)
    event = "amend" if details.status == S.GIVEN else "give"
    TRADER.step(_status(details), event, roles=actor.roles)
    given.require_whole()
    for name in Given.__dataclass_fields__:
        setattr(details, f"{name}_id" if name == "id_document" else name, getattr(given, name))
    details.given_at, details.returned_why = at, ""
    details.due_at = details.duty.due(VERIFIED, start=at)
    return record(details, event, actor=actor, at=at)


@transaction.atomic
def verify(*, organisation_id: int, actor: Actor, at: datetime) -> TraderDetails:
    """
    Say that a trader's details are right: in a year they are certified anew.

    :raises NoSuchTrader: if there are none that the actor may see
    :raises IllegalMove: if nothing waits to be verified
    """
    details = access.details_of(actor, organisation_id, lock=True)
    TRADER.step(_status(details), "verify", roles=actor.roles)
    details.verified_at, details.verified_by_id = at, actor.person
    details.due_at = details.duty.certify_by(at)
    return _told(record(details, "verify", actor=actor, at=at), at=at)


@transaction.atomic
def send_back(*, organisation_id: int, why: str, actor: Actor, at: datetime) -> TraderDetails:
    """
    Say what is missing or wrong: the seller's clock begins again.

    :raises ReasonMissing: if nobody says why
    :raises IllegalMove: if nothing waits to be verified
    """
    details = access.details_of(actor, organisation_id, lock=True)
    TRADER.step(_status(details), "send_back", roles=actor.roles)
    if not why.strip():
        raise ReasonMissing("Say what is missing or wrong: the seller reads it.")
    details.returned_why = why.strip()
    details.due_at = details.duty.due(DETAILS, start=at)
    return _told(record(details, "send_back", actor=actor, at=at), at=at)


@transaction.atomic
def certify(*, actor: Actor, at: datetime) -> TraderDetails:
    """
    Certify that the details are still right: that holds for another year.

    :raises NoSuchTrader: if there are none
    :raises IllegalMove: if nothing is due
    """
    details = access.details_of(actor, actor.organisation, lock=True)
    TRADER.step(_status(details), "certify", roles=actor.roles)
    details.due_at = details.duty.certify_by(at)
    return record(details, "certify", actor=actor, at=at)


@transaction.atomic
def pass_time(*, details: TraderDetails, at: datetime) -> TraderDetails:
    """
    Let happen what happens when the time is over: a year ends, a seller is warned, then late. The caller holds the row.
    """
    status = _status(details)
    event = {S.VERIFIED: "fall_due", S.WARNED: "lapse"}.get(status, "warn")
    clock = {"fall_due": DETAILS, "warn": ANSWER}.get(event)
    details.due_at = details.duty.due(clock, start=at) if clock else None
    return _told(record(details, event, actor=Actor.clock(), at=at), at=at)


def _told(details: TraderDetails, *, at: datetime) -> TraderDetails:
    """Write to the seller where its details stand now."""
    due = details.due_at.isoformat() if details.due_at else ""
    content: dict[str, Any] = {"status": details.status, "due_at": due, "why": details.returned_why}
    content["law"] = details.duty.name
    inbox.deliver(organisation=details.organisation, kind="trader_details", about="trader", content=content, at=at)
    return details


def _status(details: TraderDetails) -> TraderStatus:
    return TraderStatus(details.status) if details.pk else S.NEW


def record(details: TraderDetails, event: str, *, actor: Actor, at: datetime) -> TraderDetails:
    """Append the event and write the status that it leads to: the only place that assigns it. No personal data."""
    details.status = TRADER.after(_status(details), event)
    details.save()
    payload = {"duty": details.duty_id}
    audit.append(stream=f"trader:{details.organisation_id}", kind=event, actor=actor, at=at, payload=payload)
    return details
