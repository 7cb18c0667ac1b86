"""The clock: an authority's time is over, and sellers learn what was done upon its order, of itself."""

from datetime import datetime

from django.db import transaction

from touchmark.apps.decisions import telling
from touchmark.apps.orders import queries as orders
from touchmark.flows.give_information import tell_sellers
from touchmark.flows.one_by_one import each

#: So many are told in one pass.
BATCH = 200


def tell_due(at: datetime) -> int:
    """Tell the sellers who may know by now, each in a transaction of its own, and give how many things were told."""
    restricted = each(telling.due(at, size=BATCH), lambda key: _told(key, at))
    return restricted + each(orders.to_be_told(at, size=BATCH), lambda key: _told_of_information(key, at))


@transaction.atomic
def _told(key: int, at: datetime) -> bool:
    decision = telling.taken(key, at)
    if decision is None:
        return False
    telling.tell(decision=decision, at=at)
    return True


@transaction.atomic
def _told_of_information(key: int, at: datetime) -> bool:
    order = orders.taken_to_tell(key, at)
    if order is None:
        return False
    tell_sellers(order, at=at)
    return True
