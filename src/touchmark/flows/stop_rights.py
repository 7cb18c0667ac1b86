"""
A right that is cancelled, refused, expired or taken out of the register stops what runs under it, at once.

Notices that wait are stopped and their holders told; listings that are held because of it are released and their
sellers told; what seemed to come back because of it goes first no longer. What was decided before stands as it was:
the right was good then, and whoever is hurt by it can appeal.
"""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from touchmark.apps.catalog import actions as catalog
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import ended_rights
from touchmark.apps.examinations import actions as examinations
from touchmark.apps.notices import queries as notices
from touchmark.apps.notices import stopping
from touchmark.apps.registry import queries as registry
from touchmark.apps.screening import returned
from touchmark.engine.terms import Actor

#: So many notices, and holds, are stopped in one pass.
BATCH = 100
#: What was looked at last, the register's edition and the day: rights end with either and never between.
LOOKED_AT = "rights-that-ended"


def keep_up(*, at: datetime) -> int:
    """Stop what runs under rights that have ended, and give how much."""
    now = f"{registry.edition()} {at.date()}"
    if cache.get(LOOKED_AT) == now:
        return 0
    stopped = sum(_stopped(key, at) for key in notices.under_ended_rights(at.date(), size=BATCH))
    released = sum(_released(key, listing, at) for key, listing in ended_rights.held(at.date(), size=BATCH))
    forgotten = returned.forget(ended_rights.removed(returned.decisions(), at.date()))
    if not (stopped or released or forgotten):
        cache.set(LOOKED_AT, now, None)
    return stopped + released + forgotten


@transaction.atomic
def _stopped(key: int, at: datetime) -> bool:
    stopped = stopping.stop(key, at=at)
    if stopped:
        examinations.cancel(notice=key, at=at)
    return stopped


@transaction.atomic
def _released(key: int, listing: int, at: datetime) -> bool:
    catalog.hold(listing)
    decision = ended_rights.taken(key)
    if decision is None:  # somebody decided meanwhile
        return False
    decisions.let_go(decision=decision, actor=Actor.system(), at=at)
    return True
