"""The worked cases that a lawyer can read, and that every rule has one."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from touchmark.engine.policy import clocks
from touchmark.engine.policy.load import regimes

CASES = [
    case
    for file in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["comment"])
def test_a_worked_case_falls_due_as_written(case: dict[str, Any]) -> None:
    rule = regimes()[case["regime"]].clock(case["clock"], on=case["start"].date())
    assert rule.id == case["rule"]
    assert clocks.due(rule, start=case["start"]) == case["due"]


def test_every_rule_has_a_worked_case() -> None:
    rules = {rule.id for regime in regimes().values() for rule in regime.clocks}
    assert rules == {case["rule"] for case in CASES}
