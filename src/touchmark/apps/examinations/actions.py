"""Asking, answering, lapsing; saying that an answer was wrong. What follows for the notice is a flow's."""

from datetime import datetime
from typing import Any

from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.examinations.kinds import Found
from touchmark.apps.examinations.models import Examination
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.inbox.actions import Concerns
from touchmark.apps.notices.letters import copy_to_guest
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.authentication import AUTHENTICATION, AuthenticationStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.policy import particulars
from touchmark.engine.policy.load import regimes
from touchmark.engine.terms import Actor


class QuestionMissing(TouchmarkError):
    """Nobody says what is asked, or what was wrong."""


@transaction.atomic
def ask(*, item: NoticeItem, question: str, actor: Actor, at: datetime) -> Examination:
    """
    Ask the holder whether the goods are genuine. The caller holds the item's row, and lets its clock stand still.

    :raises QuestionMissing: if nothing is asked
    :raises NotYours: if the actor is no reviewer
    """
    move = AUTHENTICATION.step(AuthenticationStatus.NEW, "ask", roles=actor.roles)
    if not question.strip():
        raise QuestionMissing("Say what the examiner should look at: which photo, which part.")
    asked = Examination(
        ref=new_ref("E", at), item=item, question=question.strip(), asked_by_id=actor.person, asked_at=at
    )
    record(asked, move.event, actor=actor, at=at, payload={"item": item.ref})
    _tell(asked, at=at)
    return asked


@transaction.atomic
def answer(
    *, examination: Examination, found: Found | str, examiner: str, findings: str, actor: Actor, at: datetime
) -> Examination:
    """
    Record what the holder's examiner says; late, or corrected, too. The caller holds the row.

    :raises IncompleteParticulars: if nobody examined, or nothing is said of what shows that goods are not genuine
    :raises IllegalMove: if nothing was asked, or it was disproved
    :raises NotYours: if the actor is not of the holder
    """
    event = EVENTS.get(AuthenticationStatus(examination.status), "answer")
    move = AUTHENTICATION.step(AuthenticationStatus(examination.status), event, roles=actor.roles)
    said = {"answer": str(found), "examiner": examiner, "findings": findings}
    facts = ["not_genuine"] if found == Found.COUNTERFEIT else []
    law = regimes()[examination.item.regime]
    particulars.require(said, document="authentication_answer", regime=law, facts=facts)
    examination.found, examination.examiner, examination.findings = str(found), examiner.strip(), findings.strip()
    examination.answered_by_id, examination.answered_at = actor.user_id, at
    return record(examination, move.event, actor=actor, at=at, payload={"found": str(found)})


#: What an answer is, by where the request stands.
EVENTS = {AuthenticationStatus.LAPSED: "answer_late", AuthenticationStatus.ANSWERED: "correct"}


@transaction.atomic
def disprove(*, examination: Examination, why: str, actor: Actor, at: datetime) -> Examination:
    """
    Say that an answer was wrong: it counts in the holder's record. The caller holds the row.

    :raises QuestionMissing: if nobody says how it turned out to be wrong
    :raises IllegalMove: if nothing was answered
    """
    move = AUTHENTICATION.step(AuthenticationStatus(examination.status), "disprove", roles=actor.roles)
    if not why.strip():
        raise QuestionMissing("Say how the answer turned out to be wrong: it counts in the holder's record.")
    examination.disproved_why, examination.disproved_at = why.strip(), at
    return record(examination, move.event, actor=actor, at=at)


@transaction.atomic
def move(*, examination: Examination, event: str, actor: Actor, at: datetime) -> Examination:
    """Let a request lapse by its clock, or cancel it because it is asked no more. The caller holds the row."""
    step = AUTHENTICATION.step(AuthenticationStatus(examination.status), event, roles=actor.roles)
    return record(examination, step.event, actor=actor, at=at)


#: Where nobody judges an item any more, though somebody was asked about it.
OVER = (ItemStatus.WITHDRAWN, ItemStatus.STOPPED)


@transaction.atomic
def cancel(*, notice: int, at: datetime) -> int:
    """Ask no more about what of a notice was taken back, or stopped; give how many were asked about."""
    asked = Examination.objects.filter(item__notice=notice, item__status__in=OVER, status=AuthenticationStatus.ASKED)
    open_ones = asked.select_related("item__listing__marketplace").order_by("pk").select_for_update(of=("self",))
    return len([move(examination=one, event="cancel", actor=Actor.system(), at=at) for one in open_ones])


def of_stream(subject: str) -> Examination:
    """Give the request, and take its row, whose stream in the record has this name."""
    found = Examination.objects.select_for_update(of=("self",)).select_related("item__listing__marketplace")
    return found.get(ref=subject.partition(":")[2])


def stream_of(examination: Examination) -> str:
    """Give the name of a request's stream in the record."""
    return f"examination:{examination.ref}"


def record(
    examination: Examination, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> Examination:
    """Append the event and write the status that it leads to, with its clock: the only place that assigns it."""
    before = AuthenticationStatus.NEW if examination.pk is None else AuthenticationStatus(examination.status)
    examination.status = AUTHENTICATION.after(before, event)
    examination.save()
    audit.append(stream=stream_of(examination), kind=event, actor=actor, at=at, payload=payload or {})
    item, subject = examination.item, stream_of(examination)
    if examination.status != AuthenticationStatus.ASKED:
        deadlines.stop([subject], at=at)
    elif before == AuthenticationStatus.NEW:
        place = item.listing.marketplace.place
        rule = regimes()[item.regime].clock("authentication", on=at.astimezone(place.zone).date())
        deadlines.start([Start(subject, rule, item.regime, place)], at=at)
    return examination


def _tell(examination: Examination, *, at: datetime) -> None:
    """Ask the holder by letter: about which listing, what to look at, and by when."""
    item, listing = examination.item, examination.item.listing
    due = running.running_of_each([stream_of(examination)])[stream_of(examination)]
    content = {
        "examination": examination.ref,
        "notice": item.ref,
        "question": examination.question,
        "by": due[0].due_at.isoformat() if due and due[0].due_at else "",
        "listing": {
            "title": listing.title,
            "marketplace": listing.marketplace.name,
            "listing_id": listing.listing_id,
        },
    }
    concerns = Concerns(listing.marketplace.slug, item.right.brand_id, tuple(listing.sold_in))
    about: dict[str, Any] = {"about": examination.ref, "content": content, "at": at, "concerns": concerns}
    letter = inbox.deliver(organisation=item.holder, kind="goods_to_examine", **about)
    if item.agent is not None:  # who filed by a mandate may answer too
        inbox.deliver(organisation=item.agent, kind="goods_to_examine", **about)
    if item.notice.filed_by is None:
        copy_to_guest(item.notice, letter, at, page=f"examinations/{examination.ref}/")
