"""A notifier takes back what of a notice is not decided; its examiners are asked no more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.examinations import actions as examinations
from touchmark.apps.notices import actions as notices

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice
    from touchmark.engine.terms import Actor


@transaction.atomic
def withdraw(*, ref: str, actor: Actor, at: datetime) -> Notice:
    """
    Take back all of a notice that waits, or the one item that the reference names.

    :raises NoSuchNotice: if the actor can see no such notice
    :raises IllegalMove: if nothing of it waits any more
    """
    notice = notices.withdraw(ref=ref, actor=actor, at=at)
    examinations.cancel(notice=notice.pk, at=at)
    return notice
