"""What is kept of removed listings, by which they are known again, and what is asked about new ones."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from django.db.models import Count

from touchmark.apps.blobs import queries as blobs
from touchmark.apps.catalog.models import Listing, ListingImage, SnapshotImage
from touchmark.apps.decisions.models import Decision
from touchmark.apps.penalties.models import Trace
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.screening.image.code import BYTES
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.engine.screening.returned.kernels import SKETCH
from touchmark.engine.screening.returned.match import Back, Traces, came_back
from touchmark.engine.screening.returned.traces import codes, sketches

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: What takes a listing off sale, everywhere or somewhere.
REMOVES = ("remove", "disable")
#: Traces are made for so many decisions at a time.
AT_ONCE = 500
#: A photo that more listings show is no sign of anything: a size chart, a maker's own.
SHOWN_BY = 20


@dataclass(frozen=True, slots=True)
class Removed:
    """The removed listings of shops, in the order of the shops: which shop, which decision, their traces."""

    sellers: np.ndarray[tuple[int], np.dtype[np.int64]]
    decisions: Sequence[Decision]
    traces: Traces


def _removing() -> "QuerySet[Decision]":
    removing = Decision.objects.filter(kind__in=REMOVES, status=DecisionStatus.IN_FORCE, order="")
    return removing.filter(listing__seller__isnull=False)


def _whole(found: "QuerySet[Decision]") -> "list[Decision]":
    related = found.select_related("snapshot", "listing__seller", "right")
    return list(related.order_by("listing__seller", "pk"))


def removals_after(key: int, *, before: datetime, size: int) -> int:
    """Give the key of the last of the next decisions that removed a listing, all older than a moment; 0: none."""
    found = _removing().filter(pk__gt=key, decided_at__lt=before).order_by("pk")
    return max(found.values_list("pk", flat=True)[:size], default=0)


def removed_between(after: int, upto: int) -> Removed:
    """Give what decisions with these keys removed, as far as they stand, with their traces."""
    return _traced(_whole(_removing().filter(pk__gt=after, pk__lte=upto)))


def with_removed(sellers: Collection[int]) -> set[int]:
    """Give those of the shops of which a listing is removed now."""
    found = _removing().filter(listing__seller__in=sellers)
    return set(found.values_list("listing__seller__pk", flat=True))


def removed_of(sellers: Collection[int]) -> Removed:
    """Give the removed listings of these shops with their traces; traces that are missing are made and kept."""
    return _traced(_whole(_removing().filter(listing__seller__in=sellers)))


def _traced(standing: "list[Decision]") -> Removed:
    kept = {trace.decision_id: trace for trace in Trace.objects.filter(decision__in=standing)}
    lacking = [decision for decision in standing if decision.pk not in kept]
    for start in range(0, len(lacking), AT_ONCE):
        kept |= {trace.decision_id: trace for trace in _made(lacking[start : start + AT_ONCE])}
    ordered = [kept[decision.pk] for decision in standing]
    sketch = np.frombuffer(b"".join(bytes(trace.sketch) for trace in ordered), np.uint64).reshape(-1, SKETCH)
    shown = [np.frombuffer(bytes(trace.codes), np.uint8).reshape(-1, BYTES) for trace in ordered]
    return Removed(np.array([trace.seller_id for trace in ordered], np.int64), standing, Traces.of(sketch, shown))


def _made(decisions: Sequence[Decision]) -> list[Trace]:
    pictures = SnapshotImage.objects.filter(snapshot__in=[decision.snapshot_id for decision in decisions])
    shown: dict[int, list[str]] = {}
    for snapshot, blob in pictures.order_by("snapshot", "place").values_list("snapshot_id", "blob_id"):
        shown.setdefault(snapshot, []).append(blob)
    sketch = sketches(pa.array([decision.frozen.content.get("title") or "" for decision in decisions], pa.string()))
    made = [
        Trace(
            decision=decision,
            seller=decision.offer.seller,
            sketch=sketch[row].tobytes(),
            codes=codes(_bytes_of(shown.get(decision.snapshot_id or 0, ()))).tobytes(),
        )
        for row, decision in enumerate(decisions)
    ]
    return Trace.objects.bulk_create(made, ignore_conflicts=True)


def _bytes_of(digests: Iterable[str]) -> Iterator[bytes]:
    for digest in digests:
        try:
            yield blobs.bytes_of(digest)
        except UnreadableImage:  # the bytes are not here any more
            continue


def asked_of(listings: Sequence[Listing], pictured: Collection[int]) -> Traces:
    """
    Take the traces of listings as they are now.

    :param pictured: the keys of those whose pictures are read: there is nothing to compare the others' with
    """
    shown = _pictures(sorted(pictured))
    titles = pa.array([listing.title for listing in listings], pa.string())
    return Traces.of(sketches(titles), [codes(_bytes_of(shown.get(listing.pk, ()))) for listing in listings])


def _pictures(keys: Sequence[int]) -> dict[int, list[str]]:
    """Give the photos of listings by digest, without those that very many listings show."""
    rows = list(ListingImage.objects.filter(listing__in=keys, blob__isnull=False).values_list("listing_id", "blob_id"))
    counted = ListingImage.objects.filter(blob__in={blob for _, blob in rows}).values("blob").annotate(n=Count("id"))
    common = set(counted.filter(n__gt=SHOWN_BY).values_list("blob", flat=True))
    found: dict[int, list[str]] = {}
    for listing, blob in rows:
        if blob is not None and blob not in common:
            found.setdefault(listing, []).append(blob)
    return found


def compared(listings: Sequence[Listing], kin: Mapping[int, Iterable[int]], removed: Removed) -> Back:
    """
    Compare listings with the removed ones of the shops that count as theirs.

    :param kin: by shop, those that count as its own, itself among them
    """
    rows = [
        (row, shop)
        for row, listing in enumerate(listings)
        if listing.seller_id is not None
        for shop in kin[listing.seller_id]
    ]
    number = np.array([row for row, _ in rows], np.int64)
    shops = np.array([shop for _, shop in rows], np.int64)
    starts = np.searchsorted(removed.sellers, shops, side="left").astype(np.int64)
    ends = np.searchsorted(removed.sellers, shops, side="right").astype(np.int64)
    some = ends > starts
    shows = np.diff(removed.traces.bounds[np.stack([starts, ends])], axis=0)[0] > 0
    pictured = {listings[row].pk for row in number[some & shows].tolist()}
    return came_back(asked_of(listings, pictured), removed.traces, (number[some], starts[some], ends[some]))
