"""
What a batch says for and against its listings, as one array per kind of evidence: what the model weighs.

A mark counts once however many rights protect it: hits are grouped by brand (the holder's number in the compiled
marks), and rights that share a text are met at the same place, which is then one use. A use that the holder has
authorised is lawful: it is told apart here, and raises nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, positive, rows_of, taken, whole
from touchmark.engine.screening.compare.context import Context
from touchmark.engine.screening.compare.goods import goods_of
from touchmark.engine.screening.compare.price import BrandPrices, PriceStatement, price_statement
from touchmark.engine.screening.compare.seller import seller_statement
from touchmark.engine.screening.compare.terms import coded_terms
from touchmark.engine.screening.hits import FIELDS, WAYS, Hits, is_one
from touchmark.engine.screening.image.shown import Unreadable
from touchmark.engine.screening.text.groups import numbered
from touchmark.engine.terms import Way

Index = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Lists = Any  # an Arrow array of lists of texts


#: Where a brand is put to be seen; a long description names many in passing.
_HEAD = tuple(FIELDS.index(field) for field in ("title", "brand", "images"))


class MarkNames(Protocol):
    """What is read of the compiled marks."""

    @property
    def text(self) -> pa.StringArray:
        """The spelling of each form, as registered."""

    @property
    def holder(self) -> NDArray[np.int64]:
        """A number per right, the same for rights of one brand or holder."""


class SaidOfWords(Protocol):
    """What is read of what an operator has said of words."""

    def levels(self, hashes: NDArray[np.uint64], known: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Give how ordinary words are, as said, else as known."""

    def otherwise(self, hits: Hits, batch: Batch, own: NDArray[np.uint64]) -> Flags:
        """Tell which places stand in a phrase in which the mark, given by its hash, means something else."""


