"""
An authority orders to act against two listings: incomplete at first, then carried out in one country.

The seller is told nothing until the authority lets us, and then reads it.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts, catalog, orders, pictures
from tests.factories.orders import TEXTS
from tests.flows.test_trader_clocks import given
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.apps.decisions.models import Decision
from touchmark.apps.orders import actions
from touchmark.apps.orders.models import Order
from touchmark.apps.outbox.models import Message
from touchmark.apps.traders import actions as traders
from touchmark.engine.terms import Role
from touchmark.flows import carry_out_order
from touchmark.flows.tell_seller import tell_due
from touchmark.web import clock

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]
DAY = timedelta(days=1)


def enter(rita: Page, letter: Path, *, kind: str = "To act against listings", names: str) -> Order:
    """Enter what came by letter; what it does not say is left blank."""
    rita.goto("/orders/")
    rita.get_by_role("link", name="Enter one").first.click()
    expect(rita.get_by_role("heading", level=1)).to_have_text("Enter an order")
    rita.get_by_label(kind).check()
    rita.get_by_label("Authority", exact=True).fill("Landgericht Köln")
    rita.get_by_label("Its country").fill("DE")
    rita.get_by_label("Its reference").fill(f"31 O 345/26 {kind[:7]}")
    rita.get_by_label("Received").fill((clock.now() - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"))
    rita.get_by_label("What it names").fill(names)
    rita.get_by_label("Legal basis").fill(TEXTS["legal_basis"])
    rita.get_by_label("Reasons").fill(TEXTS["reasons"])
    rita.get_by_label("Whom to tell what was done").fill(TEXTS["inform"])
    rita.get_by_label("Language of the letter").fill("English")
    rita.get_by_label("E-mail address of the authority").fill("poststelle@lg-koeln.example")
    rita.locator("#id_letter").set_input_files(letter)
    rita.get_by_role("button", name="Take it in").click()
    expect(rita.get_by_text("Taken in. Now verify it.")).to_be_visible()
    return Order.objects.latest("entered_at")


def verify(page: Page, how: str, button: str = "It is real") -> None:
    page.get_by_label("How you found it to be real").fill(how)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("It is on record how the order was found to be real.")).to_be_visible()


def in_chinese(page: Page, reader: User, shots: Shots, name: str) -> None:
    """Look at the same page in Chinese too, and go back."""
    for language in ("zh-hans", "en"):
        reader.language = language
        reader.save(update_fields=["language"])
        page.reload()
        if language != "en":
            shots(page, f"{name}-zh")


def test_two_listings_are_disabled_in_one_country_and_the_seller_reads_it_later(
    site: Site, open_page: Open, axe: Look, shots: Shots, tmp_path: Path
) -> None:
    catalog.marketplace("bazaar", name="Bazaar", regime="eu", territories=["DE", "FR"])
    shop = accounts.organisation("seller", name="Blue Crate")
    sam_himself, reviewer = accounts.member(Role.SELLER, of=shop), accounts.member(Role.REVIEWER, name="Rita Keller")
    said = {"of": shop, "price": 19.0, "currency": "EUR"}
    first = catalog.listing(title="Shoulder bag ALDERMOOR", url="https://bazaar.example/item/1", **said)
    second = catalog.listing(title="Bag in brown, as new", listing_id="L-two", **said)
    letter = tmp_path / "letter.png"
    letter.write_bytes(pictures.drawn(5, (800, 1100), "PNG"))
    rita, sam = open_page(reviewer), open_page(sam_himself)
    rita.goto("/orders/")
    expect(rita.get_by_role("heading", name="No order waits")).to_be_visible()
    shots(rita, "orders-none")
    order = enter(rita, letter, names="https://bazaar.example/item/1\nL-two\nhttps://bazaar.example/item/404")
    shots(rita, "order-received")
    in_chinese(rita, reviewer, shots, "order-received")
    verify(rita, "Called the registry by the number on the court's own site: Ms Vogt confirms it.")
    rita.get_by_text("Ask for what is missing").click()
    rita.get_by_label("What is missing").fill("Please say how the seller can contest it.")
    rita.get_by_role("button", name="Ask the authority").click()
    expect(rita.get_by_text("The authority is asked for what is missing.")).to_be_visible()
    rita.get_by_role("link", name="Complete it").click()
    expect(rita.get_by_text("Still missing:")).to_be_visible()
    shots(rita, "order-complete")
    in_chinese(rita, reviewer, shots, "order-complete")
    rita.get_by_label("How it can be contested").fill(TEXTS["redress"])
    rita.get_by_label("Where it applies").fill("DE")
    rita.get_by_label("Tell the seller nothing until").fill((clock.now() + 30 * DAY).strftime("%Y-%m-%dT%H:%M"))
    rita.get_by_role("button", name="Save it").click()
    expect(rita.get_by_text("Verify it anew: what completes an order can be forged, too.")).to_be_visible()
    verify(rita, "Ms Vogt confirms the second letter, too.")
    expect(rita.get_by_text("2 listings are disabled in: DE.")).to_be_visible()
    shots(rita, "order-verified")
    rita.get_by_role("button", name="Carry it out").click()
    expect(rita.get_by_text("Carried out. Now tell the authority what was done.")).to_be_visible()
    shots(rita, "order-carried-out")
    in_chinese(rita, reviewer, shots, "order-carried-out")
    rita.get_by_label("What was done, and when").fill("Two listings are disabled in Germany since this hour.")
    rita.get_by_role("button", name="Tell the authority").click()
    expect(rita.get_by_text("The authority is told.")).to_be_visible()
    mail = Message.objects.get(kind="email", payload__subject__icontains="what was done").payload["body"]
    assert "the seller is told nothing before" in mail
    assert "L-two: disabled in the order's territories" in mail
    assert "https://bazaar.example/item/404: not known here" in mail
    decision = Decision.objects.get(order=order.ref, listing=first)
    assert Decision.objects.filter(order=order.ref, listing=second).count() == 1
    rita.goto(f"/desk/decisions/{decision.ref}/")
    expect(rita.get_by_text("By the authority's order the seller is told nothing before:")).to_be_visible()
    shots(rita, "order-decision")
    rita.goto("/orders/?all=1")
    expect(rita.get_by_role("link", name="Landgericht Köln (DE)")).to_be_visible()
    shots(rita, "orders")
    in_chinese(rita, reviewer, shots, "orders")
    for page in ("/seller/", "/seller/decisions/", "/seller/standing/", "/inbox/"):
        sam.goto(page)
        expect(sam.get_by_role("heading", level=1)).to_be_visible()
        assert "Landgericht" not in sam.content()
        assert decision.ref not in sam.content()
    assert tell_due(clock.now() + 31 * DAY) == 2
    sam.goto("/inbox/")
    sam.get_by_role("link", name="Your listing was restricted: Shoulder bag ALDERMOOR").click()
    expect(sam.get_by_text("Landgericht Köln (DE) ordered us to act against this listing.")).to_be_visible()
    expect(sam.get_by_text("We acted on the order of an authority.")).to_be_visible()
    shots(sam, "order-letter")
    sam.goto(f"/seller/decisions/{decision.ref}/")
    expect(sam.get_by_text("Landgericht Köln (DE) ordered us to act against this listing.")).to_be_visible()
    in_chinese(sam, sam_himself, shots, "order-seller")
    shots(sam, "order-seller")


def test_information_is_given_after_two_people_have_looked(
    site: Site, open_page: Open, axe: Look, shots: Shots, tmp_path: Path
) -> None:
    catalog.marketplace("bazaar", name="Bazaar", regime="eu", territories=["DE", "FR"])
    shop = accounts.organisation("seller", name="Blue Crate")
    sam_himself = accounts.member(Role.SELLER, of=shop)
    seller = accounts.actor(Role.SELLER, of=shop)
    catalog.listing(title="Shoulder bag ALDERMOOR", of=shop)
    traders.give(given=given(), actor=seller, at=clock.now())
    letter = tmp_path / "letter.png"
    letter.write_bytes(pictures.drawn(5, (800, 1100), "PNG"))
    rita, ravi = open_page(accounts.member(Role.REVIEWER)), open_page(accounts.member(Role.REVIEWER))
    order = enter(rita, letter, kind="To give information about sellers", names="s-1")
    rita.get_by_role("link", name="Change what it says").click()
    expect(rita.get_by_role("heading", level=1)).to_have_text("What the order says")
    rita.get_by_label("name of the trader").check()
    rita.get_by_label("address", exact=True).check()
    rita.get_by_label("How it can be contested").fill(TEXTS["redress"])
    rita.get_by_role("button", name="Save it").click()
    expect(rita.get_by_text("Verify it anew: what completes an order can be forged, too.")).to_be_visible()
    verify(rita, "Called the public prosecutor.")
    expect(rita.get_by_text("A second person confirms, because it asks for personal data.")).to_be_visible()
    ravi.goto(f"/orders/{order.ref}/")
    verify(ravi, "I called them, too.", "Confirm that it is real")
    rita.reload()
    rita.get_by_role("button", name="Carry it out").click()
    expect(rita.get_by_text("Carried out. Now tell the authority what was done.")).to_be_visible()
    rita.get_by_role("button", name="Look at the information").click()
    expect(rita.get_by_text("Am Kai 3, Hamburg")).to_be_visible()
    assert "+49" not in rita.content()
    shots(rita, "order-data")
    sam = open_page(sam_himself)
    sam.goto("/inbox/")
    sam.get_by_role("link", name="Information about you was given to an authority").click()
    expect(sam.get_by_text("It asked for: name of the trader, address")).to_be_visible()
    shots(sam, "order-information-letter")
    in_chinese(sam, sam_himself, shots, "order-information-letter")


def test_a_court_completes_its_order_on_its_own_page_and_reads_the_answer_there(
    site: Site, open_page: Open, axe: Look, shots: Shots
) -> None:
    catalog.marketplace("bazaar", name="Bazaar", regime="eu", territories=["DE", "FR"])
    catalog.listing(title="Shoulder bag ALDERMOOR", listing_id="L-1")
    house = accounts.organisation("authority", name="Landgericht Köln")
    clerk = accounts.member(Role.AUTHORITY, of=house, email="poststelle@lg-koeln.example", name="Ute Vogt")
    rita = accounts.actor(Role.REVIEWER)
    now = clock.now()
    order = orders.verified(rita, "L-1", at=now, received_at=now, without=("redress",))
    actions.ask_for_more(ref=order.ref, text="Please say how the seller can contest it.", actor=rita, at=now)
    page = open_page(clerk)
    page.goto("/authority/")
    expect(page.get_by_text("Please say how the seller can contest it.")).to_be_visible()
    page.get_by_role("link", name="31 O 345/26").first.click()
    expect(page.get_by_text("We cannot carry it out as it stands.")).to_be_visible()
    shots(page, "authority-order-incomplete")
    in_chinese(page, clerk, shots, "authority-order-incomplete")
    page.get_by_role("link", name="Complete it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What your order says")
    shots(page, "authority-order-complete")
    page.get_by_label("How it can be contested").fill(TEXTS["redress"])
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Thank you: your order goes on with it.")).to_be_visible()
    carry_out_order.carry_out(ref=order.ref, actor=rita, at=clock.now())
    actions.answer(ref=order.ref, text="Disabled in Germany since noon.", actor=rita, at=clock.now())
    page.reload()
    expect(page.get_by_text("Disabled in Germany since noon.")).to_be_visible()
    expect(page.get_by_text("disabled in the order's territories")).to_be_visible()
    shots(page, "authority-order-answered")
    in_chinese(page, clerk, shots, "authority-order-answered")
