"""Rules as the text of a file: what ``reading`` reads, the same again."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from touchmark.engine.screening.rules.rule import Brake, Conditions, Rule


def written(rules: Iterable[Rule], *, version: str, review_at: float, act_at: float) -> str:
    """Give a whole file: the thresholds, then the rules in their order."""
    head = f"version = {_value(version)}\nreview_at = {_value(review_at)}\nact_at = {_value(act_at)}\n"
    return "\n".join([head, *(rule_written(rule) for rule in rules)])


def rule_written(rule: Rule) -> str:
    """Give one rule as it stands in a file; what is as by default is left out."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    yield "[[rule]]"
    yield f"id = {_value(rule.id)}"
    yield f"version = {rule.version}"
    if rule.dated:
        yield f"dated = {rule.dated.isoformat()}"
    for name in ("author", "reason"):
        if getattr(rule, name):
            yield f"{name} = {_value(getattr(rule, name))}"
    yield f"description = {_value(rule.description)}"
    yield f"then = {_value(rule.then.value)}"
    yield from _table("when", _entries(rule.when, Conditions()))
    yield from _table("unless", _entries(rule.unless, Conditions()))
    yield from _table("brake", _entries(rule.brake, Brake()))
    if rule.measure:
        yield from _table("decision", _entries(rule.measure, None))


def _entries(of: Any, default: Any) -> list[str]:
    said = [(one.name, getattr(of, one.name), getattr(default, one.name, ())) for one in fields(of)]
    return [f"{name} = {_value(value)}" for name, value, usual in said if value != usual]


def _table(name: str, entries: list[str]) -> list[str]:
    return [f"[rule.{name}]", *entries] if entries else []


def _value(value: Any) -> str:
    """A basic string of TOML is one of JSON, but for one character that must be escaped too."""
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
