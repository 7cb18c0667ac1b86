"""
Whose decisions somebody may see: a seller those on its own listings, a marketplace's program those on what it sells, a
reviewer all within the reach of the role, anybody else none.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from touchmark.apps.catalog import reach as catalog
from touchmark.apps.catalog.models import Seller
from touchmark.apps.decisions import queries
from touchmark.apps.decisions.models import Decision, Restriction
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.terms import Actor, Reach, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)
#: What is between colleagues: whether a seller is suspended at all.
NOT_TOLD = (DecisionStatus.PROPOSED, DecisionStatus.DECLINED)


class NoSuchDecision(TouchmarkError):
    """There is no such decision, or none that this actor may see; which of the two is not said."""


def of_marketplace(slug: str) -> Q:
    """Give the condition that a decision is on a listing, or a seller, of this marketplace."""
    return Q(listing__marketplace__slug=slug) | Q(seller__marketplace__slug=slug)


def concerning(decisions: QuerySet[Decision], seller: Seller) -> QuerySet[Decision]:
    """Give those of these decisions that are on a seller, or on what it offered."""
    return decisions.filter(counts_for=seller)


def decisions_for(actor: Actor) -> QuerySet[Decision]:
    """Give the decisions that the actor may see, newest first."""
    decisions = Decision.objects.select_related(
        "listing__marketplace", "listing__seller", "seller__marketplace", "linked_to", "statement", "restriction"
    )
    decisions = decisions.order_by("-decided_at", "-id")
    if actor.has(*SEE_ALL):
        return decisions.filter(within(actor.reaches(*SEE_ALL)))
    if actor.has(Role.MARKETPLACE):
        return decisions.filter(of_marketplace(actor.marketplace)).exclude(status__in=NOT_TOLD)
    if actor.has(Role.SELLER):
        own = decisions.filter(statement__addressed_to_id=actor.organisation_id)
        return own.filter(within(actor.reaches(Role.SELLER)))
    return decisions.none()


def within(reaches: Iterable[Reach], path: str = "") -> Q:
    """
    Give what holds of rows whose decision lies within one of the reaches.

    It does if its listing does, or its seller; of brands, the right's counts, and of a decision on a listing without a
    right the listing's.

    :param path: from the row to its decision, with the two underscores at its end; blank for decisions themselves
    """
    return catalog.either(_within(reach, path) for reach in reaches)


def _within(reach: Reach, path: str) -> Q:
    on_seller = Q(**{f"{path}listing": None}) & catalog.sellers_within((reach,), f"{path}seller__")
    on_listing = Q(**{f"{path}listing__isnull": False}) & catalog.within((reach,), f"{path}listing__", brands=False)
    if reach.brands:
        none_named = Q(**{f"{path}right": None}) & catalog.within((reach,), f"{path}listing__")
        on_listing &= Q(**{f"{path}right__brand__in": sorted(reach.brands)}) | none_named
    return Q() if reach.everywhere else on_listing | on_seller


def unconfirmed_for(actor: Actor, *, before: datetime) -> QuerySet[Restriction]:
    """Give what a marketplace was told before this moment and has not carried out, as far as the actor may see it."""
    found = queries.unconfirmed(before=before)
    return found.filter(within(actor.reaches(*SEE_ALL), "decision__")) if actor.has(*SEE_ALL) else found.none()


def decision_for(actor: Actor, ref: str, *, lock: bool = False) -> Decision:
    """
    Give one decision; ``lock`` takes its row until the transaction ends.

    :raises NoSuchDecision: if there is none that the actor may see
    """
    return one_of(
        decisions_for(actor).filter(ref=ref), NoSuchDecision(f"There is no decision {ref} that you can see."), lock=lock
    )
