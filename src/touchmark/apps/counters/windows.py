"""Until when a notice can be answered, and how many chances are left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines.actions import Start
from touchmark.engine.policy import clocks
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import ClockRule, UnknownRule
from touchmark.engine.terms import RightKind

if TYPE_CHECKING:
    from touchmark.apps.notices.models import NoticeItem

#: So many chances platform policy gives; statutes do not count them.
CHANCES = 3
FIRST, LATER = "counter_window", "counter_again"


@dataclass(frozen=True, slots=True)
class Window:
    """When a notice can be answered: until when, by the first chance and by the later ones; empty: at any time."""

    first_until: datetime | None
    until: datetime | None
    chances: int | None  # None: the law does not count them

    def until_of(self, chance: int) -> datetime | None:
        """Give until when an answer by this chance, from 1, can be given."""
        return self.first_until if chance == 1 else self.until


def stream_of_answering(item: "NoticeItem") -> str:
    """Give the name of the subject whose deadlines say until when an item can be answered."""
    return f"answering:{item.ref}"


def by_statute(item: "NoticeItem") -> bool:
    """Whether a statute, and not platform policy, says what an answer to this item does."""
    return regimes()[item.regime].counters_by_statute(RightKind(item.right.kind))


def window_of(item: "NoticeItem") -> Window:
    """Give the window of an item that was upheld; the law that counts is that of the day on which it was."""
    return window_from(item, item.settled_at)


def window_from(item: "NoticeItem", at: datetime | None) -> Window:
    """Give the window that an item has if it is upheld at a moment."""
    first = _until(item, FIRST, at)
    if by_statute(item):
        return Window(first, first, None)
    return Window(first, _until(item, LATER, at), CHANCES)


def told_of(items: Iterable["NoticeItem"], *, at: datetime) -> list[dict[str, str]]:
    """Give what a seller is told of the notices that can be answered once they are upheld: which, and until when."""
    return [said_of(item, window_from(item, at)) for item in items]


def said_of(item: "NoticeItem", window: Window) -> dict[str, str]:
    """Give what a seller is told of one notice that can be answered."""
    return {"notice": item.ref, "first": _kept(window.first_until), "until": _kept(window.until)}


def _kept(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def next_chance(item: "NoticeItem", at: datetime) -> int:
    """Give the number of the chance that an answer now would take; one that was not taken in time is gone."""
    used = CounterNotice.objects.filter(item=item, filed_at__gte=item.settled_at).exclude(status="annulled").count()
    window = window_of(item)
    lost = window.chances is not None and not used and window.first_until is not None and at > window.first_until
    return used + 1 + lost


def open_to_answers(item: "NoticeItem", *, at: datetime) -> None:
    """Start the clocks that say until when an item can be answered, where the law has any."""
    names = (FIRST,) if by_statute(item) else (FIRST, LATER)
    place = item.listing.marketplace.place
    rules = [rule for name in names if (rule := _rule(item, name, at))]
    deadlines.start((Start(stream_of_answering(item), rule, item.regime, place) for rule in rules), at=at)


def _until(item: "NoticeItem", clock: str, at: datetime | None) -> datetime | None:
    rule = _rule(item, clock, at) if at else None
    if rule is None or at is None:
        return None
    return clocks.due(rule, start=at, place=item.listing.marketplace.place)


def _rule(item: "NoticeItem", clock: str, at: datetime) -> ClockRule | None:
    day = at.astimezone(item.listing.marketplace.place.zone).date()
    try:
        return regimes()[item.regime].clock(clock, on=day, kind=RightKind(item.right.kind))
    except UnknownRule:
        return None
