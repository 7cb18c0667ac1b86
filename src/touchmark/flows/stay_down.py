"""
Stay-down: a removed listing that comes back, edited or from another account of the same seller, goes first at the desk.

Looked at is what was screened anew, against the removed listings of the shops that count as its seller's own: those of
one organisation, and those that an explained, appealable link counts together. Nobody else's come into it, and nothing
is restricted here: a reviewer sees the earlier decision beside it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from touchmark.apps.catalog import queries as catalog
from touchmark.apps.decisions import queries as decided
from touchmark.apps.penalties import queries, traces
from touchmark.apps.registry.grounding import has_ended
from touchmark.apps.screening import queries as screened
from touchmark.apps.screening import returned
from touchmark.apps.screening.returned import Again

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision

#: So many assessments are looked at in one pass.
BATCH = 2_000
#: So old an assessment is before it is looked at: one that is written at the same time with a lower key is not missed.
SETTLED = timedelta(seconds=60)


def keep_up(*, at: datetime) -> int:
    """Look at a batch of what was screened anew, and give how many came back."""
    made = screened.made_after(queries.screened(), before=at - SETTLED, size=BATCH)
    if not made:
        return 0
    keys = sorted({listing for _, listing in made})
    found = _came_back(keys, at)
    new = returned.note(keys, found, at=at)
    queries.note_screened(made[-1][0])
    return new


def _came_back(keys: Sequence[int], at: datetime) -> dict[int, Again]:
    listings = catalog.of_sellers(keys)
    kin = queries.kin_of({listing.seller_id for listing in listings if listing.seller_id is not None})
    removing = traces.with_removed({shop for shops in kin.values() for shop in shops})
    kin = {shop: shops & removing for shop, shops in kin.items()}
    restricted = decided.standing_against_each(keys)
    asked = [one for one in listings if one.seller_id and kin[one.seller_id] and one.pk not in restricted]
    if not asked:
        return {}
    removed = traces.removed_of(removing)
    back = traces.compared(asked, kin, removed)
    rows = zip(back.listing.tolist(), back.removed.tolist(), back.share.tolist(), back.bits.tolist(), strict=True)
    return {
        asked[row].pk: Again(removed.decisions[which].ref, share, bits)
        for row, which, share, bits in rows
        if _later(asked[row], removed.decisions[which].effective_at) and _counts(removed.decisions[which], at)
    }


def _counts(decision: Decision, at: datetime) -> bool:
    """What was removed under a right that has ended since may come back."""
    return decision.right is None or not has_ended(decision.right, at.date())


def _later(listing: Listing, removed_at: datetime | None) -> bool:
    """What stood as it is before the other was removed did not come back: it was there."""
    return removed_at is not None and listing.changed_at >= removed_at
