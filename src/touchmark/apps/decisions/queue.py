"""The desk's queue: what of it is shown, page by page, each row with what a reviewer needs to choose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from touchmark.apps.catalog.models import Listing, ListingImage
from touchmark.apps.decisions import queries
from touchmark.apps.decisions.access import SEE_ALL
from touchmark.apps.decisions.queries import BadPlace
from touchmark.apps.notices import queries as notices
from touchmark.apps.screening import queries as screening
from touchmark.apps.screening.models import Assessment
from touchmark.engine.terms import Actor, Verdict

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice
    from touchmark.apps.screening.models import Finding

PAGE = 50
REPORTED = "reported"
#: What of the queue can be asked for by itself, beside one marketplace's.
PARTS = (REPORTED, Verdict.ACT, Verdict.REVIEW)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue is shown: a marketplace's slug, a word of ``PARTS``; blank: everything."""

    marketplace: str = ""
    part: str = ""


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue's order, which holds when rows before it come or go: reported first, by risk, by key."""

    notices: int
    risk: float
    key: int

    def __str__(self) -> str:
        return f"{self.notices}_{self.risk!r}_{self.key}"

    @classmethod
    def read(cls, text: str) -> Self:
        """
        Read a place as an address says it.

        :raises BadPlace: if it says none
        """
        try:
            waiting, risk, key = text.split("_")
            return cls(int(waiting), float(risk), int(key))
        except ValueError:
            raise BadPlace("This address names no place in the queue. Start at its head.") from None


@dataclass(frozen=True, slots=True)
class Row:
    """One listing that waits, with what the queue shows of it. ``picture`` is a digest, or blank."""

    listing: Listing
    place: Place
    verdict: str
    picture: str
    waits_since: datetime | None
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]


def waiting(actor: Actor, wanted: Wanted = EVERYTHING) -> QuerySet[Listing]:
    """Give the listings that wait at the desk, for those who may see it; for anybody else none."""
    listings = queries.queue()
    if not actor.has(*SEE_ALL):
        return listings.none()
    if wanted.marketplace:
        listings = listings.filter(marketplace__slug=wanted.marketplace)
    if wanted.part == REPORTED:
        return listings.filter(Q(notices_waiting__gt=0))
    if wanted.part:
        open_so = Assessment.objects.filter(listing=OuterRef("pk"), superseded_at=None, verdict=wanted.part)
        return listings.filter(Exists(open_so))
    return listings


def page(actor: Actor, wanted: Wanted = EVERYTHING, *, after: Place | None = None, size: int = PAGE) -> list[Row]:
    """
    Give ``size`` rows after a place, in four queries whatever is in them.

    Rows are found by their place, not by counting: none is skipped or shown twice when others come and go meanwhile.
    """
    listings = waiting(actor, wanted)
    if after is not None:
        listings = listings.filter(_behind(after))
    pictures = ListingImage.objects.filter(listing=OuterRef("pk"), blob__problem="").order_by("place")
    found = list(listings.annotate(picture=Subquery(pictures.values("blob_id")[:1]))[:size])
    return _rows(found)


def _behind(place: Place) -> Q:
    return (
        Q(notices_waiting__lt=place.notices)
        | Q(notices_waiting=place.notices, risk__lt=place.risk)
        | Q(notices_waiting=place.notices, risk=place.risk, pk__gt=place.key)
    )


def _rows(listings: Sequence[Listing]) -> list[Row]:
    keys = [listing.pk for listing in listings]
    assessed = screening.current_of_each(keys)
    reported = notices.open_on_each(keys)
    return [_row(listing, assessed.get(listing.pk), reported[listing.pk]) for listing in listings]


def _row(listing: Listing, assessed: tuple[Assessment, list[Finding]] | None, reported: list[Notice]) -> Row:
    return Row(
        listing=listing,
        place=_place(listing),
        verdict=assessed[0].verdict if assessed else "",
        picture=getattr(listing, "picture", None) or "",
        waits_since=getattr(listing, "waits_since", None),
        findings=tuple(assessed[1]) if assessed else (),
        notices=tuple(reported),
    )


def _place(listing: Listing) -> Place:
    """Give the place of a listing that ``queries.queue`` gave: it carries what the order goes by."""
    return Place(getattr(listing, "notices_waiting", 0), getattr(listing, "risk", 0.0), listing.pk)


def row_of(actor: Actor, listing: Listing) -> Row | None:
    """Give the listing's row, if it waits."""
    found = waiting(actor).filter(pk=listing.pk).first()
    return _rows([found])[0] if found else None


def after_this(actor: Actor, wanted: Wanted, place: Place) -> Listing | None:
    """Give the listing that follows a place in what is shown of the queue."""
    return waiting(actor, wanted).filter(_behind(place)).first()
