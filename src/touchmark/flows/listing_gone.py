"""
A marketplace says that listings are gone: what was reported of them is frozen and waits; back on sale it is judged.

Nothing is decided by it. A listing that comes back within the time of the clock is judged with the notice that stands;
after that the notice is over for it, which counts for and against nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from touchmark.apps.catalog import actions as catalog
from touchmark.apps.catalog import gone
from touchmark.apps.catalog.kinds import Gone
from touchmark.apps.notices import gone as notices
from touchmark.apps.notices import joining
from touchmark.apps.notices import queries as notice_queries
from touchmark.apps.screening import waiting
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor
from touchmark.flows.one_by_one import each

#: So many items are looked at in one pass.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """Of which listings that was news, which of those said are here at all, how many items of notices wait for them."""

    news: frozenset[str]
    known: frozenset[str]
    waiting: int

    @property
    def gone(self) -> int:
        """Of how many listings that was news."""
        return len(self.news)


@transaction.atomic
def say_gone(*, marketplace: str, said: Mapping[str, Gone], actor: Actor, at: datetime) -> Heard:
    """
    Note which listings of a marketplace are gone, freeze those that were reported, and tell whoever reported them.

    Said twice, it changes nothing. A listing that is not known here is left out.

    :raises NotYours: if the actor is not the marketplace's program, nor runs the installation
    """
    news = gone.note(said, marketplace=marketplace, actor=actor, at=at)
    keys = [listing.pk for listing in news]
    # each waits by itself, on its own clock, and is told so below
    joining.part(list(notices.judged_on(keys)), actor=Actor.system(), at=at, told=False)
    items = list(notices.judged_on(keys))
    for listing in {item.listing_id: item.listing for item in items}.values():
        catalog.take_snapshot(listing, at=at)
    notices.find_gone(items, actor=Actor.system(), at=at)
    waiting.renew(keys)
    named = frozenset(listing.listing_id for listing in news)
    return Heard(named, gone.known(said, marketplace=marketplace), len(items))


def keep_up(*, at: datetime) -> int:
    """Have items judged whose listings are there again; give how many."""
    return each(notices.back(BATCH), lambda key: _came_back(key, at))


@transaction.atomic
def _came_back(key: int, at: datetime) -> bool:
    item = notice_queries.taken(key)
    if item.status != ItemStatus.GONE or item.listing.gone_at is not None:  # another worker was first
        return False
    notices.come_back(item, at=at)
    return True


def lapse(subject: str, at: datetime) -> None:
    """Let an item be over whose listing never came back."""
    item = notice_queries.item_of_stream(subject)
    if item.status == ItemStatus.GONE:
        notices.lapse(item, at=at)
