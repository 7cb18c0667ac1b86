"""Ladders of consequences: the worked cases of both shapes, and that nothing grows by waiting or by a reversal."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.penalties.consequences import Breach, UnusableConsequences, amounts, consequences_of, ladder

CASES = tomllib.loads((Path(__file__).parent / "consequence_cases.toml").read_text(encoding="utf-8"))["case"]
NEW_YEAR = datetime(2025, 12, 31, 12, tzinfo=UTC)
DAY = timedelta(days=1)
UTC_ZONE = ZoneInfo("UTC")
LADDERS = st.sampled_from(["platform.consequences", "platform.strikes-only"])
BREACHES = st.lists(
    st.tuples(st.integers(0, 500 * 24), st.sampled_from(["general", "moderate", "serious"])), max_size=25
).map(
    lambda rows: [
        Breach(str(place), gravity, NEW_YEAR + timedelta(hours=hour)) for place, (hour, gravity) in enumerate(rows)
    ]
)
MOMENTS = st.integers(0, 900).map(lambda days: NEW_YEAR + days * DAY)
ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York"]).map(ZoneInfo)


def told(breaches: list[Breach], name: str, at: datetime, zone: ZoneInfo = UTC_ZONE) -> dict[str, int]:
    found = amounts(breaches, ladder=ladder(name, on=at.date()), at=at, zone=zone)
    return {track: one.amount for track, one in found.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["comment"])
def test_a_worked_case_reaches_what_is_written(case: dict[str, Any]) -> None:
    at = NEW_YEAR + case["on"] * DAY
    breaches = [Breach(str(n), gravity, NEW_YEAR + day * DAY) for n, (day, gravity) in enumerate(case["breaches"])]
    found = amounts(breaches, ladder=ladder(case["ladder"], on=at.date()), at=at, zone=UTC_ZONE)
    for track, one in found.items():
        assert [one.amount, one.reached[-1].consequence if one.reached else ""] == case[track]
        assert one.less_at is None or one.less_at > at


@given(breaches=BREACHES, name=LADDERS, at=MOMENTS, zone=ZONES, data=st.data())
def test_a_reversal_never_makes_an_amount_larger(
    breaches: list[Breach], name: str, at: datetime, zone: ZoneInfo, data: st.DataObject
) -> None:
    kept = data.draw(st.sets(st.sampled_from(breaches), max_size=len(breaches))) if breaches else set()
    less, whole = told(list(kept), name, at, zone), told(breaches, name, at, zone)
    assert all(less[track] <= whole[track] for track in whole)


@given(breaches=BREACHES, name=LADDERS, at=MOMENTS, wait=st.integers(0, 800), zone=ZONES)
def test_waiting_without_another_never_makes_an_amount_larger(
    breaches: list[Breach], name: str, at: datetime, wait: int, zone: ZoneInfo
) -> None:
    over = [one for one in breaches if one.since <= at]
    now, later = told(over, name, at, zone), told(over, name, at + wait * DAY, zone)
    assert all(later[track] <= now[track] for track in now)
    assert all(amount == 0 for amount in told(over, name, at + 366 * DAY, zone).values())


@given(breaches=BREACHES, name=LADDERS, at=MOMENTS, zone=ZONES, data=st.data())
def test_the_order_in_which_they_are_told_does_not_matter(
    breaches: list[Breach], name: str, at: datetime, zone: ZoneInfo, data: st.DataObject
) -> None:
    assert told(data.draw(st.permutations(breaches)), name, at, zone) == told(breaches, name, at, zone)


@given(breaches=BREACHES, at=MOMENTS)
def test_occasions_are_the_fewest_spans_of_three_days_that_hold_all(breaches: list[Breach], at: datetime) -> None:
    """The slow way: of all that are left take those within three days of the first, until none is left."""
    left = sorted(one.since for one in breaches if one.gravity == "serious" and one.since <= at < one.since + 365 * DAY)
    spans = 0
    while left:
        spans, left = spans + 1, [since for since in left if since - left[0] >= 3 * DAY]
    assert told(breaches, "platform.consequences", at)["strikes"] == spans


@given(breaches=BREACHES, at=MOMENTS, zone=ZONES)
def test_no_day_counts_more_than_its_cap(breaches: list[Breach], at: datetime, zone: ZoneInfo) -> None:
    days = {one.since.astimezone(zone).date() for one in breaches}
    assert told(breaches, "platform.consequences", at, zone)["points"] <= 6 * len(days)


TRACK: dict[str, Any] = {
    "id": "t",
    "points": {"a": 1},
    "life_days": 1,
    "steps": [{"from": 1, "consequence": "warning"}],
}
GOOD: dict[str, Any] = {
    "id": "here", "in_force_from": NEW_YEAR.date(), "source": "s", "verified": True, "track": [TRACK],
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ""},
        {"track": [TRACK | {"daily_cap": 6, "merge_days": 3}]},
        {"track": [TRACK | {"steps": []}]},
        {"track": [TRACK | {"steps": [{"from": 0, "consequence": "warning"}]}]},
        {"track": [TRACK | {"steps": [{"from": 2, "consequence": "x"}, {"from": 1, "consequence": "y"}]}]},
    ],
)
def test_a_ladder_that_cannot_be_used_is_named(wrong: dict[str, Any]) -> None:
    assert consequences_of(GOOD).id == "here"
    with pytest.raises(UnusableConsequences, match="here: name the source"):
        consequences_of(GOOD | wrong)


def test_a_ladder_that_is_not_there_is_named() -> None:
    with pytest.raises(UnusableConsequences, match=r"No ladder 'platform.consequences' is in force on 2019-12-31"):
        ladder("platform.consequences", on=datetime(2019, 12, 31, tzinfo=UTC).date())
