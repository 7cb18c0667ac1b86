"""How grave a decision on a listing is, by dated rules. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from touchmark.engine.errors import TouchmarkError

GRAVITIES = ("general", "moderate", "serious")


class UnusableGravity(TouchmarkError):
    """A row names no source or no kinds, or a gravity that no ladder knows."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision is judged by: what was done, in which ways a right was used, and whether fakes injure people."""

    kind: str
    ways: frozenset[str]
    safety_critical: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what it asks for, and the gravity that follows. Without ``ways`` any way fits."""

    id: str
    in_force_from: date
    kinds: frozenset[str]
    gravity: str
    ways: frozenset[str] = frozenset()
    safety: bool = False

    def fits(self, facts: Facts, on: date) -> bool:
        """Whether it holds of a decision of that day."""
        way = not self.ways or not self.ways.isdisjoint(facts.ways)
        return (
            self.in_force_from <= on and facts.kind in self.kinds and way and (facts.safety_critical or not self.safety)
        )


def gravity_of(facts: Facts, *, on: date) -> str:
    """Give the gravity of a decision of that day; blank where it counts for nothing."""
    return next((rule.gravity for rule in rules() if rule.fits(facts, on)), "")


@cache
def rules() -> tuple[Rule, ...]:
    """
    Give every row, in the order of the file.

    :raises UnusableGravity: if one cannot be relied on
    """
    text = (resources.files("touchmark.engine.penalties") / "gravity.toml").read_text(encoding="utf-8")
    return tuple(rule_of(row) for row in tomllib.loads(text)["gravity"])


def rule_of(row: Mapping[str, Any]) -> Rule:
    """
    Build one row.

    :raises UnusableGravity: if it cannot be relied on
    """
    if not row["source"] or not row["kinds"] or row["gravity"] not in GRAVITIES:
        raise UnusableGravity(f"{row['id']}: name the source, the kinds, and a gravity of {', '.join(GRAVITIES)}.")
    return Rule(
        id=row["id"],
        in_force_from=row["in_force_from"],
        kinds=frozenset(row["kinds"]),
        gravity=row["gravity"],
        ways=frozenset(row.get("ways", ())),
        safety=row.get("safety", False),
    )
