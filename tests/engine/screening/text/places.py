"""What the tests of words ask: which places of which marks are found in a title or a listing."""

from typing import Any, NamedTuple

import pyarrow as pa
from tests.engine.screening.scene import listings, register

from touchmark.engine.screening.hits import FIELDS, WAYS
from touchmark.engine.screening.text.marks import Marks
from touchmark.engine.screening.text.match import match_text


class Place(NamedTuple):
    """A hit in words: the number of its listing and right, its way, its field, its span and the text of the span."""

    listing: int
    right: int
    way: str
    field: str
    start: int
    end: int
    surface: str


def marks(*texts: str | dict[str, Any]) -> Marks:
    """Compile word marks."""
    return register(*({"text": text} if isinstance(text, str) else text for text in texts)).marks


def places(compiled: Marks, *rows: str | dict[str, Any]) -> list[Place]:
    """Match titles, or listings given by column."""
    return places_in(compiled, listings(*({"title": row} if isinstance(row, str) else row for row in rows)))


def places_in(compiled: Marks, batch: pa.Table) -> list[Place]:
    """Match a batch."""
    hits, rows = match_text(batch, compiled), batch.to_pylist()
    found = []
    for i in range(len(hits)):
        listing, field = int(hits.listing[i]), FIELDS[hits.field[i]]
        start, end = int(hits.start[i]), int(hits.end[i])
        way = WAYS[hits.way[i]].value
        found.append(Place(listing, int(hits.right[i]), way, field, start, end, rows[listing][field][start:end]))
    return found


def said(compiled: Marks, title: str) -> list[tuple[str, str]]:
    """Way and surface of every place in a title."""
    return [(place.way, place.surface) for place in places(compiled, title)]
