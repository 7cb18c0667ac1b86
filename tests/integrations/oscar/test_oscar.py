"""A real shop on django-oscar: pulled, taken off sale by a decision, put back; killed, repeated, out of order."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connection
from tests.factories import accounts, registry
from tests.factories.accounts import AT
from tests.flows.test_resolve_appeal import filed
from tests.flows.world import LATER, World
from tests.integrations.oscar.shop import PASSWORD, PRODUCTS, USER
from tests.journeys import browser as browsing

from touchmark.apps.catalog import reaching, webhook_secrets
from touchmark.apps.catalog.actions import open_marketplace
from touchmark.apps.catalog.models import Listing, ListingImage, Seller
from touchmark.apps.decisions.models import Restriction
from touchmark.apps.outbox import work
from touchmark.apps.outbox.models import Message, State
from touchmark.apps.screening import actions as screening
from touchmark.engine.terms import Actor, Role
from touchmark.flows import tell_oscar
from touchmark.flows.resolve_appeal import resolve
from touchmark.integrations.oscar.shop import SCHEME, Shop
from touchmark.ops import cli
from touchmark.site import wiring

ROOT = Path(__file__).resolve().parents[3]
BAG = "1"


@pytest.fixture(autouse=True)
def settled(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"
    settings.SHARDS = tmp_path / "shards"
    settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK = True
    wiring._client.cache_clear()


@pytest.fixture
def world(transactional_db: None, address: str) -> World:
    """Open the shop as a marketplace, pull it, screen it; Sam runs the shop that sells the bag."""
    vera, nils = registry.holder("Aldermoor Ltd"), registry.holder("Norrvik AB")
    sam = accounts.actor(Role.SELLER, of=accounts.organisation("seller", name="Blue Crate"))
    rita, ravi = accounts.actor(Role.REVIEWER), accounts.actor(Role.REVIEWER)
    right = registry.verified(vera, by=rita, text="ALDERMOOR", office="EUIPO", number="018000001")
    about: dict[str, Any] = {"webhook_url": SCHEME + address, "webhook_secret": f"{USER}:{PASSWORD}"}
    open_marketplace(slug="bazaar", name="Bazaar", regime="eu", actor=Actor.system(), at=AT, **about)
    assert cli.main(["pull", "bazaar"]) == 0
    shop = registry.organisation_of(sam)
    reaching.entrust(marketplace="bazaar", seller_id="1", organisation=shop, actor=Actor.system(), at=AT)
    screening.screen_catalogue(at=AT)
    return World(vera, nils, sam, rita, ravi, right, right, Listing.objects.get(listing_id=BAG))


def page(address: str) -> int:
    """Give what a shopper gets who opens the product's own page."""
    return httpx.get(f"{address}/catalogue/bag_{BAG}/", follow_redirects=True).status_code


def told(at: Any = LATER) -> int:
    return work.work(handlers={"webhook": wiring.handlers()["webhook"]}, clock=lambda: at, owner="w")


def reversed_by_appeal(world: World, decision: Any) -> None:
    resolve(ref=filed(world, decision).ref, event="reverse", text="The invoice holds.", actor=world.ravi, at=LATER)


def test_what_is_public_is_pulled_with_its_seller_and_picture(world: World, address: str) -> None:
    assert set(Listing.objects.values_list("listing_id", flat=True)) == {"1", "2", "3", "5", "6"}  # 4 is not public
    bag = world.listing
    assert (bag.title, str(bag.price), bag.currency) == (PRODUCTS[0][0], "20.0000", "EUR")
    assert (bag.category, bag.gtin, bag.quantity) == ("Home > Bags", "4000000000001", 4)
    assert bag.url.startswith(f"{address}/catalogue/")
    assert ListingImage.objects.get(listing=bag).blob_id  # its bytes came along
    assert Seller.objects.get().name == "Blue Crate"
    assert cli.main(["pull", "bazaar"]) == 0
    assert Listing.objects.count() == 5


def test_a_decision_takes_it_off_and_a_reversal_puts_it_back(world: World, address: str, shop: Shop) -> None:
    assert (shop.is_public(BAG), page(address)) == (True, 200)
    decision = world.restrict()
    assert told() == 1
    assert (shop.is_public(BAG), page(address)) == (False, 404)
    assert Restriction.objects.get().status == "in_place"
    reversed_by_appeal(world, decision)
    told()
    assert (shop.is_public(BAG), page(address)) == (True, 200)
    assert Restriction.objects.get().status == "lifted"


@pytest.mark.browser
def test_a_shopper_sees_it_go_and_come_back(world: World, address: str) -> None:
    """On the shop's own page of the product, in a browser."""
    executable = browsing.chromium()
    if executable is None:
        pytest.skip("no Chromium: install Debian's `chromium`, or name one with TOUCHMARK_CHROMIUM")
    with browsing.launched(executable) as browser:
        page = browser.new_page()

        def shown() -> str:
            page.goto(f"{address}/catalogue/bag_{BAG}/")
            return page.locator("h1").first.inner_text()

        assert shown() == PRODUCTS[0][0]
        decision = world.restrict()
        told()
        assert PRODUCTS[0][0] not in shown()
        reversed_by_appeal(world, decision)
        told()
        assert shown() == PRODUCTS[0][0]


