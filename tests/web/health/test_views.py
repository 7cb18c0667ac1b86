"""What machines that watch over the installation get: an answer, numbers, and nobody's name."""

import json
import logging
from logging.config import dictConfig
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from tests.factories import accounts
from tests.flows.world import built

from touchmark.engine.terms import Role
from touchmark.site import settings as site

pytestmark = pytest.mark.django_db
TOKEN = "for-the-one-that-watches"


@pytest.fixture
def scrape(settings: Any) -> str:
    settings.TOUCHMARK_METRICS_TOKEN = TOKEN
    built()
    client = Client()
    client.get("/")
    client.get("/no-such-page?email=somebody@example.org")
    return client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text


def test_a_site_that_answers() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_a_site_whose_database_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object, **kwargs: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert "gone" not in answer.text


def test_what_there_is_to_count(scrape: str) -> None:
    lines = dict(line.rsplit(" ", 1) for line in scrape.splitlines() if not line.startswith("#"))
    assert float(lines["touchmark_listings"]) >= 1
    assert float(lines["touchmark_record_rows"]) > 0
    for name in ("outbox_waiting", "outbox_overdue_seconds", "queue_listings", "queue_oldest_seconds"):
        assert float(lines[f"touchmark_{name}"]) >= 0
    assert float(lines['touchmark_requests_total{method="GET",route="home",status="200"}']) >= 1
    assert float(lines['touchmark_requests_total{method="GET",route="none",status="404"}']) >= 1


def test_nobody_is_named(scrape: str) -> None:
    assert "somebody" not in scrape
    assert "no-such-page" not in scrape


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", "Bearer für-den"])
def test_whoever_lacks_the_token_finds_nothing(settings: Any, given: str) -> None:
    settings.TOUCHMARK_METRICS_TOKEN = TOKEN
    assert Client().get("/metrics", headers={"Authorization": given}).status_code == 404


@pytest.mark.parametrize("given", ["Bearer ", ""])
def test_without_a_token_set_nobody_gets_any(settings: Any, given: str) -> None:
    settings.TOUCHMARK_METRICS_TOKEN = ""
    client = accounts.signed_in(accounts.member(Role.HOLDER))
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_lines_of_the_log_to_be_collected(capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line; what somebody looked for is not in it."""
    wanted = site.LOGGING | {"handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}}}
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        dictConfig(wanted)
        logging.getLogger("touchmark.test").error("fell over", extra={"request": "GET /?q=somebody", "status": 500})
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    line = json.loads(capsys.readouterr().err)
    assert (line["levelname"], line["name"], line["message"], line["status"]) == (
        "ERROR",
        "touchmark.test",
        "fell over",
        500,
    )
    assert "somebody" not in str(line)
