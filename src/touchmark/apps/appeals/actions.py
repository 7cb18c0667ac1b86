"""Filing, withdrawing and deciding appeals; those of notifiers are filed by ``refusals``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.appeals import access, files
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.blobs.evidence import Given
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running_clocks
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.decisions import access as decisions
from touchmark.apps.decisions import statement
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.record import concerns_of
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.notices.letters import content_of, copy_to_guest, redress
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.appeal import APPEAL, AppealStatus
from touchmark.engine.lifecycle.decision import APPEALABLE
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.policy.load import regimes
from touchmark.engine.terms import Actor

#: The letter by which an appellant is told, by what came of the appeal.
ANSWERS: Mapping[str, str] = {
    AppealStatus.REVERSED: "decision_reversed",
    AppealStatus.PARTLY: "decision_narrowed",
    AppealStatus.UPHELD: "appeal_refused",
}


class TooLate(TouchmarkError):
    """The time in which this decision could be appealed is over."""


class NothingToAppeal(TouchmarkError):
    """The decision is not in force: there is nothing that an appeal could change."""


class AlreadyAppealed(TouchmarkError):
    """This party has appealed this decision already."""


class GroundsMissing(TouchmarkError):
    """The appeal, or the answer to it, gives no grounds."""


class OwnDecision(NotYours):
    """Whoever took a decision does not decide on the appeal against it."""


@dataclass(frozen=True, slots=True)
class AppealForm:
    """
    What somebody says against a decision, and the files that show it. ``request_key`` names the form that was sent.
    """

    grounds: str
    request_key: UUID
    files: Sequence[Given] = ()


@transaction.atomic
def file(*, decision_ref: str, form: AppealForm, actor: Actor, at: datetime) -> Appeal:
    """
    Record a seller's appeal and acknowledge it. The same form sent again gives the appeal that stands.

    :raises NoSuchDecision: if the actor can see no such decision
    :raises NotYours: if the actor is not the seller concerned
    :raises GroundsMissing: if nothing is said against the decision
    :raises NothingToAppeal: if the decision is not in force
    :raises AlreadyAppealed: if this party has appealed it already
    :raises TooLate: if the time to appeal is over
    """
    decision = decisions.decision_for(actor, decision_ref, lock=True)
    if sent := Appeal.objects.filter(request_key=form.request_key, appellant_id=actor.organisation_id).first():
        return sent
    move = APPEAL.step(AppealStatus.NEW, "file", roles=actor.roles)
    if not form.grounds.strip():
        raise GroundsMissing("Say what is wrong with the decision, so that somebody else can look at it again.")
    require_appealable(decision, actor=actor, at=at)
    appeal = Appeal(
        ref=new_ref("A", at),
        decision=decision,
        appellant_id=actor.organisation,
        filed_by_id=actor.person,
        grounds=form.grounds.strip(),
        request_key=form.request_key,
        filed_at=at,
    )
    said = {"decision": decision.ref} | ({"files": files.names_in(form.files)} if form.files else {})
    record(appeal, move.event, actor=actor, at=at, payload=said)
    files.keep(appeal, form.files, at=at)
    _tell(appeal, "appeal_received", at=at)
    return appeal


def require_appealable(decision: Decision, *, actor: Actor, at: datetime) -> None:
    """
    Pass if this party can appeal the decision now: a page asks before it lets somebody write.

    :raises NothingToAppeal: if the decision is not in force
    :raises AlreadyAppealed: if this party has appealed it already
    :raises TooLate: if the time to appeal is over
    """
    if decision.status not in APPEALABLE:
        raise NothingToAppeal(f"Decision {decision.ref} is not in force any more: there is nothing to appeal.")
    if earlier := Appeal.objects.filter(decision=decision, appellant_id=actor.organisation_id).first():
        raise AlreadyAppealed(f"You have appealed this decision already: {earlier.ref}.")
    if at > decision.statement.appeal_by:
        ended = statement.moment(decision.statement.appeal_by)
        raise TooLate(f"This decision could be appealed until {ended}. You can still go to a court.")


@transaction.atomic
def withdraw(*, ref: str, actor: Actor, at: datetime) -> Appeal:
    """
    Take an appeal back before it is decided.

    :raises NoSuchAppeal: if the actor can see no such appeal
    :raises NotYours: if another party filed it
    :raises IllegalMove: if it is decided or withdrawn already
    """
    appeal = access.appeal_for(actor, ref, lock=True)
    move = APPEAL.step(AppealStatus(appeal.status), "withdraw", roles=actor.roles)
    if appeal.appellant_id != actor.organisation_id:
        raise NotYours(_("An appeal is withdrawn by whoever filed it: %(name)s.") % {"name": appeal.appellant.name})
    return record(appeal, move.event, actor=actor, at=at)


@transaction.atomic
def answer(*, appeal: Appeal, event: str, text: str, actor: Actor, at: datetime) -> Appeal:
    """
    Decide an appeal, ``uphold`` (the decision stands) or ``reverse``, and tell the seller why.

    The caller holds the appeal's row; what a reversal undoes is the caller's flow.

    :raises OwnDecision: if the actor took the decision that is appealed, or upheld on appeal what it rests on
    :raises GroundsMissing: if no reason is given
    :raises IllegalMove: if it is decided or withdrawn already
    """
    move = APPEAL.step(AppealStatus(appeal.status), event, roles=actor.roles)
    if access.took(actor, appeal):
        raise OwnDecision("You took this decision. Somebody else must decide on the appeal against it.")
    if not text.strip():
        raise GroundsMissing("Say why: the seller reads this answer.")
    appeal.answer = text.strip()
    appeal.decided_by_id = actor.user_id
    appeal.decided_at = at
    record(appeal, move.event, actor=actor, at=at)
    reversed_it = move.to == AppealStatus.REVERSED
    if not (reversed_it and appeal.item):  # a notifier is told of the outcome of the notice
        _tell(appeal, ANSWERS[move.to], at=at)
    return appeal


def tell_received(appeal: Appeal, *, at: datetime) -> None:
    """Acknowledge an appeal."""
    _tell(appeal, "appeal_received", at=at)


def about_refusal(item: NoticeItem) -> dict[str, Any]:
    """Give what letters about an appeal against a refusal say of the listing, and of where else to turn."""
    return {**redress(item), "listing": content_of(item)["listing"]}


def concerns_of_item(item: NoticeItem) -> inbox.Concerns:
    """Give what letters about an item of a notice are about, by which they reach whom they concern."""
    return inbox.Concerns(item.listing.marketplace.slug, item.right.brand_id, tuple(item.listing.sold_in))


def _follow(appeal: Appeal, at: datetime) -> None:
    """Let the clock of an appeal run while it waits, and no longer."""
    subject, place = stream_of(appeal), appeal.decision.marketplace.place
    if appeal.status != AppealStatus.FILED:
        deadlines.stop([subject], at=at)
        return
    regime = appeal.item.regime if appeal.item else appeal.decision.marketplace.regime
    rule = regimes()[regime].clock("decide_appeal", on=at.astimezone(place.zone).date())
    deadlines.start([Start(subject, rule, regime, place)], at=at)


def stream_of(appeal: Appeal) -> str:
    """Give the name of an appeal's stream in the record."""
    return f"appeal:{appeal.ref}"


