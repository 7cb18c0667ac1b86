"""Undoing what was upheld: a listing is put back on an answer, or because its holder takes the notice back."""

from datetime import datetime

from django.db import transaction

from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.record import record
from touchmark.engine.lifecycle.notice_item import NOTICE_ITEM, ItemStatus
from touchmark.engine.terms import Actor


@transaction.atomic
def undo(*, item: NoticeItem, event: str, why: str, actor: Actor, at: datetime) -> NoticeItem:
    """
    Let an item go: ``put_back``, ``retract``, or ``keep_after_suit`` the other way. Nobody is told here: a flow does.

    :raises IllegalMove: if it does not stand so
    """
    move = NOTICE_ITEM.step(ItemStatus(item.status), event, roles=actor.roles)
    item.outcome_text, item.settled_at = why.strip(), at
    return record(item, move.event, actor=actor, at=at)
