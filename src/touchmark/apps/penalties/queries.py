"""What counts for a shop now, and where that puts it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from touchmark.apps.catalog.models import Marketplace, Seller
from touchmark.apps.decisions import sellers as decided
from touchmark.apps.decisions import strikes
from touchmark.apps.decisions.models import Decision
from touchmark.apps.penalties.models import Consequence, Following, Looked
from touchmark.engine.penalties import consequences
from touchmark.engine.penalties.consequences import Amount, Breach, Ladder
from touchmark.engine.penalties.gravity import Facts, gravity_of
from touchmark.engine.policy.safety import critical

#: What a marketplace follows that has chosen no other.
PLATFORM = "platform.consequences"


#: A decision that counts, and what it counts for.
Counting = tuple[Decision, Breach]


class LookingBack(NamedTuple):
    """
    How far it was looked back: done with the decisions up to ``after``; among those up to ``upto`` with the listings up
    to ``listing``. All by key.
    """

    after: int
    upto: int
    listing: int


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a shop stands: its ladder, the amount on each track, and the decision behind each breach by reference."""

    seller: Seller
    ladder: Ladder
    amounts: Mapping[str, Amount]
    behind: Mapping[str, Decision]
    gravity: Mapping[str, str]


def stand_of(seller: Seller, *, at: datetime) -> Stand:
    """Give where a shop stands by the decisions that count now."""
    return stands_of([seller], at=at)[seller.pk]


def stands_of(sellers: Collection[Seller], *, at: datetime) -> dict[int, Stand]:
    """Give where each of many shops stands, by its key, in a fixed number of questions."""
    counted = counting_for({seller.pk for seller in sellers})
    ladders = ladders_of({seller.marketplace for seller in sellers}, at=at)
    return {seller.pk: _stand(seller, ladders[seller.marketplace_id], counted[seller.pk], at) for seller in sellers}


def _stand(seller: Seller, rules: Ladder, found: Sequence[Counting], at: datetime) -> Stand:
    zone = ZoneInfo(seller.marketplace.zone)
    counted = consequences.amounts((breach for _, breach in found), ladder=rules, at=at, zone=zone)
    return Stand(
        seller=seller,
        ladder=rules,
        amounts=counted,
        behind={breach.ref: decision for decision, breach in found},
        gravity={breach.ref: breach.gravity for _, breach in found},
    )


def kin_of(sellers: Iterable[int]) -> dict[int, frozenset[int]]:
    """
    Give, for each of many shops, those whose decisions count for it, itself among them, by key.

    Those of its own organisation; those that a decision, which its seller was told of and can appeal, counts it
    together with, and those of their organisations. A link goes one step, and one way.
    """
    asked = set(sellers)
    houses = _houses(asked)
    own = {shop: houses.get(shop, frozenset({shop})) for shop in asked}
    links = decided.links_of({kin for shops in own.values() for kin in shops})
    beyond = _houses({other for others in links.values() for other in others})
    return {
        shop: shops.union(*(beyond.get(other, {other}) for kin in shops for other in links.get(kin, ())))
        for shop, shops in own.items()
    }


def _houses(sellers: set[int]) -> dict[int, frozenset[int]]:
    """Give, for each of the shops that an organisation runs, all that it runs."""
    known = Seller.objects.filter(pk__in=sellers, organisation__isnull=False).values_list("pk", "organisation_id")
    of = dict(known)
    run: dict[int | None, set[int]] = defaultdict(set)
    rows = Seller.objects.filter(organisation_id__in=set(of.values())).values_list("organisation_id", "pk")
    for organisation, shop in rows:
        run[organisation].add(shop)
    return {shop: frozenset(run[organisation]) for shop, organisation in of.items()}


