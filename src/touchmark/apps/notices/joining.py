"""
One right on one listing is judged once: a notice by another notifier of that right is joined to the one that waits.

It keeps its own reference, has no clock of its own, and gets the same answer at the same moment. When the other is
taken back, it is judged by itself.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Count

from touchmark.apps.blobs.evidence import Given
from touchmark.apps.notices import letters
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.record import record_many
from touchmark.apps.notices.standing import JUDGED
from touchmark.apps.registry import queries as registry
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor

#: Where a notice was answered so that the same one again says nothing new.
ANSWERED = (ItemStatus.REFUSED, ItemStatus.PUT_BACK, ItemStatus.REVERSED)
#: What of a notice's particulars is evidence in words.
IN_WORDS = ("evidence", "comparison", "claim_chart")


def waiting_for(right: Right, listings: Collection[int]) -> dict[int, NoticeItem]:
    """Give, by listing, what waits to be judged under the same right of another notifier, the oldest of each."""
    same = registry.same_as(right)
    if not same:
        return {}
    found = NoticeItem.objects.filter(right__in=same, listing__in=listings, status__in=JUDGED)
    return {item.listing_id: item for item in found.order_by("-filed_at", "-id")}


def answered_before(right: Right, listings: Collection[int], evidence: Collection[str]) -> dict[int, NoticeItem]:
    """
    Give, by listing, the last answer to the same right, where neither the listing nor the evidence has changed since.

    :param evidence: what the new notice rests on, as ``rests_on`` gives it
    """
    same = [right.pk, *registry.same_as(right)]
    found = NoticeItem.objects.filter(right__in=same, listing__in=listings, status__in=ANSWERED)
    keys = list(found.values_list("pk", flat=True))  # by themselves, found by an index: nearly always none
    if not keys:
        return {}
    with_all = NoticeItem.objects.filter(pk__in=keys).select_related("notice", "listing")
    last = {
        item.listing_id: item
        for item in with_all.order_by("settled_at", "id")
        if item.settled_at is not None and item.listing.changed_at <= item.settled_at
    }
    return {key: item for key, item in last.items() if set(evidence) <= rests_on(item.notice)}


def rests_on(notice: Notice) -> set[str]:
    """Give what a notice rests on: its files by their digests, and what stands in words in the place of a file."""
    return {*notice.evidence.values_list("blob_id", flat=True), *in_words(notice.particulars)}


def said_in(particulars: object, files: Iterable[Given]) -> set[str]:
    """Give what a notice rests on that is not kept yet."""
    return {*(file.taken.file.sha256 for file in files), *in_words(particulars)}


def in_words(particulars: object) -> set[str]:
    """Give the evidence that particulars hold in words."""
    said = particulars if isinstance(particulars, dict) else {}
    return {" ".join(str(said[name]).split()) for name in IN_WORDS if said.get(name)}


def behind_each(items: Iterable[int]) -> dict[int, int]:
    """Give how many notices are joined to each of these items, by its key, where any are: they get its answer."""
    found = NoticeItem.objects.filter(joined_to__in=list(items), status=ItemStatus.JOINED).order_by()
    return dict(found.values_list("joined_to").annotate(n=Count("pk")))


def joined_to(items: Iterable[NoticeItem]) -> list[NoticeItem]:
    """Take what is joined to any of these items; the caller holds the listings' rows."""
    found = NoticeItem.objects.filter(joined_to__in=[item.pk for item in items], status=ItemStatus.JOINED)
    with_all = found.select_related("notice", "right", "holder", "listing__marketplace")
    return list(with_all.select_for_update(of=("self",)).order_by("pk"))


def part(items: Sequence[NoticeItem], *, actor: Actor, at: datetime, told: bool = True) -> None:
    """
    Let what was joined to these items, which nobody will judge, be judged by itself from now on.

    :param told: whether its notifiers are told that; not where they are told otherwise what becomes of it
    """
    if left := joined_to(items):
        record_many(left, "part", actor=actor if actor.user_id is None else Actor.system(), at=at)
    for item in left if told else ():
        letters.tell_goes_on(item, "alone", at=at)
