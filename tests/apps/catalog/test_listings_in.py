from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import accounts, catalog, pictures
from tests.factories.accounts import AT
from tests.factories.pictures import Folder

from touchmark.apps.catalog.listings_in import import_listings
from touchmark.apps.catalog.marketplaces import Marketplaces, NoSuchMarketplace
from touchmark.apps.catalog.models import Listing, ListingImage, Seller
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.screening.intake import Intake
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
TEAPOT = {
    "listing_id": "L-1",
    "marketplace": "bazaar",
    "seller_id": "s-1",
    "title": "Téapot, 1 l ☕",
    "description": "It pours.",
    "brand": "Aldermoor",
    "category": "Home > Tea",
    "price": 12.9,
    "currency": "EUR",
    "condition": "new",
    "quantity": 3,
    "gtin": "04012345678901",
    "url": "https://bazaar.example/L-1",
    "images": ["a.png", "b.png"],
    "attributes": '{"colour": "red"}',
    "offered_in": ["DE", "FR"],
    "ships_from": "CN",
    "published_at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    "sold_count": 5,
    "first_sold_at": datetime(2026, 1, 3, tzinfo=UTC),
    "views": 100,
}
PHOTOS = {"a.png": pictures.drawn(1), "b.png": pictures.drawn(2)}


@pytest.fixture(autouse=True)
def bazaar() -> None:
    catalog.marketplace("bazaar", "The Bazaar")


def take_in(*said: dict[str, Any], extra: pa.RecordBatch | None = None, default: str = "", **more: Any) -> Intake:
    usual = {
        "images": Folder(PHOTOS),
        "actor": Actor.system(),
        "at": AT,
        "marketplaces": Marketplaces.open_now(default),
    }
    return import_listings(catalog.rows(*said), extra, **usual | more)


def counts(intake: Intake) -> tuple[int, int, int, int, int]:
    return intake.new, intake.changed, intake.unchanged, intake.repeated, intake.refused


def pictures_of(listing_id: str = "L-1") -> list[tuple[str, bool, str]]:
    places = ListingImage.objects.filter(listing__listing_id=listing_id).order_by("place")
    return [(place.name, place.blob_id is not None, place.problem) for place in places]


def test_every_column_is_kept() -> None:
    extra = pa.RecordBatch.from_pylist([{"label": "x", "note": None}])
    assert counts(take_in(TEAPOT, extra=extra)) == (1, 0, 0, 0, 0)
    listing = Listing.objects.select_related("seller", "marketplace").get()
    for column in (
        "title",
        "description",
        "brand",
        "category",
        "currency",
        "condition",
        "quantity",
        "gtin",
        "url",
        "attributes",
        "offered_in",
        "ships_from",
        "published_at",
        "sold_count",
        "first_sold_at",
        "views",
    ):
        assert getattr(listing, column) == TEAPOT[column], column
    assert (listing.price, listing.marketplace.slug, listing.extra) == (Decimal("12.9"), "bazaar", {"label": "x"})
    assert listing.seller
    assert (listing.seller.seller_id, listing.seller.digest) == ("s-1", "")
    assert (listing.received_at, listing.changed_at, listing.unreadable) == (AT, AT, [])
    assert pictures_of() == [("a.png", True, ""), ("b.png", True, "")]


def test_the_same_again_writes_nothing() -> None:
    take_in(TEAPOT)
    before = list(Listing.objects.values()), list(ListingImage.objects.values()), list(Seller.objects.values())
    with CaptureQueriesContext(connection) as asked:
        assert counts(take_in(TEAPOT, at=LATER)) == (0, 0, 1, 0, 0)
    after = list(Listing.objects.values()), list(ListingImage.objects.values()), list(Seller.objects.values())
    assert after == before
    assert [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Teapot"},
        {"price": 13.0},
        {"price": None},
        {"currency": "CNY"},
        {"offered_in": ["DE"]},
        {"attributes": '{"colour":"red"}'},
        {"seller_id": "s-2"},
        {"seller_id": None},
        {"images": ["b.png", "a.png"]},
        {"images": ["a.png"]},
        {"images": None},
        {"unreadable": ["price"]},
        {"published_at": None},
    ],
)
def test_whatever_the_shopper_sees_differently_is_a_change(change: dict[str, Any]) -> None:
    take_in(TEAPOT)
    digest = Listing.objects.get().digest
    assert counts(take_in(TEAPOT | change, at=LATER)) == (0, 1, 0, 0, 0)
    listing = Listing.objects.get()
    assert (listing.received_at, listing.changed_at) == (AT, LATER)
    assert listing.digest != digest
    assert counts(take_in(TEAPOT | change)) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize("change", [{"views": 101}, {"sold_count": 6}, {"quantity": None}])
