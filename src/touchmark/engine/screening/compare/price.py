"""
The price of a listing against what goods of a brand cost: the reference price that the right's holder gave, and the
brand's own prices as the installation has learnt them (``snapshot.prices``).

Both are held against the same goods, in the same condition, by the piece, in euro of the day.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, positive, taken, truth, whole
from touchmark.engine.screening.compare.claims import claimed_prices
from touchmark.engine.screening.compare.goods import Goods
from touchmark.engine.screening.compare.rates import worth
from touchmark.engine.screening.hits import Hits

Floats = NDArray[np.float64]


class BrandPrices(Protocol):
    """What is read of learnt prices."""

    @property
    def nothing(self) -> bool:
        """Whether nothing is known of any brand."""

    def lowest_usual(self, holder: NDArray[np.int64], kinds: Any) -> Floats:
        """Give what all but a few of a holder's goods of a kind cost at least, as new, in euro; NaN: not known."""


@dataclass(frozen=True, slots=True, eq=False)
class PriceStatement:
    """What the prices say, one entry per hit; NaN: nothing to say."""

    ratio: Floats  # the listing's price over the right's, like against like
    below_usual: Floats  # the listing's price over the lowest that is usual for the brand
    claimed: Floats  # what the listing claims its goods to cost, over the right's reference price
    other_currency: NDArray[np.bool_]  # both have a price, and there is no rate for one of the currencies

    @classmethod
    def silent(cls, hits: int) -> Self:
        """Say nothing of so many hits."""
        nothing = np.full(hits, np.nan)
        return cls(nothing, nothing, nothing, np.zeros(hits, np.bool_))

    def spread(self, which: NDArray[np.int64], hits: int) -> Self:
        """Say the same of some of so many hits, and nothing of the others."""
        foreign = np.zeros(hits, np.bool_)
        foreign[which] = self.other_currency
        ratio, below_usual, claimed = (
            _spread(each, which, hits) for each in (self.ratio, self.below_usual, self.claimed)
        )
        return type(self)(ratio, below_usual, claimed, foreign)


def _spread(values: Floats, which: NDArray[np.int64], hits: int) -> Floats:
    wide = np.full(hits, np.nan)
    wide[which] = values
    return wide


def price_statement(
    batch: Batch,
    hits: Hits,
    rights: pa.Table,
    goods: Goods,
    *,
    holder: NDArray[np.int64],
    usual: BrandPrices,
    on: date | None,
) -> PriceStatement:
    """
    Compare prices by the rates of a day; a price of zero or less is no offer, so nothing is said of it.

    :param holder: per right, the number of its brand or holder
    """
    price = positive(whole(batch, "price")) / goods.pieces
    reference = positive(taken(rights, "reference_price", hits.right))
    of_listing, of_right = _currencies(batch, hits, rights)
    told = np.isfinite(price[hits.listing]) & np.isfinite(reference)
    euro, expected = _exchange(of_listing, of_right, told, on)
    as_new = price[hits.listing] / goods.condition[hits.listing]
    ratio = as_new * euro / (reference * expected * goods.share[hits.listing])
    learnt = usual.lowest_usual(holder[hits.right], goods.kind.take(pa.array(hits.listing)))
    in_euro = worth(of_listing, on) if np.isfinite(learnt).any() else euro
    claimed = claimed_prices(batch)[hits.listing] * euro / (reference * expected)
    strange = told & ~np.isfinite(euro * expected) & truth(compute.and_(of_listing.is_valid(), of_right.is_valid()))
    return PriceStatement(ratio, as_new * in_euro / learnt, claimed, strange)


def _currencies(batch: Batch, hits: Hits, rights: pa.Table) -> tuple[Any, Any]:
    codes = (taken(batch, "currency", hits.listing), taken(rights, "currency", hits.right))
    upper = (compute.utf8_upper(compute.utf8_trim_whitespace(code)) for code in codes)
    listing, right = (compute.if_else(compute.equal(code, ""), None, code) for code in upper)
    return listing, right


def _exchange(listing: Any, right: Any, told: NDArray[np.bool_], on: date | None) -> tuple[Floats, Floats]:
    """Give the worth of both currencies in one; the same currency needs no rate, whatever it is."""
    same = truth(compute.equal(listing, right))
    if not (told & ~same).any():
        return np.where(same, 1.0, np.nan), np.where(same, 1.0, np.nan)
    return np.where(same, 1.0, worth(listing, on)), np.where(same, 1.0, worth(right, on))
