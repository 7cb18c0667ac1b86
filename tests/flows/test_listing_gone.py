"""Listings that are gone: named so in a list, frozen where they were reported, judged when they come back."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.web.worlds import decided, noticed
from touchmark.apps.audit.models import Event
from touchmark.apps.catalog.kinds import Gone
from touchmark.apps.catalog.models import Listing, ListingSnapshot
from touchmark.apps.catalog.naming import named
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import actions
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.notices.record import record_filing
from touchmark.apps.registry.models import Right
from touchmark.apps.reports import lumen
from touchmark.apps.reports.lumen import NothingToExport
from touchmark.apps.screening.models import Waiting
from touchmark.apps.tiers import queries as tiers
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.terms import Actor, Role
from touchmark.flows import listing_gone
from touchmark.flows.decide import NoticeAnswer
from touchmark.flows.lapse import lapse_due
from touchmark.flows.listing_gone import Heard
from touchmark.flows.report_listing import NothingToReport, NotOnSale, Why, report, report_all

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = AT + DAY
BAZAAR = Actor.program_of("bazaar")


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


@pytest.fixture
def vera() -> Actor:
    return registry.holder()


@pytest.fixture
def right(vera: Actor) -> Right:
    return registry.verified(vera)


def gone(*ids: str, because: Gone = Gone.SELLER, at: Any = LATER, actor: Actor = BAZAAR) -> Heard:
    return listing_gone.say_gone(marketplace="bazaar", said=dict.fromkeys(ids, because), actor=actor, at=at)


def status(item: NoticeItem) -> str:
    item.refresh_from_db()
    return item.status


def test_what_was_reported_waits_is_frozen_and_its_notifier_is_told(vera: Actor, right: Right) -> None:
    item = noticed(vera, right, catalog.listing(listing_id="B-1", title="Teapot"))
    catalog.listing(listing_id="B-2")
    here = frozenset({"B-1", "B-2"})
    assert gone("B-1", "B-2", "B-unknown") == Heard(news=here, known=here, waiting=1)
    assert status(item) == ItemStatus.GONE
    assert ListingSnapshot.objects.get().content["title"] == "Teapot"
    letter = Letter.objects.get(kind="notice_gone")
    assert (letter.about, letter.content["because"]) == (item.ref, "seller")
    assert letter.content["by"] > (LATER + 89 * DAY).isoformat()
    assert not Waiting.objects.exists()
    running = Deadline.objects.filter(closed_at=None).values_list("clock", flat=True)
    assert list(running) == ["listing_gone"]  # our own time to act is over: there is nothing to act on


def test_said_twice_it_changes_nothing(vera: Actor, right: Right) -> None:
    noticed(vera, right, catalog.listing(listing_id="B-1"))
    gone("B-1")
    before = Event.objects.count(), Letter.objects.count()
    assert gone("B-1", because=Gone.UNKNOWN, at=LATER + DAY) == Heard(frozenset(), frozenset({"B-1"}), 0)
    assert (Event.objects.count(), Letter.objects.count()) == before
    assert Listing.objects.get().gone_because == "seller"


def test_a_listing_that_comes_back_is_judged_with_the_notice_that_stands(vera: Actor, right: Right) -> None:
    item = noticed(vera, right, catalog.listing(listing_id="B-1", title="Teapot"))
    gone("B-1")
    assert listing_gone.keep_up(at=LATER + DAY) == 0
    back = catalog.listing(listing_id="B-1", title="Teapot", at=LATER + 2 * DAY)  # the same, word for word
    assert (back.gone_at, back.gone_because, back.changed_at) == (None, "", LATER + 2 * DAY)
    assert [listing_gone.keep_up(at=LATER + 3 * DAY) for _ in range(2)] == [1, 0]
    assert status(item) == ItemStatus.RECEIVED
    assert Waiting.objects.get().notices == 1
    assert list(Deadline.objects.filter(closed_at=None).values_list("clock", flat=True)) == ["act_on_notice"]


def test_one_that_never_comes_back_ends_its_notice_and_counts_for_nobody(vera: Actor, right: Right) -> None:
    item = noticed(vera, right, catalog.listing(listing_id="B-1"))
    gone("B-1")
    assert lapse_due(LATER + 80 * DAY) == 0
    assert [lapse_due(LATER + 91 * DAY) for _ in range(2)] == [1, 0]
    assert status(item) == ItemStatus.LAPSED
    item.notice.refresh_from_db()
    assert item.notice.status == "settled"
    standing = tiers.standing_of(vera.organisation, Side.NOTIFIER, at=LATER + 92 * DAY)
    assert standing.made.numbers.good.of == 0


def test_in_a_list_it_is_named_as_gone_and_a_picture_as_a_picture(vera: Actor, right: Right) -> None:
    catalog.listing(listing_id="B-1")
    catalog.listing(listing_id="B-2")
    gone("B-1")
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    given = [named(word) for word in ("B-1", "B-2", "https://cdn.example/a/b.JPG?w=400", "https://cdn.example/v.mp4")]
    found = report_all(right=right.ref, listings=given, form=form, actor=vera, at=LATER)
    assert [(one.place, one.why) for one in found.refused] == [(1, Why.GONE), (3, Why.PICTURE), (4, Why.PICTURE)]
    assert all(one.text for one in found.refused)


def test_one_alone_is_refused_and_nothing_is_filed(vera: Actor, right: Right) -> None:
    catalog.listing(listing_id="B-1")
    gone("B-1")
    about: dict[str, Any] = {"right": right.ref, "actor": vera, "at": LATER}
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    with pytest.raises(NothingToReport, match="gone"):
        report_all(listings=[named("B-1")], form=form, **about)
    with pytest.raises(NotOnSale, match="gone"):
        report(marketplace="bazaar", listing_id="B-1", form=form, **about)


def test_a_marketplace_says_so_of_its_own_listings_alone() -> None:
    catalog.listing(listing_id="B-1")
    for stranger in (Actor.program_of("lumina"), accounts.actor(Role.SELLER), accounts.actor(Role.REVIEWER)):
        with pytest.raises(NotYours):
            gone("B-1", actor=stranger)
    catalog.marketplace("lumina")
    catalog.listing(on="lumina", listing_id="B-1")
    gone("B-1")
    assert Listing.objects.get(gone_at__isnull=False).marketplace.slug == "bazaar"


def test_what_was_joined_waits_by_itself_for_the_listing_to_come_back() -> None:
    holders = [registry.holder(name) for name in ("House", "Agency")]
    said = {"office": "EUIPO", "number": "017912345"}
    rights = [registry.verified(holder, **said) for holder in holders]
    listing = catalog.listing(listing_id="B-1")
    items = [noticed(holder, right, listing) for holder, right in zip(holders, rights, strict=True)]
    assert status(items[1]) == ItemStatus.JOINED
    assert (heard := gone("B-1")).gone == 1
    assert heard.waiting == 2
    assert [status(item) for item in items] == [ItemStatus.GONE, ItemStatus.GONE]
    assert lapse_due(LATER + 91 * DAY) == 2


def test_a_withdrawn_notice_stays_withdrawn_when_its_listing_comes_back(vera: Actor, right: Right) -> None:
    item = noticed(vera, right, catalog.listing(listing_id="B-1"))
    gone("B-1")
    actions.withdraw(ref=item.ref, actor=vera, at=LATER + DAY)
    catalog.listing(listing_id="B-1", at=LATER + 2 * DAY)
    assert listing_gone.keep_up(at=LATER + 3 * DAY) == 0
    assert status(item) == ItemStatus.WITHDRAWN


def test_a_notice_whose_last_listing_is_gone_waits_for_it_and_is_not_settled(vera: Actor, right: Right) -> None:
    catalog.listing(listing_id="B-1")
    other = catalog.listing(listing_id="B-2")
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    notice = report_all(right=right.ref, listings=[named("B-1"), named("B-2")], form=form, actor=vera, at=AT).notice
    gone("B-1")
    rita = accounts.actor(Role.REVIEWER)
    second = notice.items.get(number=2)
    answers = {second.ref: NoticeAnswer(upheld=False, reasons="It is genuine.")}
    decided(other, None, rita, kind=DecisionKind.NONE, answers=answers, at=LATER + DAY)
    notice.refresh_from_db()
    assert (status(second), notice.status) == (ItemStatus.REFUSED, "complete")
    with pytest.raises(NothingToExport, match="wait for an answer"):
        lumen.exported(notice.ref)
    again = catalog.listing(listing_id="B-1", at=LATER + 2 * DAY)
    assert again.gone_at is None
    more = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    with pytest.raises(NothingToReport):  # before the worker has been by: what waits already is not reported twice
        report_all(right=right.ref, listings=[named("B-1")], form=more, actor=vera, at=LATER + 2 * DAY)
    assert listing_gone.keep_up(at=LATER + 3 * DAY) == 1


def test_taking_a_notice_back_takes_back_what_waits_for_its_listing_too(vera: Actor, right: Right) -> None:
    for number in ("B-1", "B-2"):
        catalog.listing(listing_id=number)
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    listings = [named("B-1"), named("B-2")]
    notice = report_all(right=right.ref, listings=listings, form=form, actor=vera, at=AT).notice
    gone("B-1")
    actions.withdraw(ref=notice.ref, actor=vera, at=LATER + DAY)
    assert {status(item) for item in notice.items.all()} == {ItemStatus.WITHDRAWN}
    notice.refresh_from_db()
    assert notice.status == "settled"


def test_a_notice_that_was_held_for_settled_is_opened_again_with_its_listing(vera: Actor, right: Right) -> None:
    item = noticed(vera, right, catalog.listing(listing_id="B-1"))
    gone("B-1")
    record_filing(item.notice, "settle", actor=Actor.system(), at=LATER)  # as an earlier version did
    catalog.listing(listing_id="B-1", at=LATER + DAY)
    assert listing_gone.keep_up(at=LATER + 2 * DAY) == 1
    item.notice.refresh_from_db()
    assert item.notice.status == "complete"
