"""
The one way into screening: a batch of listings, against a compiled register, to findings and assessments.

Each listing is screened by itself: how listings come together in batches, and on how many workers, changes nothing.
"""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from touchmark.engine.screening.asked import Asked
from touchmark.engine.screening.assess import assess
from touchmark.engine.screening.compare.context import Context
from touchmark.engine.screening.evidence import Known
from touchmark.engine.screening.hits import FIELDS, WAYS, Hits
from touchmark.engine.screening.image.match import BY_PIXELS, match_images
from touchmark.engine.screening.image.shown import Unreadable
from touchmark.engine.screening.image.unreadable import ImageBytes
from touchmark.engine.screening.in_pictures import marks_in_pictures
from touchmark.engine.screening.looks import Looks
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.rules.judge import by_rules
from touchmark.engine.screening.schemas import FINDINGS
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.screening.text.match import TEXT_FIELDS, match_text
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.uses import Uses
from touchmark.engine.screening.verdict import Rules
from touchmark.engine.terms import RightKind, Way

pc: Any = pyarrow.compute

Batch = pa.RecordBatch | pa.Table

#: What is less sure than this is not written.
MIN_CONFIDENCE = 0.5
#: Behind a batch of so many listings, what it has read is worth giving back.
MANY = 4096


def screen(
    batch: Batch,
    image_bytes: ImageBytes | None,
    snapshot: Snapshot,
    model: Model,
    *,
    sellers: pa.Table | None = None,
    context: Context | None = None,
    rules: Rules | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    looks: Looks | None = None,
) -> tuple[pa.Table, pa.Table]:
    """
    Screen listings in the columns of ``schemas.LISTINGS``; the rights are those in force in the snapshot as given.

    :param image_bytes: where the pictures of listings come from; without it no picture is looked at
    :param sellers: in the columns of ``schemas.SELLERS``
    :param context: what other listings show, counted over more than this batch
    :param rules: without them, the cautious ones that come along
    :param looks: which dear looks are taken at pictures, and when; without it the closer look where it is asked for
    :return: findings, in the columns of ``schemas.FINDINGS``, sorted by row, right, field (in the order of
        ``hits.FIELDS``) and start; and assessments, in those of ``schemas.ASSESSMENTS``, one per listing in its order
    """
    known = Known(sellers, context, snapshot.in_force.on)
    uses = Uses.of(match_text(batch, snapshot.marks), batch, snapshot, model, min_confidence)
    unreadable = Unreadable.none()
    if image_bytes is not None and _shows_any(batch):
        taken = _Taken(batch, image_bytes, snapshot, model, min_confidence, looks or Looks())
        uses, unreadable = taken.beside(uses, known)
    uses = uses.taken(_order(uses.hits, batch, snapshot)) if len(uses) else uses
    rules = rules or Rules.default()
    assessments = assess(batch, uses.hits, uses.sure, snapshot, known, unreadable, model, rules)
    findings = _findings(batch, uses, snapshot, model)
    if rules.rules:
        assessments = by_rules(batch, sellers, findings, assessments, rules.rules)
    if batch.num_rows >= MANY:
        snapshot.rest()
    return findings, assessments


def _shows_any(batch: Batch) -> bool:
    images: Any = batch.column("images")
    return bool(images.null_count < len(images))


class _Taken(NamedTuple):
    """What looking at pictures takes."""

    batch: Batch
    image_bytes: ImageBytes
    snapshot: Snapshot
    model: Model
    least: float
    looks: Looks

    def beside(self, uses: Uses, known: Known) -> tuple[Uses, Unreadable]:
        """Put what is found in pictures beside the uses in texts, which tell where dear looks are worth it."""
        asked = Asked.of(self.batch, uses.hits, uses.sure, self.snapshot, known, self.looks)
        images, similar = self.snapshot.images, self.looks.similar
        hits, unreadable = match_images(self.batch, self.image_bytes, images, similar, asked.closer)
        parts = [uses]
        if len(hits):
            parts.append(Uses.of(_logos(hits, self.snapshot), self.batch, self.snapshot, self.model, self.least))
        if self.looks.reader is not None and asked.reading.any():
            read, unread = marks_in_pictures(
                self.batch, self.image_bytes, self.looks.reader, asked.reading, hits, *self[2:5]
            )
            parts, unreadable = [*parts, read], Unreadable.joined([unreadable, unread])
        return Uses.joined(parts), unreadable


