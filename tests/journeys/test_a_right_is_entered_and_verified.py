"""A holder enters a right, a reviewer declines it, the holder corrects it, the reviewer verifies it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts, pictures, registry
from tests.journeys.conftest import Site
from tests.web import worlds
from touchmark.apps.accounts.models import User
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "logo.png"
    path.write_bytes(pictures.drawn(size=(900, 500)))
    return path


def person(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def test_a_right_goes_its_way(site: Site, open_page: Open, axe: Look, shots: Shots, logo: Path) -> None:
    _, vera, _ = worlds.person(Role.HOLDER, "Aldermoor Ltd")
    registry.right(registry.holder("متجر الأباريق"), text="ALDERMOOR", number="9", office="EUIPO")
    holder, desk = open_page(person(vera)), open_page(accounts.member(Role.REVIEWER))

    holder.goto("/holder/rights/")
    axe(holder)
    shots(holder, "rights-none")
    holder.get_by_role("link", name="Enter a right").click()
    holder.get_by_label("What kind of right is it?").select_option("figurative_mark")
    holder.get_by_label("Words of the mark").fill("ALDERMOOR")
    holder.get_by_label("Picture").set_input_files(logo)
    holder.get_by_label("Nice classes").fill("8, 99")
    holder.get_by_label("Usual price").fill("12,90 €")
    holder.get_by_role("button", name="Enter the right").click()
    expect(holder.get_by_role("alert")).to_contain_text("from 1 to 45")
    axe(holder)
    shots(holder, "right-form-errors")
    holder.get_by_role("link", name="Write the numbers of the classes").click()
    expect(holder.get_by_label("Nice classes")).to_be_focused()
    holder.get_by_label("Nice classes").fill("8, 21")
    holder.get_by_label("Usual price").fill("12.90")
    holder.get_by_label("Currency").fill("eur")
    holder.get_by_role("button", name="Enter the right").click()
    expect(holder.get_by_text("A reviewer checks it")).to_be_visible()
    expect(holder.get_by_role("img", name="The picture of the right")).to_be_visible()
    axe(holder)
    shots(holder, "right-waits")

    desk.goto("/desk/rights/")
    axe(desk)
    shots(desk, "rights-waiting")
    ref = Right.objects.get(holder=vera.organisation_id).ref
    desk.locator(f"a[href='/desk/rights/{ref}/']").click()
    expect(desk.get_by_text("متجر الأباريق")).to_be_visible()
    axe(desk)
    shots(desk, "right-to-verify")
    desk.keyboard.press("d")
    desk.get_by_label("What the holder reads").fill("The register at EUIPO names Copse GmbH as owner.")
    axe(desk)
    desk.get_by_role("button", name="Tell the holder").click()
    expect(desk.get_by_text("Its holder is told why")).to_be_visible()

    holder.goto(f"/holder/rights/{ref}/")
    expect(holder.get_by_text("Copse GmbH").first).to_be_visible()
    axe(holder)
    shots(holder, "right-declined")
    holder.get_by_role("link", name="Correct it").click()
    expect(holder.get_by_text("logo.png")).to_be_visible()
    holder.get_by_label("Owner").fill("Copse GmbH")
    holder.get_by_role("button", name="Send the change").click()
    expect(holder.get_by_text("checks it again before it counts")).to_be_visible()

    desk.goto(f"/desk/rights/{ref}/")
    expect(desk.get_by_text("another name than the holder here")).to_be_visible()
    desk.keyboard.press("v")
    expect(desk.get_by_text("Verified: ALDERMOOR")).to_be_visible()
    holder.goto(f"/holder/rights/{ref}/")
    expect(holder.get_by_role("link", name="Report listings")).to_be_visible()
    axe(holder)
    shots(holder, "right-verified")


def test_a_right_is_entered_without_a_script_and_with_far_too_long_words(
    site: Site, open_page: Open, axe: Look
) -> None:
    _, vera, _ = worlds.person(Role.HOLDER, "Aldermoor " * 25)
    page = open_page(person(vera), scripts=False)
    page.goto("/holder/rights/new/")
    page.get_by_label("Words of the mark").fill("DONAUDAMPFSCHIFFFAHRT" * 20)
    page.get_by_label("Other ways it is written").fill("多瑙河" * 90)
    page.get_by_role("button", name="Enter the right").click()
    expect(page.get_by_text("A reviewer checks it")).to_be_visible()
    looking = open_page(person(vera))
    for address in ("/holder/rights/", f"/holder/rights/{Right.objects.get().ref}/"):
        looking.goto(address)
        axe(looking)
