"""What is counted stays until its time is over, however much else is counted; one of several gets a turn."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from tests.factories import accounts

from touchmark.site import cache as ours


def test_a_flood_of_other_things_pushes_nothing_out() -> None:
    cache.clear()
    cache.set("locked", [1], 300)
    for number in range(1_000):
        cache.set(f"other-{number}", number, 300)
    assert cache.get("locked") == [1]
    assert all(cache.get(f"other-{number}") == number for number in range(1_000))
    cache.clear()


@pytest.mark.django_db
def test_a_locked_password_stays_locked_through_a_flood(settings: Any) -> None:
    cache.clear()
    person = accounts.user()
    wrong, right = ({"login": person.email, "password": word} for word in ("not this one", accounts.PASSWORD))
    for _number in range(5):
        Client().post("/sign-in", wrong)
    for number in range(1_000):
        cache.set(f"of-no-matter-{number}", number, 300)
    answer = Client().post("/sign-in", right)
    assert "Too many wrong tries" in answer.text
    cache.clear()


def test_what_has_run_out_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(ours, "ONE_IN", 1)
    cache.set("stays", 1, 300)
    for number in range(50):
        cache.set(f"runs-out-{number}", number, 0)
    cache.set("last", 1, 300)
    folder = Path(str(settings.CACHES["default"]["LOCATION"]))
    assert len(list(folder.glob("*.djcache"))) == 2
    cache.clear()


def test_of_many_that_add_at_once_one_does() -> None:
    cache.clear()
    many = 12

    for key in map(str, range(30)):
        together = Barrier(many)

        def add(number: int, key: str = key, together: Barrier = together) -> bool:
            together.wait()
            return cache.add(key, number, 60)

        with ThreadPoolExecutor(many) as pool:
            assert sum(pool.map(add, range(many))) == 1
    cache.clear()
