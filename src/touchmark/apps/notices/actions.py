"""Filing, completing, withdrawing and settling notices."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.blobs.evidence import Given
from touchmark.apps.catalog.models import Listing
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running
from touchmark.apps.flaggers import queries as flaggers
from touchmark.apps.mandates import actions as mandates
from touchmark.apps.mandates.models import Mandate
from touchmark.apps.notices import access, evidence, joining, law, letters, queries
from touchmark.apps.notices.limits import require_pace
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.notices.reasons import require_fit as require_fit_reason
from touchmark.apps.notices.record import (
    record,
    record_filing,
    record_many,
    record_new,
    record_settled,
    start_clock,
    stream_of_notice,
)
from touchmark.apps.notices.standing import LANES, OPEN, TRUSTED
from touchmark.apps.notices.targets import Target
from touchmark.apps.registry import grounding
from touchmark.apps.registry.grounding import NotGood
from touchmark.apps.registry.models import Right
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.filing import FILING, FilingStatus
from touchmark.engine.lifecycle.notice_item import NOTICE_ITEM, ItemStatus
from touchmark.engine.policy.rules import Element
from touchmark.engine.policy.which_law import Law
from touchmark.engine.terms import Actor

#: What of its contact a notifier may let sellers see.
SHARED = ("name", "email", "phone", "address")


class RightNotVerified(TouchmarkError):
    """Only a verified right can ground a notice, or a work that is claimed and judged with it."""


class RightNotInForce(RightNotVerified):
    """The right has expired, or the office has not registered it."""


class AlreadyReported(TouchmarkError):
    """The same right's notice on the same listing waits already."""


class StatementMissing(TouchmarkError):
    """The notice lacks its statement or its declaration."""


class ReasonMissing(TouchmarkError):
    """The notice lacks its reason."""


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """
    What a holder says: why, in words, and that it is accurate. ``request_key`` names the form that was sent.

    ``particulars`` holds what a regime asks for besides, by its names for it; ``shared``, of ``SHARED``, what the
    sellers may see of who reports; ``files`` were taken in already, each for an element of ``evidence.KINDS``.
    """

    reason: NoticeReason
    statement: str
    good_faith: bool
    request_key: UUID
    particulars: Mapping[str, Any] = field(default_factory=dict)
    shared: Collection[str] = ()
    files: Sequence[Given] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """
    A listing that a notice names, the law that holds for it, and what of the same right is judged on it already.

    ``picture`` is the address of the one picture or video that is objected to, where the listing was named by that;
    ``place``, from 1, where it was named in the list.
    """

    listing: Listing
    law: Law
    joins: NoticeItem | None = None
    picture: str = ""
    place: int = 0
    target: Target = Target.LISTING


@transaction.atomic
def file(
    *,
    right: Right,
    listings: Sequence[Reported],
    form: NoticeForm,
    actor: Actor,
    at: datetime,
    draft: Notice | None = None,
    lane: str = "normal",
) -> Notice:
    """
    Record a holder's notice, an item for each listing, and acknowledge it. One that lacks something that a law asks for
    waits for it: what, is told at once.

    The caller holds the listings' rows, and has seen that nothing under this right waits on them.

    :param draft: what is sent, where it was a draft; the caller holds its row
    :param lane: where its notifier stands, of ``standing.LANES``; who is warned is watched too
    :raises NotYours: if the right belongs to another holder who gave no mandate, or the actor may not file
    :raises MandateOver: if the mandate has ended, or has not begun
    :raises RightNotVerified, RightNotInForce: if the right grounds nothing now
    :raises StatementMissing: if the statement or the declaration is missing (DSA, art. 16(2)(a) and (d))
    :raises NotAReason: if the reason is none for this kind of right
    :raises TooManyNotices: if the holder has filed more lately than anybody writes
    :raises UnknownEvidence, TooManyAtOnce: of the files, as ``evidence.attach`` says
    """
    require_said(form)
    mandate = require_groundable(right, actor, at.date())
    require_fit_reason(form.reason, right.kind)
    require_pace(
        queries.filed_since(actor.organisation, at - timedelta(hours=1)),
        queries.filed_since(actor.organisation, at - timedelta(days=1)),
    )
    notice = _noted(draft or Notice(ref=new_ref("N", at)), right, form, actor, at)
    notice.mandate, notice.agent = mandate, mandate.agent if mandate else None
    notice.lane = lane if lane in LANES else "watched"
    kinds, agent = [one.kind for one in form.files], law.files_as_agent(actor, notice)
    asked = law.Asked.of((one.law.regime, one.target) for one in listings)
    lacking = law.missing_from(notice, asked, agent=agent, files=kinds)
    stands = FilingStatus(notice.status or FilingStatus.NEW)
    move = FILING.step(stands, "file_incomplete" if lacking else "file", roles=actor.roles)
    about: dict[str, Any] = {"listings": len(listings)}
    about |= {"lane": notice.lane} if notice.lane == TRUSTED else {}
    about |= {"mandate": mandate.ref} if mandate else {}
    record_filing(notice, move.event, actor=actor, at=at, payload=about)
    evidence.attach(notice, form.files, at=at)
    items = items_from(notice, listings)
    _record_each(items, complete=not lacking, actor=actor, at=at)
    if lacking:
        first = listings[0]
        start_clock(notice, first.law.regime, first.listing.marketplace.place, "complete_notice", at=at)
        letters.ask_to_complete(notice, items, lacking, at=at)
    else:
        letters.acknowledge(notice, items, at=at)
    return notice


