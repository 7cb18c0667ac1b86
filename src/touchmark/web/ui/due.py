"""What falls due, by when, and what happens then: the deadlines of a page in words, with the law they follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from touchmark.apps.deadlines import queries
from touchmark.engine.policy.words import gives_time_to, happens_then

if TYPE_CHECKING:
    from touchmark.apps.deadlines.models import Deadline


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due. ``until`` is empty while its clock stands still; ``unsure``: nobody read the source."""

    act: str
    until: datetime | None
    consequence: str
    source: str
    ours: bool
    unsure: bool


def due_of(deadlines: Iterable["Deadline"], reader: str = "") -> list[Due]:
    """
    Give the deadlines of something that the reader may see, the next one first.

    ``reader`` is the party who reads, where the other one must be told whose turn it is: ``seller``, ``holder``.
    """
    return [_due(deadline, reader) for deadline in deadlines]


def _due(deadline: "Deadline", reader: str) -> Due:
    rule = queries.rule_of(deadline)
    return Due(
        act=_(gives_time_to(reader, rule)),
        until=deadline.due_at,
        consequence=_(happens_then(rule)),
        source=rule.source,
        ours=rule.ours,
        unsure=not rule.verified,
    )
