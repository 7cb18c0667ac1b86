"""
Bodies of many rows: JSON Lines, one object a line, read to a file first and then taken in batch by batch.

Memory stays bounded, and a body that is too long or breaks off is refused before any of it is taken in.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from touchmark.api.bodies import Sent, blocks_of, length_of, require_length, require_whole
from touchmark.api.problems import Refused
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.engine.screening.intake import Intake, Outcome, Tell
from touchmark.engine.screening.problems import Problem as Fault
from touchmark.integrations.files.formats import UnusableFile
from touchmark.integrations.files.reading import Batch, Reader, open_table
from touchmark.integrations.files.tables import Table

#: Rows of one call, and bytes of its body.
MOST_ROWS = 10_000
MOST_BYTES = 64 * 2**20
#: Rows that are taken in together: one transaction.
BATCH = 1_000
#: So many faults are told; a call with more has something wrong with all of its rows.
MOST_TOLD = 10_000
TYPES = ("application/jsonl", "application/x-ndjson")
_NOT_SENT = "missing"


class RowFault(Schema):
    """One value that could not be used: in which row, what is wrong, and what to do. ``refused`` leaves the row out."""

    row: int
    column: str
    value: str | None
    reason: str
    remedy: str
    severity: str


class RowResult(Schema):
    """What became of one row: whether it was news, changed what was here, gave way to a later row, or was left out."""

    row: int
    id: str | None
    outcome: Literal["new", "changed", "unchanged", "repeated", "refused"]


class Taken(Schema):
    """
    What became of the rows: ``results`` has each, in their order, with its id (null where it has none), and the first
    five counts add them up; ``faults`` say what was wrong.

    Rows are counted from 1, as lines of the body that are not blank. ``repeated`` rows gave way to a later one.
    ``pictures_missing`` are named by the rows and have not been sent yet.
    """

    rows: int
    new: int
    changed: int
    unchanged: int
    repeated: int
    refused: int
    pictures_missing: int
    faults: list[RowFault]
    faults_left_out: int
    results: list[RowResult]


def body_of(schema: str) -> dict[str, Any]:
    """Describe the body in the API's document."""
    text = {"schema": {"type": "string", "description": schema, "pattern": r"^[^\u0000]*$"}}
    return {"requestBody": {"required": True, "content": dict.fromkeys(TYPES, text)}}


def reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have the body of a request in a file, under ``sent``, for as long as the operation works."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with TemporaryDirectory(prefix="touchmark-rows-") as folder:
            request.sent = _read(request, Path(folder) / "rows.jsonl")  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

    return inner


def _read(request: HttpRequest, path: Path) -> Sent:
    _require_lines(request)
    digest, size, rows, begun = hashlib.sha256(), 0, 0, False
    with path.open("wb") as file:
        for block in blocks_of(request):
            size += len(block)
            digest.update(block)
            file.write(block)
            lines = block.split(b"\n")
            for place, line in enumerate(lines):
                begun = begun or bool(line.strip())
                if place < len(lines) - 1:
                    rows, begun = rows + begun, False
            _require_fits(size, rows + begun)
    require_whole(request, size)
    return Sent(path, digest.hexdigest())


def _require_lines(request: HttpRequest) -> None:
    if request.content_type not in TYPES:
        detail = f"Send JSON Lines, one object a line, with Content-Type: {TYPES[0]}."
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    require_length(request)
    _require_fits(length_of(request), 0)


def _require_fits(size: int, rows: int) -> None:
    if size > MOST_BYTES or rows > MOST_ROWS:
        detail = f"A call takes {MOST_ROWS:,} rows and {MOST_BYTES >> 20} MB. Nothing was taken in: send it in parts."
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


def opened(sent: Sent, table: Table) -> Reader:
    """
    Open a body to be read, as often as wanted.

    :raises Refused: if it is not UTF-8
    """
    try:
        return open_table(sent.path, table, batch_rows=BATCH)
    except UnusableFile:
        raise Refused(HTTPStatus.BAD_REQUEST, "The body is not UTF-8: write all of it in UTF-8.") from None


def take_in(reader: Reader, batch_in: Callable[[Batch, Tell], Intake]) -> Taken:
    """Take the rows of a body in, a batch at a time, and note of each row what became of it."""
    intake, results = Intake(), list[RowResult]()
    for batch in reader:
        outcomes = _Outcomes()
        taken = batch_in(batch, outcomes.tell)
        problems = sorted((*batch.problems, *taken.problems), key=lambda problem: problem.row)
        intake += Intake(taken.new, taken.changed, taken.unchanged, taken.repeated, problems=tuple(problems))
        results += outcomes.of(batch, reader.table.required[0], problems)
    return _told(intake, results)


class _Outcomes:
    """What became of the rows of a batch; one of which nothing is said gave way to a later one."""

    def __init__(self) -> None:
        self._told: dict[int, Outcome] = {}

    def tell(self, outcome: Outcome, rows: Iterable[int], /) -> None:
        self._told |= dict.fromkeys(rows, outcome)

    def of(self, batch: Batch, name: str, problems: Iterable[Fault]) -> Iterator[RowResult]:
        self.tell(Outcome.REFUSED, (problem.row for problem in problems if problem.severity == "refused"))
        read = zip(batch.rows.column("row").to_pylist(), batch.rows.column(name).to_pylist(), strict=True)
        ids: dict[Any, Any] = dict(read)
        for row, found in sorted((ids | dict(batch.left_out)).items()):
            yield RowResult(row=row, id=found, outcome=self._told.get(row, Outcome.REPEATED).value)


def no_pictures(name: str, /) -> bytes:
    """Give no picture: rows name them, their bytes are sent one by one."""
    raise UnreadableImage(_NOT_SENT)


def _told(intake: Intake, results: list[RowResult]) -> Taken:
    faults = [problem for problem in intake.problems if not _not_sent(problem)]
    return Taken(
        rows=len(results),
        new=intake.new,
        changed=intake.changed,
        unchanged=intake.unchanged,
        repeated=intake.repeated,
        refused=intake.refused,
        pictures_missing=len(intake.problems) - len(faults),
        faults=[_fault(problem) for problem in faults[:MOST_TOLD]],
        faults_left_out=max(0, len(faults) - MOST_TOLD),
        results=results,
    )


def _not_sent(problem: Fault) -> bool:
    return problem.column == "images" and problem.reason == UnreadableImage(_NOT_SENT).sentence


def _fault(problem: Fault) -> RowFault:
    return RowFault(
        row=problem.row,
        column=problem.column,
        value=problem.value,
        reason=problem.reason,
        remedy=problem.remedy,
        severity=problem.severity,
    )
