"""Reads regimes from the data files, once, and refuses a file that a lawyer could not rely on."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.policy.calendars import calendars
from touchmark.engine.policy.clocks import BY_CALENDAR
from touchmark.engine.policy.rules import Bound, ClockRule, Element, NoLimit, Party, Regime, Unit
from touchmark.engine.terms import RightKind

#: The policy that fills in whatever a body of law leaves open.
BASE = "platform"


class UnusablePolicy(TouchmarkError):
    """A policy file lacks a source, names an unknown unit, or holds two rules in force at the same time."""


@cache
def regimes() -> Mapping[str, Regime]:
    """
    Give all regimes by id; each but the platform's policy is based on that policy.

    :raises UnusablePolicy: if a file cannot be relied on
    """
    folder = resources.files("touchmark.engine.policy") / "data"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    read = [regime_of(tomllib.loads(file.read_text(encoding="utf-8")), name=file.name) for file in files]
    base = next(regime for regime in read if regime.id == BASE)
    return {regime.id: regime if regime is base else _based(regime, base) for regime in read}


def _based(regime: Regime, base: Regime) -> Regime:
    return replace(regime, base=base, texts={**base.texts, **regime.texts})


def regime_of(data: Mapping[str, Any], *, name: str) -> Regime:
    """
    Build one regime from a parsed file.

    :raises UnusablePolicy: as above, naming the file and the rule
    """
    try:
        clocks = tuple(_clock(row, name) for row in data.get("clock", ()))
        elements = tuple(_element(row, data["regime"]) for row in data.get("element", ()))
        no_limits = tuple(NoLimit(**_kinds(row)) for row in data.get("no_limit", ()))
    except (KeyError, TypeError) as missing:
        raise UnusablePolicy(f"{name}: a rule lacks or does not know {missing}.") from missing
    _refuse_unsourced(clocks, elements, no_limits, name)
    for rule in clocks:
        _refuse_unfit(rule, name)
    _refuse_overlaps(clocks, name)
    texts = data.get("texts", {})
    return Regime(data["regime"], data["name"], clocks, elements, texts=texts, no_limits=no_limits)


def _clock(row: Mapping[str, Any], name: str) -> ClockRule:
    if row["unit"] not in set(Unit):
        raise UnusablePolicy(f"{name}: the rule {row['id']} counts in '{row['unit']}'; known: {', '.join(Unit)}.")
    read: dict[str, Any] = {
        "unit": Unit(row["unit"]),
        "zone": ZoneInfo(row["zone"]),
        "waits_for": Party(row["waits_for"]),
        "bound": Bound(row.get("bound", Bound.LATEST)),
    }
    return ClockRule(**_kinds(row) | read | {"lanes": frozenset(row.get("lanes", ()))})


def _element(row: Mapping[str, Any], regime: str) -> Element:
    key = f"{regime}.{row['document']}.{row['name']}"
    return Element(**{"asked_when": "always", "key": key} | _kinds(row))


def _kinds(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | {"kinds": frozenset(RightKind(kind) for kind in row.get("kinds", ()))}


def _refuse_unsourced(
    clocks: tuple[ClockRule, ...], elements: tuple[Element, ...], no_limits: tuple[NoLimit, ...], name: str
) -> None:
    for rule in clocks:
        if not rule.source:
            raise UnusablePolicy(f"{name}: the rule {rule.id} names no source.")
    for limit in no_limits:
        if not limit.source:
            raise UnusablePolicy(f"{name}: that '{limit.clock}' has no last day names no source.")
    for element in elements:
        if not element.source:
            raise UnusablePolicy(f"{name}: the element {element.name} names no source.")


def _refuse_unfit(rule: ClockRule, name: str) -> None:
    asks_calendar = rule.unit in BY_CALENDAR or rule.unit == Unit.OPEN_HOURS or rule.rolls
    if asks_calendar and rule.calendar not in calendars():
        raise UnusablePolicy(
            f"{name}: the rule {rule.id} counts by the calendar '{rule.calendar}', which is not there."
        )
    if rule.pause_at_most is not None and (not rule.pauses or rule.unit in {Unit.HOURS, Unit.OPEN_HOURS}):
        raise UnusablePolicy(f"{name}: the rule {rule.id} limits pauses in days, but does not pause, or counts hours.")
    if rule.at_most is not None and rule.at_most < rule.length:
        raise UnusablePolicy(f"{name}: the rule {rule.id} is longer than it may become.")


def _refuse_overlaps(clocks: tuple[ClockRule, ...], name: str) -> None:
    for one, other in combinations(clocks, 2):
        at_once = one.in_force(other.in_force_from) or other.in_force(one.in_force_from)
        same = not one.kinds or not other.kinds or one.kinds & other.kinds
        if one.clock == other.clock and one.lanes == other.lanes and same and at_once:
            raise UnusablePolicy(f"{name}: {one.id} and {other.id} are in force at the same time.")
