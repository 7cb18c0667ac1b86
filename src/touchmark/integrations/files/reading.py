"""From a file to batches in the engine's schema, with everything that was wrong said row by row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.problems import Problem
from touchmark.engine.screening.schemas import REFUSED
from touchmark.integrations.files import checks
from touchmark.integrations.files.csv_rows import CsvRows
from touchmark.integrations.files.formats import Format, UnusableFile, format_of, require_file
from touchmark.integrations.files.json_rows import JsonRows
from touchmark.integrations.files.raw import Raw
from touchmark.integrations.files.tables import Table

if TYPE_CHECKING:
    from touchmark.integrations.files.parquet_rows import ParquetRows

#: Rows in a batch at most; a batch of long rows is cut sooner, at about a mebibyte of text.
ROWS = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """
    Some rows of a file.

    ``rows`` has the table's schema; ``extra`` has the columns that the contract does not know, as text, row for row
    (None where there are none).
    ``problems`` are refused rows (which are in neither) and warnings, sorted by row. ``share`` is the part of the file,
    0 to 1, that has been read with this batch. ``left_out`` are the refused rows, each with its id if it has one.
    """

    rows: pa.RecordBatch
    extra: pa.RecordBatch | None
    problems: tuple[Problem, ...]
    share: float
    left_out: Mapping[int, str | None]

    @property
    def refused(self) -> pa.Table:
        """The problems in the columns of ``schemas.REFUSED``."""
        return refused_table(self.problems)

    @property
    def refused_rows(self) -> int:
        """How many rows were left out."""
        return count_refused(self.problems)


@dataclass(frozen=True, slots=True)
class Reader:
    """
    A file that has been looked at and can be read, as often as wanted.

    ``columns`` are the names in its header; None for JSON Lines, where each line has its own.
    """

    path: Path
    table: Table
    source: "CsvRows | JsonRows | ParquetRows"
    batch_rows: int

    @property
    def columns(self) -> tuple[str, ...] | None:
        """The names in the header of the file, if it has one."""
        return self.source.columns

    def __iter__(self) -> Iterator[Batch]:
        """
        :raises UnusableFile: if the file turns out to be damaged on the way
        """
        seen: dict[tuple[str | None, ...], int] = {}
        for whole in self.source.raws():
            for raw in whole.parts(self.batch_rows):
                yield self._batch(raw, seen)

    def _batch(self, raw: Raw, seen: dict[tuple[str | None, ...], int]) -> Batch:
        checked = checks.checked(raw, self.table)
        if self.table.key:
            checks.refuse_repeated(checked, self.table.key, seen)
        out = np.isin(raw.row, list(checked.refused()))
        ids = checked.columns[self.table.required[0]].filter(pa.array(out)).to_pylist()
        unread = dict.fromkeys(checked.refused())  # a line that is no row at all has no id
        left_out = unread | dict(zip(raw.row[out].tolist(), ids, strict=True))
        keep = pa.array(~out)
        columns = dict(checked.columns, row=pa.array(raw.row), unreadable=checks.unreadable_names(checked))
        rows = pa.record_batch([columns[name] for name in self.table.schema.names], schema=_loose(self.table.schema))
        rows = rows.filter(keep).cast(self.table.schema)
        extra = {name: values for name, values in raw.columns.items() if name not in self.table.columns}
        problems = sorted(checked.problems, key=lambda problem: problem.row)
        kept = pa.record_batch(extra).filter(keep) if extra else None
        return Batch(rows, kept, tuple(problems), raw.share, left_out)


def open_table(path: Path, table: Table, *, batch_rows: int = ROWS) -> Reader:
    """
    A reader of a file of rights, listings or sellers, in CSV, JSON Lines or Parquet.

    :raises UnusableFile: if there is no such file, its suffix or encoding is none of ours, or a required column is not
        in its header
    """
    require_file(path)
    source = _source(path, table)
    if source.columns is not None:
        _require_columns(path, table, source.columns)
    return Reader(path, table, source, batch_rows)


def read_whole(path: Path, table: Table) -> tuple[pa.Table, tuple[Problem, ...]]:
    """
    All rows of a file that fits in memory (a register, the sellers), and all that was wrong with it.

    :raises UnusableFile: as ``open_table`` does
    """
    batches = list(open_table(path, table))
    rows = pa.Table.from_batches([batch.rows for batch in batches], table.schema).combine_chunks()
    return rows, tuple(problem for batch in batches for problem in batch.problems)


def refused_table(problems: Iterable[Problem]) -> pa.Table:
    """Problems in the columns of ``schemas.REFUSED``."""
    found = list(problems)
    return pa.table({name: [getattr(problem, name) for problem in found] for name in REFUSED.names}, schema=REFUSED)


def count_refused(problems: Iterable[Problem]) -> int:
    """How many rows the problems leave out."""
    return len({problem.row for problem in problems if problem.severity == "refused"})


def _source(path: Path, table: Table) -> "CsvRows | JsonRows | ParquetRows":
    match format_of(path):
        case Format.CSV:
            return CsvRows.opened(path)
        case Format.JSON_LINES:
            return JsonRows.opened(path, table)
        case Format.PARQUET:
            from touchmark.integrations.files.parquet_rows import ParquetRows  # costs the others a tenth of a second

            return ParquetRows.opened(path, table)


def _require_columns(path: Path, table: Table, found: tuple[str, ...]) -> None:
    missing = [name for name in table.required if name not in found]
    if table.one_of and not set(table.one_of) & set(found):
        missing.append(" or ".join(table.one_of))
    if not missing:
        return
    remedy = (
        "separate the columns with commas"
        if len(found) == 1
        else f"add it, or rename the one that holds the {missing[0]}"
    )
    names = ", ".join(found)[:300]
    raise UnusableFile(f"{path}: no column {missing[0]} for {table.name}; the columns found are: {names}; {remedy}")


def _loose(schema: pa.Schema) -> pa.Schema:
    """The schema while rows without required values are still among the others."""
    return pa.schema([field.with_nullable(True) for field in schema])
