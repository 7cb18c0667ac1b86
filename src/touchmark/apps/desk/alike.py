"""Listings like the one on screen: those that wait too, and those that were decided on before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchmark.apps.catalog.models import Listing, ListingImage
from touchmark.apps.decisions import access, queue
from touchmark.apps.desk.kinds import Alike
from touchmark.apps.screening.models import Waiting
from touchmark.apps.screening.waiting import text_key
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision

#: So many are decided on at once at most; more are a matter for a written rule.
AT_MOST = 200
#: A photo that more listings show than this is no sign of anything: a maker's own, a placeholder.
SHOWN_AT_MOST = 2_000
#: So many that were decided on before are shown.
BEFORE = 5


@dataclass(frozen=True, slots=True)
class Count:
    """How many wait that are alike in one way; ``more``: there are more than are counted."""

    alike: str
    label: str
    count: int
    more: bool


def waiting_like(listing: Listing, alike: str, actor: Actor) -> QuerySet[Waiting]:
    """Give what waits and is like this listing, itself left out, the most urgent first."""
    wanted = queue.waiting(actor).exclude(listing=listing)
    if alike == Alike.PHOTO:
        return wanted.filter(listing_id__in=showing(_photos(listing)))
    if alike == Alike.TEXT:
        return wanted.filter(text_key=text_key(listing.title, listing.description))
    if alike == Alike.SELLER and listing.seller_id is not None:
        own = Waiting.objects.filter(listing=listing).values_list("right_id", flat=True).first()
        return wanted.filter(seller_id=listing.seller_id, right_id=own) if own else wanted.none()
    return wanted.none()


def _photos(listing: Listing) -> list[str | None]:
    return list(listing.images.exclude(blob=None).values_list("blob_id", flat=True))


def showing(photos: Sequence[str | None]) -> list[int]:
    """Give the listings that show one of these photos, by their digests; none for photos that everybody shows."""
    if not photos:
        return []
    shown = ListingImage.objects.filter(blob_id__in=photos).order_by().values_list("listing_id", flat=True)
    keys = list(shown[: SHOWN_AT_MOST + 1])
    return [] if len(keys) > SHOWN_AT_MOST else keys


def counts(listing: Listing, actor: Actor, same_photo: Sequence[int]) -> Sequence[Count]:
    """Give how many wait that are alike in each way, where any do; ``same_photo`` are the listings that show one."""
    waits = queue.waiting(actor).exclude(listing=listing)
    found = []
    for alike in (Alike.PHOTO, Alike.TEXT, Alike.SELLER):
        wanted = (
            waits.filter(listing_id__in=same_photo) if alike == Alike.PHOTO else waiting_like(listing, alike, actor)
        )
        count = wanted.order_by()[: AT_MOST + 1].count()
        if count:
            found.append(Count(alike.value, str(alike.label), min(count, AT_MOST), count > AT_MOST))
    return found


def decided_like(listing: Listing, actor: Actor, same_photo: Sequence[int]) -> Sequence[Decision]:
    """
    Give the last decisions on other listings with the same photo or of the same seller, the newest first.

    Each is asked for by itself: joined by an "or", the database reads every decision there is.
    """
    seen = access.decisions_for(actor).exclude(listing=None).exclude(listing=listing)
    shown = seen.select_related(None).select_related("listing", "decided_by", "rule").only(*_SHOWN)
    found: list[Decision] = []
    if others := set(same_photo) - {listing.pk}:
        found += shown.filter(listing_id__in=others)[:BEFORE]
    if listing.seller_id is not None:
        found += shown.filter(counts_for=listing.seller_id)[:BEFORE]
    newest = sorted({one.pk: one for one in found}.values(), key=lambda one: (one.decided_at, one.pk), reverse=True)
    return newest[:BEFORE]


#: What is shown of a decision on another listing.
_SHOWN = ("ref", "kind", "status", "decided_at", "listing__title", "decided_by__name", "rule__name", "rule__number")
