"""
A shop on django-oscar knows no suspended sellers: each product of one is taken off sale, and put back, by itself.

What another decision restricts is left as it is; what the shop had hidden itself stays hidden (``flows.tell_oscar``).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.told import RESTORED, RESTRICTED
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.outbox import queries as told
from touchmark.engine.lifecycle.decision import STANDING
from touchmark.integrations.oscar.shop import SCHEME


def take_down(decision: Decision, details: Mapping[str, Any], *, at: datetime) -> None:
    """Tell a shop that must be told so to take the seller's products off sale, one by one."""
    if decision.marketplace.webhook_url.startswith(SCHEME):
        _put(decision, _free(decision), RESTRICTED, {**details, "action": "remove"}, at=at)


def put_back(decision: Decision, *, at: datetime) -> None:
    """Tell such a shop to put back what it was told about, where nothing else stands against it."""
    if decision.marketplace.webhook_url.startswith(SCHEME):
        known = told.subjects_to(decision.marketplace.slug, (f"listing:{listing.pk}" for listing in _free(decision)))
        back = [listing for listing in _free(decision) if f"listing:{listing.pk}" in known]
        _put(decision, back, RESTORED, {"effective_at": at.isoformat()}, at=at)


def _free(decision: Decision) -> Iterable[Listing]:
    restricted = Decision.objects.filter(listing__seller=decision.seller, status__in=STANDING)
    return Listing.objects.filter(seller=decision.seller).exclude(pk__in=restricted.values("listing")).order_by("pk")


def _put(decision: Decision, listings: Iterable[Listing], kind: str, more: Mapping[str, Any], *, at: datetime) -> None:
    seller = decision.seller.seller_id if decision.seller else None
    marketplace = decision.marketplace.slug
    for listing in listings:
        data = {"decision": decision.ref, "marketplace": marketplace, "seller_id": seller}
        data |= {"listing_id": listing.listing_id, **more}
        outbox.tell_marketplace(marketplace, kind, data, at=at, subject=f"listing:{listing.pk}")
