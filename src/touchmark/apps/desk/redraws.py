"""
How often reviewers agree: of every hundred decisions two are drawn at random, and somebody else looks again, blind.

The second reviewer sees the listing as it was frozen and what was found in it, and nothing of the decision. Whether
both would restrict is all that is compared; the share is given with an interval, because twenty are few.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from touchmark.apps.audit import actions as audit
from touchmark.apps.decisions import access
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.desk import people
from touchmark.apps.desk.models import Drawn, Redraw
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

#: So many decisions are drawn from at a time.
BATCH = 2_000
#: Whatever was decided so long ago is kept by now, in whichever order the transactions ended.
SETTLED = timedelta(minutes=1)
#: The normal deviate of a 95 % interval.
Z = 1.96


class NoSuchRedraw(TouchmarkError):
    """There is no such decision to be looked at again, or none that this actor may; which of the two is not said."""


class IncompleteLook(TouchmarkError):
    """A second look says neither to restrict nor to leave."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a second reviewer thought the same, of how many; and between which shares that lies."""

    looked: int
    agreed: int

    @property
    def share(self) -> float:
        """The share that agreed; 0 where none was looked at."""
        return self.agreed / self.looked if self.looked else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval: it holds for few, and for all or none of them, where the usual one does not."""
        return wilson(self.agreed, self.looked)

    @property
    def percent(self) -> tuple[int, int, int]:
        """The share and the ends of its interval in per cent, rounded outwards."""
        low, high = self.interval
        return round(100 * self.share), int(100 * low), min(int(-(-100 * high // 1)), 100)


def wilson(agreed: int, looked: int, z: float = Z) -> tuple[float, float]:
    """Give between which shares the true one lies, by Wilson's score interval; all where nothing was looked at."""
    if not looked:
        return 0.0, 1.0
    share, square = agreed / looked, z * z
    middle = (share + square / (2 * looked)) / (1 + square / looked)
    half = z / (1 + square / looked) * sqrt(share * (1 - share) / looked + square / (4 * looked * looked))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def draw(at: datetime) -> int:
    """
    Draw from the decisions that people took since the last draw; give how many were drawn.

    By a keyed digest of the decision's reference: nobody can tell beforehand, and no draw happens twice.
    """
    with transaction.atomic():
        row, _made = Drawn.objects.select_for_update().get_or_create(pk=1)
        taken = Decision.objects.filter(pk__gt=row.reached, decided_at__lte=at - SETTLED).order_by("pk")
        step = list(taken.values_list("pk", "ref", "decided_by_id", "listing_id", "order")[:BATCH])
        if not step:
            return 0
        judged = [(key, ref) for key, ref, by, listing, order in step if by and listing and not order]
        drawn = [key for key, ref in judged if _takes(ref)]
        Redraw.objects.bulk_create((Redraw(decision_id=key, drawn_at=at) for key in drawn), ignore_conflicts=True)
        row.reached = step[-1][0]
        row.save()
    return len(drawn)


def _takes(ref: str) -> bool:
    key = hmac.new(settings.SECRET_KEY.encode(), b"decisions looked at again", hashlib.sha256).digest()
    found = hmac.new(key, ref.encode(), hashlib.sha256).digest()
    return int.from_bytes(found[:8], "big") < settings.TOUCHMARK_SECOND_LOOKS * 2**64


def waiting(actor: Actor) -> QuerySet[Redraw]:
    """Give what waits to be looked at again by this reviewer, whose own decisions are left out, the oldest first."""
    if not actor.has(Role.REVIEWER):
        return Redraw.objects.none()
    within = access.within(actor.reaches(Role.REVIEWER), "decision__")
    open_ones = Redraw.objects.filter(within, done_at=None).exclude(decision__decided_by_id=actor.user_id)
    return open_ones.select_related("decision__listing__marketplace", "decision__snapshot").order_by("drawn_at", "id")


def redraw_for(actor: Actor, key: int, *, lock: bool = False) -> Redraw:
    """
    Give one decision to be looked at again by this actor.

    :raises NoSuchRedraw: if there is none that they may: it is their own, or done
    """
    return one_of(
        waiting(actor).filter(pk=key),
        NoSuchRedraw("There is nothing here for you to look at again: it is done, or was your own."),
        lock=lock,
    )


@transaction.atomic
def look(*, key: int, restricts: bool | None, words: str, actor: Actor, at: datetime) -> Redraw:
    """
    Keep what the second reviewer would do. Nothing is changed by it.

    :raises NoSuchRedraw: if there is none that the actor may look at
    :raises IncompleteLook: if it is neither to restrict nor to leave
    :raises NotYours: if the actor is no reviewer
    """
    if not actor.has(Role.REVIEWER):
        raise NotYours("A reviewer looks again.")
    redraw = redraw_for(actor, key, lock=True)
    if restricts is None:
        raise IncompleteLook("Say what you would do: restrict the listing, or leave it on sale.")
    redraw.by_id, redraw.restricts, redraw.words, redraw.done_at = actor.person, restricts, words.strip(), at
    redraw.save()
    stream = f"decision:{redraw.decision.ref}:second-look"
    audit.append(stream=stream, kind="look_again", actor=actor, at=at, payload={"restricts": restricts})
    return redraw


_AGREED = Q(restricts=True) & ~Q(decision__kind=DecisionKind.NONE) | Q(
    restricts=False, decision__kind=DecisionKind.NONE
)


def agreement(actor: Actor) -> Agreement:
    """Give how often others agreed with what this person decided."""
    return _counted(Redraw.objects.filter(decision__decided_by_id=actor.user_id))


def _counted(looked: QuerySet[Redraw]) -> Agreement:
    done = looked.exclude(done_at=None).aggregate(looked=Count("id"), agreed=Count("id", filter=_AGREED))
    return Agreement(**done)


def agreement_of_each(actor: Actor) -> list[tuple[str, Agreement]]:
    """Give, for whoever leads the team, how often others agreed with each reviewer, by name; for anybody else none."""
    if not actor.has(Role.POLICY_OWNER):
        return []
    team = people.colleagues(actor, Role.REVIEWER).values_list("pk", "name")
    done = Redraw.objects.exclude(done_at=None).values("decision__decided_by_id").order_by()
    counted = done.annotate(looked=Count("id"), agreed=Count("id", filter=_AGREED))
    found = {row["decision__decided_by_id"]: Agreement(row["looked"], row["agreed"]) for row in counted}
    return [(name, found.get(key, Agreement(0, 0))) for key, name in team]


def differed(actor: Actor, *, size: int = 20) -> Iterable[Redraw]:
    """Give the last of this person's decisions with which a second reviewer did not agree, the newest first."""
    own = Redraw.objects.filter(decision__decided_by_id=actor.user_id).exclude(done_at=None).exclude(_AGREED)
    return own.select_related("decision__listing", "by").order_by(F("done_at").desc())[:size]
