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
#: So many of a seller's listings are looked at for what was decided on them.
NEWEST = 1_000
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
        return wanted.filter(listing_id__in=_shows_the_same(listing))
    if alike == Alike.TEXT:
        return wanted.filter(text_key=text_key(listing.title, listing.description))
    if alike == Alike.SELLER and listing.seller_id is not None:
        own = Waiting.objects.filter(listing=listing).values_list("right_id", flat=True).first()
        return wanted.filter(seller_id=listing.seller_id, right_id=own) if own else wanted.none()
    return wanted.none()


def _shows_the_same(listing: Listing) -> list[int]:
    """Give the listings that show one of its photos; none for photos that everybody shows."""
    photos = list(listing.images.exclude(blob=None).values_list("blob_id", flat=True))
    if not photos:
        return []
    shown = ListingImage.objects.filter(blob_id__in=photos).order_by().values_list("listing_id", flat=True)
    keys = list(shown[: SHOWN_AT_MOST + 1])
    return [] if len(keys) > SHOWN_AT_MOST else keys


def counts(listing: Listing, actor: Actor) -> Sequence[Count]:
    """Give how many wait that are alike in each way, where any do."""
    found = []
    for alike in (Alike.PHOTO, Alike.TEXT, Alike.SELLER):
        count = waiting_like(listing, alike, actor).order_by()[: AT_MOST + 1].count()
        if count:
            found.append(Count(alike.value, str(alike.label), min(count, AT_MOST), count > AT_MOST))
    return found


def decided_like(listing: Listing, actor: Actor) -> Sequence[Decision]:
    """
    Give the last decisions on other listings with the same photo or of the same seller, the newest first.

    The listings are looked up first, as keys: joined, the database reads every decision there is. Of a seller with very
    many listings the newest count.
    """
    keys = set(_shows_the_same(listing))
    if listing.seller_id is not None:
        own = Listing.objects.filter(seller_id=listing.seller_id).order_by("-pk")
        keys.update(own.values_list("pk", flat=True)[:NEWEST])
    decided = access.decisions_for(actor).filter(listing_id__in=keys - {listing.pk})
    return list(decided.select_related("listing__marketplace", "decided_by", "rule")[:BEFORE])
