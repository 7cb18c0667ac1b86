"""
What each brand's goods usually cost, learnt from listings that the operator trusts: a part of the compiled register.

A price is kept as that of new goods, by the piece, in euro, per holder and kind of goods; kinds with few prices lend
from all of the holder's.
"""

from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import compute

#: Of fewer prices nothing is learnt: a share of one in twenty needs some twenties to be seen.
FEWEST = 60

#: What is written of the prices of a holder's goods of a kind; ``kind`` is blank for all of them together.
_FIELDS: "list[pa.Field[Any]]" = [
    pa.field("holder", pa.int64(), nullable=False),
    pa.field("kind", pa.string(), nullable=False),
    pa.field("count", pa.int64(), nullable=False),
    pa.field("q02", pa.float64(), nullable=False),
    pa.field("q10", pa.float64(), nullable=False),
    pa.field("q50", pa.float64(), nullable=False),
    pa.field("q90", pa.float64(), nullable=False),
]
COLUMNS = pa.schema(_FIELDS)
_SHARES = (0.02, 0.10, 0.50, 0.90)


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Usual prices, by holder and kind, in that order."""

    table: pa.Table = field(repr=False)

    @classmethod
    def none(cls) -> Self:
        """Nothing has been learnt."""
        return cls(COLUMNS.empty_table())

    @classmethod
    def of(cls, holder: NDArray[np.int64], kind: Any, price: NDArray[np.float64]) -> Self:
        """Learn from prices, as new and in euro, one entry per listing and brand; what is no number is left out."""
        known = np.flatnonzero(np.isfinite(price) & (price > 0))
        kinds = np.array(kind.take(pa.array(known)).to_pylist(), object)
        rows = []
        for number in np.unique(holder[known]).tolist():
            own = np.flatnonzero(holder[known] == number)
            rows += [_row(number, "", price[known][own])]
            for name in sorted({each for each in kinds[own].tolist() if each}):
                rows.append(_row(number, name, price[known][own[kinds[own] == name]]))
        kept = [row for row in rows if row["count"] >= FEWEST]
        return cls(pa.Table.from_pylist(kept, schema=COLUMNS))

    @property
    def nothing(self) -> bool:
        """Whether nothing has been learnt of any brand."""
        return not self.table.num_rows

    def lowest_usual(self, holder: NDArray[np.int64], kinds: Any) -> NDArray[np.float64]:
        """Give what all but two in a hundred of a holder's goods of a kind cost at least, in euro; NaN: not known."""
        if self.nothing:
            return np.full(len(holder), np.nan)
        known = _keys(self.table["holder"].combine_chunks(), self.table["kind"].combine_chunks())
        numbers = pa.array(holder)
        asked = _keys(numbers, compute.fill_null(kinds, "")), _keys(numbers, pa.repeat("", len(holder)))
        place = compute.coalesce(*(compute.index_in(each, value_set=known) for each in asked))
        lowest = np.append(np.asarray(self.table["q02"]), np.nan)
        looked_up: NDArray[np.float64] = lowest[np.asarray(compute.fill_null(place, len(lowest) - 1)).astype(np.int64)]
        return looked_up


def _row(holder: int, kind: str, price: NDArray[np.float64]) -> dict[str, Any]:
    q02, q10, q50, q90 = np.quantile(price, _SHARES).round(4).tolist()
    return {"holder": holder, "kind": kind, "count": len(price), "q02": q02, "q10": q10, "q50": q50, "q90": q90}


def _keys(holder: Any, kind: Any) -> Any:
    return compute.binary_join_element_wise(compute.cast(holder, pa.string()), kind, "\x1f")
