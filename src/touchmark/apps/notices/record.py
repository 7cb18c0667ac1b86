"""
Writing where notices and their items stand: the event, the status, the clocks that run in it, the desk's queue.

The only place that assigns a status here. The caller holds the rows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.bulk import Happened, append_many
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running_clocks
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.standing import JUDGED, LANES, OPEN
from touchmark.apps.screening import waiting as queue
from touchmark.apps.screening.models import Waiting
from touchmark.apps.screening.waiting import NOBODY, Reported
from touchmark.engine.lifecycle.filing import FILING, FilingStatus
from touchmark.engine.lifecycle.notice_item import NOTICE_ITEM, ItemStatus
from touchmark.engine.policy.clocks import Happening, no_later
from touchmark.engine.policy.evident import rule_named
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import NoClock, Place, UnknownRule
from touchmark.engine.terms import Actor, RightKind

#: The clocks that are the items' own, and those that are the whole notice's: each runs once.
ACT = "act_on_notice"
#: Clocks that some laws alone have.
OF_SOME_LAWS = frozenset({"grievance"})
OF_ITEMS = OF_SOME_LAWS | {ACT, "listing_gone"}
OF_NOTICES = frozenset({"complete_notice"})
#: The particular of a notice that says how the goods can injure somebody: no law asks for it, some act on it.
DANGER = "danger"


def stream_of(item: NoticeItem) -> str:
    """Give the name of an item's stream in the record."""
    return f"notice:{item.ref}"


def timed_by(item: NoticeItem) -> str:
    """Give the stream whose clock says when an item is acted on: of one that is joined, that of the other."""
    joined = item.joined_to if item.status == ItemStatus.JOINED else None
    return stream_of(joined or item)


def stream_of_notice(notice: Notice) -> str:
    """Give the name of a notice's own stream, on its way in, beside those of its items."""
    return f"filing:{notice.ref}"


