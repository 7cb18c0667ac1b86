"""
The price of a listing against the reference price of a right that it uses.

Prices in the same currency are compared. In another currency nothing is said of the price, and that is said: rates of
the day belong to a dated table.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, positive, spelled, taken, truth
from touchmark.engine.screening.hits import Hits


@dataclass(frozen=True, slots=True, eq=False)
class PriceStatement:
    """What the prices say, one entry per hit."""

    ratio: NDArray[np.float64]  # the listing's price over the right's; NaN: nothing to say
    other_currency: NDArray[np.bool_]  # both have a price, in different currencies


def price_statement(batch: Batch, hits: Hits, rights: pa.Table) -> PriceStatement:
    """Compare prices; a price of zero or less is no offer, so nothing is said of it."""
    price = positive(taken(batch, "price", hits.listing))
    reference = positive(taken(rights, "reference_price", hits.right))
    told = np.isfinite(price) & np.isfinite(reference)
    same = compute.equal(
        spelled(taken(batch, "currency", hits.listing)), spelled(taken(rights, "currency", hits.right))
    )
    ratio = np.where(told & truth(same), price / reference, np.nan)
    return PriceStatement(ratio, told & truth(compute.invert(same)))
