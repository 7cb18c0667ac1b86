"""Whoever leads the desk goes from the backlog to the oldest, reads the table behind a chart, and prints the page."""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.factories import decisions
from tests.journeys import browser as browsing
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.web import clock

pytestmark = pytest.mark.browser


def test_from_the_backlog_to_the_oldest_and_onto_paper(
    site: Site, open_page: Callable[..., Page], axe: Callable[[Page], None], shots: Callable[[Page, str], None]
) -> None:
    made = decisions.desk()
    decisions.restriction(made, "copied", at=clock.now() - timedelta(days=1))
    page = open_page(made.paul)
    page.goto("/desk/home/")
    expect(page.get_by_role("heading", name="Listings that wait")).to_be_visible()
    page.get_by_role("link", name="Longest waiting first").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Queue")
    oldest = page.locator("tr[data-row] a").first
    title = oldest.inner_text()
    oldest.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.goto("/desk/home/")
    page.locator('a[href="/desk/?part=reported&order=due"]').click()  # what is due first
    expect(page.locator("tr[data-row]")).to_have_count(1)

    page.goto("/desk/home/")
    chart = page.locator("figure.chart").first
    shown = [drawn.strip() for drawn in chart.locator(".chart-number").all_text_contents()]
    chart.get_by_text("The table behind it").click()
    expect(chart.get_by_role("table")).to_be_visible()
    assert chart.locator("tbody td.number").all_inner_texts() == shown
    axe(page)
    shots(page, "manager-table-behind-a-chart")

    printed(page, "manager-printed")
    User.objects.filter(pk=made.paul.pk).update(language="zh-hans")
    page.goto("/desk/home/")
    shots(page, "manager-zh")
    printed(page, "manager-printed-zh")


def printed(page: Page, name: str) -> None:
    """Look at the page as paper has it: charts and their tables, and nothing to press."""
    page.emulate_media(media="print")
    expect(page.locator("figure.chart").first).to_be_visible()
    assert page.get_by_role("button").filter(visible=True).count() == 0
    assert page.get_by_role("navigation").filter(visible=True).count() == 0
    if os.environ.get("TOUCHMARK_SHOTS"):
        page.screenshot(path=browsing.SHOTS / f"{name}.png", full_page=True)
    page.emulate_media(media="screen")
