"""What is noted once the listings of notices were screened for them: when, and what is proposed to the reviewer."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from touchmark.apps.notices.actions import take_listings
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.record import record_many
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor


@transaction.atomic
def note(items: Iterable[NoticeItem], evident: Mapping[int, str], *, at: datetime) -> int:
    """
    Note that these items' listings were screened, and propose what is evident; give how many were noted.

    One that somebody settled meanwhile, or another worker noted, is left as it is.

    :param evident: the rule by which something is proposed, by the key of its item
    """
    named = NoticeItem.objects.filter(pk__in=[item.pk for item in items])
    take_listings(named)
    waiting = named.filter(status=ItemStatus.RECEIVED, looked_at=None).select_for_update(of=("self",))
    found = list(waiting.select_related("notice", "right", "listing__marketplace").order_by("pk"))
    for item in found:
        item.looked_at, item.evident = at, evident.get(item.pk, "")
    NoticeItem.objects.bulk_update(found, ["looked_at", "evident"])
    if proposed := [item for item in found if item.evident]:
        record_many(proposed, "propose", actor=Actor.system(), at=at)
    return len(found)
