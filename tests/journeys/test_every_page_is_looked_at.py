"""A journey that never asks for axe fails all the same on a page that shuts people out."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.journeys import browser as browsing
from tests.journeys.conftest import Site
from tests.journeys.looking import Looking, finished

pytestmark = pytest.mark.browser


@pytest.fixture
def looking(tmp_path: Path) -> Looking:
    """Have seen nothing; the journeys' own remembers nothing of pages that are spoiled here."""
    return Looking(tmp_path / "looked")


def test_a_page_with_a_fault_is_found_without_being_asked_and_once(
    site: Site, open_page: Callable[..., Page], looking: Looking
) -> None:
    def spoil(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", '<button id="mute"></button></main>'))

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


class Hesitant(BaseHTTPRequestHandler):
    """Begins a page, and says nothing of it until the test lets it."""

    go_on = threading.Event()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b" ")
        self.wfile.flush()
        Hesitant.go_on.wait(10)
        self.wfile.write(
            b"<!doctype html><html lang=en><title>Late</title><main><h1>Late</h1>"
            b"<div style='width:3000px'>too wide</div></main></html>"
        )

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture
def hesitant() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Hesitant)
    Hesitant.go_on.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/late"
    server.shutdown()
    server.server_close()


def test_a_page_that_has_only_begun_is_waited_for(open_page: Callable[..., Page], hesitant: str) -> None:
    page = open_page()
    page.goto(hesitant, wait_until="commit")
    threading.Timer(0.5, Hesitant.go_on.set).start()
    found = browsing.findings(page)
    assert any("px wide on a screen of 390" in one for one in found), found
