"""A policy file that a lawyer could not rely on is refused, with the rule named."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from touchmark.engine.policy.load import UnusablePolicy, regime_of, regimes
from touchmark.engine.policy.particulars import IncompleteParticulars, missing, require
from touchmark.engine.policy.rules import NoClock, UnknownRule
from touchmark.engine.terms import RightKind

GOOD: dict[str, Any] = {
    "regime": "here",
    "name": "The law here",
    "clock": [
        {
            "id": "here.1",
            "clock": "answer",
            "starts_on": "told",
            "length": 10,
            "unit": "days",
            "zone": "UTC",
            "in_force_from": date(2020, 1, 1),
            "source": "art. 1",
            "waits_for": "seller",
            "then": "escalates",
            "verified": True,
        }
    ],
    "element": [
        {"document": "letter", "name": "facts", "asks": "the facts", "source": "art. 2"},
        {"document": "letter", "name": "ground", "asked_when": "law", "asks": "the ground", "source": "art. 3"},
    ],
}


def with_rule(**changes: Any) -> dict[str, Any]:
    data = deepcopy(GOOD)
    data["clock"].append(data["clock"][0] | {"id": "here.2"} | changes)
    return data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (with_rule(source=""), "here.2 names no source"),
        (with_rule(unit="moons"), "here.2 counts in 'moons'"),
        (with_rule(), "here.1 and here.2 are in force at the same time"),
        (with_rule(in_force_from=date(2030, 1, 1)), "in force at the same time"),  # the first one has no end
        (with_rule(clock="other", unit="working_days"), "calendar '', which is not there"),
        (with_rule(clock="other", rolls=True, calendar="atlantis"), "calendar 'atlantis', which is not there"),
        (with_rule(clock="other", pause_at_most=3), "limits pauses in days, but does not pause"),
        (with_rule(clock="other", at_most=5), "longer than it may become"),
        (GOOD | {"no_limit": [{"clock": "x", "source": "", "verified": True}]}, "'x' has no last day names no source"),
        (with_rule(colour="red"), "colour"),  # a field that nobody reads is a mistake, not a note
    ],
)
def test_an_unreliable_file_is_refused(data: dict[str, Any], words: str) -> None:
    with pytest.raises(UnusablePolicy, match=words):
        regime_of(data, name="here.toml")


def test_old_cases_are_judged_by_old_law() -> None:
    data = with_rule(clock="answer", in_force_from=date(2025, 1, 1), length=20)
    data["clock"][0]["in_force_to"] = date(2025, 1, 1)
    regime = regime_of(data, name="here.toml")
    assert regime.clock("answer", on=date(2024, 12, 31)).length == 10
    assert regime.clock("answer", on=date(2025, 1, 1)).length == 20
    with pytest.raises(UnknownRule, match="2019-12-31"):
        regime.clock("answer", on=date(2019, 12, 31))


def test_two_rules_of_one_clock_may_govern_different_kinds_of_right() -> None:
    data = with_rule(kinds=["copyright"])
    data["clock"][0]["kinds"] = ["patent"]
    regime = regime_of(data, name="here.toml")
    day = date(2025, 1, 1)
    assert regime.clock("answer", on=day, kind=RightKind.COPYRIGHT).id == "here.2"
    assert regime.clock("answer", on=day, kind=RightKind.PATENT).id == "here.1"
    with pytest.raises(UnknownRule):
        regime.clock("answer", on=day, kind=RightKind.DESIGN)


@pytest.mark.parametrize("regime", ["us", "cn"])
def test_a_statutory_counter_notice_has_no_last_day(regime: str) -> None:
    for clock in ("counter_window", "counter_again", "holder_answer"):
        with pytest.raises(NoClock) as refusal:
            regimes()[regime].clock(clock, on=date(2026, 1, 1), kind=RightKind.COPYRIGHT)
        assert refusal.value.why
    assert regimes()["platform"].clock("counter_window", on=date(2026, 1, 1)).length == 3


def test_what_a_law_leaves_open_the_platforms_policy_says() -> None:
    for regime in regimes().values():
        assert regime.clock("suspension", on=date(2026, 1, 1)).id == "platform.suspension"
        assert regime.texts.keys() == {"court", "out_of_court"}
    # A mark in the United States has no procedure of its own.
    mark = regimes()["us"].clock("act_on_notice", on=date(2026, 1, 1), kind=RightKind.WORD_MARK)
    assert mark.id == "platform.act-on-notice"


def test_missing_elements_are_named_in_the_order_of_the_law() -> None:
    regime = regime_of(GOOD, name="here.toml")
    with pytest.raises(IncompleteParticulars, match=r"the facts \(art. 2\); the ground \(art. 3\)"):
        require({}, document="letter", regime=regime, facts=["law"])
    assert missing({"facts": "seen"}, document="letter", regime=regime) == ()  # no ground asked without the fact
    require({"facts": "seen", "ground": "x"}, document="letter", regime=regime, facts=["law"])


@pytest.mark.parametrize("regime", sorted(regimes()))
def test_every_regime_asks_for_each_element_of_article_17(regime: str) -> None:
    asked = {element.name for element in regimes()[regime].document("statement_of_reasons")}
    assert asked == {
        "restriction", "territories", "duration",  # (3)(a)
        "facts", "source",  # (b)
        "automated_detection", "automated_decision",  # (c)
        "legal_ground", "contractual_ground", "ground_explanation",  # (d), (e)
        "internal_complaint", "out_of_court", "court",  # (f)
    }  # fmt: skip