def record(
    item: NoticeItem, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> NoticeItem:
    """Append the event to an item's stream and write all that follows from it."""
    item.status = NOTICE_ITEM.after(ItemStatus(item.status), event)
    item.save()
    audit.append(stream=stream_of(item), kind=event, actor=actor, at=at, payload=payload or {})
    _follow([item], at)
    record_settled(item.notice, actor=actor, at=at)
    return item


def record_new(items: Sequence[NoticeItem], event: str, *, actor: Actor, at: datetime) -> None:
    """Write new items and their first events, all at once, as ``record`` writes one."""
    if not items:
        return
    status = NOTICE_ITEM.after(ItemStatus.NEW, event)
    for item in items:
        item.status = status
    NoticeItem.objects.bulk_create(items)
    said = [
        Happened(stream_of(item), event, {"right": item.right.right_id, "listing": item.listing_id}) for item in items
    ]
    append_many(said, actor=actor, at=at)
    _follow(items, at, new=True)


def record_many(items: Sequence[NoticeItem], event: str, *, actor: Actor, at: datetime) -> None:
    """Let the same happen to several items of one notice, all at once, as ``record`` writes one."""
    for item in items:
        item.status = NOTICE_ITEM.after(ItemStatus(item.status), event)
    NoticeItem.objects.bulk_update(items, ["status"])
    append_many([Happened(stream_of(item), event, {}) for item in items], actor=actor, at=at)
    _follow(items, at)


def record_filing(
    notice: Notice, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> Notice:
    """Append the event to a notice's own stream and write where it stands on its way in."""
    before = FilingStatus.NEW if notice.pk is None else FilingStatus(notice.status)
    notice.status = FILING.after(before, event)
    notice.tells_of_danger = bool(str(notice.particulars.get(DANGER) or "").strip())
    notice.save()
    audit.append(stream=stream_of_notice(notice), kind=event, actor=actor, at=at, payload=payload or {})
    return notice


def record_settled(notice: Notice, *, actor: Actor, at: datetime) -> None:
    """Settle a notice of which nothing wants an answer any more."""
    held = Notice.objects.select_for_update().get(pk=notice.pk)  # so that of two last answers the later one sees both
    waits = NoticeItem.objects.filter(notice=held, status__in=OPEN).exists()
    if not waits and held.status == FilingStatus.COMPLETE:
        record_filing(held, "settle", actor=actor, at=at)


def start_clock(notice: Notice, regime: str, place: Place, clock: str, *, at: datetime) -> None:
    """Start one of the whole notice's clocks, where the law has it."""
    if start := _start(stream_of_notice(notice), notice.right.kind, regime, place, clock, at):
        deadlines.start([start], at=at)


def _follow(items: Sequence[NoticeItem], at: datetime, *, new: bool = False) -> None:
    """
    Stop the clocks that do not run where the items stand now, start those that do, tell the desk's queue.

    For ``new`` ones no clock runs yet.
    """
    if not items:
        return
    runs = frozenset(NOTICE_ITEM.clocks_in(ItemStatus(items[0].status))) & OF_ITEMS
    stands = frozenset(NOTICE_ITEM.still_in(ItemStatus(items[0].status))) & OF_ITEMS
    over = OF_ITEMS - runs - stands
    if over and not new:  # of none named, all would be stopped
        deadlines.stop([stream_of(item) for item in items], at=at, only=over)
    _stand_still(items, stands, at)
    begun = _begun(items, runs)
    _go_on(items, begun, at)
    starts = (
        _start(
            stream_of(item), item.right.kind, item.regime, item.listing.marketplace.place, clock, at, item.notice.lane
        )
        for item in items
        for clock in sorted(runs)
        if (stream_of(item), clock) not in begun
    )
    deadlines.start([start for start in starts if start], at=at)
    _tell_the_queue(items)


def _stand_still(items: Sequence[NoticeItem], clocks: Iterable[str], at: datetime) -> None:
    """Let these clocks stand still, where they run and their rules let them."""
    wanted = frozenset(clocks)
    running = running_clocks.running_of_each(stream_of(item) for item in items) if wanted else {}
    for one in chain.from_iterable(running.values()):
        if one.clock in wanted and running_clocks.rule_of(one).pauses:
            deadlines.happen(one.subject, one.clock, kind=Happening.PAUSE, at=at)


def _go_on(items: Sequence[NoticeItem], begun: set[tuple[str, str]], at: datetime) -> None:
    """Let the clocks go on that stood still, now that their items are where they run."""
    still = running_clocks.standing_still(subject for subject, _clock in begun)
    for subject, clock in sorted(begun & still):
        deadlines.happen(subject, clock, kind=Happening.RESUME, at=at)


def _begun(items: Sequence[NoticeItem], runs: Collection[str]) -> set[tuple[str, str]]:
    """Give which of these clocks run already: one that moves between two statuses of one clock starts no second."""
    running = running_clocks.running_of_each(stream_of(item) for item in items) if runs else {}
    begun = {(subject, deadline.clock) for subject, found in running.items() for deadline in found}
    return {(subject, clock) for subject, clock in begun if clock in runs}


def _start(
    subject: str, kind: str, regime: str, place: Place, clock: str, at: datetime, lane: str = ""
) -> Start | None:
    found = partial(regimes()[regime].clock, clock, on=at.astimezone(place.zone).date(), kind=RightKind(kind))
    try:
        rule = found(lane=lane)
    except NoClock:
        return None
    except UnknownRule:
        if clock in OF_SOME_LAWS:
            return None
        raise
    if rule.lanes:
        rule = no_later(rule, found(), start=at, place=place)
    return Start(subject, rule, regime, place)


def _tell_the_queue(items: Sequence[NoticeItem]) -> None:
    """Let the desk's queue know what of these listings' notices waits now."""
    waiting: dict[int, list[NoticeItem]] = {item.listing_id: [] for item in items}
    found = NoticeItem.objects.filter(listing__in=list(waiting), status__in=JUDGED).select_related("notice")
    judged = list(found.order_by("filed_at"))
    for item in judged:
        waiting[item.listing_id].append(item)
    due = acted_on_by(judged)
    queue.renew(list(waiting), {key: _reported(on, due) if on else NOBODY for key, on in waiting.items()})


def acted_on_by(items: Iterable[NoticeItem]) -> dict[str, datetime]:
    """Give by when each of these items is to be acted on, by its reference; also where that is past."""
    kept = running_clocks.last_of_each([stream_of(item) for item in items], ACT)
    return {subject.partition(":")[2]: clock.due_at for subject, clock in kept.items() if clock.due_at is not None}


def _reported(on: Sequence[NoticeItem], due: Mapping[str, datetime]) -> Reported:
    """Give what the queue is told of the items that wait on one listing, the oldest first."""
    proposed = {rule.event for item in on if (rule := rule_named(item.evident))}
    return Reported(
        notices=len(on),
        since=on[0].filed_at,
        right_id=on[0].right_id,
        lane=min(LANES.index(item.notice.lane) for item in on),
        proposed=proposed.pop() if len(proposed) == 1 and all(item.evident for item in on) else "",
        due_at=min((due[item.ref] for item in on if item.ref in due), default=Waiting.NEVER),
    )
