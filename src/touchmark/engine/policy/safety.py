"""Goods whose fakes injure people: a dated list of words by which a category is known to be one of theirs."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from touchmark.engine.policy.load import UnusablePolicy

#: Scripts that do not part words: a word of theirs counts wherever it stands.
UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Group:
    """Goods of one kind, and the words that tell their category; ``gpsr``: product safety law covers them."""

    id: str
    in_force_from: date
    source: str
    words: tuple[str, ...]
    gpsr: bool = True


@cache
def groups() -> tuple[Group, ...]:
    """
    Give all groups.

    :raises UnusablePolicy: if one names no source or no words
    """
    text = (resources.files("touchmark.engine.policy") / "safety.toml").read_text(encoding="utf-8")
    return tuple(group_of(row) for row in tomllib.loads(text)["group"])


def group_of(row: dict[str, object]) -> Group:
    """
    Build one group from the file.

    :raises UnusablePolicy: as above
    """
    words, source, since = row.get("words"), row.get("source"), row.get("in_force_from")
    if not words or not source or not isinstance(words, list) or not isinstance(since, date):
        raise UnusablePolicy(f"safety.toml: the group {row.get('id')} lacks its source, its words or its day.")
    folded = tuple(str(word).casefold() for word in words)
    return Group(str(row["id"]), since, str(source), folded, gpsr=row.get("gpsr", True) is True)


def critical(category: str, *, on: date) -> str:
    """Give the group that a category belongs to on a day; blank for goods that injure nobody by being fake."""
    folded = category.casefold()
    if not folded.strip():
        return ""
    return next((id for id, since, pattern in _patterns() if since <= on and pattern.search(folded)), "")


def under_gpsr(category: str, *, on: date) -> str:
    """Give the group of a category that the General Product Safety Regulation covers on a day; else a blank."""
    found = critical(category, on=on)
    return found if any(group.id == found and group.gpsr for group in groups()) else ""


@cache
def _patterns() -> tuple[tuple[str, date, re.Pattern[str]], ...]:
    return tuple((group.id, group.in_force_from, _pattern(group.words)) for group in groups())


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    written = (re.escape(word) if UNPARTED.search(word) else rf"\b{re.escape(word)}" for word in words)
    return re.compile("|".join(written))
