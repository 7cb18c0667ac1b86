"""Filing, withdrawing and settling notices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.bulk import Happened, append_many
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.catalog.models import Listing
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.notices import access, queries
from touchmark.apps.notices.models import Notice, NoticeItem
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
    """
    What a holder says: why, in words, and that it is accurate. ``request_key`` names the form that was sent.

    ``particulars`` holds what a regime asks for besides, by its names for it.
    """

    reason: NoticeReason
    statement: str
    good_faith: bool
    request_key: UUID
    particulars: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def file(*, right: Right, listings: Sequence[Listing], form: NoticeForm, actor: Actor, at: datetime) -> Notice:
    """
    Record a holder's notice, an item for each listing, and acknowledge it.

    The caller holds the listings' rows, and has seen that nothing under this right waits on them.

    :raises NotYours: if the right belongs to another holder, or the actor may not file
    :raises RightNotVerified: if no reviewer has verified the right
    :raises StatementMissing: if the statement or the declaration is missing (DSA, art. 16(2)(a) and (d))
    """
    NOTICE.step(NoticeStatus.NEW, "file", roles=actor.roles)
    _require_said(form)
    require_groundable(right, actor)
    notice = Notice.objects.create(
        ref=new_ref("N", at),
        holder_id=right.holder_id,
        filed_by_id=actor.person,
        right=right,
        reason=form.reason,
        statement=form.statement.strip(),
        good_faith=form.good_faith,
        particulars=dict(form.particulars),
        request_key=form.request_key,
        filed_at=at,
    )
    items = _items(notice, listings)
    record_new(items, actor=actor, at=at)
    _acknowledge(notice, items, at)
    return notice


def _items(notice: Notice, listings: Sequence[Listing]) -> list[NoticeItem]:
    """Give the items, numbered; the only one of a notice bears the notice's own reference."""
    return [
        NoticeItem(
            notice=notice,
            number=number,
            ref=notice.ref if len(listings) == 1 else f"{notice.ref}-{number}",
            holder_id=notice.holder_id,
            right=notice.right,
            listing=listing,
            regime=listing.marketplace.regime,
            filed_at=notice.filed_at,
        )
        for number, listing in enumerate(listings, start=1)
    ]


def _acknowledge(notice: Notice, items: Sequence[NoticeItem], at: datetime) -> None:
    """Tell the holder that the notice is here: of one listing which it is, of several how many (DSA, art. 16(4))."""
    content = letter_of(items[0]) | {"notice": notice.ref, "listings": len(items)}
    concerns = {_concerns(item) for item in items}
    inbox.deliver(
        organisation=notice.holder,
        kind="notice_received",
        about=notice.ref,
        content=content,
        at=at,
        concerns=concerns.pop() if len(concerns) == 1 else None,
    )


def _require_said(form: NoticeForm) -> None:
    if not form.statement.strip():
        raise StatementMissing("Say why this listing infringes your right, so that a reviewer can follow it.")
    if not form.good_faith:
        raise StatementMissing("Confirm that what you say is accurate and complete.")


def require_groundable(right: Right, actor: Actor) -> None:
    """
    Pass if this actor could file a notice under this right now.

    :raises NotYours: if the right belongs to another holder
    :raises RightNotVerified: if no reviewer has verified the right
    """
    if right.holder_id != actor.organisation_id:
        raise NotYours("A notice is filed by the holder of the right, or an agent acting for it.")
    if right.status != RightStatus.VERIFIED:
        raise RightNotVerified("This right is not verified yet. You can report listings under it once it is.")


def require_fit(right: Right, listing: Listing, actor: Actor) -> None:
    """
    Pass if a notice under this right on this listing could be filed now.

    :raises NotYours: if the right belongs to another holder
    :raises RightNotVerified: if no reviewer has verified the right
    :raises AlreadyReported: if this right's notice on this listing waits already
    """
    require_groundable(right, actor)
    if waiting := queries.waiting_under(right, [listing.pk]):
        raise AlreadyReported(f"You have reported this listing under this right already: notice {waiting[listing.pk]}.")


@transaction.atomic
def withdraw(*, ref: str, actor: Actor, at: datetime) -> NoticeItem:
    """
    Take a notice back before it is decided.

    :raises NoSuchNotice: if the actor can see no such notice
    :raises IllegalMove: if it is decided or withdrawn already
    """
    # The listing first, as whoever decides on it does: two who wait for each other would wait for ever.
    list(Listing.objects.filter(notice_items__ref=ref).select_for_update(of=("self",)))
    notice = access.item_for(actor, ref, lock=True)
    move = NOTICE.step(NoticeStatus(notice.status), "withdraw", roles=actor.roles)
    return record(notice, move.event, actor=actor, at=at)


