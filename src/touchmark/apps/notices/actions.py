"""Filing, withdrawing and settling notices."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.catalog.models import Listing
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.notices import access, queries
from touchmark.apps.notices.models import Notice
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import waiting as queue
from touchmark.apps.screening.waiting import NOBODY, Reported
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.notice import NOTICE, NoticeStatus
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.policy.load import regimes
from touchmark.engine.terms import Actor


class RightNotVerified(TouchmarkError):
    """Only a verified right can ground a notice."""


class AlreadyReported(TouchmarkError):
    """The same right's notice on the same listing waits already."""


class StatementMissing(TouchmarkError):
    """The notice lacks its statement or its declaration."""


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """What a holder says: why, in words, and that it is accurate. ``request_key`` names the form that was sent."""

    reason: NoticeReason
    statement: str
    good_faith: bool
    request_key: UUID


@transaction.atomic
def file(*, right: Right, listing: Listing, form: NoticeForm, actor: Actor, at: datetime) -> Notice:
    """
    Record a holder's notice and acknowledge it. The same form sent again gives the notice that stands.

    :raises NotYours: if the right belongs to another holder, or the actor may not file
    :raises RightNotVerified: if no reviewer has verified the right
    :raises StatementMissing: if the statement or the declaration is missing (DSA, art. 16(2)(a) and (d))
    :raises AlreadyReported: if this right's notice on this listing waits already
    """
    if sent := queries.sent_before(form.request_key, actor):
        return sent
    move = NOTICE.step(NoticeStatus.NEW, "file", roles=actor.roles)
    _require_said(form)
    require_fit(right, listing, actor)
    notice = Notice(
        ref=new_ref("N", at),
        holder_id=right.holder_id,
        filed_by_id=actor.person,
        right=right,
        listing=listing,
        reason=form.reason,
        statement=form.statement.strip(),
        good_faith=form.good_faith,
        request_key=form.request_key,
        filed_at=at,
    )
    record(notice, move.event, actor=actor, at=at, payload={"right": right.right_id, "listing": listing.pk})
    inbox.deliver(
        organisation=notice.holder, kind="notice_received", about=notice.ref, content=letter_of(notice), at=at
    )
    return notice


def _require_said(form: NoticeForm) -> None:
    if not form.statement.strip():
        raise StatementMissing("Say why this listing infringes your right, so that a reviewer can follow it.")
    if not form.good_faith:
        raise StatementMissing("Confirm that what you say is accurate and complete.")


def require_fit(right: Right, listing: Listing, actor: Actor) -> None:
    """
    Pass if a notice under this right on this listing could be filed now.

    :raises NotYours: if the right belongs to another holder
    :raises RightNotVerified: if no reviewer has verified the right
    :raises AlreadyReported: if this right's notice on this listing waits already
    """
    if right.holder_id != actor.organisation_id:
        raise NotYours("A notice is filed by the holder of the right, or an agent acting for it.")
    if right.status != RightStatus.VERIFIED:
        raise RightNotVerified("This right is not verified yet. You can report listings under it once it is.")
    waiting = Notice.objects.filter(right=right, listing=listing, status=NoticeStatus.RECEIVED).first()
    if waiting is not None:
        raise AlreadyReported(f"You have reported this listing under this right already: notice {waiting.ref}.")


@transaction.atomic
def withdraw(*, ref: str, actor: Actor, at: datetime) -> Notice:
    """
    Take a notice back before it is decided.

    :raises NoSuchNotice: if the actor can see no such notice
    :raises IllegalMove: if it is decided or withdrawn already
    """
    # The listing first, as whoever decides on it does: two who wait for each other would wait for ever.
    list(Listing.objects.filter(notices__ref=ref).select_for_update(of=("self",)))
    notice = access.notice_for(actor, ref, lock=True)
    move = NOTICE.step(NoticeStatus(notice.status), "withdraw", roles=actor.roles)
    return record(notice, move.event, actor=actor, at=at)


@transaction.atomic
def settle(*, notice: Notice, event: str, reasons: str, actor: Actor, at: datetime) -> Notice:
    """
    Uphold, refuse or reverse a notice as the decision on its listing says, and tell the holder why.

    :raises IllegalMove: if the notice is not where this can happen
    """
    move = NOTICE.step(NoticeStatus(notice.status), event, roles=actor.roles)
    notice.outcome_text = reasons
    notice.settled_at = at
    record(notice, move.event, actor=actor, at=at)
    content = letter_of(notice) | {"outcome": str(move.to), "reasons": reasons} | redress(notice)
    inbox.deliver(organisation=notice.holder, kind="notice_outcome", about=notice.ref, content=content, at=at)
    return notice


def record(notice: Notice, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None) -> Notice:
    """Append the event and write the status that it leads to: the only place that assigns it."""
    before = NoticeStatus.NEW if notice.pk is None else NoticeStatus(notice.status)
    notice.status = NOTICE.after(before, event)
    notice.save()
    audit.append(stream=f"notice:{notice.ref}", kind=event, actor=actor, at=at, payload=payload or {})
    _tell_the_queue(notice)
    return notice


def _tell_the_queue(notice: Notice) -> None:
    """Let the desk's queue know what of this listing's notices waits now."""
    waiting = list(Notice.objects.filter(listing=notice.listing_id, status=NoticeStatus.RECEIVED).order_by("filed_at"))
    first = waiting[0] if waiting else None
    told = Reported(len(waiting), first.filed_at, first.right_id) if first else NOBODY
    queue.renew([notice.listing_id], {notice.listing_id: told})


def redress(notice: Notice) -> dict[str, str]:
    """Give what a holder is told beside an outcome: who decided, and where else to turn (DSA, art. 16(5) and (6))."""
    texts = regimes()[notice.listing.marketplace.regime].texts
    with translation.override(accounts.language_of(notice.holder_id)):
        decided_by = _("A person decided; no decision was made by a machine.")
    return {
        "automated_decision": decided_by,
        "out_of_court": texts["out_of_court"],
        "court": texts["court"],
    }


def letter_of(notice: Notice) -> dict[str, Any]:
    """Give what every letter about a notice says: the notice, the right, the listing."""
    listing = notice.listing
    return {
        "notice": notice.ref,
        "right": notice.right.text or notice.right.right_id,
        "listing": {
            "title": listing.title,
            "marketplace": listing.marketplace.name,
            "listing_id": listing.listing_id,
        },
    }
