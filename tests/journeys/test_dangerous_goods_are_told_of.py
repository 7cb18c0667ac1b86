"""A dangerous toy: reported, taken off sale, told to the authorities; a suspicion, told to the police."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.factories import accounts
from tests.flows.world import World, built
from tests.journeys.conftest import Site
from tests.journeys.reading import both_languages
from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.safety.models import SafetyDuty, Suspicion
from touchmark.engine.terms import Actor, Role
from touchmark.flows import product_safety
from touchmark.flows.report_listing import report
from touchmark.ops import clock

pytestmark = pytest.mark.browser
Check, Shoot = Callable[[Page], None], Callable[[Page, str], None]
KEY = UUID("6f2f7a52-3c5e-4a53-9a3e-0d8f4a1c7a11")


@pytest.fixture
def world(site: Site) -> World:
    """Build the world in the site's database; its listing is a toy that was sold."""
    made = built()
    Listing.objects.update(sold_count=41, category="Baby > Toys", offered_in=["DE"])
    return made


def person(actor: Actor) -> User:
    return User.objects.get(pk=actor.person)


def look_after() -> None:
    """Let the worker look, some minutes later."""
    cache.clear()
    product_safety.keep_up(at=clock.now() + timedelta(minutes=2))


def test_a_dangerous_toy_is_told_to_the_authorities_and_the_police(
    world: World, open_page: Callable[..., Page], axe: Check, shots: Shoot
) -> None:
    rita, lead = person(world.rita), accounts.member(Role.POLICY_OWNER, name="Paul")
    desk, chief = open_page(rita), open_page(lead)
    said = {"danger": "The eyes come off; a child choked on one."}
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "This bear is not ours.", True, KEY, said)
    report(
        right=world.right.ref,
        marketplace="bazaar",
        listing_id=world.listing.listing_id,
        form=form,
        actor=world.vera,
        at=clock.now(),
    )
    desk.goto("/safety/")
    expect(desk.get_by_text("Nothing is to be done")).to_be_visible()
    both_languages(desk, rita, axe, shots, "safety-empty")
    look_after()

    # Rita sees the danger beside the listing, raises a suspicion, and takes it off sale.
    desk.goto(f"/desk/bazaar/{world.listing.listing_id}/")
    expect(desk.get_by_text("The eyes come off")).to_be_visible()
    shots(desk, "safety-listing")
    desk.get_by_role("link", name="Is somebody’s life or safety in danger?").click()
    expect(desk.get_by_role("heading", name="Is somebody in danger?")).to_be_visible()
    both_languages(desk, rita, axe, shots, "safety-suspect")
    desk.get_by_label("What gives rise to the suspicion").fill("The notice says that a child choked on an eye.")
    desk.get_by_role("button", name="Raise the suspicion").click()
    expect(desk.get_by_text("Whoever tells the police sees it now")).to_be_visible()
    shots(desk, "safety-raised")
    decision = world.restrict(at=clock.now())
    look_after()
    assert sorted(SafetyDuty.objects.values_list("kind", "status")) == [
        ("authorities", "due"),
        ("consumers", "due"),
        ("notice", "met"),
    ]

    # Paul sees both on his first page, and tells the police.
    chief.goto("/desk/home/")
    expect(chief.get_by_role("heading", name="Product safety, to be done")).to_be_visible()
    both_languages(chief, lead, axe, shots, "safety-home")
    chief.goto("/safety/")
    both_languages(chief, lead, axe, shots, "safety-overview")
    chief.get_by_role("row", name=Suspicion.objects.get().ref).get_by_role("link").click()
    expect(chief.get_by_role("heading", name="Suspicion of a crime")).to_be_visible()
    both_languages(chief, lead, axe, shots, "safety-suspicion")
    chief.get_by_label("Which authority").fill("Bundeskriminalamt")
    chief.get_by_role("button", name="Keep it on record").click()
    expect(chief.get_by_text("Write what it was given").first).to_be_visible()
    shots(chief, "safety-suspicion-wrong")
    chief.complaints.clear()  # type: ignore[attr-defined]  # the refusal of what was left out
    chief.get_by_label("What they were given").fill("The listing, its pictures, the notice, the trader's details.")
    chief.get_by_role("button", name="Keep it on record").click()
    expect(chief.get_by_text("Done. It is on record.")).to_be_visible()
    assert Suspicion.objects.get().reports.get().country == "DE"
    both_languages(chief, lead, axe, shots, "safety-suspicion-told")

    # Rita tells the authorities, by keyboard alone; consumers still wait.
    desk.goto(f"/desk/decisions/{decision.ref}/")
    shots(desk, "safety-decision")
    desk.get_by_role("link", name="Tell the market surveillance authorities").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Record what was told")).to_be_visible()
    both_languages(desk, rita, axe, shots, "safety-duty")
    desk.get_by_label("What was told").focus()
    desk.keyboard.type("A bear whose eyes come off; 41 sold; taken off sale.")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Safety Business Gateway")
    desk.get_by_label("Their reference").focus()
    desk.keyboard.type("SBG-2026-1188")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Done. It is on record.")).to_be_visible()
    both_languages(desk, rita, axe, shots, "safety-duty-met")
    assert SafetyDuty.objects.get(kind="authorities").status == "met"
