"""What docs/rules.md shows is a file of rules, and its tables name every entry that there is."""

import re
from dataclasses import fields
from pathlib import Path

from touchmark.engine.screening.rules.rule import Conditions, Effect, Rule
from touchmark.engine.screening.verdict import Rules

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")


def test_its_example_is_read() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert [rule.then for rule in Rules.of(example, "rules.md").rules] == [Effect.ACT, Effect.QUEUE, Effect.LEAVE]


def test_it_names_every_entry() -> None:
    known = {one.name for one in (*fields(Conditions), *fields(Rule))} - {"measure"}
    assert {name for name in known if f"`{name}`" not in PAGE} == set()
