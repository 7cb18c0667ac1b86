"""A seller corrects a listing and gets it back without a strike; and shows once where its goods come from."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts, catalog, gates, pictures, registry
from tests.flows.world import World, built
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.apps.decisions.models import Decision
from touchmark.apps.gates.models import Proof
from touchmark.apps.registry.models import Brand
from touchmark.apps.screening import actions as screening
from touchmark.engine.terms import Actor, Role
from touchmark.flows import brand_gate
from touchmark.ops import clock

pytestmark = pytest.mark.browser
Check, Shoot = Callable[[Page], None], Callable[[Page, str], None]


@pytest.fixture
def world(site: Site) -> World:
    """Build the world in the site's database."""
    return built()


def person(actor: Actor) -> User:
    return User.objects.get(pk=actor.person)


def in_chinese(page: Page, reader: User, shots: Shoot, axe: Check, name: str) -> None:
    """Look at the same page in Chinese too, and go back."""
    for language in ("zh-hans", "en"):
        reader.language = language
        reader.save(update_fields=["language"])
        page.reload()
        if language != "en":
            expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
            axe(page)
            shots(page, f"{name}-zh")


def test_a_seller_corrects_a_listing_and_gets_it_back_without_a_strike(
    world: World, open_page: Callable[..., Page], axe: Check, shots: Shoot
) -> None:
    rita, sam = open_page(person(world.rita)), open_page(person(world.sam))

    # Rita asks for a correction, by keyboard, off sale meanwhile.
    rita.goto(f"/desk/bazaar/{world.listing.listing_id}/")
    rita.keyboard.press("c")
    expect(rita.get_by_label("Have it corrected by a day")).to_be_checked()
    rita.get_by_label("Do that at once, until it is corrected").check()
    expect(rita.get_by_text("You are asked to correct the listing.")).to_be_visible()
    axe(rita)
    shots(rita, "correct-desk")
    with rita.expect_navigation():
        rita.get_by_role("button", name="Ask for the correction").click()
    decision = Decision.objects.get()
    assert (decision.status, decision.at_once) == ("to_correct", True)

    # Sam reads what to correct, and says too early that it is done.
    sam.goto("/seller/")
    expect(sam.get_by_role("heading", name="To correct")).to_be_visible()
    axe(sam)
    shots(sam, "seller-home-to-correct")
    sam.get_by_role("link", name="See what to correct").click()
    expect(sam.get_by_role("heading", name="Correct your listing")).to_be_visible()
    axe(sam)
    shots(sam, "seller-to-correct")
    in_chinese(sam, person(world.sam), shots, axe, "seller-to-correct")
    sam.get_by_role("button", name="I have corrected it").click()
    expect(sam.get_by_text("has not sent us another version yet")).to_be_visible()

    # The marketplace sends the new version; Sam asks again.
    catalog.listing(listing_id=world.listing.listing_id, title="Leather bag", at=clock.now(), price=20.0)
    sam.get_by_role("button", name="I have corrected it").click()
    expect(sam.get_by_role("heading", name="Your listing is corrected")).to_be_visible()
    axe(sam)
    shots(sam, "seller-corrected")
    decision.refresh_from_db()
    assert (decision.status, decision.restriction.status) == ("corrected", "lift_ordered")

    # No strike. Sam writes to Rita, and Rita answers.
    sam.goto("/seller/standing/")
    expect(sam.get_by_text("Nothing counts against you.")).to_be_visible()
    axe(sam)
    shots(sam, "seller-standing")
    in_chinese(sam, person(world.sam), shots, axe, "seller-standing")
    sam.goto(f"/seller/decisions/{decision.ref}/messages/")
    sam.get_by_role("textbox").fill("Thank you. Which letters were they?")
    sam.get_by_role("button", name="Send").click()
    expect(sam.get_by_text("Which letters were they?")).to_be_visible()
    rita.goto(f"/desk/decisions/{decision.ref}/")
    axe(rita)
    shots(rita, "desk-corrected")
    rita.get_by_role("link", name="Write to the seller").click()
    expect(rita.get_by_text("Which letters were they?")).to_be_visible()
    rita.get_by_role("textbox").fill("The А and the Е, which are Cyrillic.")
    rita.get_by_role("button", name="Send").click()
    expect(rita.get_by_text("which are Cyrillic")).to_be_visible()
    axe(rita)
    sam.reload()
    expect(sam.get_by_text("which are Cyrillic")).to_be_visible()
    axe(sam)
    shots(sam, "seller-messages")


