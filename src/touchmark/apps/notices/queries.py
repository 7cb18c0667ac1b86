"""Reading notices across tenants, for the desk."""

from django.db.models import QuerySet

from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.models import Notice
from touchmark.engine.lifecycle.notice import NoticeStatus


def open_on(listing: Listing) -> QuerySet[Notice]:
    """Give the notices that wait for a decision on this listing, oldest first."""
    waiting = Notice.objects.filter(listing=listing, status=NoticeStatus.RECEIVED)
    return waiting.select_related("right", "holder").order_by("filed_at", "id")
