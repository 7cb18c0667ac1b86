"""The 24-hour figure: its worked cases, what it sums up, and its laws."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.policy.day_figure import REPORTS, figures, hours, standing
from touchmark.engine.policy.open_time import micros
from touchmark.engine.policy.rules import Place

CASES = tomllib.loads((Path(__file__).parent / "figure_cases" / "day.toml").read_text(encoding="utf-8"))["case"]
NAMES = ["left out", "within", "waiting", "late"]
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PLACES = st.sampled_from(
    [
        Place("cn", ZoneInfo("Asia/Shanghai")),
        Place("us", ZoneInfo("America/New_York")),
        Place("be", ZoneInfo("Europe/Brussels")),
        Place("weekdays", ZoneInfo("America/Santiago")),
    ]
)
UTC_PLACE = Place("weekdays", ZoneInfo("UTC"))


def table(*rows: dict[str, Any]) -> pa.Table:
    named = [{"notice": "N1", "marketplace": "m", "tier": "normal"} | row for row in rows]
    return pa.Table.from_pylist(named, schema=REPORTS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["comment"])
def test_a_worked_case_stands_as_written(case: dict[str, Any]) -> None:
    place = Place(case["place"]["calendar"], ZoneInfo(case["place"]["zone"]))
    row = {name: case[name] for name in ("complete_at", "outcome", "confirmed_at", "told_at") if name in case}
    found = standing(table(row), places={"m": place}, as_of=case["as_of"])
    assert NAMES[found[0]] == case["standing"]
    if "hours" in case:
        ended = case["confirmed_at" if case["outcome"] == "upheld" else "told_at"]
        assert hours([micros(case["complete_at"])], [micros(ended)], place=place).tolist() == [case["hours"]]


T = datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_it_is_told_per_listing_and_per_notice_per_tier_and_marketplace() -> None:
    done = {"complete_at": T, "outcome": "refused", "told_at": T + timedelta(hours=3)}
    late = {"complete_at": T, "outcome": "refused", "told_at": T + timedelta(hours=30)}
    reports = table(
        done,
        late,  # of the same notice: the notice is late
        {"notice": "N1", "marketplace": "other"} | done,  # the same notice's procedure elsewhere
        {"notice": "N2", "tier": "fast"} | done,
        {"notice": "N3", "complete_at": None},
        {"notice": "N4", "complete_at": T + timedelta(hours=40)},
    )
    found = figures(reports, places={"m": UTC_PLACE, "other": UTC_PLACE}, as_of=T + timedelta(hours=48))
    told = {(r["level"], r["marketplace"], r["tier"]): r for r in found.to_pylist()}
    assert told["listing", "", ""] == {
        "level": "listing", "marketplace": "", "tier": "",
        "counted": 4, "within": 3, "late": 1, "waiting": 1, "share": 0.75,
    }  # fmt: skip
    assert (told["notice", "", ""]["within"], told["notice", "", ""]["late"]) == (2, 1)
    assert told["listing", "m", "normal"]["share"] == 0.5
    assert told["notice", "m", "normal"]["share"] == 0.0
    assert told["notice", "m", ""]["share"] == 0.5
    assert told["notice", "", "fast"]["share"] == 1.0
    assert told["notice", "other", "normal"]["waiting"] == 0


def test_where_nothing_is_counted_there_is_no_share() -> None:
    found = figures(table({"complete_at": T}), places={"m": UTC_PLACE}, as_of=T).to_pylist()
    assert all(row["share"] is None and row["waiting"] == 1 for row in found)
    assert figures(table(), places={}, as_of=T).column("counted").to_pylist() == [0] * 2


def test_a_marketplace_without_a_place_is_named() -> None:
    with pytest.raises(KeyError, match="No place is given for: m"):
        figures(table({"complete_at": T}), places={}, as_of=T)


@given(
    start=MOMENTS, spans=st.lists(st.timedeltas(timedelta(0), timedelta(days=20)), min_size=2, max_size=2), place=PLACES
)
def test_time_adds_up_and_is_never_more_than_has_passed(start: datetime, spans: list[timedelta], place: Place) -> None:
    a, b, c = start, start + spans[0], start + spans[0] + spans[1]
    first, second, both = (hours([micros(x)], [micros(y)], place=place)[0] for x, y in ((a, b), (b, c), (a, c)))
    assert first + second == pytest.approx(both, abs=1e-9)
    assert 0 <= both <= (c - a) / timedelta(hours=1) + 1e-9
