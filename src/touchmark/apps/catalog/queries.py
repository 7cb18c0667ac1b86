"""Reading the catalogue in columns, for screening."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

import pyarrow as pa
from django.db.models import Count, Q, QuerySet

from touchmark.apps.catalog.models import Listing, ListingImage, Seller
from touchmark.engine.screening.schemas import LISTINGS, SELLERS

#: The columns of ``schemas.LISTINGS`` as the database names them; ``row`` and ``images`` are put in apart.
_COLUMNS = {
    "listing_id": "listing_id",
    "marketplace": "marketplace__slug",
    "seller_id": "seller__seller_id",
    "title": "title",
    "description": "description",
    "brand": "brand",
    "category": "category",
    "price": "price",
    "currency": "currency",
    "condition": "condition",
    "quantity": "quantity",
    "gtin": "gtin",
    "url": "url",
    "attributes": "attributes",
    "offered_in": "offered_in",
    "ships_from": "ships_from",
    "published_at": "published_at",
    "sold_count": "sold_count",
    "first_sold_at": "first_sold_at",
    "views": "views",
    "unreadable": "unreadable",
}
#: A picture whose bytes are not here goes by a name that no digest has, so that the engine finds it missing.
_MISSING = "missing/"
_DIGESTS = b"digests"


def batches(*, keys: Sequence[int] | None = None, size: int) -> Iterator[tuple[list[int], pa.RecordBatch]]:
    """
    Give listings in the columns of ``schemas.LISTINGS``, by key, ``size`` at a time, each batch with its keys.

    ``row`` numbers the listings from 1 through all batches; ``images`` are digests, to be had from the blobs room.

    :param keys: of the listings that are wanted; None for the whole catalogue
    """
    first = 1
    for listings in _chunks(keys, size):
        rows = list(listings.values_list("pk", "digest", *_COLUMNS.values()))
        if not rows:
            continue
        found, digests, *columns = (list(column) for column in zip(*rows, strict=True))
        yield found, _batch(found, digests, dict(zip(_COLUMNS, columns, strict=True)), first)
        first += len(found)


def keys_after(key: int, *, size: int) -> list[int]:
    """Give the keys of the next listings after this one, in their order."""
    return list(Listing.objects.filter(pk__gt=key).order_by("pk").values_list("pk", flat=True)[:size])


def of_sellers(keys: Sequence[int]) -> list[Listing]:
    """Give those of these listings of which the marketplace names a seller, with what they are known again by."""
    found = Listing.objects.filter(pk__in=keys, seller__isnull=False).order_by("pk")
    return list(found.only("pk", "title", "seller_id", "changed_at"))


def offered_by(sellers: Iterable[int], *, after: int, size: int) -> list[Listing]:
    """Give the next listings on sale of these shops, by key, with what they are known again by."""
    found = Listing.objects.filter(seller__in=list(sellers), pk__gt=after, gone_at=None).order_by("pk")
    return list(found.only("pk", "title", "seller_id", "changed_at")[:size])


def pending(*, size: int) -> list[int]:
    """Give the keys of listings that wait to be published, the longest waiting first."""
    waiting = Listing.objects.filter(pending_since__isnull=False).order_by("pending_since", "pk")
    return list(waiting.values_list("pk", flat=True)[:size])


def states() -> Iterator[tuple[int, str]]:
    """Give the key and the digest of every listing, in the order of keys."""
    return Listing.objects.order_by("pk").values_list("pk", "digest").iterator(chunk_size=100_000)


def keys_with_pictures() -> Iterator[int]:
    """Give the keys of the listings that show a picture, in their order."""
    shown = ListingImage.objects.order_by("listing_id").values_list("listing_id", flat=True).distinct()
    return shown.iterator(chunk_size=100_000)


def count() -> int:
    """Give how many listings there are."""
    return Listing.objects.count()


def sellers_of(keys: Sequence[int]) -> pa.Table:
    """Give the sellers of these listings in the columns of ``schemas.SELLERS``, as far as screening reads them."""
    return _as_table(Seller.objects.filter(listings__in=keys).distinct())


def sellers_named(names: Iterable[tuple[str, str]]) -> pa.Table:
    """Give the sellers that are known by marketplace and ``seller_id``, as ``sellers_of`` does."""
    wanted = [Q(marketplace__slug=slug, seller_id=seller_id) for slug, seller_id in sorted(set(names)) if seller_id]
    return _as_table(Seller.objects.filter(reduce(or_, wanted))) if wanted else SELLERS.empty_table()


def pictures_of_many(keys: Sequence[int]) -> pa.Table:
    """
    Give the pictures of these listings that several sellers of the whole catalogue show: ``picture``, ``sellers``.

    Sellers of different marketplaces are different sellers.
    """
    own = ListingImage.objects.filter(listing_id__in=keys).exclude(blob=None).values("blob_id")
    shown = ListingImage.objects.filter(blob_id__in=own).order_by().values("blob_id")
    counted = shown.annotate(sellers=Count("listing__seller_id", distinct=True)).filter(sellers__gt=1)
    pairs = list(counted.order_by("blob_id").values_list("blob_id", "sellers"))
    columns: list[Any] = [
        pa.array([picture for picture, _ in pairs], pa.string()),
        pa.array([sellers for _, sellers in pairs], pa.int64()),
    ]
    return pa.Table.from_arrays(columns, names=["picture", "sellers"])


def _as_table(sellers: QuerySet[Seller]) -> pa.Table:
    names = ("seller_id", "marketplace__slug", "standing")
    rows = [
        {"row": number, "seller_id": seller, "marketplace": marketplace, "standing": standing or None}
        for number, (seller, marketplace, standing) in enumerate(sellers.order_by("pk").values_list(*names), start=1)
    ]
    return pa.Table.from_pylist(rows, schema=SELLERS)


def conditions_of(keys: Sequence[int]) -> pa.Table:
    """Give what written rules ask of listings, in the columns of ``schemas.LISTINGS`` and the order of their keys."""
    names = ("category", "marketplace", "seller_id", "offered_in")
    found = Listing.objects.filter(pk__in=keys).order_by("pk").values_list(*(_COLUMNS[name] for name in names))
    columns = list(zip(*found, strict=True)) or [()] * len(names)
    return pa.table(
        {name: _array(list(column), LISTINGS.field(name)) for name, column in zip(names, columns, strict=True)}
    )


def digests_of(batch: pa.RecordBatch) -> list[str]:
    """Give, for each listing of a batch that ``batches`` gave, the digest that it had when it was read."""
    digests: list[str] = json.loads((batch.schema.metadata or {})[_DIGESTS])
    return digests


def _chunks(keys: Sequence[int] | None, size: int) -> Iterator[QuerySet[Listing]]:
    ordered = Listing.objects.order_by("pk")
    if keys is not None:
        wanted = sorted(set(keys))
        yield from (ordered.filter(pk__in=wanted[start : start + size]) for start in range(0, len(wanted), size))
        return
    last = 0
    while chunk := list(ordered.filter(pk__gt=last).values_list("pk", flat=True)[:size]):
        yield ordered.filter(pk__in=chunk)
        last = chunk[-1]


def _batch(keys: list[int], digests: list[str], columns: Mapping[str, list[Any]], first: int) -> pa.RecordBatch:
    pictures = _pictures(keys)
    whole = {
        **columns,
        "row": list(range(first, first + len(keys))),
        "price": [None if price is None else float(price) for price in columns["price"]],
        "images": [pictures.get(key) for key in keys],
    }
    schema = LISTINGS.with_metadata({_DIGESTS: json.dumps(digests).encode()})
    return pa.record_batch([_array(whole[field.name], field) for field in LISTINGS], schema=schema)


def _array(values: list[Any], field: "pa.Field[Any]") -> "pa.Array[Any]":
    """Blank texts and empty lists are missing values, but where the schema has none."""
    blank: tuple[Any, ...] = ("", []) if field.nullable and field.name != "unreadable" else ()
    array: pa.Array[Any] = pa.array([None if value in blank else value for value in values], field.type)
    return array


def _pictures(keys: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    pictures = ListingImage.objects.filter(listing__in=keys).order_by("listing", "place")
    for listing, blob, name in pictures.values_list("listing_id", "blob_id", "name"):
        found.setdefault(listing, []).append(blob or f"{_MISSING}{name}")
    return found
