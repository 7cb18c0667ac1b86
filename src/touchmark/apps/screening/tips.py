"""
What shoppers say of listings, without an account and without a right: joined per listing, counted at the desk.

It is no notice (DSA, article 16): nobody is told an outcome, and no clock runs. One place counts once on a listing; a
listing of which nothing else waits comes to the desk once three places have spoken of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from touchmark.apps.accounts.places import keyed
from touchmark.apps.catalog import naming
from touchmark.apps.catalog.models import Listing
from touchmark.apps.catalog.naming import Named
from touchmark.apps.screening import waiting
from touchmark.apps.screening.kinds import TipReason
from touchmark.apps.screening.models import Tip
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

HOUR = timedelta(hours=1)
#: So many listings one place speaks of in an hour.
FROM_A_PLACE = 10
#: How long a tip is kept once somebody has decided on its listing, and at most.
SETTLED_KEPT, KEPT = timedelta(days=90), timedelta(days=365)
BATCH = 1_000


class TooManyTips(TouchmarkError):
    """More tips come from one place than a shopper gives."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a shopper says; ``sent_from`` is where from, as the network says, and is kept keyed."""

    reason: TipReason
    text: str
    sent_from: str


@transaction.atomic
def say(*, listing: Listing, said: Said, at: datetime) -> None:
    """
    Keep what a shopper says of a listing; said again from the same place before somebody decided, it is one.

    :raises TooManyTips: if more come from there than a shopper gives
    """
    place = keyed(said.sent_from, purpose="screening.tips")
    if Tip.objects.filter(sent_from=place, said_at__gt=at - HOUR).count() >= FROM_A_PLACE:
        raise TooManyTips(_("You have told us of several listings. Thank you; wait an hour before the next."))
    list(Listing.objects.select_for_update().filter(pk=listing.pk).values_list("pk"))
    kept, new = Tip.objects.get_or_create(
        listing=listing,
        sent_from=place,
        settled_at=None,
        defaults={"reason": said.reason, "text": said.text.strip(), "said_at": at},
    )
    if new:
        waiting.renew([kept.listing_id])


def meant(name: Named) -> Listing | None:
    """Give the listing on sale that a shopper names; None where there is none, or it is not clear which."""
    found = naming.find_each(Actor(user_id=None, organisation_id=None, roles=frozenset({Role.GUEST})), [name])[0]
    return found[0] if len(found) == 1 and found[0].gone_at is None else None


def open_on(listing: Listing) -> QuerySet[Tip]:
    """Give what shoppers said of a listing since somebody last decided on it, the newest first."""
    return Tip.objects.filter(listing=listing, settled_at=None).order_by("-said_at", "-id")


def settle(listing: Listing, *, at: datetime) -> None:
    """Note that somebody has decided on a listing of which shoppers spoke. The caller holds its row."""
    if Tip.objects.filter(listing=listing, settled_at=None).update(settled_at=at):
        waiting.renew([listing.pk])


def forget(at: datetime) -> int:
    """Delete what has served its purpose; give how many that were."""
    old = Q(said_at__lte=at - KEPT) | Q(settled_at__lte=at - SETTLED_KEPT)
    gone = Tip.objects.filter(pk__in=list(Tip.objects.filter(old).values_list("pk", flat=True)[:BATCH]))
    listings = list(gone.filter(settled_at=None).values_list("listing_id", flat=True))
    count = gone.delete()[0]
    waiting.renew(listings)
    return count
