"""When two must look, by the dated rules."""

from dataclasses import replace
from datetime import date

import pytest

from touchmark.engine.policy import second_eyes
from touchmark.engine.policy.load import UnusablePolicy
from touchmark.engine.policy.second_eyes import Facts

ON = date(2026, 8, 1)
PLAIN = Facts(restricts=True, sold=0, views=0, safety_critical=False, risk=0.5)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({}, ""),
        ({"sold": 999}, ""),
        ({"sold": 1000}, "widely_sold"),
        ({"views": 100_000}, "widely_seen"),
        # leaving what very many bought hurts nobody
        ({"sold": 1000, "restricts": False}, ""),
        ({"restricts": False, "safety_critical": True, "risk": 0.8}, "dangerous_left"),
        ({"restricts": False, "safety_critical": True, "risk": 0.79}, ""),
        ({"restricts": False, "risk": 0.99}, ""),
        # taking dangerous goods off needs nobody else
        ({"safety_critical": True, "risk": 0.99}, ""),
    ],
)
def test_a_rule_holds_where_all_that_it_names_does(said: dict[str, bool | int | float], rule: str) -> None:
    assert second_eyes.demanded(replace(PLAIN, **said), on=ON) == rule  # type: ignore[arg-type]


def test_a_rule_counts_from_its_day_on() -> None:
    assert second_eyes.demanded(replace(PLAIN, sold=5000), on=date(2025, 12, 31)) == ""


@pytest.mark.parametrize("wrong", [{"why": " "}, {"colour": "red"}])
def test_a_rule_without_its_reason_or_with_what_nobody_knows_is_refused(wrong: dict[str, str]) -> None:
    row = {"id": "x", "in_force_from": ON, "why": "Because.", "restricts": True}
    with pytest.raises(UnusablePolicy, match="x"):
        second_eyes.rule_of(row | wrong)
