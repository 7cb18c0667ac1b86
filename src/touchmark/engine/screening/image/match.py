"""
Find the pictures of rights among the pictures of a batch: the same bytes, nearly the same picture, then parts of it.

Each stage is dearer than the one before, and is asked only of pictures in which that found nothing. Each distinct
picture of a batch is read and looked at once, however many listings show it and under however many names; of the
pictures of one listing the first ``MOST_PICTURES`` are looked at, and the rest are said not to have been.
"""

from typing import Any, NamedTuple, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.hits import FIELDS, WAYS, Hits, Trick
from touchmark.engine.screening.image.closer import Copy, copies_in
from touchmark.engine.screening.image.code import BYTES, LEAST_QUALITY
from touchmark.engine.screening.image.embedding import Similar
from touchmark.engine.screening.image.picture import Picture
from touchmark.engine.screening.image.references import ImageReferences, Index
from touchmark.engine.screening.image.regions import Region, variant_of
from touchmark.engine.screening.image.shown import (
    Readable,
    Seen,
    Shown,
    Unreadable,
    look_at_all,
    readable_in,
    shown_in,
    unreadable_in,
)
from touchmark.engine.screening.image.unreadable import ImageBytes, UnreadableImage
from touchmark.engine.terms import Way

#: Two codes at most this many bits apart are of one picture: what the authors of PDQ recommend.
RADIUS = 31
#: The distance of a hit in the very same file, and of one that was found by comparing pixels.
SAME_BYTES, BY_PIXELS = -1, -2
_COPIED = WAYS.index(Way.COPIED_IMAGE)


def match_images(
    batch: pa.Table | pa.RecordBatch,
    image_bytes: ImageBytes | None,
    references: ImageReferences,
    similar: Similar | None = None,
    closer: NDArray[np.bool_] | None = None,
) -> tuple[Hits, Unreadable]:
    """
    Give the places where listings show a picture of a right, and the pictures that could not be read.

    ``batch`` has a column ``images``, lists of names; places are sorted by listing, right and picture. Without
    ``image_bytes`` no picture is looked at. ``similar`` is what a model of the operator's makes of references.
    ``closer`` tells the listings whose pictures are looked at more closely; without it, all are.
    """
    if image_bytes is None:
        return Hits.none(), Unreadable.none()
    shown = shown_in(batch)
    seen = look_at_all(shown, image_bytes)
    asked = np.ones(batch.num_rows, np.bool_) if closer is None else closer
    return _hits(shown, seen, image_bytes, references, similar, asked), unreadable_in(shown, seen)


class _Pairs(NamedTuple):
    """A picture of the batch and what it shows: a reference, then a right; parallel arrays."""

    query: Index
    reference: Index
    distance: NDArray[np.int16]
    strength: NDArray[np.float32]
    box: NDArray[np.int32]  # (n, 4)
    way: NDArray[np.int8]  # as in ``Hits``

    @classmethod
    def joined(cls, parts: list["_Pairs"]) -> Self:
        """All pairs, in the order given."""
        columns: list[Any] = [np.concatenate(column) for column in zip(*parts, strict=True)]
        return cls(*columns)

    def taken(self, which: Index) -> Self:
        """The pairs chosen by index, in that order."""
        columns: list[Any] = [column[which] for column in self]
        return type(self)(*columns)


def _hits(
    shown: Shown,
    seen: Seen,
    image_bytes: ImageBytes,
    references: ImageReferences,
    similar: Similar | None,
    asked: NDArray[np.bool_],
) -> Hits:
    readable = readable_in(seen)
    if not readable.picture or not len(references):
        return Hits.none()
    certain = _Pairs.joined([_same_bytes(readable, references), _alike(readable, references)])
    wanted = np.isin(readable.number, shown.picture[asked[shown.listing]])
    closer = _closer(readable, certain.query, wanted, shown.names, image_bytes, references)
    like = _like(readable, certain, similar) if similar is not None else certain.taken(np.empty(0, np.int64))
    pair = _Pairs.joined([certain, closer, like])
    place, right = references.rights_of(pair.reference)
    # Each pair counts once for every place where the picture is shown.
    of_place, at = _found_in(shown.picture, readable.number[pair.query[place]])
    counts = _for_listing(len(certain.query), closer, like)[place[of_place]]
    kept = (counts == _FOR_ALL) | ((counts == _FOR_ASKED) == asked[shown.listing[at]])
    of_place, at = of_place[kept], at[kept]
    of_pair = place[of_place]
    return _in_order(
        listing=shown.listing[at],
        right=right[of_place],
        image=shown.place[at],
        box=pair.box[of_pair],
        distance=pair.distance[of_pair],
        strength=pair.strength[of_pair],
        way=pair.way[of_pair],
    )


#: For which listings a pair counts: what others in the batch were asked for changes nothing.
_FOR_ALL, _FOR_ASKED, _FOR_OTHERS = 0, 1, 2


