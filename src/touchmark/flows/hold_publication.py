"""
A listing that waits to be published is looked at first: clear, the marketplace is told that it may be; else it is held.

A held listing waits at the desk like any other; leaving it on sale releases it, a restriction takes the hold's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

import pyarrow as pa
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from touchmark.apps.catalog import access as catalog_access
from touchmark.apps.catalog import actions as catalog
from touchmark.apps.catalog import queries as listings
from touchmark.apps.catalog.incoming import PENDING
from touchmark.apps.catalog.listings_in import import_listings
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.decisions import facts, queries, record, sellers
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.statement import read_by
from touchmark.apps.gates.queries import Open
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.apps.screening.asking import Given, Offer
from touchmark.engine.screening.schemas import LISTINGS
from touchmark.engine.terms import Actor, Verdict, Way
from touchmark.flows import brand_gate
from touchmark.flows.hold import hold

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.screening.models import Assessment, Finding

#: So many are answered in one pass.
BATCH = 200


class Publication(StrEnum):
    """What a marketplace is told of a listing that waits to be published."""

    CLEARED = "cleared"
    HELD = "held"
    WAITING = "waiting"  # it has changed since it was screened


def answer_pending(*, at: datetime) -> int:
    """Answer a batch of what waits to be published, the longest waiting first, and give how much."""
    keys = listings.pending(size=BATCH)
    if keys:
        screening.screen_now(keys, at=at)
    return sum(answer(key, at=at) != Publication.WAITING for key in keys)


def take_in(offer: Offer, *, actor: Actor) -> tuple[Publication, str | None]:
    """
    Keep an offer as a listing that waits to be published, and answer at once: the answer, and the decision that holds.

    :raises NotYours: if the actor may not say what the marketplace sells
    """
    said = dict(offer.columns) | {"row": 1, "marketplace": offer.marketplace, "unreadable": []}
    rows = pa.RecordBatch.from_pylist([said | {"images": list(offer.pictures) or None}], schema=LISTINGS)
    waits = pa.RecordBatch.from_pylist([{"publication": PENDING}])
    only = Marketplaces.only(offer.marketplace)
    import_listings(rows, waits, images=Given(offer.pictures), marketplaces=only, actor=actor, at=offer.at)
    listing = catalog_access.listing_for(actor, offer.marketplace, str(offer.columns["listing_id"]))
    screening.screen_now([listing.pk], at=offer.at)
    publication = answer(listing.pk, at=offer.at)
    held = queries.standing_on(listing)
    return publication, held.ref if held else None


@transaction.atomic
def answer(key: int, *, at: datetime) -> Publication:
    """
    1. take the listing's row, so that it does not change meanwhile
    2. say again what was decided, if it is held or restricted already
    3. hold it, if something speaks against it; else tell the marketplace that it may be published
    """
    listing = catalog_access.taken_by_key(key)
    assessment = screened.current(listing)
    if assessment is None or assessment.made_at < listing.changed_at:
        return Publication.WAITING
    gate = brand_gate.standing_before(listing, Open.now(), at=at)
    catalog.answered(listing)
    if queries.standing_on(listing) is not None:
        return Publication.HELD
    if ban := sellers.ban_on(listing.seller):
        hold(listing, _banned(listing, ban), at=at)
        return Publication.HELD
    if gate is not None:
        hold(listing, brand_gate.choice_of(listing, gate), at=at)
        return Publication.HELD
    if assessment.verdict == Verdict.CLEAR or assessment.settled_at is not None:
        record.tell_cleared(listing, at=at)
        return Publication.CLEARED
    hold(listing, _choice(listing, assessment), at=at)
    return Publication.HELD


def _banned(listing: Listing, ban: Decision) -> Choice:
    """Give the hold of a listing whose seller may offer nothing new for a time."""
    with translation.override(read_by(listing.seller)):
        facts = _("You can offer nothing new until the ban on new offers is over (decision {ref}).")
        return Choice(
            kind=DecisionKind.HOLD,
            facts=facts.format(ref=ban.ref),
            request_key=uuid5(NAMESPACE_OID, f"touchmark:ban:{ban.pk}:{listing.pk}:{listing.digest}"),
            ground=Ground.TERMS,
            ground_reference=ban.ground_reference,
            ground_explanation=_("Nothing is said against the listing itself. It is looked at when the ban is over."),
            because=ban,
        )


def _choice(listing: Listing, assessment: Assessment) -> Choice:
    used = _surest(screened.findings_of(assessment))
    with translation.override(read_by(listing.seller)):
        stated = facts.facts([facts.Stated.of(finding) for finding in used], share=None, price="")
        reference = _("Terms for sellers of {marketplace}: listings can be looked at before they are published")
        return Choice(
            kind=DecisionKind.HOLD,
            facts=stated or _("Something in the listing has to be looked at before it is published."),
            request_key=uuid5(NAMESPACE_OID, f"touchmark:hold:{assessment.pk}"),
            right=used[0].right if used else None,
            ground=Ground.TERMS,
            ground_reference=reference.format(marketplace=listing.marketplace.name),
            ground_explanation=_("Nothing is decided yet: somebody looks at the listing first."),
        )


def _surest(found: Iterable[Finding]) -> Sequence[Finding]:
    """Give the uses of the right that is used most surely; what only refers to a right is no use of it."""
    used = [finding for finding in found if finding.way != Way.REFERENTIAL]
    surest = max(used, key=lambda finding: finding.confidence, default=None)
    return [finding for finding in used if surest is not None and finding.right_id == surest.right_id]
