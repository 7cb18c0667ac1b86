from datetime import UTC, datetime
from typing import Any

import pytest
from tests.factories import catalog, pictures
from tests.factories.pictures import Folder

from touchmark.apps.blobs import queries as blobs
from touchmark.apps.catalog import queries
from touchmark.apps.catalog.models import Listing, ListingImage
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.engine.screening.schemas import LISTINGS

pytestmark = pytest.mark.django_db


def test_a_listing_comes_as_the_engine_wants_it() -> None:
    when = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    listing = catalog.listing(
        listing_id="L-1",
        title="Tea",
        price=12.9,
        offered_in=["DE"],
        published_at=when,
        views=4,
        unreadable=["gtin"],
        images=["a.png", "gone.png"],
        pictures=Folder({"a.png": pictures.drawn()}),
    )
    ((keys, batch),) = queries.batches(size=10)
    assert keys == [listing.pk]
    assert batch.schema.equals(LISTINGS)
    assert queries.digests_of(batch) == [Listing.objects.get().digest]
    (row,) = batch.to_pylist()
    assert (row["row"], row["listing_id"], row["marketplace"], row["seller_id"]) == (1, "L-1", "bazaar", "s-1")
    assert (row["price"], row["offered_in"], row["published_at"], row["views"]) == (12.9, ["DE"], when, 4)
    # blank is missing, but where nothing is unreadable the list is empty
    assert (row["description"], row["brand"], row["attributes"], row["unreadable"]) == (None, None, None, ["gtin"])
    first, second = row["images"]
    assert first == ListingImage.objects.get(name="a.png").blob_id
    assert blobs.bytes_of(first) == pictures.drawn()
    with pytest.raises(UnreadableImage) as refusal:
        blobs.bytes_of(second)
    assert refusal.value.code == "missing"


def test_a_missing_picture_named_like_a_digest_leads_to_nobody_elses() -> None:
    catalog.listing(images=["a.png"], pictures=Folder({"a.png": pictures.drawn()}))
    secret = ListingImage.objects.get().blob_id
    catalog.listing(images=[secret])
    *_, (_, batch) = queries.batches(size=1)
    (name,) = batch.to_pylist()[0]["images"]
    with pytest.raises(UnreadableImage):
        blobs.bytes_of(name)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_rows_are_numbered_through_all_batches(size: int) -> None:
    made = [catalog.listing().pk for _ in range(5)]
    found = list(queries.batches(size=size))
    assert [key for keys, _ in found for key in keys] == made
    assert [row for _, batch in found for row in batch["row"].to_pylist()] == [1, 2, 3, 4, 5]
    assert max(batch.num_rows for _, batch in found) <= size


def test_some_listings_and_none() -> None:
    made = [catalog.listing().pk for _ in range(4)]
    found = list(queries.batches(keys=[made[3], made[1], made[3], 99_999], size=2))
    assert [key for keys, _ in found for key in keys] == [made[1], made[3]]
    assert list(queries.batches(keys=[], size=2)) == []


def test_the_whole_catalogue_costs_three_questions_a_batch(django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        catalog.listing()
    with django_assert_max_num_queries(3 * 2 + 1):
        assert len(list(queries.batches(size=3))) == 2
