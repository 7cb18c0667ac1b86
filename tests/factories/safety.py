"""Duties of product safety, and suspicions."""

from datetime import datetime

from tests.factories.accounts import AT
from touchmark.apps.catalog.models import Listing
from touchmark.apps.safety import actions, suspicions
from touchmark.apps.safety.kinds import Because, DutyKind
from touchmark.apps.safety.models import SafetyDuty, Suspicion
from touchmark.engine.terms import Actor


def duty(listing: Listing, kind: DutyKind = DutyKind.AUTHORITIES, at: datetime = AT) -> SafetyDuty:
    """Begin a duty about a listing."""
    return actions.begin(kind=kind, because=Because.DECISION, listing=listing, goods="children", since=at, at=at)


def suspicion(listing: Listing, *, by: Actor, at: datetime = AT) -> Suspicion:
    """Raise a suspicion about a listing."""
    return suspicions.suspect(
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        reasons="The charger gave a child a shock.",
        actor=by,
        at=at,
    )
