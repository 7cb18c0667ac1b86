"""Items of notices whose listing is gone: they wait for it to come back, and are over when it does not."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from touchmark.apps.notices import letters
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.record import record, record_filing, record_many
from touchmark.apps.notices.standing import JUDGED
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor


def judged_on(listing_keys: Iterable[int]) -> QuerySet[NoticeItem]:
    """Give what is to be judged on these listings, whose rows the caller holds, in the order of notices."""
    items = NoticeItem.objects.filter(listing_id__in=list(listing_keys), status__in=JUDGED)
    return items.select_related("notice__holder", "listing__marketplace", "right").order_by("notice_id", "number")


def find_gone(items: Sequence[NoticeItem], *, actor: Actor, at: datetime) -> None:
    """Let items wait for their listing, and tell the notifiers what that means."""
    for together in _alike(items):
        record_many(together, "find_gone", actor=actor, at=at)
    for item in items:
        letters.tell_gone(item, at=at)


def back(size: int) -> list[int]:
    """Give the keys of items that wait for a listing which is there again, the longest-standing first."""
    items = NoticeItem.objects.filter(status=ItemStatus.GONE, listing__gone_at=None)
    return list(items.order_by("filed_at", "id").values_list("pk", flat=True)[:size])


def come_back(item: NoticeItem, *, at: datetime) -> None:
    """Have an item judged whose listing is there again. The caller holds its row, and the listing's."""
    system = Actor.system()
    if item.notice.status == FilingStatus.SETTLED:  # by an earlier version, which held it for answered
        record_filing(item.notice, "reopen", actor=system, at=at)
    record(item, "come_back", actor=system, at=at)
    letters.tell_goes_on(item, "back", at=at)


def lapse(item: NoticeItem, *, at: datetime) -> None:
    """Let an item be over whose listing never came back. The caller holds the deadline."""
    record(item, "lapse", actor=Actor.clock(), at=at)


def _alike(items: Sequence[NoticeItem]) -> Iterable[list[NoticeItem]]:
    """Part items by where they stand: what happens to many happens from one status."""
    found: defaultdict[str, list[NoticeItem]] = defaultdict(list)
    for item in items:
        found[item.status].append(item)
    return found.values()
