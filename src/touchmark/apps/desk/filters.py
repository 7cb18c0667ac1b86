"""Filters of the queue that somebody keeps under a name, and those that the review team shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from touchmark.apps.accounts.models import Membership, User
from touchmark.apps.audit import actions as audit
from touchmark.apps.decisions.wanted import Wanted
from touchmark.apps.desk.models import SavedFilter
from touchmark.apps.desk.people import TEAM
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor

#: So many a person keeps; the first nine have a key each.
AT_MOST = 30
#: So many a team shares: a longer list helps nobody to find one.
TEAM_AT_MOST = 50


class IncompleteFilter(TouchmarkError):
    """A filter to be kept has no name, or narrows and orders nothing."""


class TooManyFilters(TouchmarkError):
    """A person keeps as many filters as one can, or a team shares as many."""


def kept_by(actor: Actor) -> QuerySet[SavedFilter]:
    """Give the filters that the actor keeps, by name."""
    return SavedFilter.objects.filter(by_id=actor.user_id).order_by("name", "id")


def shared_in(organisation_id: int) -> QuerySet[SavedFilter]:
    """Give what people of this review team share, as long as they are of it, by name."""
    team = Membership.objects.filter(organisation_id=organisation_id, role__in=TEAM, ended_at=None)
    shared = SavedFilter.objects.filter(shared_with_id=organisation_id, by__in=team.values("user_id"))
    return shared.order_by("name", "id")


def seen_by(actor: Actor) -> Sequence[SavedFilter]:
    """Give the filters that the actor keeps, then those that others of the team share, each by name: one query."""
    seen = Q(by_id=actor.user_id)
    if actor.has(*TEAM) and actor.organisation_id is not None:
        seen |= Q(pk__in=shared_in(actor.organisation_id).order_by().values("pk"))
    found = SavedFilter.objects.filter(seen).select_related("by")
    return sorted(found, key=lambda one: (one.by_id != actor.user_id, one.name, one.pk))


@transaction.atomic
def keep(*, name: str, wanted: Wanted, actor: Actor, at: datetime) -> SavedFilter:
    """
    Keep what is wanted of the queue under a name; the same name again means this from now on, to the team as well.

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


def forget_of(actor: Actor) -> None:
    """Drop all that the actor keeps: nobody is left to use it."""
    kept_by(actor).delete()


@transaction.atomic
def share(*, key: int, actor: Actor) -> None:
    """
    Let the review team see a filter of the actor's from now on. One that is not there, or another's, stays as it is.

    :raises TooManyFilters: if the team shares ``TEAM_AT_MOST`` already
    """
    if not actor.has(*TEAM):
        return
    own = kept_by(actor).filter(pk=key)
    if shared_in(actor.organisation).exclude(pk=key).count() >= TEAM_AT_MOST:
        raise TooManyFilters(f"Your team shares {TEAM_AT_MOST} filters already: let one be shared no longer first.")
    own.update(shared_with_id=actor.organisation)


def keep_to_oneself(*, key: int, actor: Actor) -> None:
    """Let the team see a filter of the actor's no longer. One that is not there, or another's, stays as it is."""
    kept_by(actor).filter(pk=key).update(shared_with=None)


def shared_by(user_id: int, organisation_id: int) -> QuerySet[SavedFilter]:
    """Give what somebody shares with a review team."""
    return SavedFilter.objects.filter(by_id=user_id, shared_with_id=organisation_id).order_by("name", "id")


@transaction.atomic
def pass_on(*, of: int, organisation_id: int, to: User, actor: Actor, at: datetime) -> int:
    """
    Give what somebody shares, who leaves, to a colleague; the caller may have them leave. Give how many filters.

    Where the colleague keeps one of that name, the number of the filter stands behind the name.
    """
    given = list(shared_by(of, organisation_id).select_for_update(of=("self",)))
    taken = set(SavedFilter.objects.filter(by=to).values_list("name", flat=True))
    for one in given:
        one.by, one.name = to, one.name if one.name not in taken else f"{one.name[:45]} ({one.pk})"
        one.save(update_fields=["by", "name"])
    if given:
        payload = {"from": of, "to": to.pk, "filters": len(given)}
        stream = f"organisation:{organisation_id}"
        audit.append(stream=stream, kind="filters_passed_on", actor=actor, at=at, payload=payload)
    return len(given)
