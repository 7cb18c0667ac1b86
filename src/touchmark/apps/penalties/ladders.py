"""
Which ladder a marketplace follows, and what another one would change for its shops before it is followed.

Ladders reach over every shop of a marketplace, so they are seen and chosen by those whose role reaches everywhere.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from touchmark.apps.accounts.models import User
from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog.marketplaces import NoSuchMarketplace
from touchmark.apps.catalog.models import Marketplace, Seller
from touchmark.apps.decisions import strikes
from touchmark.apps.penalties import queries
from touchmark.apps.penalties.models import Consequence, Following
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.penalties import consequences
from touchmark.engine.penalties.consequences import Amount, Ladder, Step
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)
#: So many shops are looked at before a choice, those with the newest decisions first; the worker looks at all.
MOST = 2_000
#: From the mildest on. Of two that are alike, the longer is the graver.
KINDS = ("", "warning", "listing_ban", "hold", "closing")


class NoSuchLadder(TouchmarkError):
    """No ladder of that name is in force."""


class IncompleteChoice(TouchmarkError):
    """Nobody says why another ladder is followed."""


class FollowedAlready(TouchmarkError):
    """The marketplace follows this ladder already."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A marketplace and the ladder that it follows; by whom and since when, where somebody chose it."""

    marketplace: Marketplace
    ladder: Ladder
    since: datetime | None
    by: User | None


@dataclass(frozen=True, slots=True)
class Change:
    """A shop for which something else would follow: the gravest step that it is on now, and would be on."""

    seller: Seller
    now: Step | None
    then: Step | None

    @property
    def graver(self) -> bool:
        """Whether what would follow is more than what follows now."""
        return weight(self.then) > weight(self.now)


@dataclass(frozen=True, slots=True)
class Preview:
    """What another ladder would make of the shops: how many on each consequence, and each for which it differs."""

    shops: int
    more: bool
    now: Mapping[str, int]
    then: Mapping[str, int]
    changes: Sequence[Change]


def weight(step: Step | None) -> tuple[int, int]:
    """Give how grave a step is, to be compared; none is the least."""
    return (KINDS.index(step.consequence), step.days or 0) if step else (0, 0)


def all_followed(actor: Actor, *, at: datetime) -> list[Followed]:
    """Give what each marketplace follows, by name; nothing to whoever does not see ladders."""
    if not actor.reaches_everywhere(*SEE_ALL):
        return []
    chosen = {one.marketplace_id: one for one in Following.objects.select_related("by")}
    return [_followed(place, chosen.get(place.pk), at) for place in Marketplace.objects.order_by("name")]


def followed_by(actor: Actor, slug: str, *, at: datetime, lock: bool = False) -> Followed:
    """
    Give what one marketplace follows; ``lock`` takes its row until the transaction ends.

    :raises NoSuchMarketplace: if it is not open, or the actor does not see ladders
    """
    open_ = Marketplace.objects.filter(slug=slug)
    place = (open_.select_for_update() if lock else open_).first() if actor.reaches_everywhere(*SEE_ALL) else None
    if place is None:
        raise NoSuchMarketplace(f"No marketplace '{slug}' is open here whose ladder you can see.")
    return _followed(place, Following.objects.filter(marketplace=place).select_related("by").first(), at)


def _followed(place: Marketplace, chosen: Following | None, at: datetime) -> Followed:
    ladder = consequences.ladder(chosen.ladder if chosen else queries.PLATFORM, on=at.date())
    return Followed(place, ladder, chosen.since if chosen else None, chosen.by if chosen else None)


def named(name: str, *, at: datetime) -> Ladder:
    """
    Give a ladder that is in force.

    :raises NoSuchLadder: if none of that name is
    """
    if name not in consequences.names(on=at.date()):
        raise NoSuchLadder(f"No ladder '{name}' is in force.")
    return consequences.ladder(name, on=at.date())


def in_force(*, at: datetime) -> list[Ladder]:
    """Give the ladders of which a marketplace may follow one."""
    return [consequences.ladder(name, on=at.date()) for name in consequences.names(on=at.date())]


def preview(marketplace: Marketplace, other: Ladder, *, at: datetime) -> Preview:
    """
    Give what following another ladder would change now, the graver first.

    In a fixed number of questions, however many shops there are. Nothing is proposed because a ladder is changed: a
    step counts when the next decision reaches it.
    """
    keys = strikes.counting_on(marketplace, size=MOST + 1)
    shops = Seller.objects.filter(pk__in=keys[:MOST]).select_related("marketplace").in_bulk()
    found = queries.counting_for(shops)
    rules, zone = queries.ladder_of(marketplace, at=at), ZoneInfo(marketplace.zone)
    both = [
        Change(shops[key], _gravest(found[key], rules, at, zone), _gravest(found[key], other, at, zone))
        for key in keys[:MOST]
        if key in shops
    ]
    return Preview(
        shops=len(both),
        more=len(keys) > MOST,
        now=Counter(_kind(one.now) for one in both),
        then=Counter(_kind(one.then) for one in both),
        changes=sorted(
            (one for one in both if weight(one.now) != weight(one.then)), key=lambda one: weight(one.then), reverse=True
        ),
    )


def _gravest(found: Sequence[queries.Counting], ladder: Ladder, at: datetime, zone: ZoneInfo) -> Step | None:
    breaches = (breach for _, breach in found)
    tracks: Mapping[str, Amount] = consequences.amounts(breaches, ladder=ladder, at=at, zone=zone)
    return max((step for amount in tracks.values() for step in amount.reached), key=weight, default=None)


def _kind(step: Step | None) -> str:
    return step.consequence if step else ""


@transaction.atomic
def follow(*, marketplace: str, ladder: str, why: str, actor: Actor, at: datetime) -> Followed:
    """
    Have a marketplace follow a ladder from now on. The worker looks at its shops anew; nothing follows from that alone.

    :raises NoSuchMarketplace: if it is not open, or the actor does not see ladders
    :raises NotYours: if the actor sees them and does not own the policy everywhere
    :raises NoSuchLadder: if none of that name is in force
    :raises FollowedAlready: if it is the one that is followed
    :raises IncompleteChoice: if nobody says why
    """
    before = followed_by(actor, marketplace, at=at, lock=True)
    if not actor.reaches_everywhere(Role.POLICY_OWNER):
        raise NotYours("Ladders are chosen by whoever owns the policy, in a role that reaches everywhere.")
    chosen = named(ladder, at=at)
    if chosen.id == before.ladder.id:
        raise FollowedAlready(f"{before.marketplace.name} follows this ladder already.")
    if not why.strip():
        raise IncompleteChoice("Say why: the record keeps it beside your name.")
    said = {"ladder": chosen.id, "since": at, "by_id": actor.person}
    Following.objects.update_or_create(marketplace=before.marketplace, defaults=said)
    # the worker looks at what has become due: every shop that is on a step of the ladder before
    Consequence.objects.filter(seller__marketplace=before.marketplace, left_at=None).update(less_at=at)
    payload = {"ladder": chosen.id, "before": before.ladder.id, "why": why.strip()}
    audit.append(stream=f"ladder:{marketplace}", kind="follow", actor=actor, at=at, payload=payload)
    return followed_by(actor, marketplace, at=at)
