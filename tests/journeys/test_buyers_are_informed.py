"""Those who bought a dangerous toy are told by the marketplace; whom it cannot reach reads it on a public page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.factories import clients
from tests.flows.world import World, built
from tests.journeys.conftest import Site
from tests.journeys.reading import both_languages
from touchmark.apps.accounts.models import User
from touchmark.apps.buyers import actions
from touchmark.apps.buyers.actions import Counted
from touchmark.apps.buyers.models import Duty
from touchmark.apps.catalog.models import Listing
from touchmark.engine.terms import Actor
from touchmark.flows import inform_buyers
from touchmark.ops import clock

pytestmark = pytest.mark.browser
Check, Shoot = Callable[[Page], None], Callable[[Page, str], None]


@pytest.fixture
def world(site: Site) -> World:
    """Build the world in the site's database; its listing is a toy that was sold."""
    made = built()
    Listing.objects.update(sold_count=41, category="Baby > Toys")
    return made


def test_buyers_are_told_and_those_nobody_can_reach_read_it(
    world: World, open_page: Callable[..., Page], axe: Check, shots: Shoot
) -> None:
    rita = User.objects.get(pk=world.rita.person)
    desk, shopper = open_page(rita), open_page()
    desk.goto("/desk/buyers/")
    expect(desk.get_by_text("No buyers are to be informed")).to_be_visible()
    both_languages(desk, rita, axe, shots, "buyers-empty")

    # It is taken off sale, and its marketplace is asked.
    decision = world.restrict(at=clock.now() - timedelta(hours=2))
    cache.clear()
    inform_buyers.keep_up(at=clock.now())
    desk.goto("/desk/buyers/")
    expect(desk.get_by_text("the marketplace was asked to inform them").last).to_be_visible()
    both_languages(desk, rita, axe, shots, "buyers-asked")

    # Its program reads what to say, and says how many it told; some it cannot reach.
    text = clients.of_marketplace().get(f"/decisions/{decision.ref}/buyers").json()["texts"]["en"]
    assert "Do not use it any more." in text
    counted = Counted(38, 3, clock.now() - timedelta(minutes=5), "e-mail and app")
    actions.count(ref=decision.ref, counted=counted, actor=Actor.program_of("bazaar"), at=clock.now())
    assert Duty.objects.get().status == "published"
    desk.goto("/desk/buyers/")
    row = desk.get_by_role("row", name=decision.ref)
    expect(row).to_contain_text("38 told, 3 not reached")
    both_languages(desk, rita, axe, shots, "buyers-told")
    row.get_by_role("link").click()
    expect(desk.get_by_text("38 buyers were told")).to_be_visible()
    expect(desk.get_by_text("3 could not be reached")).to_be_visible()
    both_languages(desk, rita, axe, shots, "buyers-decision")

    # Anybody reads it.
    shopper.goto("/illegal-products")
    expect(shopper.get_by_text("Do not use it any more.")).to_be_visible()
    axe(shopper)
    shots(shopper, "buyers-public")
