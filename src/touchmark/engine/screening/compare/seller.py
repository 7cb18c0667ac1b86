"""
Who offers: the seller's standing with the marketplace, how long the account has been open, and whether a right's holder
has authorised the seller for this offer.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, spelled, taken, truth, whole
from touchmark.engine.screening.compare.permission import Permission, permission
from touchmark.engine.screening.hits import Hits

_SEPARATOR = "\x1f"  # stands in no id
_DAY = 86_400.0


@dataclass(frozen=True, slots=True, eq=False)
class SellerStatement:
    """What is known of sellers: standing and age per listing, permission per hit."""

    standing: pa.StringArray  # the marketplace's own word, in small letters; null: nothing known
    days_open: NDArray[np.float64]  # how old the account was when the listing was published; NaN: not known
    authorised: NDArray[np.bool_]  # the right of the hit names the seller of the listing, for an offer such as this


def seller_statement(
    batch: Batch, hits: Hits, rights: pa.Table, sellers: pa.Table | None, on: date | None = None
) -> SellerStatement:
    """
    Look up the sellers of a batch.

    A row of ``sellers`` without a marketplace holds for every one; an entry of ``authorised_sellers`` is
    ``seller_id`` or ``marketplace:seller_id``, with conditions behind it, if it has any (``compare.permission``).

    :param on: the day of the screening; a listing that does not say when it was published counts as of that day
    """
    authorised = _authorised(batch, hits, rights, on)
    if sellers is None:
        nothing = np.full(batch.num_rows, np.nan)
        return SellerStatement(pa.nulls(batch.num_rows, pa.string()), nothing, authorised)
    opened_on = whole(sellers, "opened_on").take(_places(batch, sellers))
    return SellerStatement(standings(batch, sellers), _days_open(batch, opened_on, on), authorised)


def standings(batch: Batch, sellers: pa.Table | None) -> Any:
    """Give the marketplace's own word for the seller of each listing, in small letters; null: nothing known."""
    if sellers is None:
        return pa.nulls(batch.num_rows, pa.string())
    return spelled(whole(sellers, "standing")).take(_places(batch, sellers))


def _places(batch: Batch, sellers: pa.Table) -> Any:
    """Give the row of ``sellers`` of each listing, null where there is none."""
    known = _joined(compute.fill_null(whole(sellers, "marketplace"), ""), whole(sellers, "seller_id"))
    marketplace, seller = compute.fill_null(whole(batch, "marketplace"), ""), whole(batch, "seller_id")
    here = compute.index_in(_joined(marketplace, seller), value_set=known)
    anywhere = compute.index_in(_joined(pa.repeat("", batch.num_rows), seller), value_set=known)
    return compute.coalesce(here, anywhere)


def _days_open(batch: Batch, opened: Any, on: date | None) -> NDArray[np.float64]:
    """Count days from the opening to the publication, or to the day of the screening; never less than none."""
    published = compute.cast(whole(batch, "published_at"), pa.timestamp("s", tz="UTC"), safe=False)
    seconds = [_numbers(compute.cast(published, pa.int64())), _numbers(compute.cast(opened, pa.int32())) * _DAY]
    today = (on - date(1970, 1, 1)).days * _DAY if on else np.nan
    until = np.where(np.isfinite(seconds[0]), seconds[0], today)
    days: NDArray[np.float64] = np.maximum((until - seconds[1]) / _DAY, 0.0)
    return days


def _numbers(column: Any) -> NDArray[np.float64]:
    return np.asarray(compute.fill_null(compute.cast(column, pa.float64()), np.nan)).astype(np.float64)


def _authorised(batch: Batch, hits: Hits, rights: pa.Table, on: date | None) -> NDArray[np.bool_]:
    """Join hits to the entries of their rights by the seller's id, alone and with the marketplace before it."""
    right = np.unique(hits.right)
    lists = taken(rights, "authorised_sellers", right)
    entries = compute.list_flatten(lists)
    if not len(entries):
        return np.zeros(len(hits), np.bool_)
    granted = [permission(entry or "") for entry in entries.to_pylist()]
    of_entry = right[np.asarray(compute.list_parent_indices(lists)).astype(np.int64)]
    authorised = np.zeros(len(hits), np.bool_)
    for conditions, at in _alike(granted):
        named = _joined(_text(of_entry[at]), pa.array(np.array([granted[i].seller for i in at], object), pa.string()))
        found = np.flatnonzero(_named(batch, hits, named))
        authorised[found] |= conditions.holds(batch, hits.listing[found], on)
    return authorised


def _alike(granted: list[Permission]) -> list[tuple[Permission, list[int]]]:
    """Group permissions with the same conditions: most have none."""
    groups: dict[object, list[int]] = {}
    for number, one in enumerate(granted):
        groups.setdefault(one.conditions, []).append(number)
    return [(granted[at[0]], at) for at in groups.values()]


def _named(batch: Batch, hits: Hits, named: Any) -> NDArray[np.bool_]:
    asked, seller = _text(hits.right), taken(batch, "seller_id", hits.listing)
    placed = compute.binary_join_element_wise(taken(batch, "marketplace", hits.listing), seller, ":")
    # A listing without a seller joins to null, which stands in no list.
    found = (compute.is_in(_joined(asked, by), value_set=named, skip_nulls=True) for by in (seller, placed))
    return np.logical_or(*(truth(column) for column in found))


def _text(numbers: Any) -> Any:
    return compute.cast(pa.array(np.asarray(numbers)), pa.string())


def _joined(one: Any, other: Any) -> Any:
    return compute.binary_join_element_wise(one, other, _SEPARATOR)
