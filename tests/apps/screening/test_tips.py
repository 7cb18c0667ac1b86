"""What shoppers say: joined per listing, counted at the desk, no notice, no flood, forgotten."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.web.worlds import noticed

from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, DismissReason
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices.models import Notice
from touchmark.apps.outbox.models import Message
from touchmark.apps.screening import tips
from touchmark.apps.screening.kinds import TipReason
from touchmark.apps.screening.models import Tip, Waiting
from touchmark.apps.screening.tips import FROM_A_PLACE, KEPT, SETTLED_KEPT, Said, TooManyTips
from touchmark.apps.screening.waiting import ENOUGH_TIPS
from touchmark.engine.terms import Role
from touchmark.flows.decide import NoticeAnswer, Seen, decide

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


def said(listing: Listing, *places: str, at: Any = AT, text: str = "The seam is crooked.") -> None:
    for place in places:
        tips.say(listing=listing, said=Said(TipReason.LOOKS_FAKE, text, place), at=at)


def dismissed(listing: Listing, *, at: Any, notices: dict[str, NoticeAnswer] | None = None) -> None:
    choice = Choice(kind=DecisionKind.NONE, facts="It is genuine.", request_key=uuid4(), reason=DismissReason.GENUINE)
    listing.refresh_from_db()
    decide(
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        choice=choice,
        seen=Seen(listing.digest, None, frozenset(notices or {})),
        answers=notices or {},
        actor=accounts.actor(Role.REVIEWER),
        at=at,
    )


def test_one_or_two_shoppers_bring_nothing_to_the_desk_and_three_do() -> None:
    listing = catalog.listing()
    said(listing, "a", "b", "b")
    assert not Waiting.objects.exists()
    said(listing, "c", at=AT + HOUR)
    row = Waiting.objects.get()
    assert (row.tips, row.notices, row.assessment, row.rank, row.since) == (ENOUGH_TIPS, 0, None, Waiting.OTHER, AT)


def test_a_listing_that_waits_anyway_shows_each_of_them_and_its_place_stays() -> None:
    vera = registry.holder()
    listing = catalog.listing()
    noticed(vera, registry.verified(vera), listing)
    before = Waiting.objects.get().rank
    said(listing, "a")
    row = Waiting.objects.get()
    assert (row.tips, row.notices, row.rank) == (1, 1, before)


def test_it_is_no_notice_and_nobody_is_written_to() -> None:
    said(catalog.listing(), "a", "b", "c", "d")
    assert not Notice.objects.exists()
    assert not Letter.objects.exists()
    assert not Message.objects.exists()


def test_a_decision_settles_them_and_new_ones_count_anew() -> None:
    listing = catalog.listing()
    said(listing, "a", "b", "c")
    dismissed(listing, at=AT + HOUR)
    assert not Waiting.objects.exists()
    assert not tips.open_on(listing).exists()
    said(listing, "a", at=AT + 2 * HOUR)
    assert Tip.objects.count() == 4
    assert not Waiting.objects.exists()


def test_one_place_is_stopped_after_some_listings_and_others_are_not() -> None:
    for number in range(FROM_A_PLACE):
        said(catalog.listing(listing_id=f"F-{number}"), "flood")
    last = catalog.listing(listing_id="F-last")
    with pytest.raises(TooManyTips):
        said(last, "flood", at=AT + HOUR / 2)
    said(last, "elsewhere")
    said(last, "flood", at=AT + HOUR)
    assert Tip.objects.filter(listing=last).count() == 2


def test_where_from_is_not_kept_in_clear() -> None:
    said(catalog.listing(), "198.51.100.7")
    kept = str(Tip.objects.values().get())
    assert "198.51.100.7" not in kept


def test_they_are_forgotten_once_they_have_served_their_purpose() -> None:
    one, other = catalog.listing(listing_id="A"), catalog.listing(listing_id="B")
    said(one, "a", "b", "c")
    said(other, "a", "b", "c")
    dismissed(one, at=AT + HOUR)
    assert tips.forget(AT + SETTLED_KEPT) == 0
    assert tips.forget(AT + HOUR + SETTLED_KEPT) == 3
    assert Waiting.objects.get().listing == other
    assert tips.forget(AT + KEPT) == 3
    assert not Waiting.objects.exists()
    assert not Tip.objects.exists()
