"""A change of the register is in force at the next batch, and touches the listings that it concerns and no others."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.apps.screening.test_actions import MINUTE, caught_up, found
from tests.factories import catalog, pictures, registry
from tests.factories.accounts import AT

from touchmark.apps.blobs import actions as blobs
from touchmark.apps.registry import actions as rights
from touchmark.apps.screening import actions, register, shards
from touchmark.apps.screening.models import Base, Run
from touchmark.engine.terms import RightKind


@pytest.fixture(autouse=True)
def own_folders(db: None, settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"
    settings.SHARDS = tmp_path / "shards"


@pytest.fixture
def hundred() -> None:
    """A hundred teapots, three of them with names."""
    registry.verified(text="ALDERMOOR")
    for number in range(100):
        word = {7: "NORRVIK", 8: "N.o.r.r.v.i.k", 9: "ALDERMOOR"}.get(number, "plain")
        catalog.listing(listing_id=f"L-{number}", title=f"{word} teapot {number}")
    caught_up()


@pytest.mark.usefixtures("hundred")
def test_a_new_right_has_only_those_screened_in_which_it_may_stand() -> None:
    registry.verified(text="NORRVIK")
    assert caught_up(2) == 2
    assert found() == {("L-7", "NORRVIK"), ("L-8", "NORRVIK"), ("L-9", "ALDERMOOR")}
    last = Run.objects.filter(covers=True).latest("id")
    assert last.since is not None
    assert last.listings == 2
    assert caught_up(3) == 0


@pytest.mark.usefixtures("hundred")
def test_a_withdrawn_right_has_only_those_screened_in_which_it_was_found() -> None:
    holder = registry.holder()
    right = registry.verified(holder, text="NORRVIK")
    caught_up(2)
    rights.withdraw(ref=right.ref, actor=holder, at=AT + 3 * MINUTE)
    assert caught_up(4) == 2
    assert found() == {("L-9", "ALDERMOOR")}


@pytest.mark.usefixtures("hundred")
def test_no_base_is_compiled_for_a_change_but_one_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = Base.objects.count()
    registry.verified(text="NORRVIK")
    caught_up(2)
    assert Base.objects.count() == compiled
    monkeypatch.setattr(register, "MANY", 1)
    registry.verified(text="DRELLSBURG")
    before = found()
    caught_up(3)
    caught_up(4)  # with nothing else to do
    assert Base.objects.count() == compiled + 1
    _, snapshot = register.in_force(on=AT.date())
    assert "+" not in snapshot.id
    assert caught_up(5) == 0
    assert found() == before


@pytest.mark.usefixtures("hundred")
def test_listings_that_the_shards_do_not_know_as_they_are_are_screened() -> None:
    lost, *_ = shards._paths()
    lost.unlink()
    registry.verified(text="NORRVIK")
    assert caught_up(2) == 100
    assert {("L-7", "NORRVIK"), ("L-8", "NORRVIK")} <= found()


@pytest.mark.usefixtures("hundred")
def test_without_its_folders_an_installation_finds_the_same(tmp_path: Path, settings: Any) -> None:
    before = found()
    settings.SNAPSHOTS, settings.SHARDS = tmp_path / "other", tmp_path / "others"
    registry.verified(text="NORRVIK")
    caught_up(2)
    assert found() == before | {("L-7", "NORRVIK"), ("L-8", "NORRVIK")}


def test_a_new_picture_is_looked_for_among_the_listings_that_show_one() -> None:
    photo = pictures.drawn(3)
    shown = pictures.Folder({"a.png": photo})
    catalog.listing(listing_id="with", title="A teapot", images=["a.png"], pictures=shown)
    catalog.listing(listing_id="without", title="A teapot")
    caught_up()
    registry.verified(kind=RightKind.COPYRIGHT, text="", owner="Aldermoor", image=blobs.keep(photo, at=AT).sha256)
    assert caught_up(2) == 1
    assert {listing for listing, _ in found()} == {"with"}


def test_a_right_that_begins_tomorrow_is_looked_for_tomorrow() -> None:
    registry.verified(text="NORRVIK", registered_on=AT.date() + timedelta(days=1))
    catalog.listing(listing_id="one", title="NORRVIK kettle")
    catalog.listing(listing_id="two", title="A kettle")
    caught_up()
    assert found() == set()
    assert caught_up(24 * 60) == 1
    assert found() == {("one", "NORRVIK")}


def test_files_are_put_together_and_the_last_word_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "FILES", 1)
    monkeypatch.setattr(actions, "BATCH", 1)
    registry.verified(text="ALDERMOOR")
    for minute, title in enumerate(("A teapot", "A NORRVIK pot", "A kettle")):
        catalog.listing(listing_id="one", title=title, at=AT + 10 * minute * MINUTE)
        catalog.listing(listing_id=f"more-{minute}", title="A NORRVIK cup", at=AT + 10 * minute * MINUTE)
        caught_up(10 * minute + 5)
    assert len(shards._paths()) == 1
    registry.verified(text="NORRVIK")
    assert caught_up(60) == 3
    assert found() == {(f"more-{minute}", "NORRVIK") for minute in range(3)}


def test_what_changed_is_in_force_in_two_seconds_of_work_however_large_the_base() -> None:
    """No time is measured: only what is news is compiled, whatever the base holds."""
    holder = registry.holder()
    for number in range(30):
        registry.verified(holder, text=f"ALDERMOOR {number}")
    register.in_force(on=AT.date())
    registry.verified(holder, text="NORRVIK")
    edition, snapshot = register.in_force(on=AT.date())
    assert snapshot.id.endswith(f"+{edition}")
    assert "NORRVIK" in snapshot.rights["text"].to_pylist()
