"""Listings that their marketplace does not have any more: it says which, and why; taken in again, they are back."""

from collections.abc import Collection, Mapping
from datetime import datetime

from touchmark.apps.audit.bulk import Happened, append_many
from touchmark.apps.catalog.kinds import Gone
from touchmark.apps.catalog.models import Listing
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role


def note(said: Mapping[str, Gone], *, marketplace: str, actor: Actor, at: datetime) -> list[Listing]:
    """
    Note which listings a marketplace does not have any more, by their numbers; give those of which that is news, their
    rows taken. One that is not known here is left out.

    :raises NotYours: if the actor is not the marketplace's program, nor runs the installation
    """
    if actor.marketplace != marketplace and not actor.has(Role.OPERATOR, Role.SYSTEM):
        raise NotYours("A marketplace says itself which of its listings are gone.")
    here = Listing.objects.filter(marketplace__slug=marketplace, listing_id__in=list(said), gone_at=None)
    news = list(here.select_for_update(of=("self",)).select_related("marketplace", "seller").order_by("pk"))
    for listing in news:
        listing.gone_at, listing.gone_because = at, said[listing.listing_id]
    Listing.objects.bulk_update(news, ["gone_at", "gone_because"])
    streams = (Happened(f"listing:{one.pk}", "gone", {"because": one.gone_because}) for one in news)
    append_many(streams, actor=actor, at=at)
    return news


def known(listing_ids: Collection[str], *, marketplace: str) -> frozenset[str]:
    """Give those of these numbers that are a listing of a marketplace here, gone or not."""
    here = Listing.objects.filter(marketplace__slug=marketplace, listing_id__in=list(listing_ids))
    return frozenset(here.values_list("listing_id", flat=True))
