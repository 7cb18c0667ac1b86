"""Somebody without an account reports listings, gives what the law asks for, and is told that it was upheld."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.factories import accounts, catalog, pictures
from tests.journeys.conftest import Site
from tests.web.worlds import decided
from touchmark.apps.catalog.actions import Company
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role
from touchmark.flows.decide import NoticeAnswer
from touchmark.web import clock

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


def mailed(subject: str) -> str:
    """Give the path in the one letter whose subject begins so."""
    bodies = [
        m.payload["body"] for m in Message.objects.filter(kind="email") if m.payload["subject"].startswith(subject)
    ]
    (path,) = re.findall(r"http://[^/]+(/guest/\S+)", bodies[0])
    return str(path)


def test_a_guest_completes_a_notice_and_it_is_upheld(site: Site, open_page: Open, axe: Look, shots: Shots) -> None:
    company = Company(established="US", calendar="us", zone="America/New_York")
    catalog.marketplace("harbor", name="Harbor Goods", territories=["US"], company=company)
    listing = catalog.listing(on="harbor", listing_id="H-1", title="A poster", url="https://harbor.example/item/1")
    page = open_page(scripts=False)
    page.goto("/")
    page.get_by_role("link", name="Report without an account").click()
    axe_page = open_page()
    axe_page.goto("/report/")
    axe(axe_page)
    shots(axe_page, "guest-start")
    page.get_by_role("link", name="copyright").click()
    page.get_by_role("button", name="Send the notice").click()
    expect(page.get_by_role("alert")).to_contain_text("Fill in")
    page.complaints.clear()  # type: ignore[attr-defined]  # the console reports a 422 as an error
    page.get_by_label("Your name, or the name of the company").fill("Mara Voss")
    page.get_by_label("Your e-mail address").fill("mara@example.test")
    page.get_by_label("Which right is it?").fill("Poppy field, a photograph")
    photo: FilePayload = {"name": "negative.jpg", "mimeType": "image/jpeg", "buffer": pictures.drawn(format="JPEG")}
    page.get_by_label("Proof of the right").set_input_files(photo)
    page.get_by_label("Addresses of the listings").fill("https://harbor.example/item/1")
    page.get_by_label("Our picture is copied").check()
    page.get_by_label("Why does that infringe your right?").fill("It is my photograph of 2019.")
    page.get_by_label("I believe in good faith").check()
    page.get_by_role("button", name="Send the notice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open the link in our letter")
    page.goto(mailed("Confirm your notice"))
    page.get_by_role("button", name="Yes, I sent it").click()
    expect(page.get_by_text("Something is still missing.")).to_be_visible()
    follow = page.url
    look = open_page()
    for name, address in {
        "guest-follow": follow,
        "guest-complete": f"{follow}complete/",
        "guest-report": "/report/copyright/",
    }.items():
        look.goto(address)
        axe(look)
        shots(look, name)
    page.get_by_role("link", name="Complete the notice").click()
    page.get_by_label("A signature").fill("Mara Voss")
    page.get_by_label("The work that was copied").fill("The photograph “Poppy field”")
    page.get_by_label("A postal address").fill("1 Mill Lane, Leeds, United Kingdom")
    page.get_by_label("A telephone number").fill("+44 20 7946 0000")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your notice is complete. It is judged now.")).to_be_visible()
    item = NoticeItem.objects.get()
    answers = {item.ref: NoticeAnswer(upheld=True, reasons="The poster shows your photograph.")}
    decided(listing, Notice.objects.get().right, accounts.actor(Role.REVIEWER), answers=answers, at=clock.now())
    page.goto(mailed(f"Your notice {item.ref} was upheld"))
    expect(page.get_by_text("The poster shows your photograph.")).to_be_visible()
    look.goto("/report/copyright/")
    look.get_by_role("button", name="简体中文").click()
    expect(look.get_by_role("heading", level=1)).to_have_text("无账户投诉商品")
    shots(look, "guest-report-zh")
