"""
What waits at the desk, kept as one narrow row per listing (``Waiting``), so that a queue of any size is read at once.

``renew`` is told by whoever changes what a listing waits for: the screening of it, a decision on it, its notices. It
makes the rows anew from what stands, in the same transaction; the caller holds the listings' rows.
"""

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from touchmark.apps.catalog.models import Listing
from touchmark.apps.registry.models import Right
from touchmark.apps.screening.languages import language_of
from touchmark.apps.screening.models import Assessment, Finding, Returned, Tip, Waiting
from touchmark.engine.policy.safety import critical
from touchmark.engine.terms import Verdict, Way

#: How a name is folded that somebody looks for, and how much of it is kept.
WIDTH = 300
#: How old the views and sales may be that the queue is ordered by.
REACH_IS_OF = timedelta(minutes=10)
_FIELDS = [field.attname for field in Waiting._meta.concrete_fields if field.attname not in ("id", "listing_id")]


@dataclass(frozen=True, slots=True)
class Reported:
    """
    The notices that wait on a listing: how many, the first of them since when, and its right.

    ``lane`` is the best of theirs, counted from 0; ``proposed`` what is proposed to be said to all of them, or blank;
    ``due_at`` the first moment by which one of them is to be acted on, ``NEVER`` where no clock runs.
    """

    notices: int
    since: datetime | None
    right_id: int | None = None
    lane: int = 0
    proposed: str = ""
    due_at: datetime = Waiting.NEVER


NOBODY = Reported(0, None)

#: So many places speak of a listing of which nothing else waits before the desk has it: one angry person is not enough.
ENOUGH_TIPS = 3


@dataclass(frozen=True, slots=True)
class Tips:
    """What shoppers said of a listing: from how many places, and the first of them when."""

    count: int
    since: datetime | None


NO_TIPS = Tips(0, None)


def folded(name: str) -> str:
    """Give a name as the queue compares it."""
    return " ".join(name.split()).casefold()[:WIDTH]


def text_key(title: str, description: str) -> str:
    """Give what is the same for two listings that say the same, whatever their case and spaces."""
    words = f"{' '.join(title.split())}\n{' '.join(description.split())}".casefold()
    return hashlib.sha256(words.encode()).hexdigest()[:32]


@transaction.atomic
def renew(keys: Iterable[int], reported: Mapping[int, Reported] | None = None) -> None:
    """
    Make the rows of these listings anew: those that wait have one, those that wait no more, or are gone, have none.

    :param reported: what the notices room says of these listings; None where their notices are as they were
    """
    wanted = sorted(set(keys))
    current = {a.listing_id: a for a in Assessment.objects.filter(listing_id__in=wanted, superseded_at=None)}
    old = {row.listing_id: row for row in Waiting.objects.filter(listing_id__in=wanted)}
    told = {key: (reported or {}).get(key) or _as_it_was(old.get(key)) for key in wanted}
    back = set(Returned.objects.filter(listing_id__in=wanted).values_list("listing_id", flat=True))
    tips = _tips(wanted)
    waits = [
        key
        for key in wanted
        if told[key].notices
        or _is_open(current.get(key), came_back=key in back)
        or tips.get(key, NO_TIPS).count >= ENOUGH_TIPS
    ]
    rows = _rows(waits, current, told, old, back, tips) if waits else []
    stay = {row.listing_id for row in rows}
    if gone := [row.pk for key, row in old.items() if key not in stay]:
        Waiting.objects.filter(pk__in=gone).delete()
    if rows:
        Waiting.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["listing"], update_fields=_names(), batch_size=2_000
        )


def _tips(keys: Iterable[int]) -> dict[int, Tips]:
    """Give how many tips wait on each of these listings, and since when."""
    waiting = Tip.objects.filter(listing_id__in=list(keys), settled_at=None).order_by().values("listing_id")
    rows = waiting.annotate(n=Count("pk"), first=Min("said_at")).values_list("listing_id", "n", "first")
    return {key: Tips(count, first) for key, count, first in rows}


def _names() -> list[str]:
    return [field.name for field in Waiting._meta.concrete_fields if field.attname in _FIELDS]


def _as_it_was(row: Waiting | None) -> Reported:
    if row is None or not row.notices:
        return NOBODY
    return Reported(row.notices, row.reported_at, row.right_id, row.lane, row.proposed, row.due_at)


def _is_open(assessment: Assessment | None, *, came_back: bool) -> bool:
    if assessment is None or assessment.settled_at is not None:
        return False
    return assessment.verdict != Verdict.CLEAR or assessment.sampled or came_back