def test_what_the_shop_had_hidden_itself_stays_hidden(world: World, shop: Shop) -> None:
    decision = world.restrict()
    shop.publish(BAG, public=False)
    told()
    reversed_by_appeal(world, decision)
    told()
    assert shop.is_public(BAG) is False
    assert Restriction.objects.get().status == "lifted"


def test_repeated_it_changes_nothing(world: World, shop: Shop) -> None:
    decision = world.restrict()
    told()
    (message,) = Message.objects.filter(kind="webhook")
    for _ in range(3):
        assert tell_oscar.tell(message, shop, LATER).code == 200
    message.refresh_from_db()
    assert (shop.is_public(BAG), message.note) == (False, "public")  # noted once: later it was found hidden by us
    reversed_by_appeal(world, decision)
    told()
    assert shop.is_public(BAG) is True


def test_out_of_order_it_ends_where_the_last_message_wants_it(world: World, shop: Shop) -> None:
    """A worker that slept with the first message in hand wakes when the second has been carried."""
    decision = world.restrict()
    late = Message.objects.get(kind="webhook")
    told()
    reversed_by_appeal(world, decision)
    told()
    assert tell_oscar.tell(late, shop, LATER).excerpt == "is_public is true"
    assert shop.is_public(BAG) is True


@pytest.mark.parametrize("own", [True, False])
def test_several_decisions_before_the_shop_is_told_hide_nothing_for_good(world: World, shop: Shop, own: bool) -> None:
    """The message that puts it back finds a later one that takes it off again: hidden by us, not by the shop."""
    shop.publish(BAG, public=own)
    first = world.restrict()
    told()
    reversed_by_appeal(world, first)
    second = world.restrict()
    told()
    assert shop.is_public(BAG) is False
    reversed_by_appeal(world, second)
    told()
    assert shop.is_public(BAG) is own


def test_what_was_over_before_the_shop_was_told_of_it_changes_nothing(world: World, shop: Shop) -> None:
    shop.publish(BAG, public=False)
    reversed_by_appeal(world, world.restrict())
    told()
    assert shop.is_public(BAG) is False


class SlowShop(Shop):
    """A shop at which a later message overtakes this one in the very moment before the flag is set."""

    overtaken: Callable[[], None] | None = None

    def publish(self, product: str, *, public: bool) -> None:
        if self.overtaken:
            act, self.overtaken = self.overtaken, None
            act()
        super().publish(product, public=public)


def test_overtaken_in_the_very_moment_it_looks_again(world: World, address: str, shop: Shop) -> None:
    decision = world.restrict()
    message = Message.objects.get(kind="webhook")
    with httpx.Client() as http:
        slow = SlowShop(address, f"{USER}:{PASSWORD}", http)
        slow.overtaken = lambda: reversed_by_appeal(world, decision)
        assert tell_oscar.tell(message, slow, LATER).excerpt == "is_public is true"
    assert shop.is_public(BAG) is True


#: Carries one message, and is killed before or after the flag is set.
KILLED = """
import os, signal, sys
from touchmark.ops.django_setup import setup
setup()
from datetime import datetime
from touchmark.apps.outbox import work
from touchmark.integrations.oscar.shop import Shop
from touchmark.site import wiring
publish = Shop.publish
def dies(self, product, *, public):
    if sys.argv[1] == "after":
        publish(self, product, public=public)
    os.kill(os.getpid(), signal.SIGKILL)
Shop.publish = dies
work.work(handlers=wiring.handlers(), clock=lambda: datetime.fromisoformat(sys.argv[2]), owner="dies")
"""


def database_url() -> str:
    """Give the address of the test's own database, for a program outside its process."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    return f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}/{own['NAME']}"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_in_the_middle_another_worker_finishes(world: World, shop: Shop, address: str, moment: str) -> None:
    decision = world.restrict()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "touchmark.site.settings", "PYTHONPATH": str(ROOT)}
    environment |= {"TOUCHMARK_DATABASE_URL": database_url(), "TOUCHMARK_WEBHOOKS_TO_LOOPBACK": "1"}
    done = subprocess.run([sys.executable, "-c", KILLED, moment, LATER.isoformat()], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert shop.is_public(BAG) is (moment == "before")
    assert Message.objects.get(kind="webhook").note == "public"  # noted before it was touched
    told(LATER + timedelta(minutes=5))
    assert (shop.is_public(BAG), page(address)) == (False, 404)
    reversed_by_appeal(world, decision)
    told(LATER + timedelta(minutes=6))
    assert shop.is_public(BAG) is True


def test_what_a_shop_cannot_do_is_given_up_and_said(world: World, shop: Shop) -> None:
    world.restrict(kind="disable", territories=("DE",))
    told()
    message = Message.objects.get(kind="webhook")
    assert message.state == State.GIVEN_UP
    assert "everywhere, or nowhere" in message.tries.get().error
    assert shop.is_public(BAG) is True


def test_a_shop_that_is_away_or_refuses_us_is_asked_again(world: World) -> None:
    world.restrict()
    reaching.Marketplace.objects.update(webhook_secret=webhook_secrets.sealed(f"{USER}:wrong"))
    told()
    message = Message.objects.get(kind="webhook")
    assert (message.state, message.tries.get().outcome) == (State.WAITING, "later")
    assert "40" in message.tries.get().error
    assert "wrong" not in message.tries.get().error
