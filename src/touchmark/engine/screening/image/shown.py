"""Where the distinct pictures of a batch are shown, and what was made of each; those that could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import BYTES
from touchmark.engine.screening.image.picture import Picture, digest, look
from touchmark.engine.screening.image.references import Index
from touchmark.engine.screening.image.unreadable import ImageBytes, UnreadableImage

#: Pictures of one listing that are looked at.
MOST_PICTURES = 50


@dataclass(frozen=True, slots=True, eq=False)
class Unreadable:
    """Pictures of listings that could not be read, one entry per listing and picture; parallel arrays."""

    listing: Index  # index of the listing within the batch
    image: pa.StringArray  # name of the picture
    code: pa.StringArray  # a key of ``unreadable.SENTENCES``
    sentence: pa.StringArray

    @classmethod
    def joined(cls, parts: "Sequence[Unreadable]") -> Self:
        """What several looks could not read, in the order of listings."""
        listing = np.concatenate([part.listing for part in parts])
        order = np.argsort(listing, kind="stable")
        texts: list[list[Any]] = [[part.image, part.code, part.sentence] for part in parts]
        columns: list[Any] = [pa.concat_arrays(list(column)).take(order) for column in zip(*texts, strict=True)]
        return cls(listing[order], *columns)

    @classmethod
    def none(cls) -> Self:
        """Every picture was readable, or none was looked at."""
        nothing = pa.array([], pa.string())
        return cls(np.empty(0, np.int64), nothing, nothing, nothing)

    def __len__(self) -> int:
        return len(self.listing)


class Shown(NamedTuple):
    """Where the distinct pictures of a batch are shown: parallel arrays, sorted by picture, then listing."""

    picture: Index  # index among the distinct names
    listing: Index
    place: NDArray[np.int32]  # within the listing's own list
    names: list[str]  # the distinct names


def shown_in(batch: pa.Table | pa.RecordBatch) -> Shown:
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
    return Shown(picture[order], listing[present][order], place[present][order], distinct)


class Seen(NamedTuple):
    """What was made of each distinct name: a picture and its digest, or why there is none."""

    sha256: list[bytes]
    picture: list[Picture | UnreadableImage]


def look_at_all(shown: Shown, image_bytes: ImageBytes) -> Seen:
    seen = Seen([], [])
    known: dict[bytes, Picture | UnreadableImage] = {}
    looked_at = np.zeros(len(shown.names), np.bool_)
    looked_at[shown.picture[shown.place < MOST_PICTURES]] = True
    for name, within in zip(shown.names, looked_at, strict=True):
        try:
            if not within:
                raise UnreadableImage("too_many", limit=MOST_PICTURES)
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


class Readable(NamedTuple):
    """The pictures that could be read: their numbers among the distinct names, and what was made of them."""

    number: Index
    sha256: NDArray[np.uint8]  # (n, 32)
    picture: list[Picture]
    size: NDArray[np.int32]  # (n, 4): the whole of it as a box


def readable_in(seen: Seen) -> Readable:
    number = np.array([i for i, picture in enumerate(seen.picture) if isinstance(picture, Picture)], np.int64)
    pictures = [picture for picture in seen.picture if isinstance(picture, Picture)]
    sha = np.frombuffer(b"".join(seen.sha256[i] for i in number), np.uint8).reshape(-1, BYTES)
    size = np.array([(0, 0, picture.width, picture.height) for picture in pictures], np.int32).reshape(-1, 4)
    return Readable(number, sha, pictures, size)


def unreadable_in(shown: Shown, seen: Seen) -> Unreadable:
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
