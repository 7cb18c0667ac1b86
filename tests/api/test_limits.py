"""How often a program may ask: counted across threads and processes, told in headers, refused with a time to wait."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import catalog, clients
from touchmark.api import clock, limits
from touchmark.api.limits import Counter


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    now = [datetime(2026, 8, 1, 9, 0, tzinfo=UTC)]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


def test_every_answer_says_what_is_left_and_the_last_how_long_to_wait(
    db: None, settings: Any, at: list[datetime]
) -> None:
    settings.TOUCHMARK_API_RATE = 3
    shop = clients.of_marketplace()
    left = [shop.get("/listings")["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    at[0] = at[0].replace(second=20)
    refused = shop.get("/listings")
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    told = {
        name: refused[name] for name in ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After")
    }
    assert told == {"RateLimit-Limit": "3", "RateLimit-Remaining": "0", "RateLimit-Reset": "40", "Retry-After": "40"}
    assert refused["RateLimit-Policy"] == "3;w=60"
    at[0] = at[0].replace(minute=1)
    assert shop.get("/listings").status_code == 200


def test_screenings_have_a_limit_of_their_own_and_each_program_too(db: None, settings: Any) -> None:
    settings.TOUCHMARK_API_RATE = 1
    shop, other = clients.of_marketplace(), clients.of_marketplace("lumina")
    assert shop.get("/listings").status_code == 200
    assert shop.get("/listings").status_code == 429
    assert shop.post("/screenings", {"listing": {"title": "A teapot"}}).status_code == 200
    assert other.get("/listings").status_code == 200


def test_an_unknown_token_spends_nobodys(db: None, settings: Any) -> None:
    catalog.marketplace()
    answer = Client().get("/api/v1/listings", headers={"Authorization": "Bearer tmk_guessed"})
    assert answer.status_code == 401
    assert "RateLimit-Limit" not in answer


def test_none_is_lost_between_threads(settings: Any) -> None:
    counter = Counter()
    with ThreadPoolExecutor(8) as pool:
        left = sorted(found for found, _ in pool.map(lambda _: counter.count(5, 100, 10_000), range(2_000)))
    assert left == list(range(8_000, 10_000))


def test_none_is_lost_between_processes(settings: Any) -> None:
    """The counter was used before the processes parted, as a server's is."""
    counter, path = Counter(), Path(settings.TOUCHMARK_LIMITS)
    counter.count(5, 100, 10_000)
    parted = [multiprocessing.get_context("fork").Process(target=_count, args=(counter, path)) for _ in range(3)]
    for process in parted:
        process.start()
    for process in parted:
        process.join()
    assert counter.count(5, 100, 10_000) == (10_000 - 1 - 3 * 500 - 1, 100)


def _count(counter: Counter, path: Path) -> None:
    for _ in range(500):
        counter.count(5, 100, 10_000)


def test_a_clock_that_was_put_back_begins_anew(settings: Any) -> None:
    counter = Counter()
    assert counter.count(1, 1_000, 1) == (0, 1_000)
    assert counter.count(1, 999, 1) == (0, 999)
    assert limits.GENERAL.most == settings.TOUCHMARK_API_RATE
