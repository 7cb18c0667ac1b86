"""Where each role goes: every place exists, and lets that role in."""

import inspect
import re
from pathlib import Path

import pytest
from django.urls import resolve, reverse

from touchmark.engine.terms import NOBODYS, Actor, Role
from touchmark.web.guard import Guard
from touchmark.web.ui import places

GIVEN = [role for role in Role if role not in NOBODYS]


def guard_of(route: str) -> Guard:
    guard = resolve(reverse(route)).func.guard  # type: ignore[attr-defined]
    assert isinstance(guard, Guard)
    return guard


@pytest.mark.parametrize("role", GIVEN)
def test_every_role_has_a_first_page_that_lets_it_in(role: Role) -> None:
    assert guard_of(places.FIRST[role]).admits(Actor(1, 1, frozenset({role})))


@pytest.mark.parametrize(
    ("role", "place"),
    [(role, place) for role, found in places.PLACES.items() for place in found],
    ids=lambda value: value.route if isinstance(value, places.Place) else str(value),
)
def test_every_place_in_the_bar_of_a_role_lets_it_in(role: Role, place: places.Place) -> None:
    assert guard_of(place.route).admits(Actor(1, 1, frozenset({role})))


def test_the_tables_know_every_role() -> None:
    assert set(places.PLACES) == set(places.FIRST) == set(GIVEN)


def test_somebody_with_two_roles_sees_each_place_once() -> None:
    found = places.places_of(Actor(1, 1, frozenset({Role.HOLDER, Role.AGENT})))
    assert len(found) == len(set(found)) > 0


def test_the_table_names_each_role_once() -> None:
    """A dictionary takes the second of two lines without a word: two changes laid together would lose one."""
    source = Path(inspect.getfile(places)).read_text(encoding="utf-8")
    for table in ("PLACES", "FIRST"):
        body = source[source.index(f"\n{table}:") :].partition("\n}")[0]
        named = re.findall(r"^    Role\.(\w+):", body, re.MULTILINE)
        assert len(named) == len(set(named)), table


def test_a_page_lies_in_the_place_that_most_of_its_address_belongs_to() -> None:
    report, listing = reverse("holder_report"), reverse("holder_notices") + "N-1/"
    found = places.places_of(Actor(1, 1, frozenset({Role.HOLDER})))
    for path in (report, listing):
        assert max(found, key=lambda place: place.reach_of(path)) == places.NOTICES
    assert not any(place.reach_of("/elsewhere/") for place in found)
