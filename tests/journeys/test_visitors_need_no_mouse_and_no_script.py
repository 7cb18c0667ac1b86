"""A seller appeals and a holder reports a listing, with the keyboard alone and no script running."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import catalog, registry
from tests.journeys.conftest import Site
from tests.web import worlds
from touchmark.apps.accounts.models import User
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


#: What has the focus, read at one moment: its name and its id.
FOCUSED = """() => {
    const it = document.activeElement;
    return it && it !== document.body ? [it.getAttribute("aria-label") || it.innerText || "", it.id] : ["", ""];
}"""


def person(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has this name, as somebody without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        label, identity = page.evaluate(FOCUSED)
        if name in label or name == identity:
            return
    raise AssertionError(f"the keyboard does not get to {name!r}")


def press(page: Page, name: str) -> None:
    """Go to a link or a button and press it; whatever it leads to is there when this returns."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_seller_reads_why_and_appeals(site: Site, open_page: Open) -> None:
    case = worlds.restricted(shop="متجر الأباريق", title="A teapot with a dragon, " * 12, at=clock.now())
    page = open_page(person(case.seller_actor), scripts=False)
    page.goto("/inbox/")
    press(page, "Your listing was restricted")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your listing was restricted")
    press(page, "Appeal by ")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is wrong with the decision?")
    press(page, "Go on")  # with nothing written
    expect(page.get_by_role("alert")).to_contain_text("Say what is wrong with the decision")
    press(page, "Say what is wrong with the decision")  # the summary leads to the field
    page.keyboard.type("It came from the owner's own shop.")
    press(page, "Go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your appeal before you send it")
    press(page, "Send the appeal")
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your appeal")
    press(page, "Follow the appeal")
    expect(page.get_by_text("It came from the owner's own shop.")).to_be_visible()
    press(page, "Withdraw the appeal")
    press(page, "Withdraw the appeal")
    expect(page.get_by_text("Your appeal is withdrawn. The decision stands.")).to_be_visible()


def test_a_holder_reports_a_listing(site: Site, open_page: Open) -> None:
    _, vera, _ = worlds.person(Role.HOLDER, "Aldermoor Ltd")
    registry.verified(vera, text="ALDERMOOR")
    catalog.listing(listing_id="4711", title="A teapot", url="https://bazaar.example/item/4711")
    page = open_page(person(vera), scripts=False)
    page.goto("/holder/")
    press(page, "Report listings")
    tab_to(page, "id_right_0")
    page.keyboard.press("Space")
    press(page, "Go on")
    tab_to(page, "id_pasted")
    page.keyboard.type("https://bazaar.example/item/4711?utm_source=mail")
    press(page, "Go on")
    tab_to(page, "id_reason_0")
    page.keyboard.press("Space")
    press(page, "Go on")
    tab_to(page, "id_statement")
    page.keyboard.type("The clasp is not ours.")
    press(page, "Go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your notice before you send it")
    tab_to(page, "id_good_faith")
    page.keyboard.press("Space")
    press(page, "Send the notice")
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your notice")
    press(page, "Follow the notice")
    expect(page.get_by_text("The clasp is not ours.")).to_be_visible()


def test_their_pages_are_sound(site: Site, open_page: Open, axe: Look, shots: Shots) -> None:
    """With one of everything, in both themes and at every size."""
    case = worlds.restricted(shop="متجر الأباريق", title="A teapot with a dragon, " * 12, at=clock.now())
    sam = open_page(person(case.seller_actor))
    letter = case.shop.letters.get()
    for name, address in {
        "inbox": "/inbox/",
        "statement-of-reasons": f"/inbox/{letter.pk}/",
        "seller": "/seller/",
        "seller-decisions": "/seller/decisions/",
        "seller-decision": case.address,
        "seller-appeal": f"{case.address}appeal/",
    }.items():
        sam.goto(address)
        axe(sam)
        shots(sam, name)
    _, vera, _ = worlds.person(Role.HOLDER, "Aldermoor Ltd")
    notice = worlds.noticed(vera, registry.verified(vera, text="ALDERMOOR"), catalog.listing(title="A blue cup"))
    other = open_page(person(vera))
    for name, address in {
        "holder": "/holder/",
        "holder-notices": "/holder/notices/",
        "holder-notice": f"/holder/notices/{notice.ref}/",
        "holder-report": "/holder/report/",
        "holder-drafts": "/holder/drafts/",
    }.items():
        other.goto(address)
        axe(other)
        shots(other, name)