class Register(Protocol):
    """What is read of a snapshot."""

    @property
    def rights(self) -> pa.Table:
        """Rights by their index, with the columns of ``schemas.RIGHTS``."""

    @property
    def marks(self) -> MarkNames:
        """The compiled marks."""

    @property
    def prices(self) -> BrandPrices:
        """What the installation has learnt of each brand's prices."""

    @property
    def words(self) -> SaidOfWords:
        """What the operator has said of words."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known beside a batch and the register: who sells, what other listings show, the day."""

    sellers: pa.Table | None = None
    context: Context | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One way in which listings use marks, per listing: how sure the surest use is, and of what; 0 and null: none."""

    confidence: Floats
    name: pa.StringArray


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """
    One entry per listing in each array. What is authorised is left out of all of it but ``authorised``.

    Prices are of the used right that says most; NaN: nothing to say.
    """

    plain: Use
    disguised: Use
    trick: NDArray[np.int8]  # how the surest disguise is written, a ``hits.Trick``
    copied: Use
    logo: Use
    lookalike: Use
    referential: Use
    authorised: Flags  # marks are used, and every use that is not referential is authorised
    marks: Index  # how many brands are used without permission
    headlined: Index  # how many of them in the title, the field for the brand, or a picture
    price_ratio: Floats  # the lowest price over a used right's reference price, like against like
    below_usual: Floats  # the lowest price over the lowest that is usual for the brand
    claimed: Floats  # the highest claim of what the goods cost elsewhere, over the reference price
    other_currency: pa.StringArray  # the listing's currency, where that kept its price from being compared
    coded: Mapping[str, Any]  # per meaning of ``compare.terms``, a coded word of the listing
    photo_sellers: Index  # at how many sellers one of its pictures is shown
    standing: pa.StringArray  # the marketplace's word for the seller
    days_open: Floats  # how old the seller's account was
    unreadable_image: Lists  # codes, each once
    unreadable_value: Lists  # names of columns

    @classmethod
    def of(
        cls, batch: Batch, hits: Hits, confidence: Floats, snapshot: Register, known: Known, unreadable: Unreadable
    ) -> Self:
        """Gather the evidence of a batch. ``confidence`` has one entry per hit."""
        rows, rights = batch.num_rows, snapshot.rights
        brand = _brands(hits, snapshot.marks.holder)
        seller = seller_statement(batch, hits, rights, known.sellers, known.on)
        lawful = _spread_over_brand(hits.listing, brand, seller.authorised)
        named = hits.way != WAYS.index(Way.REFERENTIAL)
        against = named & ~lawful
        uses = _Uses(rows, hits, confidence, _names(hits, snapshot), against)
        disguised, trick = uses.of_way(Way.DISGUISED), uses.tricks(hits.way == WAYS.index(Way.DISGUISED))
        at, in_head = hits.listing[against], is_one(hits.field, _HEAD)
        price = _prices(batch, hits.taken(against), snapshot, known.on)
        return cls(
            plain=uses.of_way(Way.PLAIN),
            disguised=disguised,
            trick=trick,
            copied=uses.of_way(Way.COPIED_IMAGE),
            logo=uses.of_way(Way.LOGO),
            lookalike=uses.of_way(Way.LOOKALIKE),
            referential=_Uses(rows, hits, confidence, uses.names, ~named).of_way(Way.REFERENTIAL),
            authorised=_any(rows, hits.listing[named]) & ~_any(rows, at),
            marks=_distinct_brands(rows, at, brand[against]),
            headlined=_distinct_brands(rows, hits.listing[against & in_head], brand[against & in_head]),
            price_ratio=_least(rows, at, price.ratio),
            below_usual=_least(rows, at, price.below_usual),
            claimed=-_least(rows, at, -price.claimed),
            other_currency=_other_currency(batch, at[price.other_currency]),
            coded=coded_terms(batch, known.on),
            photo_sellers=(known.context or Context.none()).most_sellers(batch),
            standing=seller.standing,
            days_open=seller.days_open,
            unreadable_image=_codes(rows, unreadable),
            unreadable_value=compute.fill_null(whole(batch, "unreadable"), pa.scalar([], pa.list_(pa.string()))),
        )

    def __len__(self) -> int:
        return len(self.authorised)


def _brands(hits: Hits, holder: NDArray[np.int64]) -> Index:
    """Number the brand of each hit; at one place there is one use of a word, whoever registered it."""
    brand = holder[hits.right]
    text = (hits.listing, hits.field, hits.start, hits.end)
    picture = (hits.image, *hits.box.T.astype(np.int64), np.where(hits.form < 0, brand, -1))
    place, many = numbered(*text, *picture)
    first = np.full(many, np.iinfo(np.int64).max)
    np.minimum.at(first, place, brand)
    return first[place]


def _spread_over_brand(listing: Index, brand: Index, authorised: Flags) -> Flags:
    """Whoever may sell under one right of a brand may do so under its other rights that the listing uses."""
    group, many = numbered(listing, brand)
    permitted = np.zeros(many, np.bool_)
    permitted[group[authorised]] = True
    return permitted[group]


def _names(hits: Hits, snapshot: Register) -> Any:
    """Give what a reader would call the right of each hit: the spelling met, else its brand, its text, its id."""
    form: Any = pa.array(hits.form)
    if (hits.form >= 0).all():  # nothing is read of the rights of hits in texts: they lie all over the register
        return snapshot.marks.text.take(form)
    form = compute.if_else(pa.array(hits.form >= 0), form, None)
    others = (taken(snapshot.rights, name, hits.right) for name in ("brand", "text", "right_id"))
    return compute.coalesce(snapshot.marks.text.take(form), *others)


@dataclass(frozen=True, slots=True, eq=False)
class _Uses:
    """The uses that ``which`` chooses of all hits; ``names`` has one entry per hit."""

    rows: int
    hits: Hits
    confidence: Floats
    names: Any
    which: Flags

    def of_way(self, way: Way) -> Use:
        """Of several hits of a listing the surest counts, of equally sure ones the first."""
        hit = self._surest(self.hits.way == WAYS.index(way))
        sure = np.where(hit >= 0, np.append(self.confidence, 0.0)[hit], 0.0)
        return Use(sure, self.names.take(pa.array(hit, mask=hit < 0)))

    def tricks(self, which: Flags) -> NDArray[np.int8]:
        """How the surest of some hits of each listing is written."""
        hit = self._surest(which)
        return np.where(hit >= 0, np.append(self.hits.trick, 0)[hit], 0).astype(np.int8)

    def _surest(self, which: Flags) -> Index:
        at = np.flatnonzero(self.which & which)
        listing = self.hits.listing[at]
        order = at[np.lexsort((at, -self.confidence[at], listing))]
        hit = np.full(self.rows, -1)
        hit[self.hits.listing[order[::-1]]] = order[::-1]  # the surest is written last
        return hit


def _prices(batch: Batch, hits: Hits, snapshot: Register, on: date | None) -> PriceStatement:
    """Compare prices of the listings that use a right without permission, where they have one."""
    which = np.flatnonzero(np.isfinite(positive(whole(batch, "price")))[hits.listing])
    if (
        snapshot.prices.nothing
        and not np.isfinite(positive(taken(snapshot.rights, "reference_price", np.unique(hits.right[which])))).any()
    ):
        return PriceStatement.silent(len(hits))
    at = np.unique(hits.listing[which])
    few, priced = rows_of(batch, at), hits.taken(which)
    priced = replace(priced, listing=np.searchsorted(at, priced.listing))
    holder, goods = snapshot.marks.holder, goods_of(few)
    said = price_statement(few, priced, snapshot.rights, goods, holder=holder, usual=snapshot.prices, on=on)
    return said.spread(which, len(hits))


def _other_currency(batch: Batch, listing: Index) -> Any:
    foreign = pa.array(_any(batch.num_rows, listing))
    return compute.if_else(foreign, whole(batch, "currency"), pa.scalar(None, pa.string()))


def _any(rows: int, listing: Index) -> Flags:
    flags = np.zeros(rows, np.bool_)
    flags[listing] = True
    return flags


def _distinct_brands(rows: int, listing: Index, brand: Index) -> Index:
    pair, many = numbered(listing, brand)
    of = np.empty(many, np.int64)
    of[pair] = listing
    return np.bincount(of, minlength=rows).astype(np.int64)


def _least(rows: int, listing: Index, values: Floats) -> Floats:
    """Give the least value of each listing, NaN where it has none."""
    least = np.full(rows, np.inf)
    np.fmin.at(least, listing, values)
    return np.where(np.isinf(least), np.nan, least)


def _codes(rows: int, unreadable: Unreadable) -> Lists:
    if not len(unreadable):  # nearly always, and grouping nothing takes as long as screening an offer's words
        return pa.ListArray.from_arrays(np.zeros(rows + 1, np.int32), pa.array([], pa.string()))  # type: ignore[call-overload]
    pairs = pa.table({"listing": unreadable.listing, "code": unreadable.code})
    once = pairs.group_by(["listing", "code"]).aggregate([]).sort_by([("listing", "ascending"), ("code", "ascending")])
    counts = np.bincount(once["listing"].to_numpy(), minlength=rows)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, whole(once, "code"))  # type: ignore[call-overload]
