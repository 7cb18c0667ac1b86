"""
At how many sellers the pictures of a file of listings are shown: counted over the whole file, before it is screened.

A picture is known by the bytes of its file, whatever its names. What is written down on the way lies in a file that is
gone at the end; in memory are the pairs of one share of the pictures, and the names of those that many sellers show.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from touchmark.engine.screening.compare.context import Context
from touchmark.engine.screening.features import FEW_SELLERS
from touchmark.engine.screening.image.picture import digest
from touchmark.engine.screening.image.shown import MOST_PICTURES
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.integrations.files.images import FolderImages
from touchmark.integrations.files.reading import Reader
from touchmark.runners.base import Runner

pc: Any = pyarrow.compute

#: Pairs of a picture and a seller that are held at once.
AT_ONCE = 4_000_000
#: Names of pictures that are kept: those that most sellers show.
MOST_NAMES = 1_000_000

_FIELDS: "list[pa.Field[Any]]" = [
    pa.field("name", pa.string()),
    pa.field("picture", pa.uint64()),
    pa.field("seller", pa.uint64()),
]
_SHOWN = pa.schema(_FIELDS)


@dataclass(frozen=True, slots=True)
class Digests:
    """What is done with each batch, on any worker: which picture is shown under which name by whom."""

    images: Path

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Give a row for each picture that can be read, in the columns of ``_SHOWN``; numbers are of digests."""
        bytes_of = FolderImages(self.images)
        known: dict[str, int | None] = {}
        rows: list[tuple[str, int, int]] = []
        columns = (batch.column(name).to_pylist() for name in ("images", "marketplace", "seller_id"))
        for names, marketplace, seller in zip(*columns, strict=True):
            if names and seller:
                by = _number(f"{marketplace or ''}\x1f{seller}".encode())
                rows += [(name, picture, by) for name, picture in _pictures(names, bytes_of, known)]
        return pa.record_batch([list(column) for column in zip(*rows, strict=True)] or [[], [], []], schema=_SHOWN)


def can_be_counted(listings: Reader) -> bool:
    """Tell whether a file may have both pictures and sellers; nothing of it is read."""
    return listings.columns is None or {"images", "seller_id"} <= set(listings.columns)


def over_the_file(listings: Reader, images: Path, runner: Runner, read: Callable[[int, float], None]) -> Context:
    """
    Count over all listings of a file.

    :param read: called with the number of listings in each batch that is read, and the share of the file so far
    """

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in listings:
            yield batch.rows
            read(batch.rows.num_rows, batch.share)

    with _written(runner.map(Digests(images), batches())) as (path, rows):
        shown = [_shown_by_many(path, share, shares) for shares in [rows // AT_ONCE + 1] for share in range(shares)]
        pictures = pa.concat_tables(shown)
        return Context(_named(path, pictures))


def _pictures(
    names: list[str | None], bytes_of: FolderImages, known: dict[str, int | None]
) -> Iterator[tuple[str, int]]:
    for name in names[:MOST_PICTURES]:
        if name and name not in known:
            try:
                known[name] = _number(bytes_of(name))
            except UnreadableImage:
                known[name] = None
        if name and (picture := known[name]) is not None:
            yield name, picture


def _number(data: bytes) -> int:
    return int.from_bytes(digest(data)[:8])


@contextmanager
def _written(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Path, int]]:
    """Write batches into a file that is gone afterwards; give it, and the number of rows."""
    with tempfile.TemporaryDirectory() as folder:
        path, rows = Path(folder) / "shown.arrow", 0
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, _SHOWN) as stream:
            for batch in batches:
                stream.write_batch(batch)
                rows += batch.num_rows
        yield path, rows


def _read(path: Path) -> Iterator[pa.RecordBatch]:
    with pa.OSFile(str(path), "rb") as file, pa.ipc.open_stream(file) as stream:
        yield from stream


def _shown_by_many(path: Path, share: int, shares: int) -> pa.Table:
    """Count the sellers of one share of the pictures, and keep those with more than few."""
    parts = []
    for batch in _read(path):
        pairs = pa.Table.from_batches([batch]).select(["picture", "seller"])
        own = np.asarray(batch.column("picture")) % np.uint64(shares) == np.uint64(share)
        parts.append(pairs.filter(pa.array(own)).group_by(["picture", "seller"]).aggregate([]))
    pairs = pa.concat_tables([_SHOWN.empty_table().select(["picture", "seller"]), *parts])
    counts = pairs.group_by(["picture", "seller"]).aggregate([]).group_by("picture").aggregate([("seller", "count")])
    counts = counts.rename_columns({"seller_count": "sellers"})
    return counts.filter(pc.greater(counts["sellers"], FEW_SELLERS))


def _named(path: Path, pictures: pa.Table) -> pa.Table:
    """Give the names of pictures, with how many sellers show them; of very many those that most show."""
    found = [
        pa.Table.from_batches([batch.filter(pc.is_in(batch.column("picture"), value_set=pictures["picture"]))])
        for batch in _read(path)
    ]
    named = pa.concat_tables([_SHOWN.empty_table(), *found]).group_by(["name", "picture"]).aggregate([])
    joined = named.join(pictures, "picture").select(["name", "sellers"]).rename_columns(["picture", "sellers"])
    most = joined.sort_by([("sellers", "descending"), ("picture", "ascending")]).slice(0, MOST_NAMES)
    return most.sort_by("picture")
