"""Where something stands, and what was said: the parts of a case's page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reached(StrEnum):
    """How far a step is."""

    PAST = "past"
    NOW = "now"
    LATE = "late"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way of a case. ``at`` is when it was reached, or is due."""

    label: str
    reached: Reached
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said or done, for a timeline. ``mine``: by the reader's own side."""

    who: str
    what: str
    at: datetime
    text: str = ""
    mine: bool = False