def test_how_many_there_are_is_kept_and_is_no_change_of_the_listing(change: dict[str, Any]) -> None:
    take_in(TEAPOT)
    before = Listing.objects.get()
    assert counts(take_in(TEAPOT | change, at=LATER)) == (0, 1, 0, 0, 0)
    after = Listing.objects.get()
    assert (after.digest, after.changed_at) == (before.digest, AT)
    ((column, value),) = change.items()
    assert getattr(after, column) == value
    assert pictures_of() == [("a.png", True, ""), ("b.png", True, "")]


def test_the_same_picture_under_another_name_or_other_bytes_under_the_same() -> None:
    take_in(TEAPOT)
    assert counts(take_in(TEAPOT, images=Folder({**PHOTOS, "b.png": pictures.drawn(3)}))) == (0, 1, 0, 0, 0)
    assert ListingImage.objects.values("blob").distinct().count() == 2


def test_a_missing_picture_leaves_a_place_and_a_warning() -> None:
    result = take_in(TEAPOT, images=Folder({"a.png": PHOTOS["a.png"]}))
    assert counts(result) == (1, 0, 0, 0, 0)
    assert pictures_of() == [("a.png", True, ""), ("b.png", False, "missing")]
    (problem,) = result.problems
    assert (problem.row, problem.column, problem.value, problem.severity) == (1, "images", "b.png", "warning")
    assert counts(take_in(TEAPOT)) == (0, 1, 0, 0, 0)
    assert pictures_of() == [("a.png", True, ""), ("b.png", True, "")]


def test_a_picture_that_does_not_come_the_second_time_stays() -> None:
    take_in(TEAPOT)
    result = take_in(TEAPOT, images=pictures.EMPTY)
    assert (counts(result), result.warnings) == ((0, 0, 1, 0, 0), 2)
    assert pictures_of() == [("a.png", True, ""), ("b.png", True, "")]
    assert counts(take_in(TEAPOT | {"title": "Teapot"}, images=pictures.EMPTY)) == (0, 1, 0, 0, 0)
    assert pictures_of() == [("a.png", True, ""), ("b.png", True, "")]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (pictures.TOO_LARGE, "too_many_pixels"),
        (pictures.HTML, "not_an_image"),
        (pictures.SVG_WITH_SCRIPT, "unsafe_svg"),
    ],
)
def test_an_unreadable_picture_is_kept_and_told(data: bytes, problem: str) -> None:
    result = take_in(TEAPOT, images=Folder({**PHOTOS, "b.png": data}))
    assert pictures_of() == [("a.png", True, ""), ("b.png", True, problem)]
    assert [(warning.column, warning.severity) for warning in result.problems] == [("images", "warning")]
    again = take_in(TEAPOT, images=Folder({**PHOTOS, "b.png": data}))
    assert (counts(again), again.problems) == ((0, 0, 1, 0, 0), result.problems)


def test_one_file_one_marketplace_or_several() -> None:
    catalog.marketplace("souk", "Grand Souk")
    rows = [
        {"listing_id": "1", "title": "A", "marketplace": "souk"},
        {"listing_id": "1", "title": "A"},
        # by its name as well, whatever the case
        {"listing_id": "2", "title": "A", "marketplace": "grand SOUK"},
    ]
    assert counts(take_in(*rows, default="bazaar")) == (3, 0, 0, 0, 0)
    found = Listing.objects.order_by("id").values_list("marketplace__slug", "listing_id")
    assert list(found) == [("souk", "1"), ("bazaar", "1"), ("souk", "2")]


