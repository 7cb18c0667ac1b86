"""Sharing the queue out: each reviewer works on listings that nobody else has before them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from touchmark.apps.accounts.models import User
from touchmark.apps.audit import actions as audit
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.wanted import Place, Wanted
from touchmark.apps.desk import people
from touchmark.apps.desk.kinds import SkipReason
from touchmark.apps.desk.models import Hold, Proposal, Skip
from touchmark.apps.inbox import actions as inbox
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.proposal import ProposalStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor, Role

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.screening.models import Waiting

#: A hold lasts so long from the last thing that its reviewer did.
LASTS = timedelta(minutes=20)
#: What was skipped comes back to the same person only after this.
AWAY = timedelta(days=7)
#: So often somebody else may be a moment faster before "nothing is free" is said.
TRIES = 20


class HeldBySomebody(TouchmarkError):
    """Another reviewer works on this listing now."""


class IncompleteSkip(TouchmarkError):
    """Nobody says why a listing is skipped."""


def live(at: datetime) -> QuerySet[Hold]:
    """Give the holds that have not run out."""
    return Hold.objects.filter(until__gt=at)


def holder_of(listing: Listing, *, at: datetime) -> Hold | None:
    """Give the hold on this listing that has not run out, whoever's it is."""
    return live(at).filter(listing=listing).select_related("by").first()


def in_others_hands(keys: Sequence[int], actor: Actor, *, at: datetime) -> dict[int, str]:
    """Give who else works on each of these listings, of those that somebody does."""
    held = live(at).filter(listing_id__in=keys).exclude(by_id=actor.user_id)
    return dict(held.values_list("listing_id", "by__name"))


def held_by(actor: Actor, *, at: datetime) -> QuerySet[Hold]:
    """Give what the actor holds now, the longest held first."""
    held = live(at).filter(by_id=actor.user_id).select_related("listing__marketplace", "listing__seller")
    return held.order_by("since", "id")


def free_for(actor: Actor, wanted: Wanted, *, after: Place | None, at: datetime) -> QuerySet[Waiting]:
    """Give what waits and is neither in somebody else's hands nor skipped by the actor, in the wanted order."""
    others = live(at).filter(listing=OuterRef("listing")).exclude(by_id=actor.user_id)
    skipped = Skip.objects.filter(listing=OuterRef("listing"), by_id=actor.user_id, until__gt=at)
    own = Proposal.objects.filter(listing=OuterRef("listing"), by_id=actor.user_id, status=ProposalStatus.WAITS)
    return queue.behind(actor, wanted, after).filter(~Exists(others), ~Exists(skipped), ~Exists(own))


@transaction.atomic
def take_next(*, wanted: Wanted, actor: Actor, at: datetime, after: Place | None = None) -> Listing | None:
    """
    Give the actor the next listing that is free, and let nobody else have it for a while; None where none is.

    Rows that somebody is taking at this moment are passed over, not waited for. Looked for behind a place first, then
    from the head on.

    :raises NotYours: if the actor is no reviewer
    """
    _require_reviewer(actor)
    passed: list[int] = []
    for _try in range(TRIES):
        free = free_for(actor, wanted, after=after, at=at).exclude(pk__in=passed)
        row = free.select_for_update(skip_locked=True, of=("self",)).select_related("listing__marketplace").first()
        if row is None and after is None:
            return None
        if row is None:
            after = None
            continue
        try:
            hold(listing=row.listing, actor=actor, at=at)
            return row.listing
        except HeldBySomebody:  # taken between our look and our lock
            passed.append(row.pk)
    return None


@transaction.atomic
def hold(*, listing: Listing, actor: Actor, at: datetime) -> Hold:
    """
    Hold a listing from now on for ``LASTS``; one that the actor holds is held for longer.

    :raises HeldBySomebody: if another reviewer holds it
    :raises NotYours: if the actor is no reviewer
    """
    _require_reviewer(actor)
    said = {"by_id": actor.person, "since": at, "until": at + LASTS}
    held, made = Hold.objects.select_for_update(of=("self",)).get_or_create(listing=listing, defaults=said)
    if made:
        return held
    if held.until > at and held.by_id != actor.user_id:
        raise HeldBySomebody(f"{held.by.name} works on this listing now.")
    if held.until <= at:
        held.since = at
    held.by_id, held.until = actor.person, at + LASTS
    held.save()
    return held


