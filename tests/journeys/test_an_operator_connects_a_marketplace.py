"""An operator looks after a marketplace: its secret, its program's token, what it was told; a holder makes a token."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts, catalog
from tests.journeys.conftest import Site
from tests.journeys.test_somebody_joins_and_signs_in import code_for
from tests.web.shops.test_marketplaces import given_up
from touchmark.apps.catalog import pulls, reaching
from touchmark.apps.catalog.models import Marketplace
from touchmark.engine.screening.intake import Intake
from touchmark.engine.terms import Actor, Role
from touchmark.integrations.oscar.shop import SCHEME

pytestmark = pytest.mark.browser

Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


def _world() -> None:
    catalog.marketplace("bazaar")
    catalog.marketplace("lumina")
    blue = catalog.marketplace("bluecrate")
    agreed: dict[str, Any] = {"url": "https://shop.example/hook", "secret": "whsec_old"}
    reaching.agree_webhook(marketplace="bazaar", **agreed, actor=Actor.system(), at=accounts.AT)
    Marketplace.objects.filter(pk=blue.pk).update(webhook_url=f"{SCHEME}https://shop.example")
    pulls.ended(pulls.began(slug="bluecrate", at=accounts.AT), Intake(new=209), error="", at=accounts.AT)
    given_up()


def _prove(page: Page, secret: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Code").fill(code_for(secret))
    page.get_by_role("button", name="Go on").click()


def test_from_the_list_to_a_message_sent_again(
    site: Site, open_page: Callable[..., Page], axe: Look, shots: Shots
) -> None:
    _world()
    olga = accounts.member(Role.OPERATOR, name="Olga Operator")
    secret = accounts.second_factor(olga)
    page = open_page(olga)
    page.goto("/marketplaces")
    axe(page)
    shots(page, "marketplaces")
    page.get_by_role("link", name="bluecrate").click()
    page.get_by_label("How often").select_option("6")
    page.get_by_role("button", name="Save").click()
    axe(page)
    shots(page, "marketplace-oscar")
    page.goto("/marketplaces/bazaar")
    axe(page)
    shots(page, "marketplace")
    page.get_by_role("link", name="Make a token").click()
    _prove(page, secret)
    axe(page)
    page.get_by_label("What it is for").fill("till no. 3")
    page.get_by_label("read decisions").check()
    shots(page, "token-new")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The token for till no. 3")
    axe(page)
    shots(page, "token-made")
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("button", name="Make a new one").click()
    expect(page.get_by_text("The new secret")).to_be_visible()
    axe(page)
    shots(page, "marketplace-secret")
    page.get_by_role("link", name="What it was told").click()
    axe(page)
    shots(page, "marketplace-deliveries")
    page.locator("tbody a").first.click()
    axe(page)
    shots(page, "marketplace-delivery")
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("It is sent again")).to_be_visible()


def test_a_holder_looks_at_tokens(site: Site, open_page: Callable[..., Page], axe: Look, shots: Shots) -> None:
    vera = accounts.member(Role.HOLDER)
    page = open_page(vera)
    page.goto("/account/tokens")
    axe(page)
    shots(page, "tokens-empty")
    page.goto("/account")
    axe(page)
    shots(page, "account-own")
