"""What is known of a listing only by looking at others: at how many sellers its pictures are shown."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, whole


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """
    Of each picture, by the name that listings give it, how many different sellers show it: columns ``picture``, text,
    and ``sellers``, a whole number.

    Counted over whatever the caller takes for the whole (a file, a catalogue), never over a batch, so that how
    listings come together changes nothing.
    """

    pictures: pa.Table

    @classmethod
    def none(cls) -> "Context":
        """Nothing is known of other listings."""
        names, counts = pa.nulls(0, pa.string()), pa.nulls(0, pa.int64())
        return cls(pa.Table.from_arrays([names, counts], names=["picture", "sellers"]))

    @classmethod
    def counted(cls, picture: Any, seller: Any) -> "Context":
        """Count different sellers from pairs of a picture and a seller; pairs without either say nothing."""
        pairs = pa.Table.from_arrays([picture, seller], names=["picture", "seller"]).drop_null()
        once = pairs.group_by(["picture", "seller"]).aggregate([])
        counts = once.group_by("picture").aggregate([("seller", "count")]).rename_columns(["picture", "sellers"])
        return cls(counts.filter(compute.greater(counts["sellers"], 1)).sort_by("picture"))

    def most_sellers(self, batch: Batch) -> NDArray[np.int64]:
        """Give, per listing, at how many sellers the most widely shown of its pictures is seen; 0: nothing is known."""
        most = np.zeros(batch.num_rows, np.int64)
        lists = whole(batch, "images")
        if not self.pictures.num_rows or not len(compute.list_flatten(lists)):
            return most
        place = compute.index_in(compute.list_flatten(lists), value_set=self.pictures["picture"].combine_chunks())
        sellers = np.append(np.asarray(self.pictures["sellers"]), 0)
        each = sellers[np.asarray(compute.fill_null(place, len(sellers) - 1)).astype(np.int64)]
        np.maximum.at(most, np.asarray(compute.list_parent_indices(lists)).astype(np.int64), each)
        return most
