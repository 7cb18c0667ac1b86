"""Listings on two marketplaces are reported by a spreadsheet: what cannot be used comes back, the laws are shown."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, Page, expect

from tests.factories import catalog, pictures, registry
from tests.factories.catalog import rows
from tests.factories.pictures import EMPTY
from tests.journeys.conftest import Site
from tests.web import worlds
from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.listings_in import import_listings
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.notices.models import Notice
from touchmark.apps.screening import actions as screening
from touchmark.engine.terms import Actor, RightKind, Role
from touchmark.web import clock

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


def stocked() -> None:
    """Fill two marketplaces, each under a law of its own."""
    company = Company(established="US", calendar="us", zone="America/New_York")
    catalog.marketplace("harbor", name="Harbor Goods", territories=["US"], company=company)
    catalog.marketplace("bazaar", name="Bazaar")
    said = "Poppy field, a poster " + "on heavy paper " * 12
    offers: list[dict[str, Any]] = [
        {"listing_id": f"{slug[0].upper()}-{n}", "title": f"{said} {n}", "marketplace": slug}
        for slug in ("harbor", "bazaar")
        for n in range(30)
    ]
    open_now = Marketplaces.open_now()
    import_listings(rows(*offers), images=EMPTY, marketplaces=open_now, actor=Actor.system(), at=clock.now())


def spreadsheet() -> FilePayload:
    book, file = Workbook(), BytesIO()
    lines = [
        ("marketplace", "listing_id"),
        *(("harbor", f"H-{n}") for n in range(29)),
        *(("bazaar", f"B-{n}") for n in range(29)),
    ]
    for line in [*lines, ("bazaar", "B-404"), ("bazaar", None), ("bazaar", clock.now().date())]:
        book.active.append(line)  # type: ignore[union-attr]
    book.save(file)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "清单 posters.xlsx", "mimeType": kind, "buffer": file.getvalue()}


def test_listings_are_reported_by_a_list(site: Site, open_page: Open, axe: Look, shots: Shots) -> None:
    _, vera, _ = worlds.person(Role.HOLDER, "Aldermoor Ltd")
    registry.verified(vera, text="Poppy field", kind=RightKind.COPYRIGHT)
    stocked()
    screening.screen_catalogue(at=clock.now())
    page = open_page(User.objects.get(pk=vera.user_id))
    page.goto("/holder/report/")
    page.get_by_label("Poppy field").check()
    page.get_by_role("button", name="Go on").click()
    axe(page)
    shots(page, "draft-listings-empty")
    page.get_by_label("Or a spreadsheet").set_input_files(spreadsheet())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("2 rows of 清单 posters.xlsx could not be used.")).to_be_visible()
    expect(page.get_by_role("heading", name="58 listings can be reported")).to_be_visible()
    axe(page)
    shots(page, "draft-listings")
    with page.expect_download() as download:
        page.get_by_role("link", name="What cannot be reported, as a file").click()
    assert "B-404" in download.value.path().read_text("utf-8-sig")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Our picture is copied").check()
    axe(page)
    shots(page, "draft-reason")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("In your words").fill("These posters show our photograph of the poppy field.")
    page.get_by_label("A signature").fill("Vera Stone")
    photo: FilePayload = {"name": "poppy.jpg", "mimeType": "image/jpeg", "buffer": pictures.drawn(format="JPEG")}
    page.get_by_label("Photo, scan or PDF").set_input_files(photo)
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_label("In your words")).to_have_value("These posters show our photograph of the poppy field.")
    axe(page)
    shots(page, "draft-words")
    page.get_by_label("My name").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("It stays one notice to you, and becomes 2 procedures")).to_be_visible()
    expect(page.get_by_text("Digital Millennium Copyright Act").first).to_be_visible()
    axe(page)
    shots(page, "draft-check")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send the notice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your notice")
    notice = Notice.objects.get()
    assert (notice.status, notice.items.count()) == ("incomplete", 58)  # work, address and telephone are still missing
    page.goto(f"/holder/notices/{notice.ref}/")
    axe(page)
    shots(page, "notice-of-two-laws")
