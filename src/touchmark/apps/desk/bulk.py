"""
One decision on many listings: what was chosen, which listings as they were seen, what became of each.

Kept here and carried out by ``flows.decide_many``, listing by listing: a crash loses nothing and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.catalog import reach
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.desk import people
from touchmark.apps.desk.alike import AT_MOST
from touchmark.apps.desk.choices import as_json, from_json
from touchmark.apps.desk.kinds import Alike, Outcome
from touchmark.apps.desk.models import Bulk, BulkItem
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role

#: A decision on many can be undone as a whole by whoever took it for so long.
UNDO = timedelta(minutes=30)
#: Why a listing was left out, by the code that is kept.
LEFT: Mapping[str, Promise] = {
    "changed": _("it has changed since you saw it"),
    "decided": _("somebody decided on it meanwhile"),
    "reported": _("a holder reports it: each notice needs its own answer"),
    "held": _("somebody else works on it now"),
    "other_right": _("the right that you chose is not used there"),
    "second_eyes": _("it needs a second pair of eyes: decide on it by itself"),
    "beyond": _("it is also about what your role does not reach"),
    "incomplete": _("something that must be said of it is missing"),
}


class NoSuchBulk(TouchmarkError):
    """There is no such decision on many, or none that this actor may see; which of the two is not said."""


class TooMany(TouchmarkError):
    """More listings were chosen than are decided on at once."""


class NotUndone(TouchmarkError):
    """The time to undo a decision on many is over, or it is undone already."""


@dataclass(frozen=True, slots=True)
class SeenOne:
    """One listing as it was seen: its key, what it said, and the assessment that waits."""

    listing_id: int
    digest: str
    assessment_id: int | None


@transaction.atomic
def ask(*, alike: str, choice: Choice, seen: Sequence[SeenOne], actor: Actor, at: datetime) -> Bulk:
    """
    Keep what was chosen for many listings. The same form sent again gives what stands.

    :raises NotYours: if the actor is no reviewer
    :raises TooMany: if there are more than ``AT_MOST``
    :raises IncompleteDecision: if something that must be said is missing
    """
    if not actor.has(Role.REVIEWER):
        raise NotYours("A reviewer decides on listings; you can look at them.")
    if sent := Bulk.objects.filter(request_key=choice.request_key, by_id=actor.user_id).first():
        return sent
    if not 0 < len(seen) <= AT_MOST:
        raise TooMany(f"Choose between one and {AT_MOST} listings.")
    choice.require_whole(at=at)
    bulk = Bulk.objects.create(
        ref=new_ref("B", at),
        by_id=actor.person,
        alike=alike,
        choice=as_json(choice),
        right=choice.right,
        request_key=choice.request_key,
        asked_at=at,
    )
    BulkItem.objects.bulk_create(
        BulkItem(
            bulk=bulk,
            listing_id=one.listing_id,
            seen_digest=one.digest,
            seen_assessment=one.assessment_id,
            request_key=uuid5(choice.request_key, str(one.listing_id)),
        )
        for one in {one.listing_id: one for one in seen}.values()
    )
    audit.append(stream=f"bulk:{bulk.ref}", kind="ask", actor=actor, at=at, payload={"listings": len(seen)})
    return bulk


def choice_for(item: BulkItem) -> Choice:
    """
    Give what was chosen, as the form for this one listing.

    Photos that many show are chosen by what they are: each listing has a name of its own for them.
    """
    choice = from_json(item.bulk.choice, right=item.bulk.right, request_key=item.request_key)
    if choice.kind != DecisionKind.PICTURES or item.bulk.alike != Alike.PHOTO:
        return choice
    shown = item.listing.images.filter(blob_id__in=choice.pictures).order_by("place")
    return replace(choice, pictures=tuple(shown.values_list("name", flat=True)))


def bulks_for(actor: Actor) -> QuerySet[Bulk]:
    """Give the decisions on many that the actor may see, newest: own ones, and those on a listing within reach."""
    if not actor.has(*people.TEAM):
        return Bulk.objects.none()
    seen = BulkItem.objects.filter(_within(actor), bulk=OuterRef("pk"))
    found = Bulk.objects.filter(Q(by_id=actor.user_id) | Exists(seen))
    return found.select_related("by", "right").order_by("-asked_at", "-id")


def _within(actor: Actor) -> Q:
    return reach.within(actor.reaches(*people.TEAM), "listing__")


def bulk_for(actor: Actor, ref: str) -> Bulk:
    """
    Give one decision on many.

    :raises NoSuchBulk: if there is none that the actor may see
    """
    found = bulks_for(actor).filter(ref=ref).first()
    if found is None:
        raise NoSuchBulk(f"There is no decision on many {ref} that you can see.")
    return found


def items_of(bulk: Bulk, actor: Actor) -> QuerySet[BulkItem]:
    """Give the listings of a decision on many that lie within the actor's reach, in the order they were chosen."""
    shown = bulk.items.filter(_within(actor)).select_related("listing__marketplace", "listing__seller", "decision")
    return shown.order_by("id")


def counts(bulk: Bulk, actor: Actor) -> dict[str, int]:
    """Give how many of the listings within the actor's reach had each outcome."""
    return dict(bulk.items.filter(_within(actor)).order_by().values_list("outcome").annotate(n=Count("id")))


def take(item_key: int) -> BulkItem:
    """Take the row of one listing of a decision on many; the caller is in a transaction."""
    rows = BulkItem.objects.select_for_update(of=("self",)).select_related("bulk__right", "listing__marketplace")
    return rows.get(pk=item_key)


def settle(item: BulkItem, outcome: Outcome, **said: Any) -> BulkItem:
    """Note what became of one listing. The caller holds its row."""
    item.outcome = outcome
    for name, value in said.items():
        setattr(item, name, value)
    item.save(update_fields=["outcome", *said])
    return item


def finish(bulk: Bulk, *, at: datetime) -> Bulk:
    """Note that every listing has its outcome."""
    bulk.finished_at = at
    bulk.save(update_fields=["finished_at"])
    return bulk


def require_undoable(bulk: Bulk, *, actor: Actor, at: datetime) -> None:
    """
    Pass if the actor may undo this decision on many now.

    :raises NotYours: if somebody else took it
    :raises NotUndone: if the time for it is over, or it is undone already
    """
    if bulk.by_id != actor.user_id or not actor.has(Role.REVIEWER):
        raise NotYours("Whoever took this decision on many can undo it as a whole.")
    if bulk.undone_at is not None:
        raise NotUndone("This decision on many is undone already.")
    if at > undo_until(bulk):
        raise NotUndone("The time to undo this as a whole is over. Each decision can still be reversed by itself.")


def undo_until(bulk: Bulk) -> datetime:
    """Give until when a decision on many can be undone as a whole."""
    return bulk.asked_at + UNDO


@transaction.atomic
def undone(bulk: Bulk, *, actor: Actor, at: datetime) -> Bulk:
    """Note that a decision on many was undone."""
    bulk.undone_at = at
    bulk.save(update_fields=["undone_at"])
    audit.append(stream=f"bulk:{bulk.ref}", kind="undo", actor=actor, at=at, payload={})
    return bulk
