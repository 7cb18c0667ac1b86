"""Stay-down: a removed listing that returns goes first, with the earlier decision beside it; another's does not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.engine.screening.image.drawing import encoded, photo
from tests.factories import accounts, catalog, pictures
from tests.flows.test_consequences import linked
from tests.flows.test_resolve_appeal import filed, resolved
from tests.flows.world import LATER, World
from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening.models import Returned
from touchmark.engine.terms import Role
from touchmark.flows import stay_down

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PLAIN = "Vintage leather shoulder bag, chestnut brown"


def offered(title: str = PLAIN, *, at: datetime = LATER + DAY, **said: Any) -> Listing:
    listing = catalog.listing(title=title, at=at, **said)
    screening.screen_now([listing.pk], at=at)
    return listing


def removed(world: World, title: str = PLAIN, **said: Any) -> Listing:
    """Let a reviewer take a listing off sale in which nothing was found."""
    world.listing = offered(title, at=LATER, **said)
    world.restrict(at=LATER + HOUR)
    return world.listing


def looked(at: datetime = LATER + 2 * DAY) -> int:
    return stay_down.keep_up(at=at)


def first(world: World) -> list[int]:
    return [row.listing.pk for row in queue.page(world.rita) if row.came_back]


@pytest.mark.parametrize(
    "title",
    [PLAIN, "vintage LEATHER shoulder bag - chestnut brown!!", "Chestnut brown vintage leather shoulder bag NEW"],
)
def test_it_goes_first_though_nothing_is_found_in_it(world: World, title: str) -> None:
    removed(world)
    suspect = offered("АLDЕRМООR purse")
    again, plain = offered(title), offered("A tea towel")
    assert looked() == 1
    rows = queue.page(world.rita)
    assert rows[0].listing.pk == again.pk
    assert suspect.pk in [row.listing.pk for row in rows[1:]]
    assert not Returned.objects.filter(listing=plain).exists()
    assert looked() == 0  # once


def test_the_earlier_decision_stands_beside_it_on_the_desk(world: World) -> None:
    removed(world)
    again = offered()
    looked()
    rita = accounts.signed_in(User.objects.get(pk=world.rita.user_id))
    page = rita.get(f"/desk/bazaar/{again.listing_id}/").content.decode()
    assert "Removed before" in page
    assert Returned.objects.get().decision in page
    assert "came back" in rita.get("/desk/").content.decode()


def test_decided_on_it_waits_no_more_and_edited_it_comes_back_again(world: World) -> None:
    removed(world)
    world.listing = again = offered()
    looked()
    world.restrict(kind=DecisionKind.NONE, at=LATER + 2 * DAY)
    assert first(world) == []
    offered(f"{PLAIN}, large", at=LATER + 3 * DAY, listing_id=again.listing_id)
    assert looked(LATER + 4 * DAY) == 0  # it is known already
    assert first(world) == [again.pk]


def test_a_picture_alone_is_enough(world: World, settings: Any, tmp_path: Any) -> None:
    settings.BLOBS = tmp_path / "blobs"
    files = pictures.Folder(
        {
            "a.jpg": encoded(photo(3)),
            "b.jpg": encoded(photo(3).resize((500, 375)), quality=60),
            "c.jpg": encoded(photo(8)),
        },
    )
    removed(world, images=["a.jpg"], pictures=files)
    again = offered("Handmade tote", images=["c.jpg", "b.jpg"], pictures=files)
    other = offered("Handmade tote", images=["c.jpg"], pictures=files)
    looked()
    assert first(world) == [again.pk]
    assert Returned.objects.get().bits <= 31
    assert other.pk not in first(world)


def test_another_sellers_listing_is_another_listing(world: World) -> None:
    removed(world)
    offered(seller_id="s-99")
    assert looked() == 0


def test_another_account_of_the_same_seller_is_known(world: World) -> None:
    removed(world)
    of = Organisation.objects.get(pk=world.sam.organisation_id)
    again = offered(seller_id="s-2", of=of)
    looked()
    assert first(world) == [again.pk]


def test_a_linked_account_is_known_while_the_link_stands(world: World) -> None:
    link = linked(world)  # the shop of Sam is counted together with s-9
    removed(world, seller_id="s-9")
    again = offered()
    looked()
    assert first(world) == [again.pk]
    resolved(world, filed(world, link), "reverse", by=accounts.actor(Role.REVIEWER))
    offered(f"{PLAIN}.", at=LATER + 3 * DAY, listing_id=again.listing_id)
    looked(LATER + 4 * DAY)
    assert first(world) == []


def test_what_was_there_before_says_so_and_what_is_put_back_is_no_return(world: World) -> None:
    before = offered(at=LATER)
    gone = removed(world)
    again = offered()
    looked()
    assert set(first(world)) == {again.pk, before.pk}
    assert dict(Returned.objects.values_list("listing_id", "stood")) == {again.pk: False, before.pk: True}
    resolved(world, filed(world, gone.decisions.get()), "reverse")
    offered(f"{PLAIN}.", at=LATER + 3 * DAY, listing_id=again.listing_id)
    looked(LATER + 4 * DAY)
    stay_down.look_back(at=LATER + 4 * DAY)
    assert first(world) == []


def test_the_page_says_why_a_listing_without_risk_stands_first(world: World) -> None:
    removed(world)
    again = offered()
    looked()
    page = accounts.signed_in(User.objects.get(pk=world.rita.user_id)).get(f"/desk/bazaar/{again.listing_id}/").text
    assert "It stands first because it seems to have come back" in page
    assert "The risk above says only what is found in this one." in page
