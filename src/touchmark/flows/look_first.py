"""
Each listing of a notice is screened for it within seconds, so that what was found of the right stands beside it.

What is evident by that is proposed to the reviewer, by a dated rule; a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from touchmark.apps.notices import first_look
from touchmark.apps.notices import queries as notices
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.engine.policy.evident import Facts, evident

if TYPE_CHECKING:
    from touchmark.apps.notices.models import NoticeItem
    from touchmark.apps.screening.models import Assessment, Finding

#: So many listings are looked at in one pass: those of one notice at most, and as many again.
BATCH = 600


def keep_up(*, at: datetime) -> int:
    """Look at a batch of what was reported and not looked at yet, and give how many listings."""
    items = notices.to_look_at(BATCH)
    if not items:
        return 0
    screening.screen_for({item.listing_id: item.right.verified_at or item.filed_at for item in items}, at=at)
    of_notices = groupby(sorted(items, key=lambda item: item.notice_id), key=lambda item: item.notice_id)
    return sum(_noted(list(group), at) for _, group in of_notices)


def _noted(items: Sequence[NoticeItem], at: datetime) -> int:
    listings = [item.listing_id for item in items]
    assessed, uses = screened.assessed_of(listings), screened.uses_of(items[0].right_id, listings)
    proposed = {
        item.pk: rule.id
        for item in items
        if item.listing_id in assessed
        and (rule := evident(_facts(assessed[item.listing_id], uses.get(item.listing_id, [])), on=at.date()))
    }
    return first_look.note(items, proposed, at=at)


def _facts(assessment: Assessment, uses: Sequence[Finding]) -> Facts:
    """What the holder permitted is said of the listing as a whole; it is of this right where this one is found."""
    return Facts(
        ways=frozenset(use.way for use in uses),
        confidence=max((use.confidence for use in uses), default=0.0),
        risk=assessment.risk,
        permitted=bool(uses) and assessment.amounts.get("authorised_seller", 0) > 0,
    )