def _rows(
    keys: list[int],
    current: Mapping[int, Assessment],
    told: Mapping[int, Reported],
    old: Mapping[int, Waiting],
    back: Container[int],
    tips: Mapping[int, Tips],
) -> list[Waiting]:
    listings = Listing.objects.in_bulk(keys)
    strongest = _strongest({current[key].pk: key for key in keys if key in current})
    rights = {key: told[key].right_id or strongest.get(key) for key in keys}
    brands = _brands({right for right in rights.values() if right is not None})
    return [
        _row(
            listings[key],
            current.get(key),
            told[key],
            old.get(key),
            rights[key],
            brands,
            came_back=key in back,
            tips=tips.get(key, NO_TIPS),
        )
        for key in keys
        if key in listings and (listings[key].gone_at is None or told[key].notices)
    ]


def _row(
    listing: Listing,
    assessment: Assessment | None,
    told: Reported,
    old: Waiting | None,
    right: int | None,
    brands: Mapping[int, str],
    *,
    came_back: bool,
    tips: Tips,
) -> Waiting:
    open_now = assessment if _is_open(assessment, came_back=came_back) else None
    assessed_at = (old.assessed_at if old else None) or open_now.made_at if open_now else None
    since = min(moment for moment in (assessed_at, told.since, tips.since) if moment is not None)
    looked_at = assessment.made_at if assessment else since
    safety = critical(listing.category, on=looked_at.date())
    return Waiting(
        listing=listing,
        assessment=open_now,
        notices=told.notices,
        tips=tips.count,
        rank=_rank(told, safety=bool(safety), came_back=came_back),
        lane=told.lane,
        proposed=told.proposed,
        came_back=came_back,
        doubt=1.0 - (assessment.risk if assessment else 0.0),
        verdict=open_now.verdict if open_now else "",
        assessed_at=assessed_at,
        reported_at=told.since,
        due_at=told.due_at,
        since=since,
        marketplace_id=listing.marketplace_id,
        seller_id=listing.seller_id,
        right_id=right,
        brand=brands.get(right, "") if right else "",
        category=folded(listing.category),
        safety=safety,
        language=language_of(listing.title, listing.description),
        text_key=text_key(listing.title, listing.description),
        views=listing.views or 0,
        sold=listing.sold_count or 0,
    )


def _rank(told: Reported, *, safety: bool, came_back: bool) -> int:
    """Give the place in the queue, as ``Waiting`` says: what injures first, then what is reported, by its lane."""
    if came_back or (told.notices and safety):
        return 0
    if told.notices:
        return 1 + told.lane
    return Waiting.DANGEROUS if safety else Waiting.OTHER


def _strongest(listing_of: Mapping[int, int]) -> dict[int, int]:
    """Give, for each listing, the right that is used the surest; a mere reference counts last."""
    found = Finding.objects.filter(assessment_id__in=list(listing_of))
    best: dict[int, tuple[bool, float, int]] = {}
    for assessment, right, way, confidence in found.order_by("id").values_list(
        "assessment_id", "right_id", "way", "confidence"
    ):
        rank = (way != Way.REFERENTIAL, confidence, right)
        key = listing_of[assessment]
        if key not in best or rank[:2] > best[key][:2]:
            best[key] = rank
    return {key: right for key, (_, _, right) in best.items()}


def _brands(rights: set[int]) -> dict[int, str]:
    named = Right.objects.filter(pk__in=rights).values_list("pk", "brand__name", "text", "owner")
    return {key: folded(brand or text or owner) for key, brand, text, owner in named}


def renew_reach(at: datetime) -> int:
    """
    Bring views and sales up to what marketplaces last sent, at most once in ten minutes whoever asks.

    They change by the hour and make no listing another one, so nothing screens it again. Gives nothing to count.
    """
    if not cache.add("waiting-reach", at.isoformat(), REACH_IS_OF.total_seconds()):
        return 0
    views, sold = Coalesce("listing__views", 0), Coalesce("listing__sold_count", 0)
    stale = Waiting.objects.annotate(views_now=views, sold_now=sold).filter(
        ~Q(views=F("views_now")) | ~Q(sold=F("sold_now"))
    )
    now = Listing.objects.filter(pk=OuterRef("listing_id"))
    stale_keys = list(stale.values_list("pk", flat=True))
    for start in range(0, len(stale_keys), 500):
        Waiting.objects.filter(pk__in=stale_keys[start : start + 500]).update(
            views=Coalesce(Subquery(now.values("views")[:1]), 0),
            sold=Coalesce(Subquery(now.values("sold_count")[:1]), 0),
        )
    return 0
