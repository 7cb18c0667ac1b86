"""A holder objects to the front of a shop, a picture and a video by their links; the reviewer takes the picture off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts, catalog, pictures, registry
from tests.factories.pictures import Folder
from tests.journeys.conftest import Site
from tests.web import worlds
from touchmark.apps.accounts.models import User
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.terms import Role

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]
FRONT = "https://bazaar.example/shops/blue-crate"
PHOTO, BACK = "https://cdn.bazaar.example/7/photo.png", "https://cdn.bazaar.example/7/back.png"
FILM = "https://cdn.bazaar.example/7/film"


def stocked() -> User:
    """Give a seller whose shop has a front, and an offer with two pictures and a video."""
    catalog.marketplace("bazaar", name="Bazaar", regime="eu")
    shop = accounts.organisation("seller", name="Blue Crate")
    images = Folder({PHOTO: pictures.drawn(3), BACK: pictures.drawn(5)})
    said = {"of": shop, "pictures": images}
    catalog.listing(kind="shop_front", listing_id="front", title="ALDERMOOR outlet", url=FRONT, images=[BACK], **said)
    catalog.listing(listing_id="7", title="Shoulder bag", images=[PHOTO, BACK], videos=FILM, price=19.0, **said)
    return accounts.member(Role.SELLER, of=shop)


def in_chinese(page: Page, reader: User, shots: Shots, name: str) -> None:
    """Look at the same page in Chinese too, and go back."""
    for language in ("zh-hans", "en"):
        reader.language = language
        reader.save(update_fields=["language"])
        page.reload()
        if language != "en":
            shots(page, f"{name}-zh")


def test_a_shop_front_and_a_picture_are_reported(site: Site, open_page: Open, axe: Look, shots: Shots) -> None:
    _, vera, _ = worlds.person(Role.HOLDER, "Aldermoor Ltd")
    registry.verified(vera, text="ALDERMOOR")
    sam, herself = stocked(), User.objects.get(pk=vera.user_id)
    page = open_page(herself)
    page.goto("/holder/report/")
    page.get_by_label("ALDERMOOR").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Addresses or numbers").fill(f"{FRONT}\n{PHOTO}")
    page.get_by_role("button", name="Add them and stay here").click()
    expect(page.get_by_role("heading", name="2 listings can be reported")).to_be_visible()
    expect(page.get_by_text("one picture of it")).to_be_visible()
    axe(page)
    shots(page, "other-pages-draft")
    in_chinese(page, herself, shots, "other-pages-draft")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("The mark is used in the name or on the front of a shop").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("In your words").fill("Our mark is the name of this shop, and its bags bear it in the photo.")
    page.get_by_label("What of the shop front you object to").fill("Its name: ALDERMOOR outlet.")
    axe(page)
    shots(page, "other-pages-words")
    page.get_by_role("button", name="Go on").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send the notice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your notice")
    front, photo = NoticeItem.objects.order_by("number")
    assert (front.target, photo.target, front.status) == ("shop_front", "picture", "received")
    page.goto(f"/holder/notices/{front.notice.ref}/")
    expect(page.get_by_text("shop front")).to_be_visible()
    shots(page, "other-pages-notice")

    rita = open_page(accounts.member(Role.REVIEWER, name="Rita Keller"))
    rita.goto("/desk/bazaar/front/")
    expect(rita.get_by_text("Objected to is the front of the shop")).to_be_visible()
    expect(rita.get_by_text("Its name: ALDERMOOR outlet.")).to_be_visible()
    axe(rita)
    shots(rita, "other-pages-desk-front")
    rita.goto("/desk/bazaar/7/")
    rita.get_by_label("Take pictures off it").check()
    rita.get_by_label("(reported)").check()
    rita.get_by_label("What you saw").fill("The photo shows the mark on the flap of the bag.")
    rita.get_by_label("Law or term").fill("EUTMR, art. 9(2)(a)")
    rita.get_by_label("Why it applies").fill("The sign in the photo is the mark.")
    rita.get_by_label("Uphold").check()
    rita.get_by_label("Reasons to the holder").fill("The photo is taken off.")
    expect(rita.get_by_text("The sign in the photo is the mark.").last).to_be_visible()
    expect(rita.locator("#statement")).not_to_have_attribute("aria-busy", "true")
    axe(rita)
    shots(rita, "pictures-desk")
    rita.get_by_role("button", name="Take the pictures off").click()
    expect(rita).not_to_have_url(f"{site.url}/desk/bazaar/7/")
    decision = Decision.objects.get()
    assert (decision.kind, decision.pictures) == ("pictures", [PHOTO])

    seller = open_page(sam)
    seller.goto(f"/seller/decisions/{decision.ref}/")
    expect(seller.get_by_text("These pictures or videos are taken off").first).to_be_visible()
    axe(seller)
    shots(seller, "pictures-seller")
    in_chinese(seller, sam, shots, "pictures-seller")
