"""
Find the pictures of rights among the pictures of a batch: the same bytes, then nearly the same picture.

Each distinct picture of a batch is read and decoded once, however many listings show it and under however many names.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple, Self, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from touchmark.engine.screening.hits import FIELDS, WAYS, Hits, Trick
from touchmark.engine.screening.image.code import BYTES, LEAST_QUALITY
from touchmark.engine.screening.image.picture import Picture, digest, look
from touchmark.engine.screening.image.references import ImageReferences
from touchmark.engine.screening.image.regions import Region, variant_of
from touchmark.engine.screening.image.unreadable import ImageBytes, UnreadableImage
from touchmark.engine.terms import Way

#: Two codes at most this many bits apart are of one picture: what the authors of PDQ recommend.
RADIUS = 31
#: The distance of a hit in the very same file.
SAME_BYTES = -1

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Unreadable:
    """Pictures of listings that could not be read, one entry per listing and picture; parallel arrays."""

    listing: Index  # index of the listing within the batch
    image: pa.StringArray  # name of the picture
    code: pa.StringArray  # a key of ``unreadable.SENTENCES``
    sentence: pa.StringArray

    @classmethod
    def none(cls) -> Self:
        """Every picture was readable, or none was looked at."""
        nothing = pa.array([], pa.string())
        return cls(np.empty(0, np.int64), nothing, nothing, nothing)

    def __len__(self) -> int:
        return len(self.listing)


class _Shown(NamedTuple):
    """Where the distinct pictures of a batch are shown: parallel arrays, sorted by picture, then listing."""

    picture: Index  # index among the distinct names
    listing: Index
    place: NDArray[np.int32]  # within the listing's own list
    names: list[str]  # the distinct names


def match_images(
    batch: pa.Table | pa.RecordBatch, image_bytes: ImageBytes | None, references: ImageReferences
) -> tuple[Hits, Unreadable]:
    """
    Give the places where listings show a picture of a right, and the pictures that could not be read.

    ``batch`` has a column ``images``, lists of names; places are sorted by listing, right and picture. Without
    ``image_bytes`` no picture is looked at.
    """
    if image_bytes is None:
        return Hits.none(), Unreadable.none()
    shown = _shown(batch)
    seen = _look_at_all(shown.names, image_bytes)
    return _hits(shown, seen, references), _unreadable(shown, seen)


def _shown(batch: pa.Table | pa.RecordBatch) -> _Shown:
    lists = batch.column("images")
    lists = lists.combine_chunks() if isinstance(lists, pa.ChunkedArray) else lists
    listing = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False).astype(np.int64)
    first = np.searchsorted(listing, listing, side="left")
    place = (np.arange(len(listing)) - first).astype(np.int32)
    names = pc.list_flatten(lists)
    encoded = cast("pa.DictionaryArray[Any, Any]", pc.dictionary_encode(names))
    present = names.is_valid().to_numpy(zero_copy_only=False)
    picture = encoded.indices.drop_null().to_numpy().astype(np.int64)
    order = np.argsort(picture, kind="stable")
    distinct: list[Any] = encoded.dictionary.to_pylist()
    return _Shown(picture[order], listing[present][order], place[present][order], distinct)


class _Seen(NamedTuple):
    """What was made of each distinct name: a picture and its digest, or why there is none."""

    sha256: list[bytes]
    picture: list[Picture | UnreadableImage]


def _look_at_all(names: list[str], image_bytes: ImageBytes) -> _Seen:
    seen = _Seen([], [])
    known: dict[bytes, Picture | UnreadableImage] = {}
    for name in names:
        try:
            data = image_bytes(name)
        except UnreadableImage as error:
            seen.sha256.append(bytes(BYTES))
            seen.picture.append(error)
            continue
        sha = digest(data)
        if sha not in known:
            known[sha] = _look(data)
        seen.sha256.append(sha)
        seen.picture.append(known[sha])
    return seen


def _look(data: bytes) -> Picture | UnreadableImage:
    try:
        return look(data)
    except UnreadableImage as error:
        return error


class _Pairs(NamedTuple):
    """A picture of the batch and what it shows: a reference, then a right; parallel arrays."""

    query: Index
    reference: Index
    distance: NDArray[np.int16]

    @classmethod
    def joined(cls, parts: list["_Pairs"]) -> Self:
        """All pairs, in the order given."""
        columns: list[Any] = [np.concatenate(column) for column in zip(*parts, strict=True)]
        return cls(*columns)


def _hits(shown: _Shown, seen: _Seen, references: ImageReferences) -> Hits:
    readable = np.array([i for i, picture in enumerate(seen.picture) if isinstance(picture, Picture)], np.int64)
    pictures = [picture for picture in seen.picture if isinstance(picture, Picture)]
    if not pictures or not len(references):
        return Hits.none()
    sha = np.frombuffer(b"".join(seen.sha256[i] for i in readable), np.uint8).reshape(-1, BYTES)
    pair = _Pairs.joined([_same_bytes(sha, references), _alike(sha, pictures, references)])
    place, right = references.rights_of(pair.reference)
    pair = _Pairs(pair.query[place], right.astype(np.int64), pair.distance[place])
    # Each pair counts once for every place where the picture is shown.
    of_pair, at = _found_in(shown.picture, readable[pair.query])
    size = np.array([(0, 0, picture.width, picture.height) for picture in pictures], np.int32)
    return _copied(
        listing=shown.listing[at],
        right=pair.reference[of_pair].astype(np.int32),
        image=shown.place[at],
        box=size[pair.query[of_pair]],
        distance=pair.distance[of_pair],
    )


def _same_bytes(sha: NDArray[np.uint8], references: ImageReferences) -> _Pairs:
    query, reference = references.same_bytes(sha)
    return _Pairs(query, reference, np.full(len(query), SAME_BYTES, np.int16))


def _alike(sha: NDArray[np.uint8], pictures: list[Picture], references: ImageReferences) -> _Pairs:
    """A code of low quality says too little: neither side is compared then."""
    asked = np.flatnonzero(np.array([picture.quality for picture in pictures]) >= LEAST_QUALITY)
    codes = np.array([pictures[i].code for i in asked], np.uint8).reshape(-1, BYTES)
    found = references.near(codes, RADIUS)
    query = asked[found.query]
    other = (sha[query] != references.of_column("sha256", found.reference)).any(axis=1)
    other &= found.variant == variant_of(Region.WHOLE)
    return _Pairs(query[other], found.reference[other], found.distance[other])


def _found_in(held: NDArray[Any], asked: NDArray[Any]) -> tuple[Index, Index]:
    """Give every pair of an asked value and a place of it in ``held``, which is sorted."""
    first, last = np.searchsorted(held, asked, "left"), np.searchsorted(held, asked, "right")
    times = last - first
    query = np.repeat(np.arange(len(asked)), times)
    place = np.repeat(first, times) + np.arange(len(query)) - np.repeat(np.cumsum(times) - times, times)
    return query, place


def _copied(
    *,
    listing: Index,
    right: NDArray[np.int32],
    image: NDArray[np.int32],
    box: NDArray[np.int32],
    distance: NDArray[np.int16],
) -> Hits:
    order = np.lexsort((distance, image, right, listing))
    n = len(order)
    return Hits(
        listing=listing[order],
        right=right[order],
        way=np.full(n, WAYS.index(Way.COPIED_IMAGE), np.int8),
        field=np.full(n, FIELDS.index("images"), np.int8),
        start=np.full(n, -1, np.int64),
        end=np.full(n, -1, np.int64),
        form=np.full(n, -1, np.int32),
        image=image[order],
        box=box[order].reshape(n, 4),
        distance=distance[order],
        trick=np.full(n, Trick.NONE, np.int8),
        strength=np.ones(n, np.float32),
    )


def _unreadable(shown: _Shown, seen: _Seen) -> Unreadable:
    refused = np.array([isinstance(picture, UnreadableImage) for picture in seen.picture], bool)
    at = np.flatnonzero(refused[shown.picture]) if len(refused) else np.empty(0, np.int64)
    at = at[np.lexsort((shown.place[at], shown.listing[at]))]
    errors = [error for i in shown.picture[at] if isinstance(error := seen.picture[i], UnreadableImage)]
    return Unreadable(
        listing=shown.listing[at],
        image=pa.array([shown.names[i] for i in shown.picture[at]], pa.string()),
        code=pa.array([error.code for error in errors], pa.string()),
        sentence=pa.array([error.sentence for error in errors], pa.string()),
    )
