"""Rows of a file that a later row of the same file overtakes."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.apps.catalog.listings_in import overtaken
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.engine.screening.intake import Intake

#: Bytes of a digest: among ten million listings the chance that any two share one is under 1 in 10^24.
_SIZE = 16
_NONE = np.empty(0, f"S{_SIZE}")


class Repeats:
    """
    Which rows of a file name a listing that a later row names again: of those only the last is taken in.

    A whole file is looked at before its first row is written, so that taking it in a second time writes nothing: with
    each row overtaking the one before, a repeated listing would change back and forth each time.
    """

    def __init__(self, batches: Iterable[pa.RecordBatch], marketplaces: Marketplaces) -> None:
        self._marketplaces = marketplaces
        seen = [(self._named(batch), batch.column("row").to_numpy()) for batch in batches] or [(_NONE, np.empty(0))]
        named, rows = (np.concatenate(column) for column in zip(*seen, strict=True))
        order = np.argsort(named, kind="stable")  # rows of one listing stay in the order of the file
        named, rows = named[order], rows[order]
        first, last = np.ones(len(named), np.bool_), np.ones(len(named), np.bool_)
        first[1:] = last[:-1] = named[1:] != named[:-1]
        repeated = last & ~first
        self._named_again, self._last = named[repeated], rows[repeated]

    def overtaken(self, rows: pa.RecordBatch) -> dict[int, int]:
        """Give the rows of a batch that a later row overtakes, each with the last such row."""
        if not len(self._last):
            return {}
        named, numbers = self._named(rows), rows.column("row").to_numpy()
        at = np.minimum(np.searchsorted(self._named_again, named), len(self._last) - 1)
        last = self._last[at]
        over = (self._named_again[at] == named) & (last != numbers)
        return dict(zip(numbers[over].tolist(), last[over].tolist(), strict=True))

    def newest(
        self, rows: pa.RecordBatch, extra: pa.RecordBatch | None
    ) -> tuple[pa.RecordBatch, pa.RecordBatch | None, Intake]:
        """Give the rows of a batch, with their further columns, that no later one overtakes; the others as problems."""
        later = self.overtaken(rows)
        if not later:
            return rows, extra, Intake()
        numbers = rows.column("row").to_pylist()
        ids = dict(zip(numbers, rows.column("listing_id").to_pylist(), strict=True))
        keep = pa.array([number not in later for number in numbers])
        problems = tuple(overtaken(row, str(ids[row]), by) for row, by in later.items())
        left_out = Intake(repeated=len(later), problems=problems)
        return rows.filter(keep), None if extra is None else extra.filter(keep), left_out

    def _named(self, rows: pa.RecordBatch) -> NDArray[np.bytes_]:
        """
        Give a digest of each row's listing and of the marketplace that is meant (-1 for one that nobody knows).

        Digests, because the names of ten million listings would take gigabytes; no two of these are ever the same.
        """
        words: Any = rows.column("marketplace").dictionary_encode(null_encoding="encode")
        meant = [self._marketplaces.of(word) for word in words.dictionary.to_pylist()]
        keys = [-1 if market is None else market.pk for market in meant]
        markets = (keys[index] for index in words.indices.to_pylist())
        names = zip(markets, rows.column("listing_id").to_pylist(), strict=True)
        digests = (blake2b(f"{key} {name}".encode(), digest_size=_SIZE).digest() for key, name in names)
        return np.frombuffer(b"".join(digests), f"S{_SIZE}")
