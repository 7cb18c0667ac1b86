"""
Stay-down: a removed listing that comes back, edited or from another account of the same seller, goes first at the desk;
and so does another of the same that its seller offered already when the one was removed.

Looked at is what was screened anew, against the removed listings of the shops that count as its seller's own: those of
one organisation, and those that an explained, appealable link counts together. Looked back is, for what was removed
lately, over what those shops offer. Nobody else's come into it, and nothing is restricted here: a reviewer sees the
earlier decision beside it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from touchmark.apps.catalog import queries as catalog
from touchmark.apps.decisions import queries as decided
from touchmark.apps.penalties import queries, traces
from touchmark.apps.penalties.queries import LookingBack
from touchmark.apps.registry.grounding import has_ended
from touchmark.apps.screening import queries as screened
from touchmark.apps.screening import returned
from touchmark.apps.screening.returned import Again

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.penalties.traces import Removed

#: So many assessments are looked at in one pass.
BATCH = 2_000
#: So many removals are looked back for together, over so many listings in one pass: their pictures are read.
REMOVALS, BACK = 200, 500
#: So old an assessment, or a decision, is before it is looked at: one that is written at the same time with a lower key
#: is not missed.
SETTLED = timedelta(seconds=60)


def keep_up(*, at: datetime) -> int:
    """Look at a batch of what was screened anew, and give how many came back."""
    made = screened.made_after(queries.screened(), before=at - SETTLED, size=BATCH)
    if not made:
        return 0
    keys = sorted({listing for _, listing in made})
    listings = catalog.of_sellers(keys)
    new = returned.note(keys, _like(listings, None, at), at=at)
    queries.note_screened(made[-1][0])
    return new


def look_back(*, at: datetime) -> int:
    """
    Look at a batch of what the sellers of listings that were removed lately offer besides, and give how many are like.

    It goes on where it stopped: with the next listings for the same removals, then with the next removals. What is like
    one whose removal was undone goes first no longer.
    """
    returned.forget(decided.standing_no_more(returned.decisions()))
    stood = queries.looking_back()
    upto = (
        stood.upto
        if stood.upto > stood.after
        else traces.removals_after(stood.after, before=at - SETTLED, size=REMOVALS)
    )
    if not upto:
        return 0
    removed = traces.removed_between(stood.after, upto)
    shops = queries.concerned_by(decision.ref for decision in removed.decisions)
    reached = stood.listing if upto == stood.upto else 0
    listings = catalog.offered_by(shops, after=reached, size=BACK)
    new = returned.note_more(_like(listings, removed, at), at=at)
    over = len(listings) < BACK
    now = LookingBack(upto, upto, 0) if over else LookingBack(stood.after, upto, listings[-1].pk)
    queries.note_looked_back(stood, now)
    return new


def _like(listings: Sequence[Listing], removed: Removed | None, at: datetime) -> dict[int, Again]:
    """Give which listings are like removed ones of the shops that count as their seller's: of these, or of all."""
    kin = queries.kin_of({listing.seller_id for listing in listings if listing.seller_id is not None})
    everybody = {shop for shops in kin.values() for shop in shops}
    removing = set(removed.sellers.tolist()) if removed else traces.with_removed(everybody)
    kin = {shop: shops & removing for shop, shops in kin.items()}
    restricted = decided.standing_against_each([listing.pk for listing in listings])
    asked = [one for one in listings if one.seller_id and kin[one.seller_id] and one.pk not in restricted]
    if not asked:
        return {}
    against = removed or traces.removed_of(removing)
    back = traces.compared(asked, kin, against)
    rows = zip(back.listing.tolist(), back.removed.tolist(), back.share.tolist(), back.bits.tolist(), strict=True)
    return {
        asked[row].pk: Again(decision.ref, share, bits, stood=_stood(asked[row], decision))
        for row, which, share, bits in rows
        if _counts(decision := against.decisions[which], at)
    }


def _counts(decision: Decision, at: datetime) -> bool:
    """What was removed under a right that has ended since may come back."""
    return decision.right is None or not has_ended(decision.right, at.date())


def _stood(listing: Listing, decision: Decision) -> bool:
    """Whether it was there as it is before the other was removed: then it did not come back."""
    return decision.effective_at is None or listing.changed_at < decision.effective_at
