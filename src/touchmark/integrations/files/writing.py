"""
Findings, assessments and refused rows to files: whole or not at all, and the same bytes for the same rows.

All files of one run are written beside their places under other names and take them together at its end, so an
interrupted run leaves what was there before.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

import pyarrow as pa

from touchmark.integrations.files.formats import Format, UnusableFile, format_of
from touchmark.integrations.files.lines import csv_lines, json_lines

#: A Parquet file is written in groups of this many rows, however the rows come in.
GROUP = 65_536


class _Rows(Protocol):
    def write(self, table: pa.Table) -> None: ...

    def close(self) -> None: ...


class Outputs:
    """
    The files of one run, as a context: at its end all take their places; on any exception none does.

    :raises UnusableFile: if a file cannot be written there
    """

    def __init__(self) -> None:
        self._open: list[Output] = []

    def add(self, path: Path, schema: pa.Schema) -> "Output":
        """One more file, in the format of its suffix."""
        if any(path.resolve() == other.path.resolve() for other in self._open):
            raise UnusableFile(f"{path}: two outputs cannot go to the same file; name another")
        output = Output(path, schema)
        self._open.append(output)
        return output

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for output in self._open:
                    output.finish()
                for output in self._open:
                    output.take_place()
        finally:
            for output in self._open:
                output.discard()


class Output:
    """One file being written, beside its place until it is whole."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        kind = format_of(path)
        if path.is_dir():
            raise UnusableFile(f"{path}: this is a folder; name a file to write")
        self.path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            self._stream = self._part.open("xb")
        except OSError as refusal:
            raise UnusableFile(f"{path}: cannot be written ({refusal.strerror}); check the folder") from None
        self._rows: _Rows = _WRITERS[kind](self._stream, schema)
        self._finished = False

    def write(self, rows: pa.Table | pa.RecordBatch) -> None:
        """Add rows, in order."""
        self._rows.write(rows if isinstance(rows, pa.Table) else pa.Table.from_batches([rows]))

    def finish(self) -> None:
        """Bring everything to the disk."""
        self._rows.close()
        self._finished = True
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()

    def take_place(self) -> None:
        """Put the finished file where it belongs."""
        self._part.replace(self.path)

    def discard(self) -> None:
        """Leave nothing of an unfinished file; nothing happens to one that has taken its place."""
        if not self._finished:
            with suppress(Exception):  # a full disk is no reason to hide what went wrong before
                self._rows.close()
        with suppress(OSError):
            self._stream.close()
        with suppress(FileNotFoundError):
            self._part.unlink()


class _CsvRows:
    """A value is written as it is, also where a spreadsheet would take it for a formula: programs read these files."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._stream = stream
        self._stream.write(",".join(schema.names).encode() + b"\n")

    def write(self, table: pa.Table) -> None:
        self._stream.write(csv_lines(table))

    def close(self) -> None:
        pass


class _JsonRows:
    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._stream = stream

    def write(self, table: pa.Table) -> None:
        self._stream.write(json_lines(table))

    def close(self) -> None:
        pass


class _ParquetRows:
    """Row groups of ``GROUP`` rows, whatever sizes the rows come in."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        import pyarrow.parquet as pq  # costs the others a tenth of a second

        self._writer = pq.ParquetWriter(stream, schema, compression="zstd")
        self._waiting: list[pa.Table] = []
        self._count = 0

    def write(self, table: pa.Table) -> None:
        self._waiting.append(table)
        self._count += table.num_rows
        while self._count >= GROUP:
            self._flush(GROUP)

    def _flush(self, rows: int) -> None:
        whole = pa.concat_tables(self._waiting)
        self._writer.write_table(whole.slice(0, rows), row_group_size=GROUP)
        self._waiting, self._count = [whole.slice(rows)], self._count - rows

    def close(self) -> None:
        if self._count:
            self._flush(self._count)
        self._writer.close()


_WRITERS: dict[Format, type[_CsvRows] | type[_JsonRows] | type[_ParquetRows]] = {
    Format.CSV: _CsvRows,
    Format.JSON_LINES: _JsonRows,
    Format.PARQUET: _ParquetRows,
}


def require_apart(inputs: Sequence[Path], outputs: Sequence[Path]) -> None:
    """
    Make sure that no output would take the place of an input.

    :raises UnusableFile: naming the one that would
    """
    taken = {path.resolve() for path in inputs}
    for path in outputs:
        if path.resolve() in taken:
            raise UnusableFile(f"{path}: this file is also read; write to another")
