"""A holder sets up single sign-on; a colleague comes in through it; what goes wrong there is said, with what to do."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts
from tests.integrations.openid import provider as providers
from tests.journeys.conftest import Site
from tests.journeys.test_somebody_joins_and_signs_in import code_for
from touchmark.engine.terms import Role

pytestmark = pytest.mark.browser

Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


def test_single_sign_on(site: Site, open_page: Callable[..., Page], axe: Look, shots: Shots, settings: Any) -> None:
    settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK = True
    brand = accounts.organisation(name="Brand House")
    keeper = accounts.member(Role.HOLDER, of=brand, name="Hanna Holder", email="hanna@brand.test")
    accounts.member(Role.AGENT, of=brand, name="Vera Brand", email="vera@brand.test")
    secret = accounts.second_factor(keeper)
    with providers.running() as provider:
        page = open_page(keeper)
        page.goto("/people")
        axe(page)
        shots(page, "team-with-sign-on")
        page.get_by_role("link", name="Single sign-on").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
        page.get_by_label("Code").fill(code_for(secret))
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Single sign-on")
        axe(page)
        shots(page, "sign-on-empty")
        page.get_by_label("Issuer").fill(f"{provider.url}/nowhere")
        page.get_by_label("Client ID").fill(providers.CLIENT)
        page.get_by_label("Client secret").fill(providers.SECRET)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("No identity provider answers there")
        axe(page)
        shots(page, "sign-on-refused")
        page.get_by_label("Issuer").fill(provider.url)
        page.get_by_label("Client secret").fill(providers.SECRET)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="It is on")).to_be_visible()
        axe(page)
        shots(page, "sign-on")
        address = page.locator("dd a .id").inner_text()

        other = open_page()
        other.goto(address)
        expect(other.locator(".bar .menu .who")).to_have_text("Brand House")
        other.goto("/account")
        expect(other.get_by_text("You came through your organisation’s sign-in")).to_be_visible()
        axe(other)
        shots(other, "account-signed-on")

        provider.claims = {"sub": "subject-2", "email": "stranger@brand.test"}
        stranger = open_page()
        stranger.goto(address)
        expect(stranger.get_by_role("main")).to_contain_text("Nobody has invited stranger@brand.test to Brand House")
        axe(stranger)
        shots(stranger, "sign-on-failed")
        stranger.complaints.clear()  # type: ignore[attr-defined]  # the refusal is a 403
