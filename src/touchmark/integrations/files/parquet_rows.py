"""Rows of a Parquet file: each column is brought to text, or lists of text, and then read like any other file's."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from touchmark.integrations.files.formats import UnusableFile
from touchmark.integrations.files.raw import Raw
from touchmark.integrations.files.tables import Table
from touchmark.integrations.files.values import Values, pc

ROWS = 8192


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """A Parquet file that has been looked at."""

    path: Path
    table: Table
    columns: tuple[str, ...]
    rows: int

    @classmethod
    def opened(cls, path: Path, table: Table) -> "ParquetRows":
        """
        :raises UnusableFile: if it is no Parquet, or a column is of a kind that cannot be read
        """
        try:
            with pq.ParquetFile(path) as file:
                schema, rows = file.schema_arrow, file.metadata.num_rows
        except (pa.ArrowException, OSError) as fault:
            raise _not_parquet(path, fault) from None
        if len(set(schema.names)) < len(schema.names):
            raise UnusableFile(f"{path}: two columns have the same name; keep one of them")
        for field in schema:
            if field.name in table.columns:
                _require_readable(path, table, field)
        return cls(path, table, tuple(schema.names), rows)

    def raws(self) -> Iterator[Raw]:
        """
        The rows of the file, in order.

        :raises UnusableFile: if the file turns out to be damaged on the way
        """
        first = 1
        try:
            with pq.ParquetFile(self.path, memory_map=True) as file:
                for batch in file.iter_batches(ROWS):
                    batch.validate(full=True)  # text that is not UTF-8 would pass otherwise
                    yield self._raw(batch, first)
                    first += batch.num_rows
        except (pa.ArrowException, OSError) as fault:
            raise _not_parquet(self.path, fault) from None

    def _raw(self, batch: pa.RecordBatch, first: int) -> Raw:
        columns = {name: _as_text(batch.column(name), self._is_list(name)) for name in self.columns}
        rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
        return Raw(rows, columns, (), min(1.0, (first - 1 + batch.num_rows) / max(1, self.rows)))

    def _is_list(self, name: str) -> bool:
        return name in self.table.columns and pa.types.is_list(self.table.schema.field(name).type)


def _not_parquet(path: Path, fault: Exception) -> UnusableFile:
    return UnusableFile(f"{path}: not a sound Parquet file ({str(fault).splitlines()[0][:120]}); write it again")


def _require_readable(path: Path, table: Table, field: "pa.Field[Any]") -> None:
    wanted = table.schema.field(field.name).type
    if pa.types.is_list(wanted):
        readable, name = _is_list(field.type) and not pa.types.is_nested(field.type.value_type), "a list of text"
    elif field.name == "attributes":
        readable, name = True, "a struct, a map or JSON text"
    else:
        readable, name = not pa.types.is_nested(field.type), "text"
    if not readable and not pa.types.is_null(field.type):
        raise UnusableFile(f"{path}: the column {field.name} is {field.type}; write it as {name}")


def _is_list(kind: pa.DataType) -> bool:
    return pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)


def _as_text(values: Values, as_list: bool) -> Values:
    if pa.types.is_null(values.type):
        return pa.nulls(len(values), pa.list_(pa.string()) if as_list else pa.string())
    if as_list:
        return values.cast(pa.list_(pa.string()))
    if pa.types.is_nested(values.type):
        objects = values.to_pylist(maps_as_pydicts="lossy")
        return pa.array([None if found is None else _json(found) for found in objects], pa.string())
    if pa.types.is_floating(values.type):  # what a table of numbers writes where there is none
        values = pc.if_else(pc.is_nan(values), pa.scalar(None, values.type), values)
    texts = values.cast(pa.string())
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