@transaction.atomic
def withdraw_all(*, ref: str, actor: Actor, at: datetime) -> Notice:
    """
    Take back whatever of a notice is not decided: all of its items that wait, or the one that the reference names.

    :raises NoSuchNotice: if the actor can see no such notice
    :raises IllegalMove: if nothing of it waits any more
    """
    one = access.items_for(actor).filter(ref=ref).first()
    notice = access.notice_for(actor, ref if one is None else one.notice.ref)
    items = access.items_for(actor).filter(notice=notice) if one is None else [one]
    waiting = [item.ref for item in items if item.status == NoticeStatus.RECEIVED]
    for item_ref in waiting or [items[0].ref]:
        withdraw(ref=item_ref, actor=actor, at=at)
    return notice


@transaction.atomic
def settle(*, notice: NoticeItem, event: str, reasons: str, actor: Actor, at: datetime) -> NoticeItem:
    """
    Uphold, refuse or reverse a notice as the decision on its listing says, and tell the holder why.

    :raises IllegalMove: if the notice is not where this can happen
    """
    move = NOTICE.step(NoticeStatus(notice.status), event, roles=actor.roles)
    notice.outcome_text = reasons
    notice.settled_at = at
    record(notice, move.event, actor=actor, at=at)
    content = letter_of(notice) | {"outcome": str(move.to), "reasons": reasons} | redress(notice)
    _write_to_holder(notice, "notice_outcome", content, at)
    return notice


def _write_to_holder(notice: NoticeItem, kind: str, content: dict[str, Any], at: datetime) -> None:
    concerns, to = _concerns(notice), notice.holder
    inbox.deliver(organisation=to, kind=kind, about=notice.ref, content=content, at=at, concerns=concerns)


def _concerns(notice: NoticeItem) -> inbox.Concerns:
    listing = notice.listing
    return inbox.Concerns(listing.marketplace.slug, notice.right.brand_id, tuple(listing.sold_in))


def record(
    notice: NoticeItem, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> NoticeItem:
    """Append the event and write the status that it leads to: the only place that assigns it."""
    before = NoticeStatus.NEW if notice.pk is None else NoticeStatus(notice.status)
    notice.status = NOTICE.after(before, event)
    notice.save()
    audit.append(stream=f"notice:{notice.ref}", kind=event, actor=actor, at=at, payload=payload or {})
    _tell_the_queue(notice)
    return notice


def record_new(items: Sequence[NoticeItem], *, actor: Actor, at: datetime) -> None:
    """Write new items and their first events, all at once, as ``record`` writes one."""
    status = NOTICE.after(NoticeStatus.NEW, "file")
    for item in items:
        item.status = status
    NoticeItem.objects.bulk_create(items)
    append_many(
        [
            Happened(f"notice:{item.ref}", "file", {"right": item.right.right_id, "listing": item.listing_id})
            for item in items
        ],
        actor=actor,
        at=at,
    )
    _tell_the_queue(*items)


def _tell_the_queue(*items: NoticeItem) -> None:
    """Let the desk's queue know what of these listings' notices waits now."""
    keys = [item.listing_id for item in items]
    waiting: dict[int, list[NoticeItem]] = {key: [] for key in keys}
    open_now = NoticeItem.objects.filter(listing__in=keys, status=NoticeStatus.RECEIVED).order_by("filed_at")
    for item in open_now:
        waiting[item.listing_id].append(item)
    told = {key: Reported(len(on), on[0].filed_at, on[0].right_id) if on else NOBODY for key, on in waiting.items()}
    queue.renew(keys, told)


def redress(notice: NoticeItem) -> dict[str, str]:
    """Give what a holder is told beside an outcome: who decided, and where else to turn (DSA, art. 16(5) and (6))."""
    texts = regimes()[notice.listing.marketplace.regime].texts
    with translation.override(accounts.language_of(notice.holder_id)):
        decided_by = _("A person decided; no decision was made by a machine.")
    return {
        "automated_decision": decided_by,
        "out_of_court": texts["out_of_court"],
        "court": texts["court"],
    }


def letter_of(notice: NoticeItem) -> dict[str, Any]:
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
