"""A notice as lists and pages show it: no more of the listing than every shopper sees."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from touchmark.web.holder.words import BADGES, REASONS

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice in a list."""

    ref: str
    title: str
    marketplace: str
    listing_id: str
    right: str
    reason: str
    status: str
    filed_at: datetime
    settled_at: datetime | None

    @property
    def badge(self) -> dict[str, str]:
        """How the status looks."""
        colour, text, icon = BADGES[self.status]
        return {"colour": colour, "text": str(text), "icon": icon}


def row_of(notice: "Notice") -> NoticeRow:
    """Give a notice, which its reader has got through ``access``, as a row."""
    return NoticeRow(
        ref=notice.ref,
        title=notice.listing.title,
        marketplace=notice.listing.marketplace.name,
        listing_id=notice.listing.listing_id,
        right=str(notice.right),
        reason=str(REASONS[notice.reason]),
        status=notice.status,
        filed_at=notice.filed_at,
        settled_at=notice.settled_at,
    )
