"""Rows of a CSV file: RFC 4180, commas, a header line; every value is text."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from touchmark.engine.screening.problems import Problem
from touchmark.integrations.files import csv_frames
from touchmark.integrations.files.encoding import BOM, require_utf8
from touchmark.integrations.files.formats import UnusableFile
from touchmark.integrations.files.raw import Raw, broken_row


@dataclass(frozen=True, slots=True)
class CsvRows:
    """A CSV file that has been looked at: its column names, and where its first row begins."""

    path: Path
    columns: tuple[str, ...]
    body: int

    @classmethod
    def opened(cls, path: Path) -> "CsvRows":
        """
        :raises UnusableFile: if the file is not UTF-8, or has no usable header line
        """
        require_utf8(path)
        with path.open("rb") as stream:
            header = _header_bytes(path, stream.read(csv_frames.LONGEST))
        start = len(BOM) if header.startswith(BOM) else 0
        names = next(csv.reader(io.StringIO(header[start:].decode(), newline="")), [])
        return cls(path, _checked(path, [name.strip() for name in names]), len(header))

    def raws(self) -> Iterator[Raw]:
        """The rows of the file, in order, a frame at a time."""
        size, first = self.path.stat().st_size, 1
        with self.path.open("rb") as stream:
            stream.seek(self.body)
            for frame in csv_frames.frames(stream):
                raw, count = self._raw(frame, first, size)
                first += count
                yield raw

    def _raw(self, frame: csv_frames.Frame, first: int, size: int) -> tuple[Raw, int]:
        """The rows of a frame, and how many there were, refused ones included."""
        table, ragged = _parsed(frame.data, self.columns)
        count = table.num_rows + len(ragged) + len(frame.broken)
        rows = np.delete(np.arange(first, first + count, dtype=np.int64), [b.place for b in frame.broken])
        ragged_places = [number - 1 for number, _ in ragged]
        problems = [
            broken_row(first + b.place, b.text.decode("utf-8", "replace"), b.reason, b.remedy) for b in frame.broken
        ]
        problems += [self._wrong_width(int(rows[number - 1]), row) for number, row in ragged]
        columns = {name: table.column(i).combine_chunks() for i, name in enumerate(self.columns)}
        raw = Raw(np.delete(rows, ragged_places), columns, tuple(problems), min(1.0, frame.end / size))
        return raw, count

    def _wrong_width(self, row: int, found: arrow_csv.InvalidRow) -> Problem:
        reason = f"{found.actual_columns} values where the header has {found.expected_columns} columns"
        return broken_row(
            row, found.text, reason, 'give one value a column; put a value with a comma in it in quotes ("")'
        )


def _header_bytes(path: Path, head: bytes) -> bytes:
    """The first line that is not blank, with all before it and its line end; quotes may hold line ends."""
    quoted = False
    for at, byte in enumerate(head):
        if byte == ord('"'):
            quoted = not quoted
        elif byte in b"\r\n" and not quoted and head[:at].lstrip(BOM).strip():
            return head[: at + 2] if head[at : at + 2] == b"\r\n" else head[: at + 1]
    if not head.lstrip(BOM).strip():
        raise UnusableFile(f"{path}: the file is empty; its first line must name the columns")
    return head


def _checked(path: Path, names: list[str]) -> tuple[str, ...]:
    repeated = [name for name, times in Counter(names).items() if times > 1 and name]
    if repeated:
        raise UnusableFile(f"{path}: line 1 names the column {repeated[0]!r} more than once; keep one of them")
    return tuple(name or f"column {place}" for place, name in enumerate(names, 1))


def _parsed(data: bytes, names: tuple[str, ...]) -> tuple[pa.Table, list[tuple[int, arrow_csv.InvalidRow]]]:
    """The rows with as many values as there are columns, and the others by their number (from 1) among all."""
    ragged: list[tuple[int, arrow_csv.InvalidRow]] = []
    if not data:
        return pa.table({name: pa.array([], pa.string()) for name in names}), ragged

    def set_aside(row: arrow_csv.InvalidRow) -> Literal["skip"]:
        ragged.append((row.number or 0, row))  # always numbered, for we read on one thread
        return "skip"

    table = arrow_csv.read_csv(
        cast(IO[bytes], pa.BufferReader(data)),
        read_options=arrow_csv.ReadOptions(use_threads=False, column_names=list(names), block_size=len(data) + 1),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=set_aside),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
        ),
    )
    return table, ragged
