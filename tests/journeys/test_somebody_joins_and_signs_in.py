"""The first operator opens the installation, sets up a second factor, and invites a holder, who joins."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD
from tests.journeys.conftest import Site
from touchmark.apps.accounts import actions
from touchmark.apps.outbox.models import Message
from touchmark.web import clock

pytestmark = pytest.mark.browser

Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


def code_for(secret: str) -> str:
    """Give the six digits that an authenticator app shows now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def test_the_first_operator_and_the_first_holder(
    site: Site, open_page: Callable[..., Page], axe: Look, shots: Shots
) -> None:
    secret = actions.invite_first_operator(email="olga@bazaar.test", organisation_name="Bazaar", at=clock.now())
    page = open_page()

    page.goto("/")
    axe(page)
    shots(page, "home")
    page.goto("/how-it-works")
    axe(page)
    shots(page, "how-it-works")

    page.goto(f"/invitation/{secret}")
    axe(page)
    shots(page, "invitation")
    page.get_by_label("Your name").fill("Olga Operator")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("12 characters")
    axe(page)
    shots(page, "invitation-refused")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    axe(page)
    shots(page, "second-factor")
    page.get_by_text("I cannot scan it").click()
    key = page.locator("details .id").inner_text()
    page.get_by_label("Code").fill(code_for(key))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep your recovery codes")
    axe(page)
    shots(page, "recovery-codes")
    recovery = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you now")
    axe(page)
    shots(page, "operator-overview")
    page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People of Bazaar")
    axe(page)
    shots(page, "team")
    page.get_by_role("link", name="All organisations").click()
    page.get_by_label("Name", exact=True).fill("Maison Verre")
    page.get_by_label("Rights holder").check()
    page.get_by_label("Country").fill("fr")
    axe(page)
    shots(page, "organisations")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Nobody yet")).to_be_visible()
    page.get_by_label("E-mail address").fill("vera@verre.test")
    page.get_by_label("Rights holder").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Invited: a link is on its way")).to_be_visible()
    axe(page)
    shots(page, "team-invited")

    link = re.search(r"http\S+/invitation/\S+", Message.objects.get(kind="email", to="vera@verre.test").payload["body"])
    assert link
    other = open_page()
    other.goto(urlsplit(link[0]).path)
    other.get_by_label("Your name").fill("Vera Verre")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Accept the invitation").click()
    expect(other.locator(".bar .menu .who")).to_have_text("Maison Verre")
    other.goto("/account")
    axe(other)
    shots(other, "account")

    page.goto("/sign-out")
    axe(page)
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/sign-in")
    axe(page)
    shots(page, "sign-in")
    page.get_by_label("E-mail address").fill("Olga@Bazaar.test")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("We know nobody with this address and password")
    axe(page)
    shots(page, "sign-in-refused")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your code")
    axe(page)
    shots(page, "code")
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you now")
    page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People of Bazaar")


def test_signing_in_works_without_a_script(site: Site, open_page: Callable[..., Page]) -> None:
    from tests.factories import accounts
    from touchmark.engine.terms import Role

    accounts.member(Role.SELLER, email="sam@stall.test", name="Sam")
    page = open_page(scripts=False)
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("sam@stall.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".bar .menu .who")).to_contain_text("seller")
    page.locator(".bar .tools .menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
