"""Those who bought an illegal product lately are informed by their marketplace, or publicly (DSA, art. 32)."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from touchmark.apps.buyers import actions, queries

#: So many are begun, and ended, in one pass; so often it is looked, in seconds, after nothing was found.
BATCH, EVERY = 100, 10
QUIET = "no-buyers-to-inform"


def keep_up(*, at: datetime) -> int:
    """Ask marketplaces to inform buyers of what was found illegal, end what was undone, and give how many."""
    if cache.get(QUIET):
        return 0
    asked = sum(_asked(key, at) for key in queries.due(at).values_list("pk", flat=True)[:BATCH])
    ended = sum(actions.end(key=key, at=at) for key in queries.undone(size=BATCH))
    if not (asked or ended):
        cache.set(QUIET, at.isoformat(), EVERY)
    return asked + ended


@transaction.atomic
def _asked(key: int, at: datetime) -> bool:
    found = queries.due(at).filter(pk=key).select_for_update(of=("self",), skip_locked=True)
    decision = found.select_related("listing__marketplace", "listing__seller", "snapshot").first()
    if decision is None:  # another worker was first, or it was undone meanwhile
        return False
    actions.ask(decision=decision, at=at)
    return True
