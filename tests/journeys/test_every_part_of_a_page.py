"""Every part of the design system, on pages made of nothing else: accessible, on every screen, by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import OrganisationKind
from touchmark.engine.terms import Role

pytestmark = pytest.mark.browser
PAGES = ["queue", "bench", "case", "parts", "form", "form?wrong=1", "letter"]


@pytest.fixture
def gallery(site: Site, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.journeys.gallery"


@pytest.mark.usefixtures("gallery")
def test_axe_finds_nothing_and_every_page_fits_its_screen(
    open_page: Callable[..., Page], axe: Callable[[Page], None], shots: Callable[[Page, str], None]
) -> None:
    of = accounts.organisation(OrganisationKind.PLATFORM, name="بازار " + "Donaudampfschifffahrtsgesellschaft" * 8)
    page = open_page(accounts.member(Role.OPERATOR, Role.REVIEWER, of=of, name="Rita " + "Reviewer" * 20))
    for name in PAGES:
        page.goto(f"/gallery/{name}")
        axe(page)
        shots(page, f"gallery-{name.replace('?', '-').replace('=', '')}")


@pytest.mark.usefixtures("gallery")
def test_a_queue_by_keyboard(open_page: Callable[..., Page]) -> None:
    page = open_page(accounts.member(Role.REVIEWER))
    page.goto("/gallery/queue")
    page.keyboard.press("j")
    expect(page.locator("tr.here")).to_have_count(1)
    expect(page.locator("#preview h2")).to_contain_text("C4RDEN")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_label("Select row 2", exact=True)).to_be_checked()
    page.keyboard.press("k")
    expect(page.locator("tbody tr").first).to_have_class("here")

    page.keyboard.press("/")
    page.keyboard.type("jx?")  # typing moves nothing
    expect(page.get_by_label("Search")).to_have_value("jx?")
    expect(page.locator("tbody tr").first).to_have_class("here")

    page.locator("tbody tr a").first.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Use single keys on this device").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("tbody tr").first).to_have_class("here")

    page.keyboard.press("Enter")
    expect(page).to_have_title("Decide · Touchmark")


@pytest.mark.usefixtures("gallery")
def test_what_is_lit_flipped_and_opened(open_page: Callable[..., Page]) -> None:
    page = open_page(accounts.member(Role.REVIEWER))
    page.goto("/gallery/bench")
    page.locator("[data-lights=f1]").focus()
    expect(page.locator("mark.lit").first).to_have_text("C4RDEN (CARDEN, disguised: a digit for a letter)")
    page.locator("[data-lights=f4]").focus()
    expect(page.locator("rect.lit")).to_have_count(1)
    expect(page.locator("mark.lit")).to_have_count(0)

    page.keyboard.press("v")
    expect(page.locator(".pair .side-b")).to_be_hidden()
    page.keyboard.press("v")
    expect(page.locator(".pair .side-a")).to_be_hidden()
    expect(page.locator(".pair .side-b")).to_be_visible()

    page.keyboard.press("r")
    expect(page.get_by_role("dialog", name="Restrict this listing")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.usefixtures("gallery")
def test_the_theme_changes_and_stays(open_page: Callable[..., Page]) -> None:
    page = open_page(accounts.member(Role.REVIEWER))
    page.goto("/gallery/form")
    page.get_by_label("What happened?").fill("half a sentence")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_label("What happened?")).to_have_value("half a sentence")  # no reload, nothing lost
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.usefixtures("gallery")
def test_the_menus_open_and_close(
    open_page: Callable[..., Page], axe: Callable[[Page], None], shots: Callable[[Page, str], None]
) -> None:
    person = accounts.member(Role.REVIEWER, name="Rita Reviewer")
    accounts.member(Role.AGENT, of=accounts.organisation(name="Maison Verre"), person=person)
    page = open_page(person)
    page.goto("/gallery/parts")
    more = page.locator(".bar .menu.more")
    more.locator("summary").click()
    expect(more.get_by_role("link", name="Rules")).to_be_visible()
    axe(page)
    shots(page, "menu-more")
    page.locator(".bar .tools .menu > summary").click()
    expect(more.get_by_role("link", name="Rules")).to_be_hidden()
    expect(page.get_by_role("button", name="Maison Verre")).to_be_visible()
    axe(page)
    shots(page, "menu-account")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Maison Verre")).to_be_hidden()
    page.locator(".bar .tools .menu > summary").click()
    page.get_by_role("button", name="Maison Verre").click()
    expect(page.get_by_text("You act for Maison Verre now.")).to_be_visible()

    page.goto("/gallery/parts")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".bar .menu.everywhere > summary").click()
    expect(page.locator(".menu.everywhere").get_by_role("link", name="Notices")).to_be_visible()
    axe(page)
    shots(page, "menu-places")
    page.locator("main").click(position={"x": 200, "y": 700})
    expect(page.locator(".menu.everywhere").get_by_role("link", name="Notices")).to_be_hidden()
