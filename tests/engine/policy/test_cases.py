"""The worked cases that a lawyer can read, and that every rule has one."""

import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from touchmark.engine.policy import clocks
from touchmark.engine.policy.clocks import ClockEvent, Happening
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Place
from touchmark.engine.terms import RightKind

CASES = [
    case
    for file in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['comment']}")
def test_a_worked_case_falls_due_as_written(case: dict[str, Any]) -> None:
    kind = RightKind(case["kind"]) if "kind" in case else None
    lane = case.get("lane", "")
    rule = regimes()[case["regime"]].clock(case["clock"], on=case["start"].date(), kind=kind, lane=lane)
    place = Place(case["place"]["calendar"], ZoneInfo(case["place"]["zone"])) if "place" in case else None
    happened = [ClockEvent(Happening.START, case["start"])]
    happened += [ClockEvent(Happening(e["kind"]), e["at"], e.get("length", 0)) for e in case.get("events", ())]
    assert rule.id == case["rule"]
    assert clocks.state(rule, happened, place=place).due_at == case["due"]
    if "events" not in case:
        assert clocks.due(rule, start=case["start"], place=place) == case["due"]


def test_every_rule_has_a_worked_case() -> None:
    rules = {rule.id for regime in regimes().values() for rule in regime.clocks}
    assert rules == {case["rule"] for case in CASES}