def _record_each(items: Sequence[NoticeItem], *, complete: bool, actor: Actor, at: datetime) -> None:
    """Write new items: of a notice that is complete, some join others, the rest are judged by themselves."""
    if not complete:
        for item in items:  # what waits until then may be judged before it is complete
            item.joined_to = None
        record_new(items, "name", actor=actor, at=at)
        return
    record_new([item for item in items if item.joined_to is None], "file", actor=actor, at=at)
    record_new([item for item in items if item.joined_to is not None], "join", actor=actor, at=at)


def _noted(notice: Notice, right: Right, form: NoticeForm, actor: Actor, at: datetime) -> Notice:
    """Give the notice as it was sent, not yet stored."""
    notice.holder, notice.right = right.holder, right
    notice.filed_by = accounts.person(actor.person)
    notice.reason, notice.statement, notice.good_faith = form.reason, form.statement.strip(), form.good_faith
    notice.particulars, notice.shared = dict(form.particulars), list(form.shared)
    notice.request_key = form.request_key
    notice.filed_at = at
    return notice


def items_from(notice: Notice, listings: Sequence[Reported]) -> list[NoticeItem]:
    """Give the items, numbered; the only one of a notice bears the notice's own reference."""
    return [
        NoticeItem(
            notice=notice,
            number=number,
            ref=notice.ref if len(listings) == 1 else f"{notice.ref}-{number}",
            holder=notice.holder,
            agent=notice.agent,
            right=notice.right,
            listing=one.listing,
            regime=one.law.regime,
            territories=list(one.law.territories),
            filed_at=notice.filed_at,
            joined_to=one.joins,
            picture=one.picture,
            target=one.target,
        )
        for number, one in enumerate(listings, start=1)
    ]


def require_said(form: NoticeForm) -> None:
    """
    Pass if a form has its statement and its declaration.

    :raises StatementMissing: otherwise
    """
    if not form.statement.strip():
        raise StatementMissing("Say why this listing infringes your right, so that a reviewer can follow it.")
    if not form.good_faith:
        raise StatementMissing("Confirm that what you say is accurate and complete.")


def require_groundable(right: Right, actor: Actor, on: date) -> Mandate | None:
    """
    Pass if this actor could file a notice under this right on this day; give the mandate, where the right is another's.

    :raises NotYours: if the right belongs to another holder, who gave no mandate
    :raises MandateOver: if the mandate has ended, or has not begun
    :raises RightNotVerified: if no reviewer has verified the right, and it is no work claimed without registration
    :raises RightNotInForce: if it has expired, or the office has not registered it
    """
    mandate = None if right.holder_id == actor.organisation_id else mandates.covering(right, actor, on)
    match grounding.why_not(right, on):
        case NotGood.UNVERIFIED if not _stated_by_a_flagger(right, on):
            raise RightNotVerified(_("This right is not verified yet. You can report listings under it once it is."))
        case NotGood.EXPIRED:
            said = _("This right has expired: on %(day)s. If it was renewed, correct the day on the page of the right.")
            raise RightNotInForce(said % {"day": date_format(right.expires_on or on)})
        case NotGood.UNREGISTERED:
            raise RightNotInForce(
                _("This right is not registered at the office. If it is by now, correct that on the page of the right.")
            )
    return mandate


def _stated_by_a_flagger(right: Right, on: date) -> bool:
    """Whether a trusted flagger states the right in its field: it is judged with the notice, as a guest's is."""
    return grounding.is_stated(right) and flaggers.trusted(right.holder_id, right.kind, on) is not None


def require_fit(right: Right, listing: Listing, actor: Actor, on: date) -> None:
    """
    Pass if a notice under this right on this listing could be filed on this day.

    :raises NotYours: if the right belongs to another holder
    :raises RightNotVerified, RightNotInForce: if the right grounds nothing on this day
    :raises AlreadyReported: if this right's notice on this listing waits already
    """
    require_groundable(right, actor, on)
    if waiting := queries.waiting_under(right, [listing.pk]):
        raise AlreadyReported(f"You have reported this listing under this right already: notice {waiting[listing.pk]}.")


