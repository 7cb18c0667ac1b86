"""Columns of batches and registers as single arrays, and what is read of them at given places."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Batch = pa.Table | pa.RecordBatch
Places = NDArray[np.int64] | NDArray[np.int32]

#: Arrow's functions over arrays; their stubs know neither plain values nor unions of arrays as arguments.
compute: Any = pc


def whole(table: Batch, name: str) -> Any:
    """Give a column as one array."""
    return _one(table.column(name))


def taken(table: Batch, name: str, at: Places) -> Any:
    """Give a column's values at these places."""
    column: Any = table.column(name)
    return _one(column.take(pa.array(at)))


def rows_of(table: Batch, at: Places) -> Batch:
    """Give the rows at these places."""
    rows: Batch = cast(Any, table).take(pa.array(at))
    return rows


def _one(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def spelled(column: Any) -> Any:
    """Give words trimmed and in small letters; an empty one is null."""
    words = compute.utf8_lower(compute.utf8_trim_whitespace(column))
    return compute.if_else(compute.equal(words, ""), None, words)


def truth(column: Any) -> NDArray[np.bool_]:
    """Null is not true."""
    return np.asarray(compute.fill_null(column, False)).astype(np.bool_)


def positive(column: Any) -> NDArray[np.float64]:
    """Give numbers, NaN where there is none above zero."""
    values = np.asarray(compute.fill_null(column, np.nan)).astype(np.float64)
    return np.where(np.isfinite(values) & (values > 0), values, np.nan)


def any_in(lists: Any, fits: Callable[[Any], NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """Tell which lists hold an entry that fits; ``fits`` is asked of all entries at once."""
    at = np.asarray(compute.list_parent_indices(lists)).astype(np.int64)
    found = np.zeros(len(lists), np.bool_)
    found[at[fits(compute.list_flatten(lists))]] = True
    return found
