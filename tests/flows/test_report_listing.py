"""One notice on many listings: an item for each that can be reported, the others given back with the reason."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.web.worlds import decided, noticed
from touchmark.apps.audit.models import Event
from touchmark.apps.catalog.models import Listing
from touchmark.apps.catalog.naming import Named, NotYoursToName, named, take_each
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import access, actions, limits, queries
from touchmark.apps.notices.actions import NoticeForm, RightNotVerified
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Actor, Role
from touchmark.flows.report_listing import MOST, NothingToReport, Report, TooManyListings, Why, report_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder() -> Actor:
    return registry.holder()


@pytest.fixture
def right(holder: Actor) -> Right:
    return registry.verified(holder, text="ALDERMOOR")


def shelf(count: int) -> list[Listing]:
    catalog.marketplace("bazaar", regime="eu")
    return [catalog.listing(listing_id=f"S-{number}", title=f"Bag {number}") for number in range(count)]


def sent(right: Right, holder: Actor, *listings: Named, key: UUID | None = None) -> Report:
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "These are not ours.", True, key or uuid4())
    return report_all(right=right.ref, listings=listings, form=form, actor=holder, at=AT)


def test_each_listing_is_an_item_with_its_law_and_its_place_in_the_record(right: Right, holder: Actor) -> None:
    shelf(2)
    catalog.marketplace("lumina", territories=["SG"])
    catalog.listing(on="lumina", listing_id="M-1")
    notice = sent(right, holder, *map(named, ("S-1", "bazaar:S-0", "lumina:M-1"))).notice
    items = list(queries.items_of(notice))
    assert [(item.ref, item.listing.listing_id, item.regime, item.status) for item in items] == [
        (f"{notice.ref}-1", "S-1", "eu", "received"),
        (f"{notice.ref}-2", "S-0", "eu", "received"),
        (f"{notice.ref}-3", "M-1", "platform", "received"),
    ]
    streams = Event.objects.filter(stream__startswith=f"notice:{notice.ref}").values_list("stream", "kind")
    assert sorted(streams) == [(f"notice:{item.ref}", "file") for item in items]
    (letter,) = Letter.objects.filter(kind="notice_received")
    assert (letter.about, letter.content["listings"]) == (notice.ref, 3)


def test_the_only_item_of_a_notice_bears_its_reference(right: Right, holder: Actor) -> None:
    shelf(1)
    notice = sent(right, holder, named("S-0")).notice
    assert queries.items_of(notice).get().ref == notice.ref


def test_what_cannot_be_reported_is_given_back_row_by_row(right: Right, holder: Actor) -> None:
    fresh, restricted, reported = shelf(3)
    catalog.listing(on="lumina", listing_id="S-9")
    catalog.listing(on="bazaar", listing_id="S-9")
    decided(restricted, right, accounts.actor(Role.REVIEWER))
    before = noticed(holder, right, reported)
    given = ("S-0", "S-1", "S-2", "bazaar:S-0", "S-9", "S-77", "https://elsewhere.example/item/S-0")
    report = sent(right, holder, *map(named, given))
    assert [(row.place, row.given, row.why, row.joined) for row in report.refused] == [
        (2, "S-1", Why.RESTRICTED, ""),
        (3, "S-2", Why.REPORTED, before.ref),
        (4, "bazaar:S-0", Why.TWICE, ""),
        (5, "S-9", Why.SEVERAL, ""),
        (6, "S-77", Why.UNKNOWN, ""),
        (7, "https://elsewhere.example/item/S-0", Why.UNKNOWN, ""),
    ]
    assert [item.listing for item in queries.items_of(report.notice)] == [fresh]
    assert all(row.text for row in report.refused)


def test_where_nothing_can_be_reported_nothing_is_filed(right: Right, holder: Actor) -> None:
    with pytest.raises(NothingToReport, match="Look for a missing character") as refusal:
        sent(right, holder, named("S-77"))
    assert [row.why for row in refusal.value.refused] == [Why.UNKNOWN]
    assert not Notice.objects.exists()


def test_three_hundred_and_one_are_refused_as_a_whole(right: Right, holder: Actor) -> None:
    with pytest.raises(TooManyListings, match="301"):
        sent(right, holder, *[named(f"S-{number}") for number in range(MOST + 1)])


def test_a_right_that_is_not_verified_grounds_nothing_and_anothers_is_not_there(holder: Actor) -> None:
    shelf(1)
    with pytest.raises(RightNotVerified):
        sent(registry.right(holder, text="WAITING"), holder, named("S-0"))
    with pytest.raises(Exception, match="no right"):
        sent(registry.verified(), holder, named("S-0"))


def test_the_same_form_sent_again_is_one_notice(right: Right, holder: Actor) -> None:
    shelf(2)
    key = uuid4()
    assert sent(right, holder, named("S-0"), key=key).notice == sent(right, holder, named("S-0"), key=key).notice
    assert Notice.objects.count() == 1


def test_the_number_of_queries_does_not_grow_with_the_listings(right: Right, holder: Actor) -> None:
    shelf(42)
    counts = []
    for first, last in ((0, 2), (2, 42)):  # more are more batches on SQLite, by the number of its values
        with CaptureQueriesContext(connection) as asked:
            sent(right, holder, *[named(f"S-{number}") for number in range(first, last)])
        counts.append(len(asked))
    # Of these, the record of the lane, the field of the flagger, earlier answers, tips, who listens to letters, clocks.
    assert counts[0] == counts[1] <= 50, counts


def test_one_listing_of_a_notice_is_withdrawn_or_all_that_waits(right: Right, holder: Actor) -> None:
    shelf(3)
    notice = sent(right, holder, *map(named, ("S-0", "S-1", "S-2"))).notice
    actions.withdraw(ref=f"{notice.ref}-2", actor=holder, at=AT)
    assert queries.summaries_of([notice])[notice.pk].counts == {"received": 2, "withdrawn": 1}
    actions.withdraw(ref=notice.ref, actor=holder, at=AT)
    assert queries.summaries_of([notice])[notice.pk].status == ItemStatus.WITHDRAWN
    with pytest.raises(IllegalMove):
        actions.withdraw(ref=notice.ref, actor=holder, at=AT)


def test_a_notice_is_seen_by_its_holder_and_the_review_team_alone(right: Right, holder: Actor) -> None:
    shelf(2)
    notice = sent(right, holder, named("S-0"), named("S-1")).notice
    assert access.notices_for(holder).get() == notice
    assert access.notices_for(accounts.actor(Role.REVIEWER)).get() == notice
    for other in (registry.holder(), accounts.actor(Role.SELLER), Actor.program_of("bazaar")):
        assert not access.notices_for(other).exists()
        assert not access.items_for(other).exists()
    assert access.notices_for(holder, status="received").count() == 1
    assert not access.notices_for(holder, status="upheld").exists()


def test_only_holders_and_the_review_team_look_listings_up(right: Right) -> None:
    with pytest.raises(NotYoursToName):
        take_each(accounts.actor(Role.SELLER), [named("S-0")])


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("  S-1 ", Named(listing_id="S-1")),
        ("Bazaar: S-1", Named(listing_id="S-1", marketplace="bazaar")),
        ("https://bazaar.example/item/1", Named(address="https://bazaar.example/item/1")),
        ("http://[", Named(listing_id="//[", marketplace="http")),  # no address: looked for, and not found
    ],
)
def test_a_line_is_read_as_people_paste_it(line: str, read: Named) -> None:
    assert named(line) == read


def test_items_of_a_notice_cannot_share_a_number(right: Right, holder: Actor) -> None:
    shelf(2)
    notice = sent(right, holder, named("S-0"), named("S-1")).notice
    with pytest.raises(Exception, match=r"(?i)unique"):
        NoticeItem.objects.filter(notice=notice).update(number=1)


def test_a_flood_from_one_account_is_refused_and_another_account_goes_on(right: Right, holder: Actor) -> None:
    shelf(2)
    first = sent(right, holder, named("S-0")).notice
    Notice.objects.bulk_create(_copies(first, limits.IN_AN_HOUR - 1))
    with pytest.raises(limits.TooManyNotices, match="Wait an hour"):
        sent(right, holder, named("S-1"))
    other = registry.holder()
    assert sent(registry.verified(other), other, named("S-1")).notice.status == "complete"


def _copies(notice: Notice, count: int) -> list[Notice]:
    said = {name: getattr(notice, name) for name in ("holder", "filed_by", "right", "reason", "status", "filed_at")}
    return [Notice(**said, ref=f"N-{n}", good_faith=True, request_key=uuid4()) for n in range(count)]
