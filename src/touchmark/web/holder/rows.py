"""Notices and their items as lists and pages show them: no more of the listing than every shopper sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from touchmark.apps.notices.access import items_for
from touchmark.apps.notices.queries import Summary, summaries_of
from touchmark.apps.notices.running import clocks_of_each
from touchmark.apps.notices.targets import Target
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor
from touchmark.web.holder.words import BADGES
from touchmark.web.ui.due import Due, due_of
from touchmark.web.ui.words import words_of_reason

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice, NoticeItem


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """An item of a notice in a list; ``target`` is what is objected to, in a word, where that is no listing."""

    ref: str
    title: str
    marketplace: str
    listing_id: str
    target: str
    right: str
    reason: str
    status: str
    filed_at: datetime
    settled_at: datetime | None

    @property
    def badge(self) -> dict[str, str]:
        """How the status looks."""
        return badge_of(self.status)


@dataclass(frozen=True, slots=True)
class SentRow:
    """A notice in a list, on one listing or on many; ``states`` are how many of its listings stand where."""

    ref: str
    title: str  # of its first listing, as the next two are
    marketplace: str
    listing_id: str
    listings: int
    right: str
    reason: str
    states: tuple[tuple[int, dict[str, str]], ...]
    filed_at: datetime
    settled_at: datetime | None

    @property
    def more(self) -> int:
        """How many listings it names besides the first."""
        return self.listings - 1


def row_of_sent(notice: "Notice", summary: Summary) -> SentRow:
    """Give a notice, which its reader has got through ``access``, as a row."""
    first = summary.first.listing
    return SentRow(
        ref=notice.ref,
        title=first.title,
        marketplace=first.marketplace.name,
        listing_id=first.listing_id,
        listings=summary.listings,
        right=str(notice.right),
        reason=words_of_reason(notice.reason),
        states=tuple((count, badge_of(status)) for status, count in counted(summary.counts)),
        filed_at=notice.filed_at,
        settled_at=summary.first.settled_at if summary.listings == 1 else None,
    )


def rows_of(notices: Iterable["Notice"], actor: Actor) -> list[SentRow]:
    """Give notices, which their reader has got through ``access``, as rows."""
    found = list(notices)
    summaries = summaries_of(found, items_for(actor))
    return [row_of_sent(notice, summaries[notice.pk]) for notice in found]


def rows_with_due(notices: Iterable["Notice"], actor: Actor) -> list[tuple[SentRow, list[Due]]]:
    """Give notices as ``rows_of`` does, each with what falls due next for its first listing."""
    found = list(notices)
    summaries = summaries_of(found, items_for(actor))
    running = clocks_of_each(summary.first for summary in summaries.values())
    return [(row_of_sent(one, first := summaries[one.pk]), due_of(running[first.first.pk][:1])) for one in found]


def seen_as(status: str) -> str:
    """Give the status that a holder sees: that something is proposed to the reviewer is the reviewer's."""
    return ItemStatus.RECEIVED if status == ItemStatus.PROPOSED else status


def counted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give how many listings stand where, as a holder sees it."""
    found: dict[str, int] = {}
    for status, count in counts.items():
        found[seen_as(status)] = found.get(seen_as(status), 0) + count
    return sorted(found.items())


def badge_of(status: str) -> dict[str, str]:
    """Give how a status looks."""
    colour, text, icon = BADGES[status]
    return {"colour": colour, "text": str(text), "icon": icon}


def row_of(notice: "NoticeItem") -> NoticeRow:
    """Give an item, which its reader has got through ``access``, as a row."""
    return NoticeRow(
        ref=notice.ref,
        title=notice.listing.title,
        marketplace=notice.listing.marketplace.name,
        listing_id=notice.listing.listing_id,
        target="" if notice.target == Target.LISTING else str(Target(notice.target).label),
        right=str(notice.right),
        reason=words_of_reason(notice.reason),
        status=notice.status,
        filed_at=notice.filed_at,
        settled_at=notice.settled_at,
    )
