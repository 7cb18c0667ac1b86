"""What waits at the desk is one row per listing, made anew with whatever it waits for."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from tests.factories import catalog, decisions, registry
from tests.factories.accounts import AT

from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices import actions as notices
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import waiting
from touchmark.apps.screening.models import Assessment, Waiting
from touchmark.engine.terms import Verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]
LATER = AT + timedelta(hours=1)


@pytest.fixture
def own_folders(db: None, settings: Any, tmp_path: Path) -> None:
    """Keep files and the compiled register in folders of this test."""
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = (tmp_path / name for name in ("blobs", "snaps", "shards"))


def row(name: str) -> Waiting | None:
    return Waiting.objects.filter(listing__listing_id=name).first()


def screened(**said: object) -> Listing:
    made = catalog.listing(**{"title": "АLDЕRМООR leather bag", "price": 2.0, "currency": "EUR"} | said)
    screening.screen_catalogue(at=AT)
    return made


def test_a_listing_that_is_found_has_a_row_with_what_the_queue_narrows_by() -> None:
    right = registry.verified(text="ALDERMOOR")
    screened(listing_id="L", category="Baby > Toys", views=70, sold_count=8, description="A soft bag made of leather")
    found = row("L")
    assert found is not None
    assert found.assessment is not None
    assert (found.right, found.brand, found.category) == (right, "aldermoor", "baby > toys")
    assert (found.safety, found.rank, found.views, found.sold) == ("children", 5, 70, 8)
    assert found.language == "en"
    assert found.doubt == pytest.approx(1 - found.assessment.risk)


def test_a_clear_listing_has_none() -> None:
    registry.verified(text="ALDERMOOR")
    screened(listing_id="L", title="A teapot")
    assert row("L") is None


def test_a_listing_that_becomes_clear_waits_no_more() -> None:
    registry.verified(text="ALDERMOOR")
    screened(listing_id="L")
    catalog.listing(listing_id="L", title="A teapot", price=2.0, currency="EUR")
    screening.screen_catalogue(at=LATER)
    assert row("L") is None


def test_one_that_says_something_new_waits_since_it_first_did() -> None:
    registry.verified(text="ALDERMOOR")
    screened(listing_id="L")
    screened(listing_id="L", title="АLDЕRМООR leather bag, again")
    screening.screen_catalogue(at=LATER)
    found = row("L")
    assert found is not None
    assert found.since == AT


def test_notices_come_first_and_go_with_their_withdrawal() -> None:
    made = decisions.people()
    made.listings["clear"] = catalog.listing(listing_id="L", title="A teapot")
    screening.screen_catalogue(at=AT)
    first = decisions.notice(made, "clear")
    found = row("L")
    assert found is not None
    assert (found.notices, found.rank, found.assessment, found.since) == (1, 3, None, AT)
    notices.withdraw(ref=first.ref, actor=made.vera, at=LATER)
    assert row("L") is None


def test_settled_it_goes_and_opened_again_it_is_back() -> None:
    registry.verified(text="ALDERMOOR")
    screened(listing_id="L")
    assessment = Assessment.objects.get()
    screening.settle(assessment=assessment, at=LATER)
    assert row("L") is None
    screening.open_again(assessment=assessment)
    assert row("L") is not None


def test_the_rows_are_what_the_assessments_say() -> None:
    """The slow and obvious version: every open assessment has its row, and nothing else has one."""
    registry.verified(text="ALDERMOOR")
    for number in range(6):
        catalog.listing(listing_id=f"L-{number}", title="АLDЕRМООR bag" if number % 2 else "A teapot", price=2.0)
    screening.screen_catalogue(at=AT)
    open_now = Assessment.objects.filter(superseded_at=None, settled_at=None).exclude(verdict=Verdict.CLEAR)
    assert set(Waiting.objects.values_list("assessment_id", flat=True)) == set(open_now.values_list("pk", flat=True))
    assert Waiting.objects.count() == 3


def test_views_and_sales_follow_the_marketplace() -> None:
    registry.verified(text="ALDERMOOR")
    screened(listing_id="L", views=1)
    Listing.objects.update(views=900, sold_count=20)
    cache.delete("waiting-reach")
    waiting.renew_reach(LATER)
    found = row("L")
    assert found is not None
    assert (found.views, found.sold) == (900, 20)


def test_views_and_sales_are_looked_at_once_in_ten_minutes() -> None:
    registry.verified(text="ALDERMOOR")
    screened(listing_id="L", views=1)
    cache.delete("waiting-reach")
    waiting.renew_reach(LATER)
    Listing.objects.update(views=900)
    waiting.renew_reach(LATER)
    found = row("L")
    assert found is not None
    assert found.views == 1


def test_two_listings_say_the_same_whatever_their_case_and_spaces() -> None:
    assert waiting.text_key("A  Bag", "of Leather ") == waiting.text_key("a bag", "OF  leather")
    assert waiting.text_key("A bag", "of leather") != waiting.text_key("A bag of", "leather")
