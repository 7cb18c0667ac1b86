"""
Notices, sellers' declarations and results, published as the E-Commerce Law of China asks (art. 44), redacted.

Published once each is settled, and anew where the result changed: what stands is what was true last.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit import actions as audit
from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.counters.standing import OPEN
from touchmark.apps.notices.models import Guest, NoticeItem
from touchmark.apps.reports.models import Publication
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.policy.reasons import grounds, reasons
from touchmark.engine.reporting.redaction import redacted
from touchmark.engine.terms import Actor

#: Laws that have them published.
PUBLISHED_UNDER = ("cn",)
#: Results: what was withdrawn or lapsed before anybody decided has none.
RESULTS = (
    ItemStatus.UPHELD,
    ItemStatus.REFUSED,
    ItemStatus.RETRACTED,
    ItemStatus.PUT_BACK,
    ItemStatus.REVERSED,
)
BATCH = 200


def due() -> QuerySet[NoticeItem]:
    """Give what is settled, answered or not, and not published as it stands now, the oldest first."""
    settled = NoticeItem.objects.filter(regime__in=PUBLISHED_UNDER, settled_at__isnull=False, status__in=RESULTS)
    not_yet = Q(publication=None) | Q(publication__published_at__lt=F("settled_at"))
    pending = CounterNotice.objects.filter(status__in=OPEN).values("item")
    return settled.filter(not_yet).exclude(pk__in=pending).order_by("settled_at", "id")


def keep_up(*, at: datetime) -> int:
    """Publish what is due, each in a transaction of its own, and give how many."""
    return sum(_published(key, at) for key in list(due().values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _published(key: int, at: datetime) -> bool:
    taken = NoticeItem.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=key)
    item = taken.select_related(
        "notice__filed_by", "right", "holder", "listing__marketplace", "listing__seller"
    ).first()
    if item is None or not due().filter(pk=key).exists():  # another worker was first
        return False
    content = _content(item)
    Publication.objects.update_or_create(item=item, defaults={"content": content, "published_at": at})
    said = {"result": item.status}
    audit.append(stream=f"publication:{item.ref}", kind="publish", actor=Actor.system(), at=at, payload=said)
    return True


def _content(item: NoticeItem) -> dict[str, Any]:
    names = _names(item)
    given = CounterNotice.objects.filter(item=item).order_by("filed_at", "id")
    reason = reasons().get(item.reason)
    return {
        "marketplace": item.listing.marketplace.name,
        "kind": item.right.kind,
        "reason": reason.says if reason else item.reason,
        "filed_on": item.filed_at.date().isoformat(),
        "notice": redacted(item.statement, names=names),
        "declarations": [_declaration(counter, names) for counter in given],
        "result": item.status,
        "settled_on": item.settled_at.date().isoformat() if item.settled_at else "",
        "why": redacted(item.outcome_text, names=names),
    }


def _declaration(counter: CounterNotice, names: list[str]) -> dict[str, str]:
    ground = grounds().get(counter.ground)
    return {
        "ground": ground.says if ground else "",
        "text": redacted(counter.explanation, names=names),
        "filed_on": counter.filed_at.date().isoformat(),
        "status": counter.status,
    }


def _names(item: NoticeItem) -> list[str]:
    """Give whose names must not appear: of either side, and of their people."""
    seller = item.listing.seller
    names = [item.holder.name, item.notice.filed_by.name if item.notice.filed_by else ""]
    names += [str(value) for name, value in item.notice.particulars.items() if name in PERSONAL]
    names += [guest.name for guest in Guest.objects.filter(notice=item.notice)]
    names += [seller.name, seller.seller_id, seller.trader] if seller else []
    for organisation in filter(None, [item.holder_id, item.agent_id, seller.organisation_id if seller else None]):
        for one in accounts.members_of(organisation):
            names += [one.user.name, one.organisation.name]
    for counter in CounterNotice.objects.filter(item=item):
        names += [str(value) for name, value in counter.particulars.items() if name in PERSONAL]
    return [name for name in names if name]


#: Elements of a notice or an answer that say who somebody is.
PERSONAL = ("name", "signature", "address", "phone", "email")


def published() -> QuerySet[Publication]:
    """Give what is published, the latest first."""
    return Publication.objects.order_by("-published_at", "-id")
