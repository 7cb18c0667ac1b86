"""Who offers: the seller's standing with the marketplace, and whether a right's holder has authorised the seller."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, spelled, taken, truth, whole
from touchmark.engine.screening.hits import Hits

_SEPARATOR = "\x1f"  # stands in no id


@dataclass(frozen=True, slots=True, eq=False)
class SellerStatement:
    """What is known of sellers: their standing per listing, their permission per hit."""

    standing: pa.StringArray  # the marketplace's own word, in small letters; null: nothing known
    authorised: NDArray[np.bool_]  # the right of the hit names the seller of the listing


def seller_statement(batch: Batch, hits: Hits, rights: pa.Table, sellers: pa.Table | None) -> SellerStatement:
    """
    Look up the sellers of a batch.

    A row of ``sellers`` without a marketplace holds for every one; an entry of ``authorised_sellers`` is
    ``seller_id`` or ``marketplace:seller_id``.
    """
    return SellerStatement(_standing(batch, sellers), _authorised(batch, hits, rights))


def _standing(batch: Batch, sellers: pa.Table | None) -> pa.StringArray:
    if sellers is None:
        return pa.nulls(batch.num_rows, pa.string())
    known = _joined(compute.fill_null(whole(sellers, "marketplace"), ""), whole(sellers, "seller_id"))
    marketplace, seller = compute.fill_null(whole(batch, "marketplace"), ""), whole(batch, "seller_id")
    here = compute.index_in(_joined(marketplace, seller), value_set=known)
    anywhere = compute.index_in(_joined(pa.repeat("", batch.num_rows), seller), value_set=known)
    words: pa.StringArray = spelled(whole(sellers, "standing")).take(compute.coalesce(here, anywhere))
    return words


def _authorised(batch: Batch, hits: Hits, rights: pa.Table) -> NDArray[np.bool_]:
    """Join hits to the lists of their rights, by the seller's id alone and by marketplace and id."""
    right = np.unique(hits.right)
    lists = taken(rights, "authorised_sellers", right)
    of_list = pa.array(right).cast(pa.string()).take(compute.list_parent_indices(lists))
    named = _joined(of_list, compute.list_flatten(lists))
    asked, seller = pa.array(hits.right).cast(pa.string()), taken(batch, "seller_id", hits.listing)
    placed = compute.binary_join_element_wise(taken(batch, "marketplace", hits.listing), seller, ":")
    # A listing without a seller joins to null, which stands in no list.
    found = (compute.is_in(_joined(asked, by), value_set=named, skip_nulls=True) for by in (seller, placed))
    return np.logical_or(*(truth(column) for column in found))


def _joined(one: Any, other: Any) -> Any:
    return compute.binary_join_element_wise(one, other, _SEPARATOR)
