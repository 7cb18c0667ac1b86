"""A policy owner looks at what another ladder would change for the shops of a marketplace, and has it followed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts
from tests.flows.test_consequences import removed
from tests.flows.world import built
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.apps.penalties.models import Following
from touchmark.engine.terms import Role
from touchmark.web import clock

pytestmark = pytest.mark.browser


def test_what_would_change_is_seen_before_it_is_chosen(
    site: Site, open_page: Callable[..., Page], axe: Callable[[Page], None], shots: Callable[[Page, str], None]
) -> None:
    world = built()
    for days in (11, 1):
        removed(world, clock.now() - timedelta(days=days))
    pia = accounts.member(Role.POLICY_OWNER, name="Pia Lang")
    page = open_page(pia)
    page.goto("/policy/rules/")
    page.get_by_role("link", name="Ladders").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ladders")
    shots(page, "ladders")
    page.get_by_role("link", name="Bazaar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ladder of Bazaar")
    axe(page)
    shots(page, "ladder")
    page.locator('a[href^="?ladder=platform.strikes-only"]').click()
    expect(page.get_by_role("heading", name="What “Strikes alone” would change")).to_be_in_viewport()
    expect(page.get_by_text("For 1 something else would follow.")).to_be_visible()
    axe(page)
    shots(page, "ladder-preview")

    page.get_by_role("button", name="follows “Strikes alone” from now on").click()
    expect(page.get_by_role("alert")).to_contain_text("Why")
    shots(page, "ladder-without-a-reason")
    assert not Following.objects.exists()
    page.complaints.clear()  # type: ignore[attr-defined]  # the refusal is a 422
    page.get_by_label("Why").fill("Points were not understood.")
    page.get_by_role("button", name="follows “Strikes alone” from now on").click()
    expect(page.get_by_text("It is followed from now on.")).to_be_visible()
    expect(page.locator(".timeline")).to_contain_text("Strikes alone")
    axe(page)
    shots(page, "ladder-chosen")
    User.objects.filter(pk=pia.pk).update(language="zh-hans")
    page.goto("/policy/ladders/bazaar/?ladder=platform.consequences")
    expect(page.locator("#preview")).to_be_visible()
    axe(page)
    shots(page, "ladder-preview-zh")
