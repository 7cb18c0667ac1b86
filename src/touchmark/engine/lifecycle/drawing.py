"""
Draws the lives as Mermaid diagrams, from the tables and nothing else.

``python -m touchmark.engine.lifecycle.drawing > docs/lifecycles.md`` renews the page; a test keeps it true.
"""

import sys

from touchmark.engine.lifecycle.appeal import APPEAL
from touchmark.engine.lifecycle.decision import DECISION, RESTRICTION
from touchmark.engine.lifecycle.notice import NOTICE
from touchmark.engine.lifecycle.right import RIGHT
from touchmark.engine.lifecycle.rule import RULE
from touchmark.engine.lifecycle.table import Lifecycle

LIVES = (RIGHT, NOTICE, DECISION, RESTRICTION, APPEAL, RULE)
HEAD = """# Lifecycles

Generated from the tables in `engine/lifecycle/` (`python -m touchmark.engine.lifecycle.drawing`). Under each event
stands who can bring it about. A thing is `new` while nothing is recorded of it.
"""


def diagram(life: Lifecycle) -> str:
    """Give one life as a Mermaid state diagram, in the order of its table."""
    lines = ["stateDiagram-v2", f"    [*] --> {life.start}"]
    for row in life.rows:
        label = f"{row.event}<br>{', '.join(sorted(row.by))}"
        lines += [f"    {status} --> {row.to}: {label}" for status in sorted(row.origin)]
    left = {status for row in life.rows for status in row.origin if row.to != status}
    lines += [f"    {status} --> [*]" for status in sorted(life.statuses - left)]
    return "\n".join(lines)


def page() -> str:
    """Give the whole page."""
    parts = [f"## {life.name.capitalize()}\n\n```mermaid\n{diagram(life)}\n```\n" for life in LIVES]
    return "\n".join([HEAD, *parts])


if __name__ == "__main__":
    sys.stdout.write(page())
