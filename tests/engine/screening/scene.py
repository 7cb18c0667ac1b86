"""Small registers, batches and hits for the tests of the model: only what a test is about is written down."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.hits import FIELDS, WAYS, Hits, Trick
from touchmark.engine.screening.image.shown import Unreadable
from touchmark.engine.screening.schemas import LISTINGS, RIGHTS, SELLERS
from touchmark.engine.screening.snapshot.prices import Prices
from touchmark.engine.screening.snapshot.words import Words
from touchmark.engine.screening.text import forms
from touchmark.engine.screening.text.marks import Marks, compile_marks
from touchmark.engine.terms import Way


@dataclass(frozen=True)
class Register:
    """What the model reads of a snapshot."""

    rights: pa.Table
    marks: Marks
    prices: Prices = field(default_factory=Prices.none)
    words: Words = field(default_factory=Words.none)


def register(*rights: dict[str, Any], known: bool = False) -> Register:
    """Compile rights; word marks unless told. ``known``: with names that nobody gave, of which few tests are."""
    rows = [
        {"row": i + 1, "right_id": f"r{i}", "kind": "word_mark", "brand": right.get("text")} | right
        for i, right in enumerate(rights)
    ]
    table = pa.Table.from_pylist(rows, schema=RIGHTS)
    with nullcontext() if known else patch.object(forms, "known_names", lambda text: ()):
        return Register(table, compile_marks(table)[0])


def listings(*rows: dict[str, Any]) -> pa.Table:
    """Write a batch, every column there."""
    full = [{"row": i + 1, "listing_id": f"l{i}", "title": "something"} | row for i, row in enumerate(rows)]
    return pa.Table.from_pylist(full, schema=LISTINGS)


def sellers(*rows: dict[str, Any]) -> pa.Table:
    """Write a table of sellers."""
    return pa.Table.from_pylist([{"row": i + 1} | row for i, row in enumerate(rows)], schema=SELLERS)


def use(
    listing: int,
    right: int,
    way: Way = Way.PLAIN,
    *,
    field: str = "title",
    start: int = 0,
    form: int | None = None,
    distance: int = 0,
    trick: Trick = Trick.LOOKALIKES,
) -> dict[str, Any]:
    """Write one hit; the form of a word is the first of its right unless told."""
    picture = way in (Way.COPIED_IMAGE, Way.LOGO, Way.LOOKALIKE)
    return {
        "listing": listing,
        "right": right,
        "way": WAYS.index(way),
        "field": FIELDS.index("images" if picture else field),
        "start": -1 if picture else start,
        "end": -1 if picture else start + 5,
        "form": -1 if picture else right if form is None else form,
        "image": 0 if picture else -1,
        "box": (0, 0, 9, 9) if picture else (0, 0, 0, 0),
        "distance": distance,
        "trick": 0 if picture or way != Way.DISGUISED else trick,
        "strength": 1.0,
    }


def hits(*uses: dict[str, Any]) -> Hits:
    """Put hits together, in the order given."""
    none = Hits.none()
    if not uses:
        return none
    return Hits(
        **{name: np.array([use[name] for use in uses], getattr(none, name).dtype) for name in Hits.__dataclass_fields__}
    )


def unreadable(*entries: tuple[int, str, str]) -> Unreadable:
    """Write what could not be read: listing, name, code."""
    columns = list(zip(*entries, strict=True)) if entries else [(), (), ()]
    return Unreadable(
        np.array(columns[0], np.int64),
        pa.array(columns[1], pa.string()),
        pa.array(columns[2], pa.string()),
        pa.array(["."] * len(entries), pa.string()),
    )
