"""Taking listings in from a file, a batch at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa
from django.db import transaction

from touchmark.apps.catalog import incoming
from touchmark.apps.catalog.actions import require_may_take_in
from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.content import Picture
from touchmark.apps.catalog.incoming import Incoming
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.models import Listing, ListingImage, ListingVideo, Seller
from touchmark.apps.catalog.sellers import sellers_named, take_marketplaces
from touchmark.engine.screening.image.unreadable import ImageBytes
from touchmark.engine.screening.intake import Intake, Outcome, Tell, to_nobody
from touchmark.engine.screening.problems import Problem
from touchmark.engine.terms import Actor

Key = tuple[int, str]

_SAID = (
    "seller",
    "kind",
    "title",
    "description",
    "brand",
    "category",
    "price",
    "currency",
    "condition",
    "gtin",
    "url",
    "url_key",
    "attributes",
    "offered_in",
    "ships_from",
    "published_at",
    "first_sold_at",
    "unreadable",
    "digest",
    "changed_at",
    "gone_at",
    "gone_because",
)
_COUNTED = ("quantity", "sold_count", "views", "extra")


@dataclass(slots=True)
class _Sorted:
    """The rows of a batch by what they mean for the catalogue; ``counted`` say anew only how many there are."""

    new: list[Incoming] = field(default_factory=list)
    changed: list[tuple[int, Incoming]] = field(default_factory=list)
    counted: list[tuple[int, Incoming]] = field(default_factory=list)
    unchanged: list[Incoming] = field(default_factory=list)

    @property
    def intake(self) -> Intake:
        """How many rows mean what."""
        return Intake(len(self.new), len(self.changed) + len(self.counted), len(self.unchanged))


def import_listings(
    rows: pa.RecordBatch,
    extra: pa.RecordBatch | None = None,
    *,
    images: ImageBytes,
    marketplaces: Marketplaces,
    actor: Actor,
    at: datetime,
    tell: Tell = to_nobody,
) -> Intake:
    """
    Take a batch of listings in. Taking the same batch in again writes nothing.

    Pictures are kept first; listings, the sellers they name and their places for pictures are then written together or
    not at all. Of rows that name the same listing the last counts. A picture whose bytes do not come leaves the one
    that stands here under its name, or a place that says what is missing.

    :param rows: in the columns of ``schemas.LISTINGS``
    :param extra: columns that the contract does not know, row for row
    :raises NotYours: if the actor may not write to the catalogue
    """
    require_may_take_in(actor, marketplaces)
    found, problems = incoming.read(rows, extra, marketplaces, images, at=at)
    last = {row.key: row for row in found}
    repeated = [overtaken(row.row, row.listing_id, last[row.key].row) for row in found if row is not last[row.key]]
    written = _write(list(last.values()), at=at)
    tell(Outcome.NEW, (row.row for row in written.new))
    tell(Outcome.CHANGED, (row.row for _, row in (*written.changed, *written.counted)))
    tell(Outcome.UNCHANGED, (row.row for row in written.unchanged))
    return written.intake + Intake(repeated=len(repeated), problems=(*problems, *repeated))


def overtaken(row: int, listing_id: str, by: int) -> Problem:
    """Say that a row is left out for a later one of the same listing."""
    reason = f"row {by} names the same listing, and is the one that is taken"
    return Problem(row, "listing_id", listing_id, reason, "keep one row for each listing, the newest")


@transaction.atomic
def _write(rows: Sequence[Incoming], *, at: datetime) -> _Sorted:
    take_marketplaces(row.marketplace.pk for row in rows)
    found = _sorted(rows)
    named = [*found.new, *(row for _, row in found.changed)]
    sellers = sellers_named((row.marketplace.pk, row.content.seller_id) for row in named)
    new = Listing.objects.bulk_create(_listing(row, sellers, at=at) for row in found.new)
    changed = [_listing(row, sellers, at=at, pk=pk) for pk, row in found.changed]
    _update(changed, (*_SAID, *_COUNTED, "pending_since"))
    _update([_listing(row, sellers, at=at, pk=pk) for pk, row in found.counted], (*_COUNTED, "pending_since"))
    for shown in (ListingImage, ListingVideo):
        shown.objects.filter(listing__in=[pk for pk, _ in found.changed]).delete()
    _place_pictures(zip([*new, *changed], named, strict=True))
    _place_videos(zip([*new, *changed], named, strict=True))
    return found


def _listing(row: Incoming, sellers: Mapping[Key, Seller], *, at: datetime, pk: int | None = None) -> Listing:
    return Listing(
        pk=pk,
        marketplace=row.marketplace,
        listing_id=row.listing_id,
        seller=sellers.get((row.marketplace.pk, row.content.seller_id)),
        received_at=at,
        changed_at=at,
        pending_since=at if row.pending else None,
        **row.content.columns(),
    )


def _update(listings: Sequence[Listing], columns: Sequence[str]) -> None:
    """One INSERT … ON CONFLICT: a tenth of the time that an UPDATE with a CASE for each column takes."""
    Listing.objects.bulk_create(listings, update_conflicts=True, unique_fields=["id"], update_fields=columns)


def _place_pictures(rows: Iterable[tuple[Listing, Incoming]]) -> None:
    ListingImage.objects.bulk_create(
        ListingImage(
            listing=listing,
            place=place,
            name=picture.name,
            url_key=key_of(picture.name) if picture.name.startswith("http") else "",
            blob_id=picture.sha256,
            problem=picture.problem,
        )
        for listing, row in rows
        for place, picture in enumerate(row.content.pictures)
    )


def _place_videos(rows: Iterable[tuple[Listing, Incoming]]) -> None:
    ListingVideo.objects.bulk_create(
        ListingVideo(listing=listing, place=place, name=name, url_key=key_of(name))
        for listing, row in rows
        for place, name in enumerate(row.content.videos)
    )


def _sorted(rows: Sequence[Incoming]) -> _Sorted:
    stored = _stored(rows)
    pictures = _pictures([stored[row.key].pk for row in rows if row.key in stored and row.lacks_pictures])
    found = _Sorted()
    for row in rows:
        known = stored.get(row.key)
        if known is None:
            found.new.append(row)
            continue
        row = row.holding_on_to(pictures.get(known.pk, {}))
        if row.content.digest() != known.digest or known.gone_at is not None:  # back: looked at as what has changed
            found.changed.append((known.pk, row))
        elif row.content.counted() != known.counted() or row.pending != (known.pending_since is not None):
            found.counted.append((known.pk, row))
        else:
            found.unchanged.append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Stored:
    """What a row is compared with."""

    pk: int
    digest: str
    quantity: int | None
    sold_count: int | None
    views: int | None
    extra: Mapping[str, str]
    pending_since: datetime | None
    gone_at: datetime | None

    def counted(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in _COUNTED}


def _stored(rows: Sequence[Incoming]) -> dict[Key, _Stored]:
    wanted = {row.key for row in rows}
    found = Listing.objects.filter(
        marketplace_id__in={market for market, _ in wanted}, listing_id__in={listing_id for _, listing_id in wanted}
    )
    columns = found.values_list("marketplace_id", "listing_id", "pk", "digest", *_COUNTED, "pending_since", "gone_at")
    return {(market, listing_id): _Stored(*rest) for market, listing_id, *rest in columns}


def _pictures(listings: Sequence[int]) -> dict[int, dict[str, Picture]]:
    """Give the pictures that stand here, by listing and name."""
    found = ListingImage.objects.filter(listing__in=listings).exclude(blob=None)
    pictures: dict[int, dict[str, Picture]] = {}
    for listing, name, sha256, problem in found.values_list("listing_id", "name", "blob_id", "problem"):
        pictures.setdefault(listing, {})[name] = Picture(name, sha256, problem)
    return pictures
