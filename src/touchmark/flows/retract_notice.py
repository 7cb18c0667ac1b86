"""A notifier takes back a notice that was upheld: the listings return, and their sellers are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import actions as catalog
from touchmark.apps.counters import queries as counters
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions import putting_back, record
from touchmark.apps.notices import access
from touchmark.engine.lifecycle.notice_item import NOTICE_ITEM, ItemStatus
from touchmark.engine.policy import particulars
from touchmark.engine.policy.load import BASE, regimes
from touchmark.engine.terms import Actor
from touchmark.flows.lapse import settle_first
from touchmark.flows.put_back import moot, release

if TYPE_CHECKING:
    from touchmark.apps.notices.models import NoticeItem


def retract(*, ref: str, reason: str, actor: Actor, at: datetime) -> int:
    """
    Take back what of a notice was upheld: all of it, or the one item that the reference names; give how many.

    :raises NoSuchNotice: if the actor can see no such notice
    :raises IllegalMove: if nothing of it is upheld any more
    :raises IncompleteParticulars: if nobody says why
    """
    particulars.require({"reason": reason}, document="retraction", regime=regimes()[BASE])
    settle_first(counters.open_on(item.pk for item in _upheld(ref, actor)), at=at)
    return _retracted(ref, reason.strip(), actor, at)


@transaction.atomic
def _retracted(ref: str, reason: str, actor: Actor, at: datetime) -> int:
    found = _upheld(ref, actor)
    deadlines.hold(counters.open_on(item.pk for item in found))
    for item in sorted(found, key=lambda item: item.listing_id):
        catalog.hold(item.listing_id)
    items = [access.item_for(actor, item.ref, lock=True) for item in found]
    for item in items:
        _back(item, reason, actor, at)
    return len(items)


def _back(item: NoticeItem, reason: str, actor: Actor, at: datetime) -> None:
    decision = putting_back.resting_on(item.pk)
    returns = release(item, "retract", why=reason, actor=actor, at=at)
    moot([item], at=at)
    if decision is not None and returns:
        record.write_to_seller(decision, "notice_taken_back", at=at, why=reason)


def _upheld(ref: str, actor: Actor) -> list[NoticeItem]:
    one = access.items_for(actor).filter(ref=ref).first()
    named: Iterable[NoticeItem] = [one] if one else access.items_for(actor).filter(notice=access.notice_for(actor, ref))
    named = list(named)
    upheld = [item for item in named if item.status == ItemStatus.UPHELD]
    first = (upheld or named)[0]
    NOTICE_ITEM.step(ItemStatus(first.status), "retract", roles=actor.roles)
    return upheld
