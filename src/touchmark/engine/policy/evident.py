"""What of a reported listing is evident by what was found of the right, by dated rules: proposed, and never decided."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from touchmark.engine.policy.load import UnusablePolicy

EVENTS = ("uphold", "refuse")


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What was found of one right in one listing: in which ways, how sure the surest, and the risk of the whole listing.

    ``permitted``: the holder named the seller as one who may sell these goods.
    """

    ways: frozenset[str]
    confidence: float
    risk: float
    permitted: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One case that is evident; what it does not name, it does not ask for. ``says`` is read by the reviewer, ``answers``
    is what the answer to the holder starts from.
    """

    id: str
    event: str
    in_force_from: date
    source: str
    says: str
    answers: str
    ways: tuple[str, ...] = ()
    some_of: tuple[str, ...] = ()
    confidence_from: float = 0.0
    risk_from: float = 0.0
    risk_to: float = 1.0
    permitted: bool = False

    def holds(self, facts: Facts) -> bool:
        """Whether everything that the rule names is so."""
        return (
            (not self.ways or (bool(facts.ways) and facts.ways <= set(self.ways)))
            and (not self.some_of or not facts.ways.isdisjoint(self.some_of))
            and facts.confidence >= self.confidence_from
            and self.risk_from <= facts.risk <= self.risk_to
            and facts.permitted >= self.permitted
        )


@cache
def rules() -> tuple[Rule, ...]:
    """
    Give all rules in their order.

    :raises UnusablePolicy: if one lacks its source or its words, or names what is not known
    """
    file = resources.files("touchmark.engine.policy") / "data" / "tables" / "evident.toml"
    return tuple(rule_of(row) for row in tomllib.loads(file.read_text(encoding="utf-8"))["evident"])


def rule_of(row: Mapping[str, Any]) -> Rule:
    """
    Build one rule from the file.

    :raises UnusablePolicy: as above
    """
    if unknown := row.keys() - {field.name for field in fields(Rule)}:
        raise UnusablePolicy(f"evident.toml: the rule {row.get('id')} names {', '.join(sorted(unknown))}.")
    lists: Mapping[str, Sequence[str]] = {name: tuple(row.get(name, ())) for name in ("ways", "some_of")}
    rule = Rule(**{**row, **lists})
    if not all(text.strip() for text in (rule.source, rule.says, rule.answers)) or rule.event not in EVENTS:
        raise UnusablePolicy(f"evident.toml: the rule {rule.id} lacks its source, its words, or what it proposes.")
    return rule


def evident(facts: Facts, *, on: date) -> Rule | None:
    """Give the rule by which it is evident on a day; None where it is not."""
    return next((rule for rule in rules() if rule.in_force_from <= on and rule.holds(facts)), None)


def rule_named(id: str) -> Rule | None:
    """Give the rule of this id; None where the file holds it no more."""
    return next((rule for rule in rules() if rule.id == id), None)
