"""Marketplaces, sellers and listings for tests, taken in the way files are."""

import itertools
from datetime import datetime
from typing import Any

import pyarrow as pa

from tests.factories.accounts import AT
from tests.factories.pictures import EMPTY, Folder
from touchmark.apps.accounts.models import Organisation
from touchmark.apps.catalog import actions
from touchmark.apps.catalog.listings_in import import_listings
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.models import Listing, Marketplace, Seller
from touchmark.engine.screening.schemas import LISTINGS, SELLERS
from touchmark.engine.terms import Actor

_numbers = itertools.count(1)


def marketplace(slug: str = "bazaar", name: str = "", **about: Any) -> Marketplace:
    """Give a marketplace, opened if it is not open yet."""
    found = Marketplace.objects.filter(slug=slug).first()
    opened = {"name": name or slug.title(), "territories": ["DE", "FR"], "actor": Actor.system(), "at": AT}
    return found or actions.open_marketplace(slug=slug, **opened | about)


def listing(
    *, on: str = "bazaar", of: Organisation | None = None, pictures: Folder = EMPTY, at: datetime = AT, **said: Any
) -> Listing:
    """Make a listing; ``of`` is the organisation whose shop offers it. ``kind`` and ``videos`` as in files."""
    market = marketplace(on)
    row = {"listing_id": f"L-{next(_numbers)}", "title": "A teapot", "marketplace": on, "seller_id": "s-1"} | said
    besides = {name: [row.pop(name)] for name in ("kind", "videos") if name in row}
    extra = pa.record_batch(besides) if besides else None
    about: Any = {"images": pictures, "marketplaces": Marketplaces.open_now(), "actor": Actor.system(), "at": at}
    import_listings(rows(row), extra, **about)
    made = Listing.objects.select_related("seller", "marketplace").get(marketplace=market, listing_id=row["listing_id"])
    if of is not None and made.seller is not None:
        Seller.objects.filter(pk=made.seller.pk).update(organisation=of)
        made.refresh_from_db()
    return made


def rows(*said: dict[str, Any]) -> pa.RecordBatch:
    """Give rows of a file of listings, numbered from 1."""
    whole = [{"row": number, "unreadable": []} | row for number, row in enumerate(said, 1)]
    return pa.RecordBatch.from_pylist(whole, schema=LISTINGS)


def seller_rows(*said: dict[str, Any]) -> pa.RecordBatch:
    """Give rows of a file of sellers, numbered from 1."""
    return pa.RecordBatch.from_pylist([{"row": number} | row for number, row in enumerate(said, 1)], schema=SELLERS)
