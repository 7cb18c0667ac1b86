"""Rows of a file that a later row of the same file overtakes."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from touchmark.apps.catalog.listings_in import overtaken
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.engine.screening.intake import Intake

pc: Any = pyarrow.compute


class Repeats:
    """
    Which rows of a file name a listing that a later row names again: of those only the last is taken in.

    A whole file is looked at before its first row is written, so that taking it in a second time writes nothing: with
    each row overtaking the one before, a repeated listing would change back and forth each time.
    """

    def __init__(self, batches: Iterable[pa.RecordBatch], marketplaces: Marketplaces) -> None:
        self._marketplaces = marketplaces
        seen = pa.Table.from_batches((self._named(batch) for batch in batches), _SEEN)
        groups: Any = seen.group_by(["listing_id", "marketplace"]).aggregate([("row", "count"), ("row", "max")])
        self._repeated = groups.filter(pc.greater(groups["row_count"], 1)).drop_columns(["row_count"])

    def overtaken(self, rows: pa.RecordBatch) -> dict[int, int]:
        """Give the rows of a batch that a later row overtakes, each with the last such row."""
        if not self._repeated.num_rows:
            return {}
        mine: Any = pa.Table.from_batches([self._named(rows)])
        joined = mine.join(self._repeated, ["listing_id", "marketplace"], join_type="inner")
        here, last = (joined[name].to_numpy() for name in ("row", "row_max"))
        return {int(row): int(by) for row, by in zip(here, last, strict=True) if row != by}

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

    def _named(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Give row, listing and the key of the marketplace that is meant; -1 for one that nobody knows."""
        words: Any = rows.column("marketplace").dictionary_encode(null_encoding="encode")
        meant = [self._marketplaces.of(word) for word in words.dictionary.to_pylist()]
        keys = np.array([-1 if market is None else market.pk for market in meant], np.int64)
        column = pa.array(keys[words.indices.to_numpy(zero_copy_only=False)])
        return pa.record_batch([rows.column("row"), rows.column("listing_id"), column], schema=_SEEN)


_FIELDS: "list[pa.Field[Any]]" = [
    pa.field("row", pa.int64()),
    pa.field("listing_id", pa.string()),
    pa.field("marketplace", pa.int64()),
]
_SEEN = pa.schema(_FIELDS)
