"""
A law that has a listing restricted for so many days, and no longer unless a court orders it: the restriction has its
last day from the first. What the court orders is entered as an order, and stands by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions.actions import Choice, IncompleteDecision
from touchmark.apps.decisions.kinds import RESTRICTS, Ground
from touchmark.apps.notices.record import ACT, stream_of
from touchmark.engine.policy import clocks
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import UnknownRule
from touchmark.engine.terms import RightKind

if TYPE_CHECKING:
    from touchmark.apps.notices.models import NoticeItem

HOLD = "hold"


def bounded(choice: Choice, upheld: Sequence[NoticeItem], *, at: datetime) -> Choice:
    """
    Give a choice that lasts no longer than the law of the notices lets it: all of them must set such a day.

    One that rests on the marketplace's terms is the marketplace's own, and lasts as long as it says.

    :raises IncompleteDecision: if that day has passed already
    """
    if choice.kind not in RESTRICTS or choice.ground != Ground.LAW or not upheld:
        return choice
    days = [_last_day(item) for item in upheld]
    if None in days:
        return choice
    until = max(day for day in days if day is not None)
    if until <= at:
        raise IncompleteDecision(
            "ground_reference",
            "The days for which this law has the listing restricted without a court's order are over: rest it on the "
            "marketplace's terms, or leave it on sale.",
        )
    return choice if choice.ends_at is not None and choice.ends_at < until else replace(choice, ends_at=until)


def _last_day(item: NoticeItem) -> datetime | None:
    """Give until when the law has a listing restricted because of an item; None where it sets no day."""
    place = item.listing.marketplace.place
    acted = deadlines.last_of_each([stream_of(item)], ACT).get(stream_of(item))
    since = acted.started_at if acted is not None else item.filed_at
    try:
        rule = regimes()[item.regime].clock(
            HOLD, on=since.astimezone(place.zone).date(), kind=RightKind(item.right.kind)
        )
    except UnknownRule:
        return None
    return clocks.due(rule, start=since, place=place)