def _tell(appeal: Appeal, kind: str, *, at: datetime) -> None:
    reasons = appeal.decision.statement.content if appeal.item is None else about_refusal(appeal.item)
    content = {
        "appeal": appeal.ref,
        "decision": appeal.decision.ref,
        "kind": appeal.decision.kind,
        "listing": reasons["listing"],
        "answer": appeal.answer,
        "by": _until(appeal) if kind == "appeal_received" else "",
        "out_of_court": reasons["out_of_court"],
        "court": reasons["court"],
        "bodies": reasons.get("bodies", []),
    }
    concerns = concerns_of(appeal.decision) if appeal.item is None else concerns_of_item(appeal.item)
    letter = inbox.deliver(
        organisation=appeal.appellant, kind=kind, about=appeal.ref, content=content, at=at, concerns=concerns
    )
    if appeal.item is not None and appeal.item.notice.filed_by is None:
        copy_to_guest(appeal.item.notice, letter, at)


def _until(appeal: Appeal) -> str:
    """Give by when an appeal is to be decided, as letters hold it."""
    running = running_clocks.running_of_each([stream_of(appeal)])[stream_of(appeal)]
    return next((one.due_at.isoformat() for one in running if one.due_at), "")


def record(appeal: Appeal, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None) -> Appeal:
    """Append the event and write the status that it leads to: the only place that assigns it."""
    before = AppealStatus.NEW if appeal.pk is None else AppealStatus(appeal.status)
    appeal.status = APPEAL.after(before, event)
    appeal.save()
    _follow(appeal, at)
    audit.append(stream=stream_of(appeal), kind=event, actor=actor, at=at, payload=payload or {})
    return appeal
