"""
Who may see what the engine made of a listing: those who decide on it, and the programs of the marketplace that sells
it. Sellers read reasons, holders outcomes.
"""

from collections.abc import Iterable

from django.db.models import Case, Max, Q, QuerySet, When

from touchmark.apps.catalog import reach as catalog
from touchmark.apps.registry import access as registry
from touchmark.apps.registry.models import Right
from touchmark.apps.screening.models import Assessment, Finding
from touchmark.engine.terms import Actor, Reach, Role, Way

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)


def assessments_for(actor: Actor) -> QuerySet[Assessment]:
    """Give the assessments that the actor may see, newest first."""
    assessments = Assessment.objects.select_related("listing__marketplace", "run").order_by("-made_at", "-id")
    if actor.has(*SEE_ALL):
        return assessments.filter(catalog.within(actor.reaches(*SEE_ALL), "listing__"))
    if actor.has(Role.MARKETPLACE):
        return assessments.filter(listing__marketplace__slug=actor.marketplace)
    return assessments.none()


def findings_for(actor: Actor) -> QuerySet[Finding]:
    """Give the findings of the current assessments that the actor may see, newest first."""
    findings = Finding.objects.filter(assessment__superseded_at=None).select_related(
        "right", "assessment__listing__marketplace", "assessment__run"
    )
    findings = findings.order_by("-id")
    if actor.has(*SEE_ALL):
        return findings.filter(_found_within(actor.reaches(*SEE_ALL)))
    if actor.has(Role.MARKETPLACE):
        return findings.filter(assessment__listing__marketplace__slug=actor.marketplace)
    return findings.none()


def found_under(right: Right, *, words: str = "", size: int = 100) -> list[int]:
    """
    Give the keys of listings on sale in which a right, which the caller may see, was found used: those that look most
    like something to act on first, so that what the holder or somebody it has authorised sells comes last.

    What only refers to the right is left out, and so is what is not published yet.

    :param words: what the listing's title must have, if anything
    """
    found = Finding.objects.filter(right=right, assessment__superseded_at=None).exclude(way=Way.REFERENTIAL)
    found = found.filter(assessment__listing__pending_since=None)
    if words:
        found = found.filter(assessment__listing__title__icontains=words)
    own = Case(When(assessment__listing__seller__organisation=right.holder_id, then=1), default=0)
    by_listing = found.order_by().values("assessment__listing")
    ranked = by_listing.annotate(own=Max(own), risk=Max("assessment__risk"), sure=Max("confidence"))
    first = ranked.order_by("own", "-risk", "-sure", "assessment__listing")[:size]
    return [row["assessment__listing"] for row in first]


def _found_within(reaches: Iterable[Reach]) -> Q:
    """Give what holds of findings within one of the reaches: the listing's where it is sold, the right's brand."""
    return catalog.either(
        catalog.within((reach,), "assessment__listing__", brands=False)
        & registry.within((Reach(brands=reach.brands),), "right__")
        for reach in reaches
    )
