"""``/listings`` and ``/sellers``: what marketplaces sell, taken in by the thousand and read back."""

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from ninja import Router, Schema
from pydantic import Field

from touchmark.api import clock, lines
from touchmark.api.clients import Asking, may
from touchmark.api.forms import Body
from touchmark.api.once import Key, once, once_in_steps
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import ID, Since, Slug, given
from touchmark.api.problems import refusing
from touchmark.apps.catalog import access
from touchmark.apps.catalog.kinds import Gone
from touchmark.apps.catalog.listings_in import import_listings
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.repeats import Repeats
from touchmark.apps.catalog.sellers_in import import_sellers
from touchmark.apps.clients.scopes import Scope
from touchmark.engine.screening.intake import Intake, Tell
from touchmark.flows import listing_gone
from touchmark.flows.listing_gone import Heard
from touchmark.integrations.files import tables
from touchmark.integrations.files.reading import Batch

router = Router(tags=["listings"])


class ListingOut(Schema):
    """A listing as the marketplace last sent it; by its ``kind`` it is an offer, or another page that it shows."""

    marketplace: str
    listing_id: str
    seller_id: str | None
    kind: Literal["offer", "shop_front", "video", "picture"]
    title: str
    description: str
    brand: str
    category: str
    price: str | None
    currency: str
    condition: str
    quantity: int | None
    gtin: str
    url: str
    images: list[str]
    offered_in: list[str]
    ships_from: str
    unreadable: list[str]
    received_at: datetime
    changed_at: datetime
    gone_at: datetime | None


class ListingsOut(Schema):
    """A page of listings, newest first."""

    items: list[ListingOut]
    next: str | None


class SellerOut(Schema):
    """A seller as the marketplace last sent it; ``standing`` is what the marketplace says of it."""

    marketplace: str
    seller_id: str
    name: str
    trader: str
    country: str
    opened_on: date | None
    standing: str


class SellersOut(Schema):
    """A page of sellers, newest first."""

    items: list[SellerOut]
    next: str | None


class GoneListingIn(Body):
    """
    A listing that is gone: its ``seller`` took it off sale, or the ``marketplace`` did, or it is ``unknown``, as when
    it was deleted.
    """

    listing_id: Annotated[str, Field(min_length=1, max_length=200)]
    because: Literal["seller", "marketplace", "unknown"] = "seller"


class GoneIn(Body):
    """Listings that are gone."""

    listings: Annotated[list[GoneListingIn], Field(min_length=1, max_length=1_000)]


class GoneResult(Schema):
    """
    What became of one that was said: it is ``gone`` now, was ``gone_before``, is ``not_known`` here, or was
    ``repeated`` by a later one of the same id.
    """

    row: int
    listing_id: str
    outcome: Literal["gone", "gone_before", "not_known", "repeated"]


class GoneOut(Schema):
    """
    Of how many listings that was news, and how many reported ones wait for theirs to come back; ``results`` has each,
    in the order in which it was said, counted from 1.
    """

    gone: int
    notices_waiting: int
    results: list[GoneResult]


@router.post(
    "/listings",
    response={200: lines.Taken, **refusing(409, 411, 413, 415)},
    auth=may(Scope.LISTINGS_WRITE),
    operation_id="take_in_listings",
    summary="Take in up to 10,000 listings",
    openapi_extra=lines.body_of("One listing a line: the columns of listings in files."),
)
@lines.reading
@once_in_steps
def take_in_listings(request: Asking, idempotency_key: Key = None) -> tuple[int, lines.Taken]:
    """
    Take in listings, new ones and ones that changed, as JSON Lines. A row with the ``kind`` ``shop_front``, ``video``
    or ``picture`` is that page instead of an offer; ``videos`` are addresses of those that a listing shows.

    The answer says of each row what became of it. Rows with a fault are told, and the others are taken in. The same
    rows again change nothing.
    """
    own = Marketplaces.only(request.actor.marketplace)
    reader = lines.opened(request.sent, tables.LISTINGS)  # type: ignore[attr-defined]
    repeats = Repeats((batch.rows for batch in reader), own)

    def batch_in(batch: Batch, tell: Tell) -> Intake:
        rows, extra, left_out = repeats.newest(batch.rows, batch.extra)
        about: Any = {"images": lines.no_pictures, "marketplaces": own, "actor": request.actor, "at": clock.now()}
        return import_listings(rows, extra, **about, tell=tell) + left_out

    return HTTPStatus.OK, lines.take_in(reader, batch_in)


