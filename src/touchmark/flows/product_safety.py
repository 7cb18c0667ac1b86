"""
Which reports and decisions begin duties of product safety (GPSR), which are met by a decision, which are undone.

Begun they are: by a notice or a shopper that tells of a danger, from when it came in; by a decision, under the law of
the Union, that takes goods off sale as illegal where fakes of their kind injure, or where a danger was reported; by one
that carries out an authority's order about dangerous goods, from when the seller may know.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import transaction

from touchmark.apps.decisions import queries as decisions
from touchmark.apps.safety import actions, queries
from touchmark.apps.safety.kinds import OF_DECISIONS, Because, DutyKind
from touchmark.engine.lifecycle.table import AlreadyThere

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision

#: So many of each are looked at in one pass; so often it is looked, in seconds, after nothing was found.
BATCH, EVERY = 200, 10
QUIET = "no-safety-duties"
#: So old a decision is before it is looked at: one that is written at the same time with a lower key is not missed.
SETTLED = timedelta(seconds=60)


def keep_up(*, at: datetime) -> int:
    """Begin, settle and undo duties, and give how many."""
    if cache.get(QUIET):
        return 0
    reported = sum(_from_item(key, at) for key in queries.dangerous_items(at).values_list("pk", flat=True)[:BATCH])
    reported += sum(_from_tip(key, at) for key in queries.dangerous_tips(at).values_list("pk", flat=True)[:BATCH])
    settled = sum(_settled(key, at) for key in queries.processed(size=BATCH))
    undone = sum(actions.undo(key=key, at=at) for key in queries.undone(size=BATCH))
    ordered = sum(_from_order(key, at) for key in queries.ordered(at, size=BATCH))
    looked, begun = _from_decisions(at)
    if not (reported or settled or undone or ordered or looked):
        cache.set(QUIET, at.isoformat(), EVERY)
    return reported + settled + undone + ordered + begun


def _from_item(key: int, at: datetime) -> bool:
    item = queries.dangerous_items(at).filter(pk=key).select_related("listing__marketplace").first()
    if item is None:  # it was decided on meanwhile, or another of its listing was first
        return False
    return _reported(Because.NOTICE, item.listing, since=item.filed_at, about=item.ref, at=at)


def _from_tip(key: int, at: datetime) -> bool:
    tip = queries.dangerous_tips(at).filter(pk=key).select_related("listing__marketplace").first()
    if tip is None:
        return False
    return _reported(Because.TIP, tip.listing, since=tip.said_at, about="", at=at)


def _reported(because: Because, listing: Listing, *, since: datetime, about: str, at: datetime) -> bool:
    try:
        actions.begin_notice(because=because, listing=listing, about=about, since=since, at=at)
    except AlreadyThere:  # another worker was first
        return False
    return True


def _settled(key: int, at: datetime) -> bool:
    return actions.settle(key=key, at=at)


def _from_decisions(at: datetime) -> tuple[int, int]:
    """Look at the next decisions; give how many were looked at, and how many duties they began."""
    found = queries.decided(before=at - SETTLED, size=BATCH)
    wanted = [decision.pk for decision in found if queries.takes_off(decision) and queries.is_lately(decision, at)]
    begun = sum(_from_decision(key, at) for key in wanted)
    if found:
        queries.note_decided(found[-1].pk)
    return len(found), begun


@transaction.atomic
def _from_decision(key: int, at: datetime) -> int:
    decision = decisions.taken(key)
    goods, told = queries.goods_of(decision), queries.told_of_danger(decision)
    if not (goods or told) or not queries.takes_off(decision) or queries.begun_by(decision):
        return 0
    because = Because.DECISION if goods else Because.NOTICE
    return _begun(decision, because, goods=goods, since=decision.decided_at, at=at)


@transaction.atomic
def _from_order(key: int, at: datetime) -> int:
    """Begin what an order about dangerous goods asks for; nothing where another worker was first."""
    decision = decisions.taken(key)
    if decision.pk not in queries.ordered(at, size=BATCH):
        return 0
    since = decision.statement.issued_at
    return _begun(decision, Because.ORDER, goods=queries.goods_of(decision), since=since, at=at)


def _begun(decision: Decision, because: Because, *, goods: str, since: datetime, at: datetime) -> int:
    """Begin the duties of a decision, whose row the caller holds, and give how many."""
    begin = partial(
        actions.begin, because=because, listing=decision.offer, decision=decision, goods=goods, since=since, at=at
    )
    wanted = [kind for kind in OF_DECISIONS if kind != DutyKind.CONSUMERS or _was_bought(decision)]
    for kind in wanted:
        begin(kind=kind)
    return len(wanted)


def _was_bought(decision: Decision) -> bool:
    """Whether anybody may have bought it: a marketplace that does not say how many were sold may have sold some."""
    return decision.offer.sold_count != 0
