"""A reviewer sets up a passkey instead of an app, signs in with it, proves it is them, and keeps one."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.factories import accounts
from tests.factories.accounts import PASSWORD
from tests.journeys.conftest import Site
from touchmark.engine.terms import Role

pytestmark = pytest.mark.browser

Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


def device(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that keeps passkeys and says yes to each question."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def sign_in(page: Page, at: str, email: str) -> None:
    page.goto(f"{at}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, at: str) -> None:
    page.goto(f"{at}/sign-out")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_a_passkey_instead_of_an_app(
    site: Site, open_page: Callable[..., Page], axe: Look, shots: Shots, settings: Any
) -> None:
    at = settings.PUBLIC_URL = site.url.replace("127.0.0.1", "localhost")  # no passkey is bound to a number
    accounts.member(Role.REVIEWER, email="rita@bazaar.test", name="Rita Reviewer")
    page = open_page()
    session, key = device(page)

    sign_in(page, at, "rita@bazaar.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    page.get_by_role("link", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")
    axe(page)
    shots(page, "passkey-add")
    page.get_by_label("Name").fill("work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep your recovery codes")
    recovery = page.locator(".codes li").first.inner_text()

    page.goto(f"{at}/account/passkeys")
    expect(page.get_by_role("row", name="work laptop")).to_be_visible()
    axe(page)
    shots(page, "passkeys")
    page.get_by_role("link", name="Take it away").click()
    expect(page.get_by_role("main")).to_contain_text("the last one cannot be taken away")
    axe(page)
    page.complaints.clear()  # type: ignore[attr-defined]  # the refusal is a 403

    sign_out(page, at)
    page.goto(f"{at}/sign-in")
    axe(page)
    shots(page, "sign-in-passkey")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator(".bar .menu .who")).to_have_text("Bazaar")

    sign_out(page, at)
    sign_in(page, at, "rita@bazaar.test")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your code")
    axe(page)
    shots(page, "code-passkey")
    page.get_by_role("button", name="Show my passkey").click()
    expect(page.locator(".bar .menu .who")).to_have_text("Bazaar")
    page.goto(f"{at}/account/passkeys/add")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")  # not lately enough
    axe(page)
    shots(page, "passkey-again")
    page.get_by_role("button", name="Show my passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")

    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    sign_out(page, at)
    sign_in(page, at, "rita@bazaar.test")
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".bar .menu .who")).to_have_text("Bazaar")


def test_a_device_that_gives_none_is_said(site: Site, open_page: Callable[..., Page], settings: Any, axe: Look) -> None:
    at = settings.PUBLIC_URL = site.url.replace("127.0.0.1", "localhost")
    page = open_page()
    session, key = device(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto(f"{at}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Your device gave no passkey")
    axe(page)


def test_without_a_script_nothing_is_offered_that_does_not_work(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False)
    page.goto("/sign-in")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_text("Sign in with a passkey")).to_be_hidden()
