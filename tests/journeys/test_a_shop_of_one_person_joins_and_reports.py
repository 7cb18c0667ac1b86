"""A shop of one person makes an account, claims an unregistered work and reports under it: in minutes of clicks."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.factories import catalog, pictures
from tests.factories.accounts import PASSWORD
from tests.journeys.conftest import Site
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.outbox.models import Message

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]

#: By the keystroke-level model of Card, Moran and Newell (1980): pointing and clicking, with thinking before; a key.
SECONDS_A_CLICK, SECONDS_A_KEY = 1.1 + 0.2 + 1.35, 0.28


class Hands:
    """Does what a person does with mouse and keys, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.keys = 0

    def go(self, link: str) -> None:
        self.clicks += 1
        self.page.get_by_role("link", name=link).first.click()

    def press(self, button: str) -> None:
        self.clicks += 1
        self.page.get_by_role("button", name=button, exact=True).click()

    def write(self, label: str, text: str) -> None:
        self.clicks += 1
        self.keys += len(text)
        self.page.get_by_label(label, exact=False).first.fill(text)

    def tick(self, label: str) -> None:
        self.clicks += 1
        self.page.get_by_label(label).check()

    def give(self, label: str, file: FilePayload) -> None:
        self.clicks += 3  # the button, the file, "open"
        self.page.get_by_label(label).set_input_files(file)

    @property
    def minutes(self) -> float:
        return (self.clicks * SECONDS_A_CLICK + self.keys * SECONDS_A_KEY) / 60


def link_in_the_letter() -> str:
    found = re.search(r"http\S+/join/\S+", Message.objects.get(kind="email", to="mara@heron.test").payload["body"])
    assert found
    return urlsplit(found[0]).path


def test_a_shop_joins_claims_a_work_and_files_its_first_notice(
    site: Site, open_page: Open, axe: Look, shots: Shots, settings: object
) -> None:
    settings.TOUCHMARK_SIGN_UP = True  # type: ignore[attr-defined]
    catalog.marketplace("bazaar", name="Bazaar", regime="eu")
    catalog.listing(listing_id="B-1", title="Mug with a heron", url="https://bazaar.example/item/1")
    page = open_page()
    hands = Hands(page)
    page.goto("/")
    hands.go("Make an account")
    axe(page)
    shots(page, "join")
    hands.write("Your e-mail address", "mara@heron.test")
    hands.press("Send me the link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Open the link in our letter")
    axe(page)
    hands.clicks += 2  # to the letter, and on its link
    page.goto(link_in_the_letter())
    axe(page)
    shots(page, "join-finish")
    hands.write("Your name", "Mara Voss")
    hands.write("Your shop or company", "Heron Pottery")
    hands.write("Country", "DE")
    hands.write("Password", PASSWORD)
    hands.tick("I have read the terms")
    hands.press("Make the account")
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you now")
    axe(page)
    shots(page, "holder-first-day")

    hands.go("A work without registration")
    axe(page)
    shots(page, "work")
    hands.write("What is the work called?", "Heron mug, a drawing")
    drawing: FilePayload = {"name": "heron.jpg", "mimeType": "image/jpeg", "buffer": pictures.drawn(format="JPEG")}
    hands.give("Picture", drawing)
    hands.write("Who made it?", "Mara Voss")
    hands.write("When was it made?", "March 2019")
    hands.write("Where did you first show it?", "https://heron.example/mugs")
    hands.write("What shows that it is yours?", "The sketches in my book of 2019, and my shop page of that spring.")
    hands.tick("I declare that the work is original")
    hands.press("Enter the work")
    expect(page.get_by_text("The work is entered.")).to_be_visible()
    axe(page)
    shots(page, "work-entered")

    hands.go("Report listings")
    hands.press("Go on")
    hands.write("Addresses or numbers", "https://bazaar.example/item/1")
    hands.press("Go on")
    hands.tick("Our picture is copied")
    hands.press("Go on")
    hands.write(
        "In your words", "The heron on this mug is my drawing, turned round. I never gave anybody leave to print it."
    )
    hands.press("Go on")
    axe(page)
    shots(page, "first-notice-check")
    hands.tick("I believe in good faith that what I say here")
    hands.press("Send the notice")
    item = NoticeItem.objects.get()
    expect(page.get_by_text(item.ref).first).to_be_visible()
    axe(page)
    shots(page, "first-notice-sent")
    assert item.status == "received"
    assert hands.minutes < 10, f"{hands.clicks} clicks, {hands.keys} keys: {hands.minutes:.1f} minutes"

    look = open_page()
    look.goto("/join")
    look.get_by_role("button", name="简体中文").click()
    expect(look.get_by_role("heading", level=1)).to_have_text("权利人账户")
    axe(look)
    shots(look, "join-zh")
