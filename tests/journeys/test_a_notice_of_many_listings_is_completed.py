"""A notice on 300 listings lacks what the law asks for: the page says what and by when, and it is completed."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.factories import catalog, registry
from tests.factories.catalog import rows
from tests.factories.pictures import EMPTY
from tests.journeys.conftest import Site
from tests.web import worlds
from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.listings_in import import_listings
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.naming import Named
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import Notice
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.engine.terms import Actor, RightKind, Role
from touchmark.flows.report_listing import report_all
from touchmark.web import clock

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


def filed(vera: Actor) -> Notice:
    """Let the holder report 300 listings on a marketplace in the United States, with no more than a statement."""
    company = Company(established="US", calendar="us", zone="America/New_York")
    catalog.marketplace("harbor", name="Harbor Goods", territories=["US"], company=company)
    offers = [{"listing_id": f"H-{n}", "title": f"Poster number {n}", "marketplace": "harbor"} for n in range(300)]
    open_now = Marketplaces.open_now()
    import_listings(rows(*offers), images=EMPTY, marketplaces=open_now, actor=Actor.system(), at=clock.now())
    right = registry.verified(vera, text="Poppy field", kind=RightKind.COPYRIGHT)
    said = "These posters show our photograph of the poppy field."
    form = NoticeForm(NoticeReason.COPIED_PICTURE, said, True, uuid4())
    names = [Named(f"H-{n}", "harbor") for n in range(300)]
    return report_all(right=right.ref, listings=names, form=form, actor=vera, at=clock.now()).notice


def test_a_notice_of_300_listings_is_completed(site: Site, open_page: Open, axe: Look, shots: Shots) -> None:
    _, vera, _ = worlds.person(Role.HOLDER, "Aldermoor Ltd")
    notice = filed(vera)
    page = open_page(User.objects.get(pk=vera.user_id))
    page.goto(f"/holder/notices/{notice.ref}/")
    expect(page.get_by_text("300 listings · sent")).to_be_visible()
    axe(page)
    shots(page, "notice-of-many-incomplete")
    page.get_by_role("link", name="Complete the notice").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Type your full name as your signature")
    axe(page)
    shots(page, "notice-complete-errors")
    page.get_by_label("A signature").fill("Vera Stone")
    page.get_by_label("The work that was copied").fill("The photograph “Poppy field”, catalogue of 2024")
    page.get_by_label("A postal address").fill("1 Mill Lane, Leeds, United Kingdom")
    page.get_by_label("A telephone number").fill("+44 20 7946 0000")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your notice is complete. It is judged now.")).to_be_visible()
    expect(page.get_by_role("row", name="Poster number 0")).to_contain_text("Waits for a reviewer")
    axe(page)
    shots(page, "notice-of-many")
    page.goto("/holder/notices/")
    expect(page.get_by_text("and 299 more listings")).to_be_visible()
    shots(page, "notices-with-one-of-many")
    notice.refresh_from_db()
    assert notice.status == "complete"
