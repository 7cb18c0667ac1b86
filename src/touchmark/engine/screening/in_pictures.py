"""
Marks among the words that pictures show.

What was read in a picture is matched as if it stood in the description of the listing that shows it, with the listing's
title and brand beside it, so that the same gates and surroundings tell a mark from a word. A place found so is a place
in the picture: its box is told, and the words as they were read. A letter that is not as the mark has it may be the
reader's mistake as well as the seller's trick, and is never taken for a trick.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, rows_of, whole
from touchmark.engine.screening.hits import FIELDS, WAYS, Hits, Trick, is_one
from touchmark.engine.screening.image.lines import Read, Reader
from touchmark.engine.screening.image.shown import Unreadable
from touchmark.engine.screening.image.unreadable import ImageBytes, UnreadableImage
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.screening.text.found import MOST_PER_FIELD
from touchmark.engine.screening.text.groups import numbered
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.screening.uses import Uses
from touchmark.engine.terms import Way

#: Pictures of one listing that are read, the first ones in which nothing else was found.
MOST_READ = 6
_DESCRIPTION, _IMAGES = FIELDS.index("description"), FIELDS.index("images")
_DISGUISED = WAYS.index(Way.DISGUISED)
#: Spellings that a reader's mistakes make too.
_MISTAKES = (
    *(Trick.LOOKALIKES, Trick.SIGNS, Trick.MASKED, Trick.DIGITS, Trick.STAND_INS, Trick.REPEATED, Trick.DROPPED),
    *(Trick.ADDED, Trick.SWAPPED, Trick.CHANGED, Trick.VOWELS, Trick.HAN_LOOKALIKE),
)


class Shown(NamedTuple):
    """A picture of a listing, by its place in the listing's list, and its name."""

    listing: int
    place: int
    name: str


def marks_in_pictures(
    batch: Batch,
    image_bytes: ImageBytes,
    reader: Reader,
    wanted: NDArray[np.bool_],
    known: Hits,
    snapshot: Snapshot,
    model: Model,
    least: float,
) -> tuple[Uses, Unreadable]:
    """
    Read the pictures of the listings wanted in which nothing is known to be, and find the marks named there.

    :return: the uses that are sure enough, and the pictures whose words could not be read
    """
    shown, read, failed = [], [], []
    for one in _pictures(batch, wanted, known):
        try:
            lines = Read(reader(image_bytes(one.name)))
        except UnreadableImage as error:
            if error.code == "words_unread":  # whatever else is wrong with it has been said before
                failed.append((one, error))
            continue
        if lines.lines:
            shown.append(one)
            read.append(lines)
    return _uses(batch, shown, read, snapshot, model, least), _unread(failed)


def _pictures(batch: Batch, wanted: NDArray[np.bool_], known: Hits) -> Iterator[Shown]:
    """Give the pictures to be read, in the order of the batch."""
    found = set(zip(known.listing.tolist(), known.image.tolist(), strict=True))
    lists = whole(batch, "images")
    for listing in np.flatnonzero(wanted & _some(lists)).tolist():
        names = lists[listing].as_py()
        rest = [
            Shown(listing, place, name) for place, name in enumerate(names) if name and (listing, place) not in found
        ]
        yield from rest[:MOST_READ]


def _some(lists: Any) -> NDArray[np.bool_]:
    return np.asarray(compute.fill_null(compute.list_value_length(lists), 0)).astype(np.int64) > 0


def _uses(batch: Batch, shown: list[Shown], read: list[Read], snapshot: Snapshot, model: Model, least: float) -> Uses:
    """Match what was read, every picture of every listing by itself."""
    rows = _as_described(rows_of(batch, np.array([one.listing for one in shown], np.int64)), read)
    hits = match_text(rows, snapshot.marks)
    hits = hits.taken(snapshot.in_force.grounds(rows, hits))
    here = hits.field == _DESCRIPTION
    misread = here & (hits.way == _DISGUISED) & is_one(hits.trick, _MISTAKES)
    hits = replace(hits, trick=np.where(misread, Trick.MISREAD, hits.trick).astype(np.int8))
    places = [
        read[picture].place(start, end) if inside else ((0, 0, 0, 0), np.nan)
        for picture, start, end, inside in zip(
            hits.listing.tolist(), hits.start.tolist(), hits.end.tolist(), here.tolist(), strict=True
        )
    ]
    uses = Uses.judged(hits, rows, snapshot, model, np.array([sure for _, sure in places], np.float64))
    kept = np.flatnonzero(here & (uses.sure >= least))
    kept = kept[_not_too_many(hits.taken(kept), shown)]
    return _moved(uses.taken(kept), [places[i][0] for i in kept], shown, read)


def _as_described(rows: Batch, read: list[Read]) -> pa.Table:
    """Put what was read in the place of the description, and take out the attributes, which say nothing of it."""
    columns: dict[str, Any] = {name: whole(rows, name) for name in rows.schema.names}
    columns["description"] = pa.array([one.text for one in read], pa.string())
    columns["attributes"] = pa.nulls(len(read), pa.string())
    return pa.table(columns, schema=rows.schema)


def _not_too_many(hits: Hits, shown: list[Shown]) -> NDArray[np.int64]:
    """Choose at most so many places of a right in the pictures of one listing."""
    listing = np.array([one.listing for one in shown], np.int64)[hits.listing]
    group, _ = numbered(listing, hits.right)
    order = np.lexsort((hits.start, hits.listing, group))
    before = np.arange(len(order)) - np.searchsorted(group[order], group[order])
    return np.sort(order[before < MOST_PER_FIELD])


def _moved(uses: Uses, boxes: list[tuple[int, int, int, int]], shown: list[Shown], read: list[Read]) -> Uses:
    """Say of each use in which picture of which listing it is, and where there."""
    hits = uses.hits
    spans = zip(hits.listing.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True)
    none = np.full(len(hits), -1, np.int64)
    of = np.array([(one.listing, one.place) for one in shown], np.int64).reshape(-1, 2)[hits.listing]
    moved = replace(
        hits,
        listing=of[:, 0],
        field=np.full(len(hits), _IMAGES, np.int8),
        start=none,
        end=none,
        image=of[:, 1].astype(np.int32),
        box=np.array(boxes, np.int32).reshape(-1, 4),
        trick=np.where(hits.way == _DISGUISED, Trick.MISREAD, hits.trick).astype(np.int8),
    )
    words = pa.array([read[picture].text[start:end].replace("\n", " ") for picture, start, end in spans], pa.string())
    return replace(uses, hits=moved, read=words)


def _unread(failed: list[tuple[Shown, UnreadableImage]]) -> Unreadable:
    return Unreadable(
        listing=np.array([one.listing for one, _ in failed], np.int64),
        image=pa.array([one.name for one, _ in failed], pa.string()),
        code=pa.array([error.code for _, error in failed], pa.string()),
        sentence=pa.array([error.sentence for _, error in failed], pa.string()),
    )
