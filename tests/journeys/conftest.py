"""A site on a file database, and a browser before it. Any complaint of a page fails the journey."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, Page, expect

from tests.factories import accounts, tables
from tests.journeys import browser as browsing
from tests.journeys.looking import Looking, finished
from touchmark.apps.accounts.models import User


@dataclass(frozen=True)
class Site:
    """A running site: where it is."""

    url: str

    def sign_in(self, page: Page, person: User) -> None:
        """Let the person be signed in on this page, second factor shown."""
        key = accounts.session_of(person).session_key or ""
        page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": self.url}])


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the journeys say what went wrong."""


def _use_database(path: str) -> str:
    """Let the default connection of this and every later thread be the SQLite file at ``path``; give the one before."""
    connections["default"].close()
    before = str(connections.databases["default"]["NAME"])
    connections.databases["default"]["NAME"] = path
    del connections["default"]
    return before


@pytest.fixture
def site(
    django_db_setup: None,
    django_db_blocker: object,
    tmp_path: Path,
    settings: object,
) -> Iterator[Site]:
    """Run the site on its own file database, in a thread, as a real server would: each request its own connection."""
    if django_settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        pytest.skip("the browser's journeys run on SQLite; the database in use is another")
    path = tmp_path / "site.sqlite3"
    tables.on_sqlite(path)
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]  # nothing is collected; the files come from the source
    cache.clear()  # rate limits count there
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        before = _use_database(str(path))
        application = WSGIHandler()
        server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
        server.set_app(application)
        thread = Thread(target=server.serve_forever, daemon=True)
        url = f"http://127.0.0.1:{server.server_address[1]}"
        settings.PUBLIC_URL = url  # type: ignore[attr-defined]
        settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"  # type: ignore[attr-defined]
        settings.SHARDS = tmp_path / "shards"  # type: ignore[attr-defined]
        thread.start()
        try:
            yield Site(url)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
            _use_database(before)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run Chromium; without one the journey is skipped."""
    executable = browsing.chromium()
    if executable is None:
        pytest.skip("no Chromium: install Debian's `chromium`, or name one with TOUCHMARK_CHROMIUM")
    with browsing.launched(executable) as running:
        yield running


@pytest.fixture(scope="session")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Looking:
    """Remember which pages axe has seen in this run, in this process or another of it."""
    own = tmp_path_factory.getbasetemp()
    return Looking((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "looked")


@pytest.fixture
def open_page(browser: Browser, site: Site, looking: Looking) -> Iterator[Callable[..., Page]]:
    """
    Open pages for several people: ``open_page(person)``; ``scripts=False`` for a browser without any.

    axe looks at every page that they stop at, of itself.
    """
    opened = []

    def open_one(person: User | None = None, *, scripts: bool = True) -> Page:
        context, page, complaints = browsing.new_page(browser, site.url, scripts=scripts)
        opened.append((context, complaints))
        if scripts:
            looking.at_all_of(context, site.url)
        page.complaints = complaints  # type: ignore[attr-defined]  # a journey into a refusal clears them
        if person is not None:
            site.sign_in(page, person)
        return page

    yield open_one
    for context, _complaints in opened:
        for left in context.pages:
            finished(left)
        context.close()
    assert [complaint for _context, complaints in opened for complaint in complaints] == []
    assert looking.taken() == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """Open one page, nobody signed in."""
    return open_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Hold that axe finds nothing wrong on a page, in light and dark, and that it fits each screen: ``axe(page)``."""

    def check(page: Page) -> None:
        expect(page.locator('[aria-busy="true"]')).to_have_count(0)  # what is being asked for again is dimmed
        assert browsing.findings(page) == []

    return check


@pytest.fixture
def shots() -> Callable[[Page, str], None]:
    """Keep screenshots under ``var/shots`` when ``TOUCHMARK_SHOTS`` is set: ``shots(page, "queue")``."""

    def keep(page: Page, name: str) -> None:
        if os.environ.get("TOUCHMARK_SHOTS"):
            browsing.shoot(page, name)

    return keep
