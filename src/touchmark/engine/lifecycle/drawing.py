"""
Draws the lives as Mermaid diagrams, from the tables and nothing else.

``python -m touchmark.engine.lifecycle.drawing > docs/lifecycles.md`` renews the page; a test keeps it true.
"""

import sys

from touchmark.engine.lifecycle.appeal import APPEAL
from touchmark.engine.lifecycle.authentication import AUTHENTICATION
from touchmark.engine.lifecycle.buyers import BUYERS
from touchmark.engine.lifecycle.counter_notice import POLICY_COUNTER, STATUTORY_COUNTER
from touchmark.engine.lifecycle.decision import DECISION, RESTRICTION
from touchmark.engine.lifecycle.dispute import DISPUTE
from touchmark.engine.lifecycle.filing import FILING
from touchmark.engine.lifecycle.flagger import FLAGGER
from touchmark.engine.lifecycle.mandate import MANDATE
from touchmark.engine.lifecycle.notice_item import NOTICE_ITEM
from touchmark.engine.lifecycle.order import ORDER
from touchmark.engine.lifecycle.proof import PROOF
from touchmark.engine.lifecycle.proposal import PROPOSAL
from touchmark.engine.lifecycle.right import RIGHT
from touchmark.engine.lifecycle.rule import RULE
from touchmark.engine.lifecycle.safety import SAFETY, SUSPICION
from touchmark.engine.lifecycle.suit import SUIT
from touchmark.engine.lifecycle.table import Lifecycle
from touchmark.engine.lifecycle.tier import TIER
from touchmark.engine.lifecycle.trader import TRADER

LIVES = (
    RIGHT,
    FILING,
    NOTICE_ITEM,
    STATUTORY_COUNTER,
    POLICY_COUNTER,
    SUIT,
    AUTHENTICATION,
    DECISION,
    RESTRICTION,
    PROPOSAL,
    APPEAL,
    DISPUTE,
    BUYERS,
    SAFETY,
    SUSPICION,
    ORDER,
    FLAGGER,
    MANDATE,
    TIER,
    RULE,
    TRADER,
    PROOF,
)
HEAD = """# Lifecycles

Generated from the tables in `engine/lifecycle/` (`python -m touchmark.engine.lifecycle.drawing`). Under each event
stands who can bring it about. A thing is `new` while nothing is recorded of it. Below each are the clocks that run in a
status; how long they are is a rule of the law that holds ([clocks.md](clocks.md)).
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
    parts = [f"## {life.name.capitalize()}\n\n```mermaid\n{diagram(life)}\n```\n{clocks(life)}" for life in LIVES]
    return "\n".join([HEAD, *parts])


def clocks(life: Lifecycle) -> str:
    """Give the clocks that run in a life's statuses, as a table."""
    if not life.clocks:
        return ""
    rows = [
        f"| {status} | {_named(names)} | {_named(life.still_in(status))} |" for status, names in life.clocks.items()
    ]
    return "\n".join(["", "| status | clocks that run | that stand still |", "|---|---|---|", *rows, ""])


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    sys.stdout.write(page())
