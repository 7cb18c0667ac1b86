"""Stopping a notice whose right does not count any more: all that waits of it, and its holder is told why."""

from datetime import datetime

from django.db import transaction

from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.notices import joining, letters, queries
from touchmark.apps.notices.actions import take_listings
from touchmark.apps.notices.models import Notice
from touchmark.apps.notices.record import record_filing, record_many, stream_of_notice
from touchmark.apps.notices.standing import OPEN
from touchmark.apps.registry.grounding import has_ended
from touchmark.engine.lifecycle.filing import FILING, FilingStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Actor


@transaction.atomic
def stop(key: int, *, at: datetime) -> bool:
    """Stop a notice if its right has ended, and say whether something was stopped."""
    take_listings(queries.items_of(Notice.objects.get(pk=key)))
    notice = Notice.objects.select_for_update(of=("self",)).select_related("right", "holder").get(pk=key)
    items = list(queries.items_of(notice).filter(status__in=OPEN))
    if not items or not has_ended(notice.right, at.date()):
        return False
    system = Actor.system()
    record_many(items, "stop", actor=system, at=at)
    joining.part(items, actor=system, at=at)
    try:
        move = FILING.step(FilingStatus(notice.status), "stop", roles=system.roles)
    except IllegalMove:  # some of it was answered before: that stays so
        pass
    else:
        record_filing(notice, move.event, actor=system, at=at)
    deadlines.stop([stream_of_notice(notice)], at=at)
    letters.tell_stopped(notice, items, at=at)
    return True
