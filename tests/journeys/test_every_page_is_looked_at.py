"""A journey that never asks for axe fails all the same on a page that shuts people out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.conftest import Site
from tests.journeys.looking import Looking, finished

pytestmark = pytest.mark.browser


def test_a_page_with_a_fault_is_found_without_being_asked_and_once(
    site: Site, open_page: Callable[..., Page], looking: Looking
) -> None:
    def spoil(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", '<button id="mute"></button></main>'))

    looking.taken()
    looking.pages.clear()
    page = open_page()
    page.route("**/sign-in", spoil)
    page.goto("/sign-in")
    finished(page)
    (found,) = looking.taken()
    assert found.startswith("axe on /sign-in en : button-name: ")
    assert "#mute" in found
    page.reload()
    finished(page)
    assert looking.taken() == []  # each page is looked at once
    page.unroute("**/sign-in")
    page.goto("/how-it-works")
    finished(page)
    assert looking.taken() == []
