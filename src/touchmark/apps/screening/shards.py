"""
The words of the catalogue in files that can be read at once: where a new right finds its listings in seconds.

Each screened batch is appended as a small Arrow file, mapped and not read; the last entry of a listing counts, and
earlier ones cost a look and no more. Words are kept as they were written, not folded: folding is a small part of
matching, and so nothing is to be rewritten when the fold learns another character. What is missing here, or is of
another state of the listing, costs time and loses nothing: such listings are screened like new ones.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.ipc
from django.conf import settings
from numpy.typing import NDArray

from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.screening.text.match import TEXT_FIELDS, match_text

Keys = NDArray[np.int64]

#: So many small files are left alone; a file of so many rows is not small.
FILES, ROWS = 32, 50_000

_NONE = np.empty(0, np.int64)


def append(keys: Sequence[int], digests: Sequence[str], batch: pa.RecordBatch, *, at: datetime) -> None:
    """Keep the words of a batch of listings, row for row with their keys and digests."""
    columns = {"key": pa.array(keys, pa.int64()), "mark": pa.array([mark_of(digest) for digest in digests], pa.int64())}
    _write(pa.table(columns | {name: batch[name] for name in TEXT_FIELDS}), at)


def mark_of(digest: str) -> int:
    """Give the first 60 bits of a listing's digest: what tells one state of it from another."""
    return int(digest[:15], 16)


def look(snapshot: Snapshot) -> tuple[Keys, Keys, Keys]:
    """
    Give key and mark of all entries, one for each, and the keys of listings in which a mark of these rights may stand.

    The latter are no fewer than would be found, rather more.
    """
    keys, marks, found = [_NONE], [_NONE], [_NONE]
    for shard in _shards():
        key = np.asarray(shard["key"])
        keys.append(key)
        marks.append(np.asarray(shard["mark"]))
        found.append(key[np.unique(match_text(shard, snapshot.marks).listing)])
    return np.concatenate(keys), np.concatenate(marks), np.unique(np.concatenate(found))


def tidy(*, at: datetime) -> int:
    """Put small files together where there are many, without what later entries overtook; give how many that took."""
    paths = _paths()
    small = [path for path in paths if _open(path).num_rows < ROWS] if len(paths) > FILES else []
    if len(small) <= FILES:
        return 0
    whole = pa.concat_tables([_open(path) for path in small])
    key = np.asarray(whole["key"])
    _, from_behind = np.unique(key[::-1], return_index=True)
    _write(whole.take(np.sort(len(key) - 1 - from_behind)), at)
    for path in small:
        path.unlink(missing_ok=True)
    return len(small)


def _shards() -> Iterator[pa.Table]:
    for path in _paths():
        try:
            yield _open(path)
        except FileNotFoundError:  # put together with others meanwhile, in a file that this pass may not see
            continue


def _paths() -> list[Path]:
    folder: Path = settings.SHARDS
    return sorted(folder.glob("*.arrow"))


def _open(path: Path) -> pa.Table:
    return pyarrow.ipc.open_file(pa.memory_map(str(path))).read_all()


def _write(table: pa.Table, at: datetime) -> None:
    """Write a file that is there whole or not at all; names go by time."""
    folder: Path = settings.SHARDS
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{at:%Y%m%dT%H%M%S%f}-{uuid4().hex}"
    with pa.OSFile(str(folder / f".{name}"), "wb") as sink, pyarrow.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    os.replace(folder / f".{name}", folder / f"{name}.arrow")
