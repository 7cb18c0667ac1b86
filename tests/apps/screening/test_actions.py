"""Keeping up: everything is screened as it is by what is in force, once, whatever changes and in whatever steps."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories import catalog, registry
from tests.factories.accounts import AT

from touchmark.apps.audit.models import Event
from touchmark.apps.registry import actions as rights
from touchmark.apps.screening import actions
from touchmark.apps.screening.models import Assessment, Finding, Run

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def own_folders(db: None, settings: object, tmp_path: Path) -> None:
    """Pictures and snapshots of the test's own."""
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"  # type: ignore[attr-defined]
    settings.SHARDS = tmp_path / "shards"  # type: ignore[attr-defined]


def found() -> set[tuple[str, str]]:
    """Give what the current assessments say: listing and right."""
    current = Finding.objects.filter(assessment__superseded_at=None).select_related("assessment__listing", "right")
    return {(finding.assessment.listing.listing_id, finding.right.text) for finding in current}


def caught_up(minutes: int = 1) -> int:
    """Keep up until there is nothing left to do; give how many listings that took."""
    total = 0
    while screened := actions.keep_up(at=AT + minutes * MINUTE):
        total += screened
    return total


def test_an_empty_installation_has_nothing_to_do() -> None:
    assert caught_up() == 0
    assert Event.objects.filter(kind="screen").count() == 1  # the whole of nothing, once


def test_what_is_there_is_screened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)  # three steps for five listings
    registry.verified(text="ALDERMOOR")
    for number in range(5):
        catalog.listing(listing_id=f"L-{number}", title=f"ALDERMOOR bag {number}")
    assert [actions.keep_up(at=AT) for _ in range(5)] == [2, 2, 1, 0, 0]
    assert found() == {(f"L-{number}", "ALDERMOOR") for number in range(5)}
    assert Run.objects.count() == 1


def test_a_new_listing_and_a_changed_one_are_screened_and_no_other() -> None:
    registry.verified(text="ALDERMOOR")
    catalog.listing(listing_id="old", title="A teapot")
    caught_up()
    catalog.listing(listing_id="new", title="ALDERMOOR teapot", at=AT + 5 * MINUTE)
    catalog.listing(listing_id="old", title="ALDERMOOR pot", at=AT + 5 * MINUTE)
    assert caught_up(10) == 2
    assert found() == {("new", "ALDERMOOR"), ("old", "ALDERMOOR")}
    assert caught_up(11) == 0


def test_a_change_that_comes_back_is_not_screened_for_ever() -> None:
    registry.verified(text="ALDERMOOR")
    catalog.listing(listing_id="one", title="A teapot")
    caught_up()
    catalog.listing(listing_id="one", title="A pot", at=AT + 2 * MINUTE)
    catalog.listing(listing_id="one", title="A teapot", at=AT + 3 * MINUTE)
    assert caught_up(5) == 1
    assert caught_up(6) == 0


def test_a_new_right_is_looked_for_in_all_that_is_there() -> None:
    first = registry.holder()
    registry.verified(first, text="ALDERMOOR")
    catalog.listing(listing_id="one", title="NORRVIK kettle")
    caught_up()
    assert found() == set()
    right = registry.verified(first, text="NORRVIK")
    assert caught_up(2) == 1
    assert found() == {("one", "NORRVIK")}
    rights.withdraw(ref=right.ref, actor=first, at=AT + 3 * MINUTE)
    assert caught_up(4) == 1
    assert found() == set()


def test_a_right_that_expires_overnight_is_not_found_the_day_after() -> None:
    registry.verified(text="ALDERMOOR", expires_on=AT.date())
    catalog.listing(listing_id="one", title="ALDERMOOR bag")
    caught_up()
    assert found() == {("one", "ALDERMOOR")}
    caught_up(24 * 60)
    assert found() == set()


def test_what_says_the_same_again_is_left_as_it_is() -> None:
    holder = registry.holder()
    registry.verified(holder, text="ALDERMOOR")
    catalog.listing(listing_id="one", title="ALDERMOOR bag")
    caught_up()
    before = Assessment.objects.get()
    registry.verified(holder, text="NORRVIK")
    caught_up(2)
    assert Assessment.objects.get() == before


def test_of_a_run_cut_short_nothing_is_done_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 1)
    registry.verified(text="ALDERMOOR")
    for number in range(3):
        catalog.listing(listing_id=f"L-{number}", title="ALDERMOOR bag")
    keep, calls = actions._keep, []

    def breaks_once(*args: object, **kwargs: object) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise OSError("the disk is full")
        keep(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "_keep", breaks_once)
    actions.keep_up(at=AT)
    with pytest.raises(OSError, match="disk"):
        actions.keep_up(at=AT)
    assert caught_up() == 2
    assert len(found()) == Assessment.objects.count() == 3
