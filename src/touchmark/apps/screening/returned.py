"""Which listings are removed ones that came back, as the flow that compares them says."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from touchmark.apps.catalog.models import Listing
from touchmark.apps.screening import waiting
from touchmark.apps.screening.models import Returned


class Again(NamedTuple):
    """As which decision's listing one came back, and by what it is known."""

    decision: str
    share: float
    bits: int
    stood: bool


@transaction.atomic
def note(looked_at: Iterable[int], found: Mapping[int, Again], *, at: datetime) -> int:
    """Note which of the listings that were looked at came back, have them wait first, and give how many are new."""
    keys = sorted(set(looked_at))
    before = dict(Returned.objects.filter(listing_id__in=keys).values_list("listing_id", "decision"))
    gone = before.keys() - found.keys()
    Returned.objects.filter(listing_id__in=gone).delete()
    new = {key: again for key, again in found.items() if before.get(key) != again.decision}
    Returned.objects.bulk_create(
        [Returned(listing_id=key, found_at=at, **again._asdict()) for key, again in new.items()],
        update_conflicts=True,
        unique_fields=["listing"],
        update_fields=["decision", "share", "bits", "stood", "found_at"],
    )
    if changed := sorted(gone | new.keys()):
        list(Listing.objects.select_for_update().filter(pk__in=changed).order_by("pk").values_list("pk"))
        waiting.renew(changed)
    return len(new)


@transaction.atomic
def note_more(found: Mapping[int, Again], *, at: datetime) -> int:
    """Note which listings are like removed ones, besides those that are noted already; give how many are new."""
    list(Listing.objects.select_for_update().filter(pk__in=sorted(found)).order_by("pk").values_list("pk"))
    before = set(Returned.objects.filter(listing_id__in=list(found)).values_list("listing_id", flat=True))
    new = sorted(found.keys() - before)
    if new:
        Returned.objects.bulk_create([Returned(listing_id=key, found_at=at, **found[key]._asdict()) for key in new])
        waiting.renew(new)
    return len(new)


def decisions() -> set[str]:
    """Give the references of the decisions as whose listings others came back."""
    return set(Returned.objects.values_list("decision", flat=True).distinct())


@transaction.atomic
def forget(refs: Collection[str]) -> int:
    """Let what came back as the listings of these decisions go first no longer; give how many."""
    keys = list(Returned.objects.filter(decision__in=refs).values_list("listing_id", flat=True))
    if keys:
        list(Listing.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        Returned.objects.filter(listing_id__in=keys, decision__in=refs).delete()
        waiting.renew(sorted(keys))
    return len(keys)


def of(listing: Listing) -> Returned | None:
    """Give as what a listing came back, if it did."""
    return Returned.objects.filter(listing=listing).first()