@transaction.atomic
def complete(
    *, ref: str, particulars: Mapping[str, Any], files: Sequence[Given] = (), actor: Actor, at: datetime
) -> tuple[Element, ...]:
    """
    Add what a notice lacked; once nothing is lacking its items are judged, and the clocks begin.

    :returns: what it still lacks
    :raises NoSuchNotice: if the actor can see no such notice
    :raises IllegalMove: if it does not wait for anything
    """
    _take(seen := access.notice_for(actor, ref), queries.items_of(seen))
    notice = access.notice_for(actor, ref, lock=True)
    notice.particulars = {**notice.particulars, **particulars}
    if files:
        FILING.step(FilingStatus(notice.status), "complete", roles=actor.roles)
        evidence.attach(notice, files, at=at)
    items = list(queries.items_of(notice).filter(status=ItemStatus.WAITING))
    lacking = law.missing_from(notice, law.Asked.about(items), agent=law.files_as_agent(actor, notice))
    move = FILING.step(FilingStatus(notice.status), "add" if lacking else "complete", roles=actor.roles)
    record_filing(
        notice, move.event, actor=actor, at=at, payload={"given": sorted({*particulars, *(one.kind for one in files)})}
    )
    if not lacking:
        deadlines.stop([stream_of_notice(notice)], at=at)
        record_many(items, "begin", actor=actor, at=at)
        letters.acknowledge(notice, items, at=at)
    return lacking


@transaction.atomic
def lapse(notice: Notice, *, at: datetime) -> None:
    """Let a notice that was not completed in time lapse, with its items. The caller holds the deadline."""
    take_listings(queries.items_of(notice))
    clock = Actor.clock()
    record_filing(notice, "lapse", actor=clock, at=at)
    items = list(queries.items_of(notice).filter(status=ItemStatus.WAITING))
    record_many(items, "lapse", actor=clock, at=at)
    joining.part(items, actor=clock, at=at)
    letters.tell_lapsed(notice, items, at=at)


@transaction.atomic
def withdraw(*, ref: str, actor: Actor, at: datetime) -> Notice:
    """
    Take back whatever of a notice is not decided: all of its items that wait, or the one that the reference names.

    :raises NoSuchNotice: if the actor can see no such notice
    :raises IllegalMove: if nothing of it waits any more
    """
    one = access.items_for(actor).filter(ref=ref).first()
    seen = access.notice_for(actor, ref if one is None else one.notice.ref)
    named = access.items_for(actor).filter(notice=seen).order_by("number")
    named = named if one is None else named.filter(pk=one.pk)
    _take(seen, named)
    notice = access.notice_for(actor, seen.ref, lock=True)
    items = list(named.select_for_update(of=("self",)))
    waiting = [item for item in items if item.status in OPEN] or items[:1]
    NOTICE_ITEM.step(ItemStatus(waiting[0].status), "withdraw", roles=actor.roles)
    record_many(waiting, "withdraw", actor=actor, at=at)
    joining.part(waiting, actor=actor, at=at)
    on_its_way = notice.status in (FilingStatus.INCOMPLETE, FilingStatus.UNCONFIRMED)
    if on_its_way and not queries.items_of(notice).filter(status__in=OPEN).exists():
        record_filing(notice, "withdraw", actor=actor, at=at)
        deadlines.stop([stream_of_notice(notice)], at=at)
    record_settled(notice, actor=actor, at=at)
    return notice


def _take(notice: Notice, items: QuerySet[NoticeItem]) -> None:
    """Take what runs for a notice, then the listings of its items: the order that the clock keeps."""
    running.hold([stream_of_notice(notice)])
    take_listings(items)


def take_listings(items: QuerySet[NoticeItem]) -> None:
    """Take the listings first, as whoever decides on them does: two who wait for each other would wait for ever."""
    named = Listing.objects.filter(pk__in=items.order_by().values("listing"))
    list(named.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


@transaction.atomic
def settle(*, notice: NoticeItem, event: str, reasons: str, actor: Actor, at: datetime) -> NoticeItem:
    """
    Uphold, refuse or reverse an item of a notice as the decision on its listing says, and tell the holder why.

    :raises IllegalMove: if the item is not where this can happen
    """
    move = NOTICE_ITEM.step(ItemStatus(notice.status), event, roles=actor.roles)
    notice.outcome_text = reasons
    notice.settled_at = at
    record(notice, move.event, actor=actor, at=at)
    letters.tell_outcome(notice, at=at)
    return notice