def _for_listing(certain: int, closer: _Pairs, like: _Pairs) -> NDArray[np.int8]:
    """A likeness to what the closer look has found to be a copy counts where that look was not asked for."""
    copies = set(zip(closer.query.tolist(), closer.reference.tolist(), strict=True))
    pairs = zip(like.query.tolist(), like.reference.tolist(), strict=True)
    others = [_FOR_OTHERS if pair in copies else _FOR_ALL for pair in pairs]
    return np.array([*[_FOR_ALL] * certain, *[_FOR_ASKED] * len(closer.query), *others], np.int8)


def _whole(readable: Readable, query: Index, reference: Index, distance: NDArray[np.int16]) -> _Pairs:
    strength, way = np.ones(len(query), np.float32), np.full(len(query), _COPIED, np.int8)
    return _Pairs(query, reference, distance, strength, readable.size[query], way)


def _like(readable: Readable, found: _Pairs, similar: Similar) -> _Pairs:
    """Ask the operator's model which references each picture is like, other than those that it is a copy of."""
    known = set(zip(found.query.tolist(), found.reference.tolist(), strict=True))
    of = [
        (query, reference, strength)
        for query, picture in enumerate(readable.picture)
        for reference, strength in similar.to(picture.gray.pixels)
        if (query, reference) not in known
    ]
    query = np.array([one[0] for one in of], np.int64)
    return _Pairs(
        query=query,
        reference=np.array([one[1] for one in of], np.int64),
        distance=np.full(len(of), BY_PIXELS, np.int16),
        strength=np.array([one[2] for one in of], np.float32),
        box=readable.size[query],
        way=np.full(len(of), WAYS.index(similar.embedding.way), np.int8),
    )


def _same_bytes(readable: Readable, references: ImageReferences) -> _Pairs:
    query, reference = references.same_bytes(readable.sha256)
    return _whole(readable, query, reference, np.full(len(query), SAME_BYTES, np.int16))


def _alike(readable: Readable, references: ImageReferences) -> _Pairs:
    """A code of low quality says too little: neither side is compared then."""
    asked = np.flatnonzero(np.array([picture.quality for picture in readable.picture]) >= LEAST_QUALITY)
    codes = np.array([readable.picture[i].code for i in asked], np.uint8).reshape(-1, BYTES)
    found = references.near(codes, RADIUS)
    query = asked[found.query]
    other = (readable.sha256[query] != references.of_column("sha256", found.reference)).any(axis=1)
    other &= found.variant == variant_of(Region.WHOLE)
    return _whole(readable, query[other], found.reference[other], found.distance[other])


def _closer(
    readable: Readable,
    found: Index,
    wanted: NDArray[np.bool_],
    names: list[str],
    image_bytes: ImageBytes,
    references: ImageReferences,
) -> _Pairs:
    """Look closer at the pictures wanted in which nothing was found; of those with the same bytes at one."""
    rest = np.setdiff1d(np.flatnonzero(wanted), found)
    digests, which = np.unique(readable.sha256[rest], axis=0, return_inverse=True)
    first = np.full(len(digests), len(rest))
    np.minimum.at(first, which.reshape(-1), np.arange(len(rest)))
    copies = [_copies(readable.picture[i], names[readable.number[i]], image_bytes, references) for i in rest[first]]
    of = [(query, copy) for query, one in zip(rest.tolist(), which.reshape(-1), strict=True) for copy in copies[one]]
    return _Pairs(
        query=np.array([query for query, _ in of], np.int64),
        reference=np.array([copy.reference for _, copy in of], np.int64),
        distance=np.full(len(of), BY_PIXELS, np.int16),
        strength=np.array([copy.strength for _, copy in of], np.float32),
        box=np.array([copy.box for _, copy in of], np.int32).reshape(-1, 4),
        way=np.full(len(of), _COPIED, np.int8),
    )


def _copies(picture: Picture, name: str, image_bytes: ImageBytes, references: ImageReferences) -> list[Copy]:
    try:
        return copies_in(image_bytes(name), picture, references)
    except UnreadableImage:  # it was readable before: what was found then is all there is
        return []


def _found_in(held: NDArray[Any], asked: NDArray[Any]) -> tuple[Index, Index]:
    """Give every pair of an asked value and a place of it in ``held``, which is sorted."""
    first, last = np.searchsorted(held, asked, "left"), np.searchsorted(held, asked, "right")
    times = last - first
    query = np.repeat(np.arange(len(asked)), times)
    place = np.repeat(first, times) + np.arange(len(query)) - np.repeat(np.cumsum(times) - times, times)
    return query, place


def _in_order(
    *,
    listing: Index,
    right: NDArray[np.int32],
    image: NDArray[np.int32],
    box: NDArray[np.int32],
    distance: NDArray[np.int16],
    strength: NDArray[np.float32],
    way: NDArray[np.int8],
) -> Hits:
    order = np.lexsort((-strength, distance, way, image, right, listing))
    n = len(order)
    return Hits(
        listing=listing[order],
        right=right[order],
        way=way[order],
        field=np.full(n, FIELDS.index("images"), np.int8),
        start=np.full(n, -1, np.int64),
        end=np.full(n, -1, np.int64),
        form=np.full(n, -1, np.int32),
        image=image[order],
        box=box[order].reshape(n, 4),
        distance=distance[order],
        trick=np.full(n, Trick.NONE, np.int8),
        strength=strength[order],
    )
