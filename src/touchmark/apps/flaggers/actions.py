"""
Entering who is a trusted flagger, and what its coordinator says of it later.

What happens is on record under ``flagger:<ref>``; the organisation has a letter about each change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.accounts.models import Organisation, OrganisationKind
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.flaggers import access, queries
from touchmark.apps.flaggers.models import STANDING, Flagger, Report
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.flagger import FLAGGER, FlaggerStatus
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor

#: So many are looked at in one pass.
BATCH = 200


class NotAHolder(TouchmarkError):
    """Only an organisation that files notices can be a trusted flagger here."""


class AlreadyAFlagger(TouchmarkError):
    """The organisation's status stands already."""


class WhyMissing(TouchmarkError):
    """Nobody says why."""


@dataclass(frozen=True, slots=True)
class Award:
    """What a coordinator awarded: to whom, by which decision of its own, in which field, from when until when."""

    organisation: int
    coordinator: str
    country: str
    coordinator_email: str
    decision: str
    awarded_on: date
    ends_on: date | None = None
    expertise: tuple[str, ...] = ()


@transaction.atomic
def award(*, said: Award, actor: Actor, at: datetime) -> Flagger:
    """
    Enter that a coordinator has made an organisation a trusted flagger.

    :raises NotYours: if the actor neither runs the installation nor writes its policy
    :raises NotAHolder: if it files no notices
    :raises AlreadyAFlagger: if its status stands already, suspended or not
    """
    event = FLAGGER.step(FlaggerStatus.NEW, "award", roles=actor.roles).event
    holder = Organisation.objects.select_for_update().filter(pk=said.organisation, kind=OrganisationKind.HOLDER).first()
    if holder is None:
        raise NotAHolder(
            _("A trusted flagger files notices as an organisation of the kind “rights holder”: add it first.")
        )
    if Flagger.objects.filter(organisation=holder, status__in=STANDING).exists():
        raise AlreadyAFlagger(_("It is a trusted flagger already. Revoke that first, or correct nothing."))
    flagger = Flagger(
        ref=new_ref("F", at),
        organisation=holder,
        coordinator=said.coordinator,
        country=said.country,
        coordinator_email=said.coordinator_email,
        decision=said.decision,
        expertise=list(said.expertise),
        awarded_on=said.awarded_on,
        ends_on=said.ends_on,
        entered_by=accounts.person(actor.person),
        entered_at=at,
    )
    return _told(record(flagger, event, actor=actor, at=at), event, at)


@transaction.atomic
def change(*, ref: str, event: str, why: str, actor: Actor, at: datetime) -> Flagger:
    """
    Enter what the coordinator did: ``suspend``, ``reinstate`` or ``revoke``, and why.

    :raises NoSuchFlagger: if there is none that the actor may see
    :raises WhyMissing: if no reason is given
    :raises IllegalMove: if that cannot happen from where it stands
    """
    if not why.strip():
        raise WhyMissing(_("Write what the coordinator decided, and why: the organisation reads it."))
    flagger = access.flagger_for(actor, ref, lock=True)
    move = FLAGGER.step(FlaggerStatus(flagger.status), event, roles=actor.roles)
    flagger.why = why.strip()
    return _told(record(flagger, move.event, actor=actor, at=at), event, at)


@transaction.atomic
def expire_due(at: datetime) -> int:
    """Let those expire whose last day has passed; give how many. The day counts whether or not this has run."""
    due = list(queries.over(at.date()).select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    for flagger in due:
        _told(record(flagger, "expire", actor=Actor.clock(), at=at), "expire", at)
    return len(due)


def record(flagger: Flagger, event: str, *, actor: Actor, at: datetime) -> Flagger:
    """Append the event and write where the status stands; the caller holds the row."""
    before = FlaggerStatus.NEW if flagger.pk is None else FlaggerStatus(flagger.status)
    flagger.status = FLAGGER.after(before, event)
    flagger.save()
    about: dict[str, Json] = {"organisation": flagger.organisation_id, "decision": flagger.decision}
    audit.append(stream=f"flagger:{flagger.ref}", kind=event, actor=actor, at=at, payload=about)
    return flagger


def _told(flagger: Flagger, event: str, at: datetime) -> Flagger:
    content = {
        "what": event,
        "coordinator": flagger.coordinator,
        "decision": flagger.decision,
        "until": flagger.ends_on.isoformat() if flagger.ends_on else "",
        "why": flagger.why,
    }
    inbox.deliver(organisation=flagger.organisation, kind="flagger_status", about=flagger.ref, content=content, at=at)
    return flagger


@transaction.atomic
def report(*, flagger: Flagger, numbers: Mapping[str, Any], text: str, actor: Actor, at: datetime) -> Report:
    """
    Tell a coordinator that a trusted flagger's notices are poor, with the numbers (art. 22(6)).

    The caller holds its row.

    :raises WhyMissing: if nothing is said to them
    """
    if not text.strip():
        raise WhyMissing(_("Write what is wrong with the notices: the coordinator decides on it."))
    made = Report.objects.create(
        flagger=flagger, numbers=dict(numbers), text=text.strip(), sent_by=accounts.person(actor.person), sent_at=at
    )
    letter = render_to_string("flaggers/mail/report.txt", {"flagger": flagger, "report": made})
    subject, _newline, body = letter.partition("\n")
    payload = {"to": flagger.coordinator_email, "subject": subject.strip(), "body": body.strip() + "\n"}
    outbox.put(kind="email", to=flagger.coordinator_email, payload=payload, at=at)
    audit.append(stream=f"flagger:{flagger.ref}", kind="reported", actor=actor, at=at, payload={"report": made.pk})
    return made
