"""The desk's queue: what of it is shown, page by page, each row with what a reviewer needs to choose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from touchmark.apps.catalog.models import Listing, ListingImage
from touchmark.apps.catalog.reach import within
from touchmark.apps.decisions.access import SEE_ALL
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.queries import COUNTED, OWN
from touchmark.apps.decisions.wanted import EVERYTHING, ORDERS, REPORTED, Place, Wanted
from touchmark.apps.notices import queries as notices
from touchmark.apps.registry.access import uses_a_brand_of
from touchmark.apps.screening import queries as screening
from touchmark.apps.screening.models import Waiting
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.terms import Actor, Reach

if TYPE_CHECKING:
    from touchmark.apps.notices.models import NoticeItem
    from touchmark.apps.screening.models import Assessment, Finding

PAGE = 50
#: What a row of a list does not show, and can be long.
LONG = ("listing__description", "listing__attributes", "listing__extra", "listing__offered_in")


@dataclass(frozen=True, slots=True)
class Row:
    """One listing that waits, with what the queue shows of it. ``picture`` is a digest, or blank."""

    listing: Listing
    place: Place
    risk: float
    verdict: str
    safety: str
    came_back: bool
    tips: int
    proposed: str
    language: str
    picture: str
    waits_since: datetime
    findings: tuple[Finding, ...]
    notices: tuple[NoticeItem, ...]


def all_waiting() -> QuerySet[Waiting]:
    """
    Give what waits at the desk.

    A listing waits for an open assessment that is not clear, or was drawn at random, or for a notice. One that a
    decision restricts already waits for its notices only.
    """
    return _unless_restricted(listing=OuterRef("listing"))


def _some_waiting() -> QuerySet[Waiting]:
    """
    Give what waits, for a page of it: each row is looked up by itself.

    PostgreSQL answers an equality by reading all that is in force first, however few rows are wanted.
    """
    return _unless_restricted(listing__gte=OuterRef("listing"), listing__lte=OuterRef("listing"))


def _unless_restricted(**its: Any) -> QuerySet[Waiting]:
    restricted = Decision.objects.filter(OWN, status=DecisionStatus.IN_FORCE, **its)
    return Waiting.objects.filter(Q(notices__gt=0) | ~Exists(restricted))


def waiting(actor: Actor, wanted: Wanted = EVERYTHING) -> QuerySet[Waiting]:
    """Give what waits at the desk, in the wanted order, for those who may see it; for anybody else none."""
    if not actor.has(*SEE_ALL):
        return Waiting.objects.none()
    found = _some_waiting().filter(within(actor.reaches(*SEE_ALL), "listing__"))
    return ORDERS[wanted.order].sorted(wanted.among(found))


def count(actor: Actor, wanted: Wanted = EVERYTHING) -> int:
    """Give how many wait, counted up to one more than ``COUNTED``."""
    return waiting(actor, wanted).order_by()[: COUNTED + 1].count()


def counted(actor: Actor, wanted: Wanted = EVERYTHING) -> tuple[int, bool]:
    """Give how many wait, counted up to ``COUNTED``, and whether more do."""
    found = count(actor, wanted)
    return min(found, COUNTED), found > COUNTED


def late(actor: Actor, at: datetime) -> int:
    """Give how many reported listings should have been acted on before a moment, counted up to ``COUNTED``."""
    return waiting(actor, Wanted(part=REPORTED)).filter(due_at__lt=at).order_by()[:COUNTED].count()


def behind(actor: Actor, wanted: Wanted, place: Place | None) -> QuerySet[Waiting]:
    """Give what waits behind a place; from the head on where there is none."""
    found = waiting(actor, wanted)
    return found if place is None else ORDERS[wanted.order].behind(found, place)


def page(actor: Actor, wanted: Wanted = EVERYTHING, *, after: Place | None = None, size: int = PAGE) -> list[Row]:
    """
    Give ``size`` rows after a place, in four queries whatever is in them.

    Rows are found by their place, not by counting: none is skipped or shown twice when others come and go meanwhile.
    """
    found = behind(actor, wanted, after).defer(*LONG)
    return _rows(actor, _with_pictures(found)[:size], wanted)


def rows_of(actor: Actor, keys: Sequence[int]) -> list[Row]:
    """Give the rows of these listings, as far as they wait, the most urgent first."""
    return _rows(actor, _with_pictures(waiting(actor).filter(listing_id__in=keys).defer(*LONG)), EVERYTHING)


def _with_pictures(found: QuerySet[Waiting]) -> QuerySet[Waiting]:
    pictures = ListingImage.objects.filter(listing=OuterRef("listing"), blob__problem="").order_by("place")
    shown = found.select_related("listing__marketplace", "listing__seller")
    return shown.annotate(picture=Subquery(pictures.values("blob_id")[:1]))


def _rows(actor: Actor, found: QuerySet[Waiting], wanted: Wanted) -> list[Row]:
    """Give the rows, with the findings and notices of those brands that the actor's role reaches."""
    waits, reaches = list(found), actor.reaches(*SEE_ALL)
    keys = [row.listing_id for row in waits]
    assessed = screening.current_of_each(keys)
    reported = notices.open_on_each(keys)
    return [
        _row(
            row,
            wanted,
            assessed.get(row.listing_id),
            reaches,
            [notice for notice in reported[row.listing_id] if uses_a_brand_of(reaches, notice.right)],
        )
        for row in waits
    ]


def _row(
    waits: Waiting,
    wanted: Wanted,
    assessed: tuple[Assessment, list[Finding]] | None,
    reaches: Sequence[Reach],
    reported: list[NoticeItem],
) -> Row:
    return Row(
        listing=waits.listing,
        place=Place.of(waits, wanted.order),
        risk=assessed[0].risk if assessed else 0.0,
        verdict=assessed[0].verdict if assessed else "",
        safety=waits.safety,
        came_back=waits.came_back,
        tips=waits.tips,
        proposed=waits.proposed,
        language=waits.language,
        picture=getattr(waits, "picture", None) or "",
        waits_since=waits.since,
        findings=tuple(found for found in assessed[1] if uses_a_brand_of(reaches, found.right)) if assessed else (),
        notices=tuple(reported),
    )


def row_of(actor: Actor, listing: Listing, wanted: Wanted = EVERYTHING) -> Waiting | None:
    """Give the listing's row, if it waits."""
    return waiting(actor, wanted).filter(listing=listing).first()


def after_this(actor: Actor, wanted: Wanted, place: Place) -> Listing | None:
    """Give the listing that follows a place in what is shown of the queue."""
    found = behind(actor, wanted, place).select_related("listing__marketplace").first()
    return found.listing if found else None


def open_assessments(keys: Sequence[int]) -> dict[int, int | None]:
    """Give the assessment that each of these listings waits for, as far as they wait."""
    return dict(Waiting.objects.filter(listing_id__in=keys).values_list("listing_id", "assessment_id"))
