"""Tiers of notifiers and counter-notifiers: the worked cases, the interval, and what holds whatever the record."""

import tomllib
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from touchmark.engine.penalties.tiers import (
    Lane,
    Outcome,
    Proposal,
    Result,
    Side,
    UnusableTiers,
    rule_of,
    share,
    tier,
    tier_rule_of,
)

CASES = tomllib.loads((Path(__file__).parent / "tier_cases.toml").read_text(encoding="utf-8"))["case"]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ORDER = [Lane.WATCHED, Lane.NORMAL, Lane.FAST]


def outcomes(case: dict[str, Any]) -> list[Outcome]:
    found, manifest, intended = [], case.get("manifest", 0), case.get("intended", 0)
    for reason, counts in case["record"].items():
        for result, count in zip(Result, counts, strict=False):  # who was never asked to examine has four
            for _ in range(count):
                unfounded = result == Result.REFUSED
                found.append(
                    Outcome(reason, result, NOW - 30 * DAY, unfounded and manifest > 0, unfounded and intended > 0)
                )
                manifest, intended = manifest - unfounded, intended - unfounded
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["comment"])
def test_a_worked_case_is_in_the_lane_that_is_written(case: dict[str, Any]) -> None:
    warned = NOW - case["warned_days_ago"] * DAY if "warned_days_ago" in case else None
    found = tier(outcomes(case), side=Side(case.get("side", "notifier")), at=NOW, warned_at=warned)
    assert found.lane == case["lane"]
    assert found.lanes == case["lanes"]
    assert found.proposal == (Proposal(case["proposal"]) if "proposal" in case else None)
    assert found.lane_for("another") == found.lane


@given(count=st.integers(0, 300), more=st.integers(0, 300), sureness=st.floats(0.6, 0.99))
def test_the_interval_is_that_of_the_library_and_holds_the_share(count: int, more: int, sureness: float) -> None:
    found = share(count, count + more, sureness=sureness)
    if count:
        assert found.low == pytest.approx(beta.ppf(1 - sureness, count + 0.5, more + 0.5))
    if more:
        assert found.high == pytest.approx(beta.ppf(sureness, count + 0.5, more + 0.5))
    assert 0 <= found.low <= found.high <= 1
    if count + more and sureness >= 0.9:
        assert found.low <= count / (count + more) <= found.high


RECORDS = st.lists(
    st.builds(
        Outcome,
        reason=st.sampled_from(["suspected_fake", "copied_picture"]),
        result=st.sampled_from(Result),
        at=st.integers(-400, 0).map(lambda days: NOW + days * DAY),
        manifest=st.booleans(),
        intended=st.just(False),
    ),
    max_size=40,
)
SIDES = st.sampled_from(Side)


@given(record=RECORDS, side=SIDES, reason=st.sampled_from(["suspected_fake", "copied_picture"]))
def test_one_more_that_is_upheld_never_makes_it_worse(record: list[Outcome], side: Side, reason: str) -> None:
    before = tier(record, side=side, at=NOW)
    after = tier([*record, Outcome(reason, Result.UPHELD, NOW)], side=side, at=NOW)
    assert ORDER.index(after.lane) >= ORDER.index(before.lane)
    for name, lane in before.lanes.items():
        assert ORDER.index(after.lanes[name]) >= ORDER.index(lane)
    assert after.proposal in (before.proposal, None)


@given(record=RECORDS, side=SIDES, result=st.sampled_from([Result.REFUSED, Result.WITHDRAWN]))
def test_one_more_that_is_unfounded_never_makes_it_better(record: list[Outcome], side: Side, result: Result) -> None:
    before = tier(record, side=side, at=NOW)
    after = tier([*record, Outcome("suspected_fake", result, NOW)], side=side, at=NOW)
    assert ORDER.index(after.lane) <= ORDER.index(before.lane)
    assert ORDER.index(after.lane_for("suspected_fake")) <= ORDER.index(before.lane_for("suspected_fake"))


@given(record=RECORDS, side=SIDES)
def test_a_reversal_counts_against_the_notifier_and_its_undoing_for_it(record: list[Outcome], side: Side) -> None:
    good, over = (Outcome("suspected_fake", result, NOW) for result in (Result.UPHELD, Result.OVERTURNED))
    upheld, overturned = (tier([*record, one], side=side, at=NOW) for one in (good, over))
    assert ORDER.index(overturned.lane) <= ORDER.index(upheld.lane)


@given(record=RECORDS, side=SIDES)
def test_the_order_does_not_matter_and_what_is_old_does_not_count(record: list[Outcome], side: Side) -> None:
    assert tier(record, side=side, at=NOW) == tier(record[::-1], side=side, at=NOW)
    later = tier(record, side=side, at=NOW + 366 * DAY)
    assert (later.lane, dict(later.lanes), later.proposal) == (Lane.NORMAL, {}, None)


@given(record=RECORDS, side=SIDES)
def test_nobody_is_proposed_for_suspension_who_was_not_warned(record: list[Outcome], side: Side) -> None:
    assert tier(record, side=side, at=NOW).proposal != Proposal.SUSPEND


def test_a_day_without_a_rule_and_a_rule_without_a_source_are_named() -> None:
    with pytest.raises(UnusableTiers, match="No rule for the tier of a notifier"):
        rule_of(Side.NOTIFIER, on=datetime(2019, 1, 1, tzinfo=UTC).date())
    good = asdict(rule_of(Side.NOTIFIER, on=NOW.date()))
    for wrong in ({"source": ""}, {"sureness": 0.3}, {"sureness": 1.0}):
        with pytest.raises(UnusableTiers, match=r"platform\.tier\.notifier"):
            tier_rule_of(good | wrong)