def counting_for(sellers: Iterable[int]) -> dict[int, list[Counting]]:
    """
    Give what counts for each shop, newest first: decisions on listings of its own and of those that it is counted with.
    """
    kin = kin_of(sellers)
    own: dict[int, list[int]] = defaultdict(list)
    for shop, others in kin.items():
        for other in others:
            own[other].append(shop)
    found: dict[int, list[Counting]] = {shop: [] for shop in kin}
    for decision in strikes.counted_on(own).filter(listing__isnull=False):
        breach = _breach(decision)
        for shop in own[decision.counts_for_id or 0] if breach.gravity else ():
            found[shop].append((decision, breach))
    return found


def _breach(decision: Decision) -> Breach:
    since = decision.correct_by or decision.effective_at or decision.decided_at
    return Breach(decision.ref, gravity_of(_facts(decision, since), on=since.date()), since)


def _facts(decision: Decision, since: datetime) -> Facts:
    ways = frozenset(finding["way"] for finding in decision.evidence.get("findings", ()))
    category = decision.frozen.content.get("category") or ""
    return Facts(decision.kind, ways, bool(critical(category, on=since.date())))


def ladder_of(marketplace: Marketplace, *, at: datetime) -> Ladder:
    """Give the ladder that a marketplace follows."""
    return ladders_of([marketplace], at=at)[marketplace.pk]


def ladders_of(marketplaces: Iterable[Marketplace], *, at: datetime) -> dict[int, Ladder]:
    """Give the ladder that each of these marketplaces follows, by its key."""
    keys = {marketplace.pk for marketplace in marketplaces}
    followed = dict(Following.objects.filter(marketplace__in=keys).values_list("marketplace_id", "ladder"))
    return {key: consequences.ladder(followed.get(key, PLATFORM), on=at.date()) for key in keys}


def open_steps(seller: Seller) -> QuerySet[Consequence]:
    """Give the steps that a shop is on."""
    return Consequence.objects.filter(seller=seller, left_at=None).select_related("decision").order_by("track", "step")


def concerned_by(refs: Iterable[str]) -> list[int]:
    """Give the shops, by key, for which one of these decisions counts: its own, and those counted together with it."""
    named = Decision.objects.filter(ref__in=set(refs))
    own = set(named.filter(listing__seller__isnull=False).values_list("listing__seller__pk", flat=True))
    own |= set(named.filter(seller__isnull=False).values_list("seller__pk", flat=True))
    kin = own.union(*_houses(own).values())
    linking = set(Decision.objects.filter(linked_to__in=kin, kind="link").values_list("seller__pk", flat=True))
    return sorted(kin.union(linking, *_houses(linking).values()))


def due(at: datetime, *, size: int) -> list[int]:
    """Give the shops, by key, on a step from which a breach has expired, or of which one is still to be proposed."""
    less = Q(less_at__lte=at) | Q(waits=True)
    found = Consequence.objects.filter(less, left_at=None).order_by("pk").values_list("seller_id", flat=True)
    return list(dict.fromkeys(found[:size]))


def reached() -> int:
    """Give the key of the last event that was looked at."""
    return Looked.objects.get_or_create(pk=1)[0].reached


def screened() -> int:
    """Give the key of the last assessment that was looked at."""
    return Looked.objects.get_or_create(pk=1)[0].screened


def note_screened(key: int) -> None:
    """Note it; a worker that was slower takes nothing back."""
    Looked.objects.filter(pk=1, screened__lt=key).update(screened=key)


def looking_back() -> LookingBack:
    """Give how far it was looked back."""
    found = Looked.objects.get_or_create(pk=1)[0]
    return LookingBack(found.back_after, found.back_upto, found.back_listing)


def note_looked_back(before: LookingBack, now: LookingBack) -> bool:
    """Note how far it was looked back, unless another worker was first; whether it was noted."""
    stood = Looked.objects.filter(pk=1, back_after=before.after, back_upto=before.upto, back_listing=before.listing)
    return stood.update(back_after=now.after, back_upto=now.upto, back_listing=now.listing) == 1


def note_reached(key: int) -> None:
    """Note it; a worker that was slower takes nothing back."""
    Looked.objects.filter(pk=1, reached__lt=key).update(reached=key)
