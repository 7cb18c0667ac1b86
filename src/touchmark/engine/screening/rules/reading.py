"""
From a file of rules to rules; what cannot be relied on is refused with its line and the remedy.

Names and values that nobody knows are refused rather than passed over: a condition with a slip in its name would hold
for everything.
"""

import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NoReturn

from touchmark.engine.screening.rules.lines import Lines
from touchmark.engine.screening.rules.rule import Brake, Conditions, Effect, Measure, Rule, RulesRefused
from touchmark.engine.terms import Way

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
_TERRITORY = re.compile(r"[A-Z]{2}")
_KEYS = ("id", "version", "dated", "author", "reason", "description", "then", "when", "unless", "brake", "decision")
_NEEDED = ("id", "description", "then", "when")
_CONDITIONS = tuple(one.name for one in fields(Conditions))
_BRAKE = tuple(one.name for one in fields(Brake))
_MEASURE = ("kind", "territories", "ground", "reference", "explanation")
KINDS, GROUNDS = ("remove", "disable", "hide"), ("law", "terms")


def rules_of(read: Mapping[str, Any], text: str, name: str) -> tuple[Rule, ...]:
    """
    Give the rules of a parsed file, in its order.

    :param text: the file, to say in which line something is wrong
    :raises RulesRefused: if a rule cannot be relied on, or two bear one id
    """
    found = read.get("rule", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise RulesRefused(f"{name}: rule is no list of tables. Begin each rule with a line [[rule]].")
    lines = Lines(text)
    rules = [_rule(one, _Place(name, lines, number)) for number, one in enumerate(found)]
    for number, rule in enumerate(rules):
        if rule.id in {earlier.id for earlier in rules[:number]}:
            _Place(name, lines, number).refuse(("id",), f"the id {rule.id!r} is taken by a rule above. Choose another.")
    return tuple(rules)


@lru_cache(maxsize=1024)
def rule_of(text: str, name: str = "rule") -> Rule:
    """
    Give the one rule that a text holds, as ``writing.rule_written`` gives it.

    :raises RulesRefused: if it holds another number of them, or what cannot be relied on
    """
    try:
        found = rules_of(tomllib.loads(text), text, name)
    except tomllib.TOMLDecodeError as error:
        raise RulesRefused(f"{name}: {error}.") from error
    if len(found) != 1:
        raise RulesRefused(f"{name}: here stand {len(found)} rules. Write one, beginning with [[rule]].")
    return found[0]


@dataclass(frozen=True, slots=True)
class _Place:
    """Which rule of which file is read; ``refuse`` says where in it something is wrong."""

    file: str
    lines: Lines
    number: int

    def refuse(self, path: Sequence[str], text: str) -> NoReturn:
        raise RulesRefused(f"{self.file}, line {self.lines.of(self.number, path)}: {text}")

    def refuse_others(self, path: tuple[str, ...], table: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, 1)
                remedy = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
                self.refuse((*path, key), f"{key} is not known. {remedy}")


def _rule(read: Mapping[str, Any], place: _Place) -> Rule:
    place.refuse_others((), read, _KEYS)
    for key in _NEEDED:
        if key not in read:
            place.refuse((), f"{key} is missing. {_WHY[key]}")
    when = _conditions(read, "when", place)
    if not when:
        place.refuse(("when",), "when is empty: the rule would hold for every listing. Name at least one condition.")
    rule = Rule(
        id=_id(read, place),
        then=Effect(_word(read, ("then",), place, tuple(Effect))),
        description=_text(read, ("description",), place),
        when=when,
        unless=_conditions(read, "unless", place),
        version=_count(read, ("version",), place) if "version" in read else 1,
        author=_text(read, ("author",), place) if "author" in read else "",
        reason=_text(read, ("reason",), place) if "reason" in read else "",
        dated=_day(read, place),
        brake=_brake(read, place),
        measure=_measure(read, place),
    )
    _refuse_act_on_nothing(rule, place)
    return rule


_WHY = {
    "id": 'Give the rule a short name of its own, as in id = "disguised-shoes".',
    "description": "Say in a sentence what the rule is for: whoever reads it next needs to know.",
    "then": f"Say what follows: {', '.join(Effect)}.",
    "when": "Write [rule.when] and the conditions below it.",
}


def _refuse_act_on_nothing(rule: Rule, place: _Place) -> None:
    """Say at once what would never act: neither price nor standing nor any place is a ground to act."""
    if rule.then != Effect.ACT:
        return
    if not rule.when.way and not rule.when.right:
        text = "a rule that acts says on which use of a right. Add way or right to its conditions."
        place.refuse(("when",), text)
    if set(rule.when.way) == {Way.REFERENTIAL}:
        place.refuse(("when", "way"), "a lawful reference is no reason to act. Name another way.")


def _id(read: Mapping[str, Any], place: _Place) -> str:
    found = _text(read, ("id",), place)
    if not _ID.fullmatch(found):
        place.refuse(("id",), f"the id {found!r} cannot stand in addresses. Use small letters, digits and hyphens.")
    return found


def _conditions(read: Mapping[str, Any], name: str, place: _Place) -> Conditions:
    table = _table(read, name, place, _CONDITIONS)
    said: dict[str, Any] = {}
    for key in table:
        said[key] = _READ[key](table, (name, key), place)
    found = Conditions(**said)
    if found.risk_from is not None and found.risk_below is not None and found.risk_from >= found.risk_below:
        place.refuse((name, "risk_below"), "risk_below is not above risk_from: no listing fits. Mend one of them.")
    return found


def _brake(read: Mapping[str, Any], place: _Place) -> Brake:
    table = _table(read, "brake", place, _BRAKE)
    said: dict[str, Any] = {
        key: (_share if key == "reversed_share" else _count)(table, ("brake", key), place) for key in table
    }
    return Brake(**said)


def _measure(read: Mapping[str, Any], place: _Place) -> Measure | None:
    if "decision" not in read:
        return None
    table = _table(read, "decision", place, _MEASURE)
    for key in ("kind", "ground", "reference", "explanation"):
        if key not in table:
            place.refuse(("decision",), f"{key} is missing: the seller must be told. Add a line for it.")
    kind = _word(table, ("decision", "kind"), place, KINDS)
    territories = _territories(table, ("decision", "territories"), place) if "territories" in table else ()
    if (kind == "disable") != bool(territories):
        text = 'territories go with kind = "disable", and with it only. Name them, or choose remove.'
        place.refuse(("decision", "kind"), text)
    return Measure(
        kind=kind,
        ground=_word(table, ("decision", "ground"), place, GROUNDS),
        reference=_text(table, ("decision", "reference"), place),
        explanation=_text(table, ("decision", "explanation"), place),
        territories=territories,
    )


def _table(read: Mapping[str, Any], name: str, place: _Place, known: Sequence[str]) -> Mapping[str, Any]:
    table = read.get(name, {})
    if not isinstance(table, Mapping):
        place.refuse((name,), f"{name} is no table. Write [rule.{name}] and its entries below.")
    place.refuse_others((name,), table, known)
    return table


_Path = tuple[str, ...]


def _text(table: Mapping[str, Any], path: _Path, place: _Place) -> str:
    value = table[path[-1]]
    if not isinstance(value, str) or not value.strip():
        place.refuse(path, f"{path[-1]} is no text. Write it between quotation marks.")
    return value.strip()


def _word(table: Mapping[str, Any], path: _Path, place: _Place, known: Sequence[str]) -> str:
    value = table[path[-1]]
    if value not in known:
        place.refuse(path, f"{path[-1]} is {value!r}. Known: {', '.join(known)}.")
    return str(value)


def _words(table: Mapping[str, Any], path: _Path, place: _Place) -> tuple[str, ...]:
    value = table[path[-1]]
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed or not all(isinstance(one, str) and one.strip() for one in listed):
        place.refuse(path, f'{path[-1]} is no list of texts. Write it as ["one", "another"].')
    return tuple(dict.fromkeys(one.strip() for one in listed))


def _ways(table: Mapping[str, Any], path: _Path, place: _Place) -> tuple[Way, ...]:
    found = _words(table, path, place)
    for one in found:
        if one not in tuple(Way):
            near = get_close_matches(one, tuple(Way), 1)
            place.refuse(
                path, f"{one!r} is no way. {f'Did you mean {near[0]}?' if near else f'Known: {_listed(Way)}.'}"
            )
    return tuple(Way(one) for one in found)


def _listed(words: Any) -> str:
    return ", ".join(words)


def _territories(table: Mapping[str, Any], path: _Path, place: _Place) -> tuple[str, ...]:
    found = _words(table, path, place)
    for one in found:
        if not _TERRITORY.fullmatch(one):
            place.refuse(path, f'{one!r} is no territory. Write two capital letters each, as ["DE", "FR"].')
    return found


def _share(table: Mapping[str, Any], path: _Path, place: _Place) -> float:
    value = table[path[-1]]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= 1:
        place.refuse(path, f"{path[-1]} is {value!r}. Give a number from 0 to 1, as 0.9.")
    return float(value)


def _count(table: Mapping[str, Any], path: _Path, place: _Place) -> int:
    value = table[path[-1]]
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000_000:
        place.refuse(path, f"{path[-1]} is {value!r}. Give a whole number from 1 up.")
    return int(value)


def _day(read: Mapping[str, Any], place: _Place) -> date | None:
    value = read.get("dated")
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        place.refuse(("dated",), "dated is no day. Write it without quotation marks, as dated = 2026-03-31.")
    return value


_READ: Mapping[str, Callable[[Mapping[str, Any], _Path, _Place], Any]] = {
    "risk_from": _share,
    "risk_below": _share,
    "confidence_from": _share,
    "way": _ways,
    "right": _words,
    "category": _words,
    "marketplace": _words,
    "standing": _words,
    "offered_in": _territories,
}