@router.post(
    "/listings/gone",
    response={200: GoneOut, **refusing(409)},
    auth=may(Scope.LISTINGS_WRITE),
    operation_id="say_listings_gone",
    summary="Say that listings are gone",
)
@once
def say_listings_gone(request: Asking, said: GoneIn, idempotency_key: Key = None) -> tuple[int, GoneOut]:
    """
    Say that you do not have up to 1,000 listings any more, and why. Notices on them wait: sent again, such a listing is
    back, and is judged. What is not known here is left out and named; said twice, it changes nothing.
    """
    because = {one.listing_id: Gone(one.because) for one in said.listings}
    heard = listing_gone.say_gone(
        marketplace=request.actor.marketplace, said=because, actor=request.actor, at=clock.now()
    )
    return HTTPStatus.OK, GoneOut(gone=heard.gone, notices_waiting=heard.waiting, results=_gone(said.listings, heard))


@router.get(
    "/listings",
    response={200: ListingsOut, **refusing(404)},
    auth=may(Scope.LISTINGS_READ),
    operation_id="list_listings",
    summary="Read listings back",
)
def list_listings(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    marketplace: Slug = None,
    listing_id: ID = None,
    seller_id: ID = None,
    changed_since: Since = None,
) -> ListingsOut:
    """Give the listings that you may see."""
    filters = {
        "marketplace__slug": marketplace,
        "listing_id": listing_id,
        "seller__seller_id": seller_id,
        "changed_at__gte": changed_since,
    }
    rows = access.listings_for(request.actor).filter(**given(filters)).prefetch_related("images")
    items, following = page(request, "list_listings", rows, cursor, limit, _listing)
    return ListingsOut(items=items, next=following)


@router.post(
    "/sellers",
    response={200: lines.Taken, **refusing(409, 411, 413, 415)},
    auth=may(Scope.LISTINGS_WRITE),
    operation_id="take_in_sellers",
    summary="Take in up to 10,000 sellers",
    openapi_extra=lines.body_of("One seller a line: the columns of sellers in files."),
)
@lines.reading
@once_in_steps
def take_in_sellers(request: Asking, idempotency_key: Key = None) -> tuple[int, lines.Taken]:
    """Take in sellers, new ones and ones that changed, as JSON Lines; each row is answered, faults are told."""
    own = Marketplaces.only(request.actor.marketplace)

    def batch_in(batch: Batch, tell: Tell) -> Intake:
        about: Any = {"marketplaces": own, "actor": request.actor, "at": clock.now()}
        return import_sellers(batch.rows, batch.extra, **about, tell=tell)

    reader = lines.opened(request.sent, tables.SELLERS)  # type: ignore[attr-defined]
    return HTTPStatus.OK, lines.take_in(reader, batch_in)


@router.get(
    "/sellers",
    response={200: SellersOut, **refusing(404)},
    auth=may(Scope.LISTINGS_READ),
    operation_id="list_sellers",
    summary="Read sellers back",
)
def list_sellers(
    request: Asking, cursor: Cursor = None, limit: Limit = 50, marketplace: Slug = None, seller_id: ID = None
) -> SellersOut:
    """Give the sellers that you may see."""
    filters = {"marketplace__slug": marketplace, "seller_id": seller_id}
    rows = access.sellers_for(request.actor).filter(**given(filters))
    items, following = page(request, "list_sellers", rows, cursor, limit, _seller)
    return SellersOut(items=items, next=following)


def _gone(said: Sequence[GoneListingIn], heard: Heard) -> list[GoneResult]:
    last = {one.listing_id: row for row, one in enumerate(said, 1)}
    return [
        GoneResult(
            row=row, listing_id=one.listing_id, outcome=_became(one.listing_id, heard, last[one.listing_id] > row)
        )
        for row, one in enumerate(said, 1)
    ]


def _became(listing_id: str, heard: Heard, again: bool) -> Literal["gone", "gone_before", "not_known", "repeated"]:
    if again:
        return "repeated"
    if listing_id in heard.news:
        return "gone"
    return "gone_before" if listing_id in heard.known else "not_known"


def _listing(row: Any) -> ListingOut:
    texts = ("listing_id", "kind", "title", "description", "brand", "category", "currency", "condition", "gtin", "url")
    return ListingOut(
        **{name: getattr(row, name) for name in texts},
        marketplace=row.marketplace.slug,
        seller_id=row.seller.seller_id if row.seller else None,
        price=None if row.price is None else f"{row.price.normalize():f}",
        quantity=row.quantity,
        images=[picture.name for picture in row.images.all()],
        offered_in=row.offered_in,
        ships_from=row.ships_from,
        unreadable=row.unreadable,
        received_at=row.received_at,
        changed_at=row.changed_at,
        gone_at=row.gone_at,
    )


def _seller(row: Any) -> SellerOut:
    texts = ("seller_id", "name", "trader", "country", "opened_on", "standing")
    return SellerOut(marketplace=row.marketplace.slug, **{name: getattr(row, name) for name in texts})
