"""Two reviewers send their decisions in the same moment: real threads, each with its own connection."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client, override_settings
from tests.factories import accounts, decisions, tables
from tests.factories.decisions import Desk
from tests.web.desk.test_listing import restricting

from touchmark.apps.decisions.models import Decision
from touchmark.apps.outbox.models import Message

ADDRESS = "/desk/bazaar/L-disguised/"
SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]

#: PostgreSQL's tests share a database, which is emptied after them; on SQLite each has a file of its own.
pytestmark = [] if SQLITE else [pytest.mark.django_db(transaction=True)]


def use(path: str) -> str:
    """Let the default connection of this and every later thread be the SQLite file at ``path``; give the one before."""
    connections["default"].close()
    before = str(connections.databases["default"]["NAME"])
    connections.databases["default"]["NAME"] = path
    del connections["default"]
    return before


@pytest.fixture
def committed(request: pytest.FixtureRequest, django_db_setup: None, tmp_path: Path) -> Iterator[Desk]:
    """Build the world where other connections see it: in a file of its own, or in PostgreSQL."""
    folders = override_settings(BLOBS=tmp_path / "blobs", SNAPSHOTS=tmp_path / "snapshots", SHARDS=tmp_path / "shards")
    if not SQLITE:
        with folders:
            yield decisions.desk()
        return
    with request.getfixturevalue("django_db_blocker").unblock(), folders:
        tables.on_sqlite(tmp_path / "desk.sqlite3")
        before = use(str(tmp_path / "desk.sqlite3"))
        try:
            yield decisions.desk()
        finally:
            use(before)


def sent_at_once(posts: list[tuple[Client, dict[str, object]]]) -> list[HttpResponse]:
    """Let everybody send their form in the same moment; give the answers, in the order in which they came."""
    start, answers = Barrier(len(posts)), []

    def send(browser: Client, form: dict[str, object]) -> None:
        start.wait()
        try:
            answers.append(browser.post(ADDRESS, form))
        finally:
            connections.close_all()

    threads = [Thread(target=send, args=post) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_decides_and_the_other_is_told(committed: Desk) -> None:
    browsers = [accounts.signed_in(person) for person in (committed.rita, committed.ravi)]
    answers = sent_at_once([(browser, restricting(browser.get(ADDRESS))) for browser in browsers])
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert Decision.objects.filter(listing=committed["disguised"]).count() == 1
    assert Message.objects.filter(kind="webhook").count() == 1


def test_one_form_sent_twice_is_one_decision(committed: Desk) -> None:
    browsers = [accounts.signed_in(committed.rita) for _ in range(2)]
    form = restricting(browsers[0].get(ADDRESS))
    answers = sent_at_once([(browser, form) for browser in browsers])
    assert [answer.status_code for answer in answers] == [302, 302]
    assert all(
        "disguised" not in answer.headers["Location"] for answer in answers
    )  # each goes on, maybe not to the same
    assert Decision.objects.filter(listing=committed["disguised"]).count() == 1
