"""Learning what each brand's goods usually cost, from listings that the operator trusts."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.columns import positive, whole
from touchmark.engine.screening.compare.goods import goods_of
from touchmark.engine.screening.compare.rates import worth
from touchmark.engine.screening.hits import WAYS
from touchmark.engine.screening.snapshot.prices import Prices
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.terms import Way


def with_learnt_prices(snapshot: Snapshot, trusted: pa.Table, on: date | None = None) -> Snapshot:
    """
    Give the snapshot with the usual prices of every brand that enough trusted listings name openly.

    A listing that names several brands says nothing of the price of either.

    :param trusted: in the columns of ``schemas.LISTINGS``
    :param on: the day whose rates of exchange hold
    """
    hits = match_text(trusted, snapshot.marks)
    hits = hits.taken(hits.way == WAYS.index(Way.PLAIN))
    named = np.unique(np.column_stack([hits.listing, snapshot.marks.holder[hits.right]]), axis=0)
    alone = np.bincount(named[:, 0], minlength=trusted.num_rows)[named[:, 0]] == 1
    listing, holder = named[alone].T
    goods = goods_of(trusted)
    price = positive(whole(trusted, "price")) * worth(whole(trusted, "currency"), on) / goods.pieces / goods.condition
    prices = Prices.of(holder, goods.kind.take(pa.array(listing)), price[listing])
    return replace(snapshot, prices=prices, id=_named_anew(snapshot.id, prices))


def _named_anew(content: str, prices: Prices) -> str:
    """The id names everything that is screened with; without prices it is what it was."""
    if not prices.table.num_rows:
        return content
    said = repr([prices.table.column_names, prices.table.to_pydict()])
    return sha256(f"{content} {said}".encode()).hexdigest()[:24]
