"""A reviewer asks the holder whether goods are genuine; meanwhile the time to act on the notice stands still."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import actions as catalog
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.examinations import access
from touchmark.apps.examinations import actions as examinations
from touchmark.apps.notices import access as notices
from touchmark.apps.notices.record import record
from touchmark.engine.lifecycle.authentication import AuthenticationStatus
from touchmark.engine.lifecycle.notice_item import NOTICE_ITEM, ItemStatus
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.examinations.kinds import Found
    from touchmark.apps.examinations.models import Examination
    from touchmark.apps.notices.models import NoticeItem


@transaction.atomic
def ask(*, item: str, question: str, actor: Actor, at: datetime) -> Examination:
    """
    Ask the holder of a notice whether the goods of one listing are genuine.

    :raises NoSuchNotice: if the actor can see no such notice
    :raises IllegalMove: if it is not waiting to be judged
    :raises QuestionMissing: if nothing is asked
    """
    catalog.hold(notices.item_for(actor, item).listing_id)
    found = notices.item_for(actor, item, lock=True)
    move = NOTICE_ITEM.step(ItemStatus(found.status), "ask_examiner", roles=actor.roles)
    asked = examinations.ask(item=found, question=question, actor=actor, at=at)
    record(found, move.event, actor=actor, at=at)
    return asked


@transaction.atomic
def answer(*, ref: str, found: Found | str, examiner: str, findings: str, actor: Actor, at: datetime) -> Examination:
    """
    Say what the goods are. A late answer, or one that corrects an earlier, is taken too.

    :raises NoSuchExamination: if the actor can see no such request
    :raises IncompleteParticulars: if something that must be said is missing
    """
    seen = access.examination_for(actor, ref)
    deadlines.hold([examinations.stream_of(seen)])  # first, as the clock does
    catalog.hold(seen.item.listing_id)
    examination = access.examination_for(actor, ref, lock=True)
    waited = examination.status == AuthenticationStatus.ASKED
    examinations.answer(examination=examination, found=found, examiner=examiner, findings=findings, actor=actor, at=at)
    if waited:
        _back(notices.item_for(actor, examination.item.ref, lock=True), "examined", actor, at)
    return examination


@transaction.atomic
def disprove(*, ref: str, why: str, actor: Actor, at: datetime) -> Examination:
    """
    Say that an answer was wrong; it counts in the holder's record.

    :raises NoSuchExamination: if the actor can see no such request
    """
    examination = access.examination_for(actor, ref, lock=True)
    return examinations.disprove(examination=examination, why=why, actor=actor, at=at)


def lapse(subject: str, at: datetime) -> None:
    """Let a request that nobody answered lapse: silence is no answer, and the notice is judged without it."""
    examination = examinations.of_stream(subject)
    examinations.move(examination=examination, event="lapse", actor=Actor.clock(), at=at)
    _back(examination.item, "not_examined", Actor.clock(), at)


def _back(item: NoticeItem, event: str, actor: Actor, at: datetime) -> None:
    """Let the notice be judged again, unless it was meanwhile."""
    if item.status == ItemStatus.EXAMINED:
        move = NOTICE_ITEM.step(ItemStatus(item.status), event, roles=actor.roles)
        record(item, move.event, actor=actor, at=at)