@pytest.mark.parametrize("word", [None, "amazom"])
def test_a_marketplace_that_nobody_opened(word: str | None) -> None:
    folder = Folder(PHOTOS)
    result = take_in(
        TEAPOT | {"marketplace": word}, {"listing_id": "2", "title": "B", "marketplace": "bazaar"}, images=folder
    )
    assert counts(result) == (1, 0, 0, 0, 1)
    (problem,) = result.problems
    assert (problem.row, problem.column, problem.value) == (1, "marketplace", word)
    assert "Open here: bazaar" in problem.remedy
    # nothing of a refused row is fetched or kept
    assert folder.asked == []


def test_a_default_that_nobody_opened() -> None:
    with pytest.raises(NoSuchMarketplace, match=r"'amazom'.*bazaar"):
        Marketplaces.open_now("amazom")


def test_of_rows_that_name_the_same_listing_the_last_counts() -> None:
    first, last = TEAPOT | {"title": "First"}, TEAPOT | {"title": "Last"}
    result = take_in(first, {"listing_id": "L-2", "title": "Other", "marketplace": "bazaar"}, last)
    assert counts(result) == (2, 0, 0, 1, 0)
    assert Listing.objects.get(listing_id="L-1").title == "Last"
    (problem,) = result.problems
    assert (problem.row, problem.severity, problem.value) == (1, "warning", "L-1")
    assert "row 3" in problem.reason


@pytest.mark.parametrize(
    ("change", "column", "severity"),
    [
        ({"listing_id": "x" * 201}, "listing_id", "refused"),
        ({"seller_id": "x" * 201}, "seller_id", "warning"),
        ({"price": 1e300}, "price", "warning"),
    ],
)
def test_what_the_database_cannot_hold(change: dict[str, Any], column: str, severity: str) -> None:
    result = take_in(TEAPOT | change)
    assert [(problem.column, problem.severity) for problem in result.problems] == [(column, severity)]
    if severity == "warning":
        assert Listing.objects.get().unreadable == [column]


def test_a_day_before_the_calendar_begins_costs_the_value_only() -> None:
    batch = catalog.rows(TEAPOT)
    place = batch.schema.get_field_index("published_at")
    never = pa.array([-(2**62)], pa.int64()).cast(pa.timestamp("us", tz="UTC"))
    result = import_listings(
        batch.set_column(place, batch.schema.field(place), never),
        images=Folder(PHOTOS),
        marketplaces=Marketplaces.open_now(),
        actor=Actor.system(),
        at=AT,
    )
    assert [(problem.column, problem.severity) for problem in result.problems] == [("published_at", "warning")]
    listing = Listing.objects.get()
    assert (listing.published_at, listing.unreadable) == (None, ["published_at"])


def test_html_in_a_title_is_text_like_any_other() -> None:
    take_in(TEAPOT | {"title": "<img src=x onerror=alert(1)>"})
    assert Listing.objects.get().title == "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.REVIEWER])
def test_only_those_who_run_the_installation(role: Role) -> None:
    with pytest.raises(NotYours):
        take_in(TEAPOT, actor=accounts.actor(role))
    assert not Listing.objects.exists()


def test_thousands_cost_a_few_questions_each_batch(django_assert_max_num_queries: Any) -> None:
    said = [
        {
            "listing_id": f"L-{n}",
            "title": f"T {n}",
            "marketplace": "bazaar",
            "seller_id": f"s-{n % 50}",
            "images": ["a.png"],
        }
        for n in range(400)
    ]
    take_in(*said)
    with django_assert_max_num_queries(60):
        assert counts(take_in(*(row | {"price": 1.0} for row in said))) == (0, 400, 0, 0, 0)
    assert (Seller.objects.count(), ListingImage.objects.count()) == (50, 400)


def test_videos_that_are_no_list_cost_themselves_only() -> None:
    assert catalog.listing(title="A kettle", kind="", videos="[" * 100_000).title == "A kettle"
