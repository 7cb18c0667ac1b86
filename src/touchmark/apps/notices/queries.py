"""Reading notices past ``access``: across tenants for the desk, and by the form that made them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.models import Notice
from touchmark.engine.lifecycle.notice import NoticeStatus
from touchmark.engine.terms import Actor


def open_on(listing: Listing) -> QuerySet[Notice]:
    """Give the notices that wait for a decision on this listing, oldest first."""
    waiting = Notice.objects.filter(listing=listing, status=NoticeStatus.RECEIVED)
    return waiting.select_related("right", "holder").order_by("filed_at", "id")


def open_on_each(listing_keys: Iterable[int]) -> defaultdict[int, list[Notice]]:
    """Give the notices that wait on each of these listings, oldest first; an empty list where none does."""
    waiting = Notice.objects.filter(listing_id__in=list(listing_keys), status=NoticeStatus.RECEIVED)
    found: defaultdict[int, list[Notice]] = defaultdict(list)
    for notice in waiting.select_related("right", "holder").order_by("filed_at", "id"):
        found[notice.listing_id].append(notice)
    return found


def sent_before(request_key: UUID, actor: Actor) -> Notice | None:
    """Give the notice that this very form made when it was sent before, by the same holder."""
    return Notice.objects.filter(request_key=request_key, holder_id=actor.organisation_id).first()