def _logos(hits: Hits, snapshot: Snapshot) -> Hits:
    """A figurative mark that stands in a part of a picture is a logo there; the whole of its picture is a copy."""
    figurative = np.asarray(pc.equal(_taken(snapshot.rights["kind"], hits.right), RightKind.FIGURATIVE_MARK))
    in_a_part = (hits.way == WAYS.index(Way.COPIED_IMAGE)) & (hits.distance == BY_PIXELS)
    return replace(hits, way=np.where(figurative & in_a_part, WAYS.index(Way.LOGO), hits.way).astype(np.int8))


def _order(hits: Hits, batch: Batch, snapshot: Snapshot) -> NDArray[np.int64]:
    """Give the order in which findings are written; beyond the contract, so that no two can change places."""
    row = np.asarray(batch["row"])[hits.listing]
    box = hits.box.T
    rest = (hits.distance, hits.form, hits.way, *box[::-1], hits.image, hits.end)
    right = snapshot.ranks(hits.right)
    return np.lexsort((*rest, hits.start, hits.field, right, hits.listing, row))


def _findings(batch: Batch, uses: Uses, snapshot: Snapshot, model: Model) -> pa.Table:
    hits = uses.hits
    if not len(hits):  # most offers that are asked about one by one
        return FINDINGS.empty_table()
    in_text = hits.start >= 0
    columns = {
        "row": _taken(batch["row"], hits.listing),
        "listing_id": _taken(batch["listing_id"], hits.listing),
        "marketplace": _taken(batch["marketplace"], hits.listing),
        "right_id": _taken(snapshot.rights["right_id"], hits.right),
        "way": _named(WAYS, hits.way),
        "confidence": pa.array(uses.sure),
        "reasons": uses.reasons,
        "field": _named(FIELDS, hits.field),
        "start": pa.array(hits.start, mask=~in_text),
        "end": pa.array(hits.end, mask=~in_text),
        "surface": pc.coalesce(uses.read, _surfaces(batch, hits)),
        "image": _image_names(batch, hits),
        "box": _boxes(hits),
        "snapshot_id": _repeated(snapshot.id, len(hits)),
        "model_version": _repeated(model.version, len(hits)),
    }
    return pa.table([columns[name] for name in FINDINGS.names], names=FINDINGS.names).cast(FINDINGS)


def _taken(column: Any, places: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> Any:
    return column.take(pa.array(places, mask=missing))


def _named(names: tuple[str, ...], numbers: NDArray[np.int8]) -> Any:
    return _taken(pa.array([str(name) for name in names], pa.string()), numbers)


def _repeated(value: str, times: int) -> Any:
    return _taken(pa.array([value], pa.string()), np.zeros(times, np.int64))


def _surfaces(batch: Batch, hits: Hits) -> Any:
    """Cut the pieces found out of the original texts; a hit in a picture has none there."""
    parts: list[Any] = [pa.array([None], pa.string())]
    place = np.zeros(len(hits), np.int64)  # among the pieces put one after another; 0 is the missing one
    for name in TEXT_FIELDS:
        at = np.flatnonzero(hits.field == FIELDS.index(name))
        listing, text = np.unique(hits.listing[at], return_inverse=True)
        place[at] = sum(len(part) for part in parts) + np.arange(len(at))
        parts.append(Points.of(_taken(batch[name], listing)).cut(text, hits.start[at], hits.end[at]))
    return _taken(pa.concat_arrays(parts), place)


def _image_names(batch: Batch, hits: Hits) -> Any:
    """Name the picture of each hit as the listing does."""
    column: Any = batch["images"]
    lists = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    in_picture = hits.image >= 0
    lengths = np.asarray(pc.fill_null(pc.list_value_length(lists), 0)).astype(np.int64)
    begins = np.cumsum(lengths) - lengths
    place = np.where(in_picture, begins[hits.listing] + hits.image, 0)
    return _taken(pc.list_flatten(lists), place, ~in_picture)


def _boxes(hits: Hits) -> Any:
    in_picture = hits.image >= 0
    ends = np.concatenate([[0], np.cumsum(in_picture * 4)]).astype(np.int32)
    mask = pa.array(~in_picture)
    values = pa.array(hits.box[in_picture].ravel())
    return pa.ListArray.from_arrays(pa.array(ends), values, mask=mask)  # type: ignore[call-overload]