def require_free(*, listing: Listing, actor: Actor, at: datetime) -> None:
    """
    Pass if nobody else works on the listing.

    :raises HeldBySomebody: otherwise
    """
    held = holder_of(listing, at=at)
    if held is not None and held.by_id != actor.user_id:
        raise HeldBySomebody(f"{held.by.name} works on this listing now.")


@transaction.atomic
def release(*, listing: Listing, actor: Actor, at: datetime) -> None:
    """Let go of a listing that the actor holds; anybody may take it. One that is not held stays so."""
    Hold.objects.filter(listing=listing, by_id=actor.user_id, until__gt=at, since__lte=at).update(until=at)


@transaction.atomic
def skip(*, listing: Listing, reason: str, text: str, actor: Actor, at: datetime) -> Skip:
    """
    Leave a listing to others, and say why: it is not given to the actor again for ``AWAY``.

    :raises IncompleteSkip: if there is no reason
    :raises NotYours: if the actor is no reviewer
    """
    _require_reviewer(actor)
    if reason not in SkipReason.values:
        raise IncompleteSkip("Say why you leave this listing to somebody else.")
    said = {"reason": reason, "text": text.strip(), "at": at, "until": at + AWAY}
    skipped, _made = Skip.objects.update_or_create(listing=listing, by_id=actor.person, defaults=said)
    release(listing=listing, actor=actor, at=at)
    payload: dict[str, Json] = {"listing": listing.pk, "reason": reason}
    audit.append(stream=f"listing:{listing.pk}", kind="skip", actor=actor, at=at, payload=payload)
    return skipped


def skips_of(listing: Listing, *, at: datetime) -> Sequence[Skip]:
    """Give who left this listing to others lately, and why, the last first."""
    return list(Skip.objects.filter(listing=listing, until__gt=at).select_related("by").order_by("-at", "-id")[:5])


@transaction.atomic
def hand_over(*, listing: Listing, to: int, why: str, actor: Actor, at: datetime) -> Hold:
    """
    Give a listing to another reviewer, who has a letter about it; nobody else is given it for a day.

    :raises HeldBySomebody: if a third person works on it
    :raises NotYours: if the actor is no reviewer
    :raises NoSuchReviewer: if there is no such reviewer to give it to
    """
    held = hold(listing=listing, actor=actor, at=at)
    person = people.reviewer(actor, to)
    if not people.sees(person, actor, listing):
        raise people.NoSuchReviewer("This reviewer's role does not reach that listing.")
    held.by, held.since, held.until = person, at, at + timedelta(days=1)
    held.save()
    payload = {"listing": listing.pk, "to": person.pk}
    audit.append(stream=f"listing:{listing.pk}", kind="hand_over", actor=actor, at=at, payload=payload)
    content = people.letter_on(listing, actor, why)
    inbox.deliver(
        organisation=people.team(actor),
        kind="handed_over",
        about=listing.listing_id[:40],
        content=content,
        at=at,
        person=person,
    )
    return held


def hand_all_over(*, to: int, why: str, actor: Actor, at: datetime) -> int:
    """Give everything that the actor holds to another reviewer; give how many listings that were."""
    held = [one.listing for one in held_by(actor, at=at)]
    for listing in held:
        hand_over(listing=listing, to=to, why=why, actor=actor, at=at)
    return len(held)


def count_of(user_id: int, *, at: datetime) -> int:
    """Give how many listings somebody holds."""
    return live(at).filter(by_id=user_id).count()


@transaction.atomic
def pass_on(*, of: int, to: User, actor: Actor, at: datetime) -> int:
    """Give what somebody holds who leaves to a colleague by name; the caller may have them leave. Give how many."""
    held = list(live(at).filter(by_id=of).select_for_update(of=("self",)))
    for one in held:
        one.by, one.since, one.until = to, at, at + timedelta(days=1)
        one.save()
        payload = {"listing": one.listing_id, "from": of, "to": to.pk}
        audit.append(stream=f"listing:{one.listing_id}", kind="passed_on", actor=actor, at=at, payload=payload)
    return len(held)


def _require_reviewer(actor: Actor) -> None:
    if not actor.has(Role.REVIEWER):
        raise NotYours("A reviewer works on listings; you can look at them.")