def test_a_seller_shows_once_where_its_goods_come_from(
    world: World, open_page: Callable[..., Page], axe: Check, shots: Shoot, tmp_path: Path
) -> None:
    invoice = tmp_path / "invoice.jpg"
    invoice.write_bytes(pictures.drawn(9, (600, 800), "JPEG"))
    paul = open_page(accounts.member(Role.POLICY_OWNER, name="Paul"))
    rita, sam = open_page(person(world.rita)), open_page(person(world.sam))
    Brand.objects.create(holder=registry.organisation_of(world.vera), name="Aldermoor")

    # Paul opens the gate.
    paul.goto("/desk/gates/")
    axe(paul)
    shots(paul, "gates-empty")
    paul.get_by_label("Brand").select_option(label="Aldermoor · Aldermoor Ltd")
    paul.get_by_label("Why").fill("Many suspected fakes were reported.")
    paul.get_by_role("button", name="Open the gate").click()
    expect(paul.get_by_text("The gate is open")).to_be_visible()

    # A new listing waits instead of being removed.
    listing = catalog.listing(title="Leather bag", brand="Aldermoor", at=clock.now())
    screening.screen_now([listing.pk], at=clock.now())
    brand_gate.keep_up(at=clock.now() + 2 * brand_gate.SETTLED)
    decision = Decision.objects.get(listing=listing)

    # Sam reads why, and shows an invoice.
    sam.goto(f"/seller/decisions/{decision.ref}/")
    expect(sam.get_by_role("heading", name="Your listing waits")).to_be_visible()
    axe(sam)
    shots(sam, "seller-held")
    in_chinese(sam, person(world.sam), shots, axe, "seller-held")
    sam.get_by_role("link", name="Show where they come from").click()
    axe(sam)
    shots(sam, "seller-proof")
    in_chinese(sam, person(world.sam), shots, axe, "seller-proof")
    sam.get_by_label("An invoice").check()
    sam.get_by_label("Issued by").fill("Aldermoor Ltd")
    sam.get_by_label("Issued on").fill("2026-03-01")
    sam.get_by_label("Photo, scan or PDF").set_input_files(invoice)
    sam.get_by_role("button", name="Send the proof").click()
    expect(sam.get_by_text("We have your proof.")).to_be_visible()

    # Rita checks it, and the listing is released.
    rita.goto("/desk/gates/")
    axe(rita)
    shots(rita, "gates")
    rita.get_by_role("link", name=Proof.objects.get().ref).click()
    axe(rita)
    shots(rita, "proof")
    rita.get_by_role("button", name="Accept", exact=True).click()
    expect(rita.get_by_text("what waited for it is released")).to_be_visible()
    decision.refresh_from_db()
    assert (decision.status, gates.YEAR.days) == ("released", 365)
    sam.goto("/seller/proofs/")
    expect(sam.get_by_text("Accepted", exact=True)).to_be_visible()
    axe(sam)
    shots(sam, "seller-proofs")

    # The next one does not wait.
    later = catalog.listing(title="Another bag", brand="Aldermoor", at=clock.now())
    screening.screen_now([later.pk], at=clock.now())
    brand_gate.keep_up(at=clock.now() + 2 * brand_gate.SETTLED)
    assert not Decision.objects.filter(listing=later).exists()

    # And Sam gives the trader details that the law asks for.
    sam.goto("/seller/trader/")
    axe(sam)
    shots(sam, "seller-trader")
    in_chinese(sam, person(world.sam), shots, axe, "seller-trader")
