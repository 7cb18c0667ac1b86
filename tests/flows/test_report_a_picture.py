"""A listing is reported by the address of one of its pictures: that picture is objected to."""

from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts, catalog, clients, registry
from tests.factories.accounts import AT
from tests.factories.pictures import drawn
from touchmark.apps.accounts.models import User
from touchmark.apps.blobs import actions as blobs
from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.models import Listing, ListingImage
from touchmark.apps.catalog.naming import named
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, Role
from touchmark.flows.report_listing import NothingToReport, Report, Why, report_all

pytestmark = pytest.mark.django_db
LINK = "https://cdn.bazaar.example/p/77/front.jpg"


@pytest.fixture
def vera() -> Actor:
    return registry.holder("Aldermoor Ltd")


@pytest.fixture
def right(vera: Actor) -> Right:
    return registry.verified(vera)


@pytest.fixture
def listing() -> Listing:
    return catalog.listing(url="https://bazaar.example/item/77", images=[LINK, "https://cdn.bazaar.example/p/77/b.png"])


def reported(right: Right, vera: Actor, *links: str) -> Report:
    said = NoticeForm(NoticeReason.SUSPECTED_FAKE, "This is our photo.", True, uuid4())
    return report_all(right=right.ref, listings=[named(link) for link in links], form=said, actor=vera, at=AT)


def test_a_picture_by_link_names_its_listing(right: Right, vera: Actor, listing: Listing) -> None:
    tracked = "http://www." + LINK.removeprefix("https://") + "?utm_source=mail#top"
    reported(right, vera, tracked)
    item = NoticeItem.objects.get()
    assert (item.listing, item.picture) == (listing, tracked)
    assert item.picture_shown == ""  # its bytes are not here


def test_the_listing_by_its_own_address_is_no_picture(right: Right, vera: Actor) -> None:
    catalog.listing(url="https://bazaar.example/item/78.jpg")
    reported(right, vera, "https://bazaar.example/item/78.jpg")
    assert NoticeItem.objects.get().picture == ""


@pytest.mark.parametrize(
    ("links", "why"),
    [
        (["https://cdn.elsewhere.example/p/1.jpg"], [Why.PICTURE]),
        (["https://cdn.bazaar.example/p/77/film.mp4"], [Why.PICTURE]),
        (["https://cdn.bazaar.example/p/77/"], [Why.UNKNOWN]),
        ([LINK, "https://bazaar.example/item/77"], [Why.TWICE]),
        (["https://bazaar.example/item/77", LINK, "https://cdn.bazaar.example/p/77/b.png"], [Why.TWICE, Why.TWICE]),
    ],
)
def test_what_is_not_taken_says_why(
    right: Right, vera: Actor, listing: Listing, links: list[str], why: list[Why]
) -> None:
    try:
        refused = reported(right, vera, *links).refused
    except NothingToReport as refusal:
        refused = refusal.refused
    assert [one.why for one in refused] == why
    assert all(one.text for one in refused)


def test_a_picture_that_several_listings_show_is_objected_to_on_each(
    right: Right, vera: Actor, listing: Listing
) -> None:
    other = catalog.listing(images=[LINK], on="lumo")
    reported(right, vera, LINK)
    assert set(NoticeItem.objects.values_list("listing", "target", "picture")) == {
        (one.pk, "picture", LINK) for one in (listing, other)
    }


def test_a_picture_that_more_listings_show_than_a_notice_names_is_given_back(right: Right, vera: Actor) -> None:
    from touchmark.flows.report_listing import sorted_out

    for _ in range(3):
        catalog.listing(images=[LINK])
    meant, refused = sorted_out(right, [named(LINK)], vera, AT.date(), most=2)
    assert (meant, [one.why for one in refused]) == ([], [Why.SHOWN_BY_SEVERAL])
    other = catalog.listing(url="https://bazaar.example/item/5")
    catalog.listing(images=["https://cdn.bazaar.example/one.png"])
    wanted = [named(other.url), named(LINK), named("https://cdn.bazaar.example/one.png")]
    meant, refused = sorted_out(right, wanted, vera, AT.date(), most=3)
    assert ([one.place for one in meant], [one.place for one in refused]) == ([1, 2, 2], [2, 3])


def test_each_list_of_links_asks_as_many_queries(
    right: Right, vera: Actor, listing: Listing, django_assert_max_num_queries: Any
) -> None:
    from touchmark.apps.catalog.naming import find_each

    wanted = [named(f"https://cdn.bazaar.example/p/{number}/front.jpg") for number in range(300)]
    with django_assert_max_num_queries(3):
        found = find_each(vera, wanted)
    assert [one.pk for known in found for one in known] == [listing.pk]


def test_whoever_judges_and_whoever_asks_reads_which_picture(right: Right, vera: Actor, listing: Listing) -> None:
    kept = blobs.keep(drawn(3), at=AT)
    ListingImage.objects.filter(listing=listing, place=0).update(blob_id=kept.sha256, problem="")
    notice = reported(right, vera, LINK).notice
    item = NoticeItem.objects.get()
    assert item.picture_shown == kept.sha256
    desk = accounts.signed_in(accounts.member(Role.REVIEWER)).get(f"/desk/bazaar/{listing.listing_id}/")
    assert "The picture that is objected to" in desk.content.decode()
    holder = accounts.signed_in(User.objects.get(pk=vera.user_id)).get(f"/holder/notices/{notice.ref}/")
    assert "Objected to is this picture of the listing" in holder.content.decode()
    told = clients.with_every_scope(vera).get(f"/notices/{notice.ref}").json()
    assert told["items"][0]["picture"] == LINK


def test_pictures_that_were_here_before_are_found_too() -> None:
    from importlib import import_module

    from django.apps import apps

    listing = catalog.listing(images=[LINK, "front.jpg"])
    ListingImage.objects.update(url_key="")
    import_module("touchmark.apps.catalog.migrations.0013_fill_addresses_of_pictures").fill(apps, None)
    keys = list(ListingImage.objects.filter(listing=listing).order_by("place").values_list("url_key", flat=True))
    assert keys == [key_of(LINK), ""]
