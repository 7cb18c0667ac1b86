"""Two files with the same listings at the same time."""

import pytest
from tests.factories import catalog
from tests.factories.accounts import AT
from tests.factories.at_once import at_once
from tests.factories.pictures import Folder, drawn

from touchmark.apps.blobs.models import Blob
from touchmark.apps.catalog import actions
from touchmark.apps.catalog.listings_in import import_listings
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.models import Listing, ListingImage, ListingSnapshot, Seller
from touchmark.engine.screening.intake import Intake
from touchmark.engine.terms import Actor

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_file_twice_at_once_is_taken_in_once() -> None:
    catalog.marketplace("bazaar")
    catalog.marketplace("souk")
    said = [
        {
            "listing_id": str(n),
            "title": "T",
            "marketplace": ("bazaar", "souk")[n % 2],
            "seller_id": "s",
            "images": ["a"],
        }
        for n in range(60)
    ]

    def take_in(rows: list[dict[str, object]]) -> Intake:
        found = Marketplaces.open_now()
        photos = Folder({"a": drawn()})
        return import_listings(catalog.rows(*rows), images=photos, marketplaces=found, actor=Actor.system(), at=AT)

    # the other way round, so that two that waited for one another would be seen
    given = at_once(lambda: take_in(said), lambda: take_in(said[::-1]), lambda: take_in(said))
    assert sorted((intake.new, intake.unchanged) for intake in given) == [(0, 60), (0, 60), (60, 0)]
    counts = (Listing.objects.count(), Seller.objects.count(), ListingImage.objects.count(), Blob.objects.count())
    assert counts == (60, 2, 60, 1)


def test_frozen_twice_at_once_it_is_one() -> None:
    listing = catalog.listing()
    given = at_once(*[lambda: actions.take_snapshot(listing, at=AT)] * 3)
    assert {snapshot.pk for snapshot in given} == {ListingSnapshot.objects.get().pk}
