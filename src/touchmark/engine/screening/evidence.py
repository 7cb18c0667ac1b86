"""
What a batch says for and against its listings, as one array per kind of evidence: what the model weighs.

A mark counts once however many rights protect it: hits are grouped by brand (the holder's number in the compiled
marks), and rights that share a text are met at the same place, which is then one use. A use that the holder has
authorised is lawful: it is told apart here, and raises nothing.
"""

from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, taken, whole
from touchmark.engine.screening.compare.price import price_statement
from touchmark.engine.screening.compare.seller import seller_statement
from touchmark.engine.screening.hits import WAYS, Hits
from touchmark.engine.screening.image.match import Unreadable
from touchmark.engine.terms import Way

Index = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Lists = Any  # an Arrow array of lists of texts


class MarkNames(Protocol):
    """What is read of the compiled marks."""

    @property
    def text(self) -> pa.StringArray:
        """The spelling of each form, as registered."""

    @property
    def holder(self) -> NDArray[np.int64]:
        """A number per right, the same for rights of one brand or holder."""


class Register(Protocol):
    """What is read of a snapshot."""

    @property
    def rights(self) -> pa.Table:
        """Rights by their index, with the columns of ``schemas.RIGHTS``."""

    @property
    def marks(self) -> MarkNames:
        """The compiled marks."""


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One way in which listings use marks, per listing: how sure the surest use is, and of what; 0 and null: none."""

    confidence: Floats
    name: pa.StringArray


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One entry per listing in each array. ``plain``, ``disguised`` and ``copied`` leave out what is authorised."""

    plain: Use
    disguised: Use
    copied: Use
    referential: Use
    authorised: Flags  # marks are used, and every use that is not referential is authorised
    marks: Index  # how many brands are used without permission
    price_ratio: Floats  # the lowest price over a used right's reference price; NaN: nothing to say
    other_currency: pa.StringArray  # the listing's currency, where that kept its price from being compared
    standing: pa.StringArray  # the marketplace's word for the seller
    unreadable_image: Lists  # codes, each once
    unreadable_value: Lists  # names of columns

    @classmethod
    def of(
        cls,
        batch: Batch,
        hits: Hits,
        confidence: Floats,
        snapshot: Register,
        sellers: pa.Table | None,
        unreadable: Unreadable,
    ) -> Self:
        """Gather the evidence of a batch. ``confidence`` has one entry per hit."""
        rows, rights = batch.num_rows, snapshot.rights
        brand = _brands(hits, snapshot.marks.holder)
        seller = seller_statement(batch, hits, rights, sellers)
        lawful = _spread_over_brand(hits.listing, brand, seller.authorised)
        way = {way: hits.way == number for number, way in enumerate(WAYS)}
        named = ~way[Way.REFERENTIAL]
        against = named & ~lawful
        names = _names(hits, snapshot)
        price = price_statement(batch, hits, rights)
        foreign = _any(rows, hits.listing[against & price.other_currency])
        return cls(
            plain=_use(rows, hits, confidence, names, against & way[Way.PLAIN]),
            disguised=_use(rows, hits, confidence, names, against & way[Way.DISGUISED]),
            copied=_use(rows, hits, confidence, names, against & way[Way.COPIED_IMAGE]),
            referential=_use(rows, hits, confidence, names, way[Way.REFERENTIAL]),
            authorised=_any(rows, hits.listing[named]) & ~_any(rows, hits.listing[against]),
            marks=_distinct_brands(rows, hits.listing[against], brand[against]),
            price_ratio=_lowest(rows, hits.listing[against], price.ratio[against]),
            other_currency=compute.if_else(pa.array(foreign), whole(batch, "currency"), None),
            standing=seller.standing,
            unreadable_image=_codes(rows, unreadable),
            unreadable_value=compute.fill_null(whole(batch, "unreadable"), pa.scalar([], pa.list_(pa.string()))),
        )

    def __len__(self) -> int:
        return len(self.authorised)


def _brands(hits: Hits, holder: NDArray[np.int64]) -> Index:
    """Number the brand of each hit; at one place in a text there is one use, whoever registered the word."""
    brand = holder[hits.right]
    place = np.column_stack([hits.listing, hits.field, hits.start, hits.end, np.where(hits.form < 0, brand, -1)])
    _, group = np.unique(place, axis=0, return_inverse=True)
    first = np.full(len(brand), np.iinfo(np.int64).max)
    np.minimum.at(first, group.reshape(-1), brand)
    return first[group.reshape(-1)]


def _spread_over_brand(listing: Index, brand: Index, authorised: Flags) -> Flags:
    """Whoever may sell under one right of a brand may do so under its other rights that the listing uses."""
    _, group = np.unique(np.column_stack([listing, brand]), axis=0, return_inverse=True)
    permitted = np.zeros(len(listing), np.bool_)
    permitted[group.reshape(-1)[authorised]] = True
    return permitted[group.reshape(-1)]


def _names(hits: Hits, snapshot: Register) -> Any:
    """Give what a reader would call the right of each hit: the spelling met, else its brand, its text, its id."""
    form = compute.if_else(pa.array(hits.form >= 0), pa.array(hits.form), None)
    others = (taken(snapshot.rights, name, hits.right) for name in ("brand", "text", "right_id"))
    return compute.coalesce(snapshot.marks.text.take(form), *others)


def _use(rows: int, hits: Hits, confidence: Floats, names: Any, which: Flags) -> Use:
    """Of several hits of a listing the surest counts, of equally sure ones the first."""
    at = np.flatnonzero(which)
    order = at[np.lexsort((at, -confidence[at], hits.listing[at]))]
    listing, first = np.unique(hits.listing[order], return_index=True)
    surest = order[first]
    sure, hit = np.zeros(rows), np.full(rows, -1)
    sure[listing], hit[listing] = confidence[surest], surest
    return Use(sure, names.take(compute.if_else(pa.array(hit >= 0), pa.array(hit), None)))


def _any(rows: int, listing: Index) -> Flags:
    flags = np.zeros(rows, np.bool_)
    flags[listing] = True
    return flags


def _distinct_brands(rows: int, listing: Index, brand: Index) -> Index:
    pairs = np.unique(np.column_stack([listing, brand]), axis=0)
    return np.bincount(pairs[:, 0], minlength=rows).astype(np.int64)


def _lowest(rows: int, listing: Index, ratio: Floats) -> Floats:
    lowest = np.full(rows, np.inf)
    np.fmin.at(lowest, listing, ratio)
    return np.where(np.isinf(lowest), np.nan, lowest)


def _codes(rows: int, unreadable: Unreadable) -> Lists:
    pairs = pa.table({"listing": unreadable.listing, "code": unreadable.code})
    once = pairs.group_by(["listing", "code"]).aggregate([]).sort_by([("listing", "ascending"), ("code", "ascending")])
    counts = np.bincount(once["listing"].to_numpy(), minlength=rows)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, whole(once, "code"))  # type: ignore[call-overload]
