"""Match the texts of a whole batch with the marks of a register."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from touchmark.engine.screening.hits import FIELDS, WAYS, Hits, Trick
from touchmark.engine.screening.text.backwards import of_another_script
from touchmark.engine.screening.text.drawn.find import drawn
from touchmark.engine.screening.text.fold import lookalikes
from touchmark.engine.screening.text.found import Found, not_too_many, without_overlaps
from touchmark.engine.screening.text.gates import Context, passed
from touchmark.engine.screening.text.index import Index
from touchmark.engine.screening.text.marks import Marks
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets
from touchmark.engine.screening.text.reading import Reading
from touchmark.engine.screening.text.referential import Listed, may_refer, references
from touchmark.engine.screening.text.rule import Rule
from touchmark.engine.screening.text.scripts.find import in_scripts
from touchmark.engine.screening.text.shown import Shown, shown
from touchmark.engine.screening.text.spellings.find import beyond, disguised
from touchmark.engine.screening.text.spellings.memo import Memo
from touchmark.engine.screening.text.verify import Matches, verified
from touchmark.engine.screening.text.views import PLAIN, VIEWS, VISUAL
from touchmark.engine.screening.text.windows import windows
from touchmark.engine.terms import Way

#: The fields that are read, in the order in which a shopper meets them. ``attributes`` is JSON, read as text.
TEXT_FIELDS = ("title", "brand", "description", "attributes")
#: A batch is worked through in pieces of about so many bytes of text: enough that what a piece costs by itself does not
#: matter, and few enough that its arrays take little memory.
PIECE = 1 << 19

#: How sure names are that nobody has given: of well-known brands in other scripts, and misspelled.
FOREIGN, HEARD = 0.95, 0.8
_TRICKS = {Way.PLAIN: Trick.SIGNS, Way.DISGUISED: Trick.LOOKALIKES}

_TITLE, _BRAND, _ATTRIBUTES = (TEXT_FIELDS.index(name) for name in ("title", "brand", "attributes"))
_FIELD = np.array([FIELDS.index(name) for name in TEXT_FIELDS], np.int8)
_PLAIN, _DISGUISED, _REFERENTIAL = (WAYS.index(way) for way in (Way.PLAIN, Way.DISGUISED, Way.REFERENTIAL))


def match_text(batch: pa.RecordBatch | pa.Table, marks: Marks) -> Hits:
    """
    Find every place in the text fields of the batch where a mark stands, sorted by listing, field, right and start.

    One place per right where spellings overlap; at most 20 per right and field; every listing is matched by itself, so
    that it does not matter how listings come together in batches.

    :raises NotUtf8: if a text is not UTF-8
    """
    memo = marks.memos.lent()
    pieces = [_matched(batch.slice(start, rows), start, marks, memo) for start, rows in _pieces(batch)]
    marks.memos.given_back(memo)
    return Hits.joined([Hits.none(), *pieces])


def _pieces(batch: Any) -> Iterator[tuple[int, int]]:
    """Cut the batch into runs of rows of about ``PIECE`` bytes: start and number of rows."""
    if batch.num_rows == 0:
        return
    sizes = [pc.fill_null(pc.binary_length(batch[name]), 0) for name in TEXT_FIELDS]
    piece = offsets(np.stack([np.asarray(size, np.int64) for size in sizes]).sum(axis=0))[:-1] // PIECE
    starts = np.flatnonzero(np.diff(piece, prepend=-1))
    yield from zip(starts.tolist(), np.diff(starts, append=batch.num_rows).tolist(), strict=True)


def _matched(batch: Any, before: int, marks: Marks, memo: Memo) -> Hits:
    rows = batch.num_rows
    points = Points.joined([Points.of(batch[name]) for name in TEXT_FIELDS])
    readings = [Reading.of(points, view) for view in VIEWS]
    text = np.arange(len(points))
    seen = shown(points, text // rows == _ATTRIBUTES)
    otherwise = seen.back(_in_all(seen.readings(), marks, rows, memo)) if len(seen) else Found.none()
    guessed = _guessed(points, seen, marks)
    every = Found.joined([otherwise, guessed, _in_all(readings, marks, rows, memo)])
    found = without_overlaps(every.taken(~of_another_script(points, every, marks.text)))
    listed = Listed(text % rows, text // rows == _BRAND, marks.holder)
    referential = _references(readings[VIEWS.index(PLAIN)], found, listed)
    kept = not_too_many(found, referential)
    return _hits(found.taken(kept), referential[kept], rows, before)


def _guessed(points: Points, seen: Shown, marks: Marks) -> Found:
    """Names drawn with characters that may be several letters, in the texts as stored and as shown."""
    parts = [Found.none()]
    for first, layer in marks.layers:
        index = layer.views[VISUAL.name]
        stored, otherwise = drawn(points, index), drawn(seen.points, index)
        placed = seen.back(replace(otherwise, text=seen.text[otherwise.text]))
        parts += [replace(found, form=found.form + first) for found in (stored, placed)]
    found = Found.joined(parts)
    return replace(found, right=marks.right[found.form].astype(np.int64))


def _references(reading: Reading, found: Found, listed: Listed) -> Mask:
    """Tell lawful references; most listings have no word that makes one, and are not read for them."""
    some = may_refer(reading, found, listed)
    named, at = np.zeros(len(found), np.bool_), np.flatnonzero(some[listed.listing[found.text]])
    if not len(at):
        return named
    texts = np.flatnonzero(some[listed.listing])
    if 2 * len(texts) > len(listed.listing):
        return references(reading, found, listed)
    few, moved = Reading.of(reading.points.only(texts), PLAIN), found.taken(at)
    moved = replace(moved, text=np.searchsorted(texts, moved.text))
    named[at] = references(few, moved, Listed(listed.listing[texts], listed.is_brand[texts], listed.holder))
    return named


def _in_all(readings: list[Reading], marks: Marks, rows: int, memo: Memo) -> Found:
    """The places of all marks under every view, and those of spellings that hide one."""
    found = Found.joined([_found(reading, marks, rows) for reading in readings])
    rings = [(first, layer.ring) for first, layer in marks.layers]
    hidden = disguised(readings[VIEWS.index(VISUAL)], rings, marks.right, rows, memo)
    scripts = [(first, layer.scripts) for first, layer in marks.layers]
    foreign = in_scripts(readings[VIEWS.index(PLAIN)], scripts, marks.right, memo)
    return Found.joined([beyond(hidden, found), foreign, found])


def _found(reading: Reading, marks: Marks, rows: int) -> Found:
    """The places of all marks under one view, each right apart."""
    if not reading.looked_at.any():
        return Found.none()
    units, name = reading.units, reading.view.name
    matches = Matches.joined([_matches(reading, layer.views[name], first) for first, layer in marks.layers])
    if not len(matches):
        return Found.none()
    context = _context(reading, matches, marks, rows)
    gate = passed(reading, matches, context)
    matches, start, end = matches.taken(gate), context.start[gate], context.end[gate]
    local = units.text[matches.first]
    base = reading.points.bounds[local]
    drawn_otherwise = reading.count(lookalikes(), start, end)
    foreign, heard = (context.under(rule)[gate] for rule in (Rule.FOREIGN, Rule.HEARD))
    known = foreign | heard
    plain = matches.plain & (reading.view.way == Way.PLAIN) & ~known
    trick = np.where(foreign, Trick.SCRIPT, np.where(heard, Trick.SOUND, _TRICKS[reading.view.way]))
    return Found(
        text=reading.text[local],
        right=marks.right[matches.form].astype(np.int64),
        start=start - base,
        end=end - base,
        form=matches.form,
        distance=matches.odd + drawn_otherwise,
        plain=plain,
        trick=np.where(plain, Trick.NONE, trick).astype(np.int8),
        strength=np.where(foreign, FOREIGN, np.where(heard, HEARD, 1.0)).astype(np.float32),
    )


def _matches(reading: Reading, index: Index, first: int) -> Matches:
    """The matches with one layer of the marks, whose first form has a number."""
    matches = verified(reading.units, index, windows(reading.units, index, reading.looked_at))
    return matches if first == 0 else replace(matches, form=matches.form + first)


def _context(reading: Reading, matches: Matches, marks: Marks, rows: int) -> Context:
    start, end = reading.spans(matches.first, matches.last)
    field = reading.text[reading.units.text[matches.first]] // rows
    return Context(marks.rule[matches.form], start, end, field == _BRAND, field == _TITLE)


def _hits(found: Found, referential: NDArray[np.bool_], rows: int, before: int) -> Hits:
    field = _FIELD[found.text // rows]
    listing = found.text % rows + before
    way = np.where(referential, _REFERENTIAL, np.where(found.plain, _PLAIN, _DISGUISED))
    order = np.lexsort((found.start, found.right, field, listing))
    none: Ints = np.full(len(found), -1)
    hits = Hits(
        listing=listing,
        right=found.right.astype(np.int32),
        way=way.astype(np.int8),
        field=field,
        start=found.start,
        end=found.end,
        form=found.form.astype(np.int32),
        image=none.astype(np.int32),
        box=np.zeros((len(found), 4), np.int32),
        distance=np.minimum(found.distance, np.iinfo(np.int16).max).astype(np.int16),
        trick=found.trick,
        strength=found.strength,
    )
    return hits.taken(order)
