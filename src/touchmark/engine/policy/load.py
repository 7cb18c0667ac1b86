"""Reads regimes from the data files, once, and refuses a file that a lawyer could not rely on."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.policy.clocks import UNITS
from touchmark.engine.policy.rules import ClockRule, Element, Regime


class UnusablePolicy(TouchmarkError):
    """A policy file lacks a source, names an unknown unit, or holds two rules in force at the same time."""


@cache
def regimes() -> Mapping[str, Regime]:
    """
    Give all regimes by id.

    :raises UnusablePolicy: if a file cannot be relied on
    """
    folder = resources.files("touchmark.engine.policy") / "data"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    found = [regime_of(tomllib.loads(file.read_text(encoding="utf-8")), name=file.name) for file in files]
    return {regime.id: regime for regime in found}


def regime_of(data: Mapping[str, Any], *, name: str) -> Regime:
    """
    Build one regime from a parsed file.

    :raises UnusablePolicy: as above, naming the file and the rule
    """
    try:
        clocks = tuple(_clock(row) for row in data.get("clock", ()))
        elements = tuple(Element(**{"asked_when": "always"} | row) for row in data.get("element", ()))
    except (KeyError, TypeError) as missing:
        raise UnusablePolicy(f"{name}: a rule lacks or does not know {missing}.") from missing
    _refuse_unsourced(clocks, elements, name)
    _refuse_overlaps(clocks, name)
    return Regime(id=data["regime"], name=data["name"], clocks=clocks, elements=elements, texts=data.get("texts", {}))


def _clock(row: Mapping[str, Any]) -> ClockRule:
    return ClockRule(
        **{"in_force_to": None, "note": "", "url": ""} | dict(row) | {"zone": ZoneInfo(row["zone"])},
    )


def _refuse_unsourced(clocks: tuple[ClockRule, ...], elements: tuple[Element, ...], name: str) -> None:
    for rule in clocks:
        if not rule.source:
            raise UnusablePolicy(f"{name}: the rule {rule.id} names no source.")
        if rule.unit not in UNITS:
            raise UnusablePolicy(f"{name}: the rule {rule.id} counts in '{rule.unit}'; known: {', '.join(UNITS)}.")
    for element in elements:
        if not element.source:
            raise UnusablePolicy(f"{name}: the element {element.name} names no source.")


def _refuse_overlaps(clocks: tuple[ClockRule, ...], name: str) -> None:
    for one, other in combinations(clocks, 2):
        if one.clock == other.clock and (one.in_force(other.in_force_from) or other.in_force(one.in_force_from)):
            raise UnusablePolicy(f"{name}: {one.id} and {other.id} are in force at the same time.")
