"""Filters of the queue that somebody keeps under a name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from touchmark.apps.decisions.wanted import Wanted
from touchmark.apps.desk.models import SavedFilter
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor

#: So many a person keeps; the first nine have a key each.
AT_MOST = 30


class IncompleteFilter(TouchmarkError):
    """A filter to be kept has no name, or narrows and orders nothing."""


class TooManyFilters(TouchmarkError):
    """A person keeps as many filters as one can."""


def kept_by(actor: Actor) -> QuerySet[SavedFilter]:
    """Give the filters that the actor keeps, by name."""
    return SavedFilter.objects.filter(by_id=actor.user_id).order_by("name", "id")


@transaction.atomic
def keep(*, name: str, wanted: Wanted, actor: Actor, at: datetime) -> SavedFilter:
    """
    Keep what is wanted of the queue under a name; the same name again means this from now on.

    :raises IncompleteFilter: if there is no name, or everything is wanted
    :raises TooManyFilters: if the actor keeps ``AT_MOST`` already
    """
    name = " ".join(name.split())[:60]
    if not name or not wanted.asked():
        raise IncompleteFilter("Give the filter a name, and let it narrow or order the queue.")
    others = kept_by(actor).exclude(name=name).count()
    if others >= AT_MOST:
        raise TooManyFilters(f"You keep {AT_MOST} filters already: drop one first.")
    said = {"asked": wanted.asked(), "made_at": at}
    kept, _made = SavedFilter.objects.update_or_create(by_id=actor.person, name=name, defaults=said)
    return kept


def drop(*, key: int, actor: Actor) -> None:
    """Keep a filter no longer. One that is not there, or another's, is left as it is."""
    kept_by(actor).filter(pk=key).delete()
