"""Reading answers to notices: what waits for whom, and what belongs to one item."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from touchmark.apps.counters import access
from touchmark.apps.counters.models import CounterNotice, Suit
from touchmark.apps.counters.standing import DESK, OPEN
from touchmark.apps.rows import first_of
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from uuid import UUID

    from touchmark.apps.notices.models import NoticeItem

RELATED = (
    "item__notice",
    "item__right",
    "item__listing__marketplace",
    "item__holder",
    "decision__statement",
    "decision__listing__marketplace",
    "seller",
)


def sent_before(request_key: "UUID", actor: Actor) -> CounterNotice | None:
    """Give the answer that this very form made when it was sent before, by the same seller."""
    found = CounterNotice.objects.filter(request_key=request_key, seller_id=actor.organisation_id)
    return found.select_related(*RELATED).first()


def of_stream(subject: str) -> CounterNotice:
    """Give the answer, and take its row, whose stream in the record has this name."""
    found = CounterNotice.objects.select_for_update(of=("self",)).select_related(*RELATED)
    return found.get(ref=subject.partition(":")[2])


def listing_of(subject: str) -> int:
    """Give the key of the listing that the answer of a stream is about."""
    ref = subject.partition(":")[2]
    return CounterNotice.objects.values_list("item__listing_id", flat=True).get(ref=ref)


def suit_of_stream(subject: str) -> Suit:
    """Give the suit, and take its row, whose stream in the record has this name."""
    found = Suit.objects.select_for_update(of=("self",)).select_related(*(f"counter__{name}" for name in RELATED))
    return found.get(ref=subject.partition(":")[2])


def open_suit_of(counter: CounterNotice, *, lock: bool = False) -> Suit | None:
    """Give the suit that keeps a listing down, if one does."""
    found = Suit.objects.filter(counter=counter, status__in=("shown", "pending", "asked"))
    return first_of(found.select_related("counter"), lock=lock)


def open_on(items: Iterable[int]) -> list[str]:
    """Give the streams of the answers to these items that are not settled, in a fixed order."""
    refs = CounterNotice.objects.filter(item__in=list(items), status__in=OPEN).order_by("pk")
    return [f"counter:{ref}" for ref in refs.values_list("ref", flat=True)]


def of_items(actor: Actor, items: Iterable["NoticeItem"]) -> dict[int, list[CounterNotice]]:
    """Give the answers to these items that the actor may see, the oldest first, by the item's key."""
    keys = [item.pk for item in items]
    found: dict[int, list[CounterNotice]] = {key: [] for key in keys}
    for counter in access.counters_for(actor).filter(item__in=keys).order_by("filed_at", "id"):
        found[counter.item_id].append(counter)
    return found


def not_answered(actor: Actor) -> QuerySet["NoticeItem"]:
    """Give the notices that restrict something of this seller's, and to which no answer is under way, newest first."""
    settled = CounterNotice.objects.filter(item=OuterRef("pk"), status__in=(*OPEN, CounterStatus.KEPT))
    upheld = access.answerable_for(actor).filter(~Exists(settled), status=ItemStatus.UPHELD)
    return upheld.select_related("notice", "right", "listing__marketplace").order_by("-settled_at", "-id")


def waiting_at_desk(actor: Actor) -> QuerySet[CounterNotice]:
    """Give the answers that wait for a reviewer, oldest first."""
    return access.counters_for(actor).filter(status__in=DESK).order_by("received_at", "id")


def waiting_for_holder(actor: Actor) -> QuerySet[CounterNotice]:
    """Give the answers that a holder can still do something about, oldest first: reply, or say how a suit stands."""
    waiting = (CounterStatus.ARRIVED, CounterStatus.HELD)
    return access.counters_for(actor).filter(status__in=waiting).order_by("arrived_at", "id")


def holders_of(subjects: Iterable[str]) -> dict[str, int]:
    """Give the key of the holder that each answer was given to, by the name of its stream in the record."""
    return _parties(subjects, "item__holder_id")


def sellers_of(subjects: Iterable[str]) -> dict[str, int]:
    """Give the key of the seller that gave each answer, by the name of its stream in the record."""
    return _parties(subjects, "seller_id")


def _parties(subjects: Iterable[str], column: str) -> dict[str, int]:
    refs = {subject.partition(":")[2]: subject for subject in subjects}
    found = CounterNotice.objects.filter(ref__in=list(refs)).values_list("ref", column)
    return {refs[ref]: key for ref, key in found}


def holders_of_suits(subjects: Iterable[str]) -> dict[str, int]:
    """Give the key of the holder that showed each suit, by the name of its stream in the record."""
    refs = {subject.partition(":")[2]: subject for subject in subjects}
    found = Suit.objects.filter(ref__in=list(refs)).values_list("ref", "counter__item__holder_id")
    return {refs[ref]: key for ref, key in found}
