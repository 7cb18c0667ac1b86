"""
Writing a notice before it is sent: kept at each step, several at once, deleted after a time in which nobody touched it.

A draft is a notice that names no items yet. What it names is looked up anew whenever it is shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.blobs.evidence import Given
from touchmark.apps.catalog.naming import Named
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running_clocks
from touchmark.apps.notices import access, actions, evidence
from touchmark.apps.notices.limits import DRAFTS, TooManyAtOnce, require_at_most
from touchmark.apps.notices.models import Draft, Notice, NoticeTemplate
from touchmark.apps.notices.reasons import require_fit
from touchmark.apps.notices.record import record_filing, start_clock, stream_of_notice
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.filing import FILING, FilingStatus
from touchmark.engine.policy.load import BASE
from touchmark.engine.policy.rules import Place
from touchmark.engine.terms import Actor

#: A draft is of no marketplace: its days are counted here.
NOWHERE = Place("weekdays", ZoneInfo("UTC"))

#: Longest that the name of a file is kept.
NAME = 200


@transaction.atomic
def begin(*, right: Right, actor: Actor, at: datetime, template: NoticeTemplate | None = None) -> Notice:
    """
    Begin a draft under a right, with the words of a template where one is given and fits the kind of right.

    :raises NotYours: if the right belongs to another holder
    :raises RightNotVerified: if no reviewer has verified the right
    :raises TooManyAtOnce: if the holder has as many drafts as it may
    """
    mandate = actions.require_groundable(right, actor, at.date())
    if access.drafts_for(actor).count() >= DRAFTS:
        raise TooManyAtOnce(_("You have %(most)d drafts. Send one or delete one first.") % {"most": DRAFTS})
    notice = Notice(
        ref=new_ref("N", at),
        holder=right.holder,
        agent=mandate.agent if mandate else None,
        mandate=mandate,
        filed_by=accounts.person(actor.person),
        right=right,
        good_faith=False,
        request_key=uuid4(),
        filed_at=at,
    )
    if template is not None and template.kind == right.kind:
        notice.reason, notice.statement = template.reason, template.statement
        notice.particulars, notice.shared = dict(template.particulars), list(template.shared)
    move = FILING.step(FilingStatus.NEW, "draft", roles=actor.roles)
    record_filing(notice, move.event, actor=actor, at=at)
    Draft.objects.create(notice=notice, changed_at=at)
    start_clock(notice, BASE, NOWHERE, "draft", at=at)
    return notice


@transaction.atomic
def name(
    *,
    ref: str,
    listings: Sequence[Named],
    actor: Actor,
    at: datetime,
    refused: Sequence[Mapping[str, Any]] = (),
    source: str = "",
) -> Notice:
    """
    Add listings to those that a draft names, each once; ``refused`` are the rows of a file that could not be read.

    :raises NoSuchNotice: if the actor has no such draft
    :raises TooManyListings: if it would name more than a notice may; nothing is added then
    """
    notice = access.draft_for(actor, ref, lock=True)
    known = [named_of(row) for row in notice.draft.listed]
    whole = list(dict.fromkeys([*known, *listings]))
    require_at_most(len(whole))
    notice.draft.listed = [_row(one) for one in whole]
    notice.draft.refused, notice.draft.source = [dict(row) for row in refused], source[:NAME]
    return _amended(notice, actor, at)


@transaction.atomic
def leave_out(*, ref: str, places: Collection[int], actor: Actor, at: datetime) -> Notice:
    """
    Take listings out of those that a draft names, by their places from 1.

    :raises NoSuchNotice: if the actor has no such draft
    """
    notice = access.draft_for(actor, ref, lock=True)
    notice.draft.listed = [row for place, row in enumerate(notice.draft.listed, 1) if place not in places]
    return _amended(notice, actor, at)


@transaction.atomic
def say(
    *,
    ref: str,
    actor: Actor,
    at: datetime,
    reason: str | None = None,
    statement: str | None = None,
    particulars: Mapping[str, Any] | None = None,
    shared: Collection[str] | None = None,
) -> Notice:
    """
    Keep what a step of the form says; what is None is left as it is.

    :raises NoSuchNotice: if the actor has no such draft
    :raises NotAReason: if the reason is none for this kind of right
    """
    notice = access.draft_for(actor, ref, lock=True)
    if reason is not None:
        require_fit(reason, notice.right.kind)
        notice.reason = reason
    if statement is not None:
        notice.statement = statement
    if particulars is not None:
        notice.particulars = {**notice.particulars, **particulars}
    if shared is not None:
        notice.shared = [what for what in actions.SHARED if what in shared]
    return _amended(notice, actor, at)


@transaction.atomic
def with_file(*, ref: str, file: evidence.Sent, actor: Actor, at: datetime) -> Notice:
    """
    Add a file to a draft.

    :raises NoSuchNotice: if the actor has no such draft
    :raises TouchmarkError: as ``evidence.add`` says
    """
    notice = access.draft_for(actor, ref, lock=True)
    evidence.add(notice, file, at=at)
    return _amended(notice, actor, at)


@transaction.atomic
def with_files(*, ref: str, files: Sequence[Given], actor: Actor, at: datetime) -> Notice:
    """
    Add files to a draft that were taken in before.

    :raises NoSuchNotice: if the actor has no such draft
    :raises UnknownEvidence, TooManyAtOnce: as ``evidence.attach`` says
    """
    notice = access.draft_for(actor, ref, lock=True)
    evidence.attach(notice, files, at=at)
    return _amended(notice, actor, at)


@transaction.atomic
def without_file(*, ref: str, key: int, actor: Actor, at: datetime) -> Notice:
    """
    Take a file out of a draft, by its key.

    :raises NoSuchNotice: if the actor has no such draft
    """
    notice = access.draft_for(actor, ref, lock=True)
    evidence.take_out(notice, key)
    return _amended(notice, actor, at)


@transaction.atomic
def discard(*, ref: str, actor: Actor, at: datetime) -> None:
    """
    Delete a draft.

    :raises NoSuchNotice: if the actor has no such draft
    """
    notice = access.draft_for(actor, ref, lock=True)
    FILING.step(FilingStatus(notice.status), "discard", roles=actor.roles)
    deadlines.stop([stream_of_notice(notice)], at=at)
    _emptied(notice, "discard", actor, at)


@transaction.atomic
def lapse(notice: Notice, *, at: datetime) -> None:
    """Delete a draft that nobody touched. The caller holds the deadline."""
    _emptied(notice, "lapse", Actor.clock(), at)


def sent(notice: Notice, *, at: datetime) -> None:
    """Forget that a notice which has been filed was a draft. The caller holds its row."""
    deadlines.stop([stream_of_notice(notice)], at=at, only=["draft"])
    Draft.objects.filter(notice=notice).delete()


def named_of(row: Mapping[str, str]) -> Named:
    """Give a listing as a draft keeps it."""
    return Named(*(row.get(name, "") for name in ("listing_id", "marketplace", "address", "seller_id")))


def listed_in(notice: Notice) -> list[Named]:
    """Give the listings that a draft names, in their order."""
    return [named_of(row) for row in notice.draft.listed]


def _row(one: Named) -> dict[str, str]:
    return {key: value for key, value in asdict(one).items() if value}


def _amended(notice: Notice, actor: Actor, at: datetime) -> Notice:
    move = FILING.step(FilingStatus(notice.status), "amend", roles=actor.roles)
    record_filing(notice, move.event, actor=actor, at=at)
    notice.draft.changed_at = at
    notice.draft.save()
    _touched(notice, at)
    return notice


def _touched(notice: Notice, at: datetime) -> None:
    """Let the draft's time begin anew, once a day."""
    stream = stream_of_notice(notice)
    running = running_clocks.running_of_each([stream])[stream]
    if any(one.started_at.date() == at.date() for one in running):
        return
    deadlines.stop([stream], at=at)
    start_clock(notice, BASE, NOWHERE, "draft", at=at)


def _emptied(notice: Notice, event: str, actor: Actor, at: datetime) -> None:
    """Keep that there was a draft, and nothing of what it said."""
    notice.statement, notice.particulars, notice.shared = "", {}, []
    record_filing(notice, event, actor=actor, at=at)
    Draft.objects.filter(notice=notice).delete()
    notice.evidence.all().delete()
