"""A notice as Lumen's database takes it, redacted, once every listing of it has its answer."""

from typing import Any

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.notices.models import Guest, Notice, NoticeItem
from touchmark.apps.notices.standing import OPEN
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.reporting.lumen import Sent, notice
from touchmark.engine.terms import RightKind

#: Where a listing was acted on, whatever came of it later.
ACTED_ON = (ItemStatus.UPHELD, ItemStatus.RETRACTED, ItemStatus.PUT_BACK, ItemStatus.REVERSED)
#: What never became a notice.
NEVER_SENT = (FilingStatus.DRAFT, FilingStatus.UNCONFIRMED)


class NothingToExport(TouchmarkError):
    """There is no such notice, or it is not settled: what came of it is part of the export."""


def exported(ref: str) -> dict[str, Any]:
    """
    Give a notice in the JSON of Lumen's ``POST /notices``: no person, no address and no seller in it.

    :raises NothingToExport: if there is none of that reference, or something of it waits
    """
    found = (
        Notice.objects.exclude(status__in=NEVER_SENT).select_related("right", "holder", "agent").filter(ref=ref).first()
    )
    if found is None:
        raise NothingToExport(f"There is no notice {ref} that was sent.")
    items = list(found.items.select_related("listing__marketplace", "listing__seller").order_by("number"))
    if any(item.status in OPEN for item in items):
        raise NothingToExport(f"Notice {ref} is not settled: some of its listings wait for an answer.")
    markets = list(dict.fromkeys(item.listing.marketplace.name for item in items))
    guest = Guest.objects.filter(notice=found).exists()
    return notice(
        Sent(
            ref=found.ref,
            kind=RightKind(found.right.kind),
            work=found.right.text or str(found.right),
            statement=found.statement,
            sender="REDACTED" if guest else (found.agent or found.holder).name,
            principal="REDACTED" if guest else (found.right.owner or found.holder.name),
            recipient=", ".join(markets),
            sent_at=found.filed_at,
            action=_action(items),
            urls=[item.listing.url for item in items if item.listing.url],
            names=_names(found, items),
        )
    )


def _action(items: list[NoticeItem]) -> str:
    acted = sum(item.status in ACTED_ON for item in items)
    if acted == len(items):
        return "Yes"
    return "Partial" if acted else "No"


def _names(found: Notice, items: list[NoticeItem]) -> list[str]:
    """Give whose names must not appear: the notifier's people, a guest, and every seller."""
    parties = filter(None, (found.holder_id, found.agent_id))
    names = [one.user.name for party in parties for one in accounts.members_of(party)]
    names += Guest.objects.filter(notice=found).values_list("name", flat=True)
    for seller in {item.listing.seller for item in items if item.listing.seller}:
        names += [name for name in (seller.name, seller.seller_id) if name]
        if seller.organisation_id:
            members = accounts.members_of(seller.organisation_id)
            names += [name for one in members for name in (one.user.name, one.organisation.name)]
    return names
