"""The engine under test, called as anybody would: a register and listings in, findings out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from benchmarks.words.cases import Case, Mark
from benchmarks.words.measure import Found
from touchmark.engine.screening import schemas
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot

AS_OF = date(2026, 3, 31)


def register(marks: Sequence[Mark], distractors: Sequence[str]) -> pa.Table:
    """The marks under test and the others, as rights."""
    tested = [
        {
            "right_id": mark.right_id,
            "text": mark.text,
            "aliases": list(mark.aliases) or None,
            "nice_classes": list(mark.classes) or None,
        }
        for mark in marks
    ]
    others: list[dict[str, Any]] = [{"right_id": f"other-{n:07d}", "text": name} for n, name in enumerate(distractors)]
    fixed = {"kind": "word_mark", "status": "registered"}
    rows = [{"row": n, "brand": right["text"], **fixed, **right} for n, right in enumerate([*tested, *others], 1)]
    return pa.Table.from_pylist(rows, schema=schemas.RIGHTS)


def compiled(rights: pa.Table) -> Snapshot:
    """The register, compiled."""
    return compile_register(rights, None)[0].as_of(AS_OF)


def listings(cases: Sequence[Case]) -> pa.Table:
    """The cases in the columns of listings; nothing in them says what is true."""
    rows = [
        {
            "row": n,
            "listing_id": f"case-{n}",
            "marketplace": "benchmark",
            "title": case.title,
            "description": case.description,
            "brand": case.brand,
            "category": case.category,
            "attributes": case.attributes,
        }
        for n, case in enumerate(cases)
    ]
    return pa.Table.from_pylist(rows, schema=schemas.LISTINGS)


def findings(cases: Sequence[Case], snapshot: Snapshot) -> Iterator[Found]:
    """What the engine finds."""
    found, _ = screen(listings(cases), None, snapshot, Model.default())
    for row in found.to_pylist():
        yield Found(row["row"], row["right_id"], row["way"], row["field"], row["start"], row["end"])
