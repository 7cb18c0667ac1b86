"""When policy demands a second pair of eyes on a decision: dated rules, each with its reason."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from touchmark.engine.policy.load import UnusablePolicy


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a decision and its listing the rules ask for."""

    restricts: bool
    sold: int
    views: int
    safety_critical: bool
    risk: float


@dataclass(frozen=True, slots=True)
class Rule:
    """One case in which two must look. What a rule does not name, it does not ask for."""

    id: str
    in_force_from: date
    why: str
    restricts: bool
    sold_from: int = 0
    views_from: int = 0
    safety_critical: bool = False
    risk_from: float = 0.0

    def holds(self, facts: Facts) -> bool:
        """Whether everything that the rule names is so."""
        return (
            facts.restricts == self.restricts
            and facts.sold >= self.sold_from
            and facts.views >= self.views_from
            and facts.safety_critical >= self.safety_critical
            and facts.risk >= self.risk_from
        )


@cache
def rules() -> tuple[Rule, ...]:
    """
    Give all rules.

    :raises UnusablePolicy: if one lacks its reason or its day, or names what is not known
    """
    text = (resources.files("touchmark.engine.policy") / "second_eyes.toml").read_text(encoding="utf-8")
    return tuple(rule_of(row) for row in tomllib.loads(text)["rule"])


def rule_of(row: Mapping[str, Any]) -> Rule:
    """
    Build one rule from the file.

    :raises UnusablePolicy: as above
    """
    try:
        rule = Rule(**row)
    except TypeError as wrong:
        raise UnusablePolicy(f"second_eyes.toml: the rule {row.get('id')}: {wrong}.") from None
    if not rule.why.strip():
        raise UnusablePolicy(f"second_eyes.toml: the rule {rule.id} does not say why.")
    return rule


def demanded(facts: Facts, *, on: date) -> str:
    """Give the rule that demands a second pair of eyes on a day; blank where none does."""
    return next((rule.id for rule in rules() if rule.in_force_from <= on and rule.holds(facts)), "")
