"""What was looked up a moment ago is not looked up again; a moment later it is."""

import time
from typing import Any

import pytest

from touchmark.apps import lately
from touchmark.apps.lately import Lately


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(lately, "COUNTS", 0.5)
    return now


def counting() -> tuple[list[str], Lately[str, str]]:
    asked: list[str] = []

    def look(key: str) -> str:
        asked.append(key)
        if key == "nobody":
            raise LookupError(key)
        return f"{key} {len(asked)}"

    return asked, Lately(look, most=2)


def test_the_same_is_asked_once_in_a_moment_and_again_after_it(clock: list[float]) -> None:
    _asked, found = counting()
    assert [found("a"), found("a")] == ["a 1", "a 1"]
    clock[0] += 0.49
    assert found("a") == "a 1"
    clock[0] += 0.02
    assert found("a") == "a 2"


def test_a_moment_begins_before_it_is_looked_so_that_a_change_meanwhile_is_never_missed_longer(
    clock: list[float],
) -> None:
    def slow(key: str) -> float:
        clock[0] += 0.4
        return clock[0]

    found = Lately(slow)
    first = found("a")
    clock[0] += 0.11
    assert found("a") != first


def test_what_is_raised_is_not_remembered(clock: list[float]) -> None:
    asked, found = counting()
    for _ in range(2):
        with pytest.raises(LookupError):
            found("nobody")
    assert asked == ["nobody", "nobody"]


def test_no_more_than_so_many_are_remembered(clock: list[float]) -> None:
    asked, found = counting()
    for key in ("a", "b", "c", "b"):
        found(key)
    assert asked == ["a", "b", "c", "b"]


def test_nothing_is_remembered_where_nothing_counts(clock: list[float], monkeypatch: Any) -> None:
    monkeypatch.setattr(lately, "COUNTS", 0.0)
    _asked, found = counting()
    assert [found("a"), found("a")] == ["a 1", "a 2"]
