"""
Taking in what connected shops sell: when it was last done, what came of it, when it is next.

A pull is written down when it begins, so that one that was killed half-way is seen too: it stays without an end. What
it took in stays; the next one goes over everything again, and writes only what differs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog.actions import require_may_import
from touchmark.apps.catalog.marketplaces import NoSuchMarketplace
from touchmark.apps.catalog.models import Marketplace, Pull
from touchmark.engine.screening.intake import Intake
from touchmark.engine.terms import Actor
from touchmark.integrations.oscar.shop import SCHEME

#: So many are kept of each marketplace.
KEPT = 100


@dataclass(frozen=True, slots=True)
class Shop:
    """
    A marketplace as whoever runs the installation sees it.

    ``way``: ``webhook``, ``oscar``, or ``none`` where its program asks for itself.
    """

    marketplace: Marketplace
    way: str
    address: str
    last: Pull | None

    @property
    def next_at(self) -> datetime | None:
        """When what it sells is pulled next; None where nobody asked for that."""
        return self.marketplace.next_pull_at


def shops_for(actor: Actor) -> list[Shop]:
    """
    Give every marketplace.

    :raises NotYours: if the actor does not run the installation
    """
    require_may_import(actor)
    return [_shop(found) for found in Marketplace.objects.order_by("name", "id")]


def shop_for(actor: Actor, slug: str) -> Shop:
    """
    Give one marketplace.

    :raises NotYours: if the actor does not run the installation
    :raises NoSuchMarketplace: if it is not open
    """
    require_may_import(actor)
    found = Marketplace.objects.filter(slug=slug).first()
    if found is None:
        raise NoSuchMarketplace(f"No marketplace '{slug}' is open here.")
    return _shop(found)


def _shop(found: Marketplace) -> Shop:
    is_shop = found.webhook_url.startswith(SCHEME)
    way = "oscar" if is_shop else "webhook" if found.webhook_url else "none"
    return Shop(found, way, found.webhook_url.removeprefix(SCHEME), found.pulls.order_by("-began_at", "-id").first())


def last_of(actor: Actor, slug: str) -> QuerySet[Pull]:
    """
    Give the last pulls of a marketplace, the newest first.

    :raises NotYours: if the actor does not run the installation
    """
    require_may_import(actor)
    return Pull.objects.filter(marketplace__slug=slug).order_by("-began_at", "-id")[:10]


def began(*, slug: str, at: datetime) -> Pull:
    """
    Write down that a pull begins; old ones are let go.

    :raises NoSuchMarketplace: if it is not open
    """
    found = Marketplace.objects.filter(slug=slug).first()
    if found is None:
        raise NoSuchMarketplace(f"No marketplace '{slug}' is open here.")
    made = Pull.objects.create(marketplace=found, began_at=at)
    kept = Pull.objects.filter(marketplace=found).order_by("-began_at", "-id").values_list("pk", flat=True)[:KEPT]
    Pull.objects.filter(marketplace=found).exclude(pk__in=list(kept)).delete()
    return made


def ended(pull: Pull, intake: Intake, *, error: str, at: datetime) -> None:
    """Write down what came of a pull: its counts, or why it broke off."""
    pull.ended_at, pull.error = at, error[:500]
    pull.new, pull.changed, pull.unchanged = intake.new, intake.changed, intake.unchanged
    pull.refused = intake.refused
    pull.save()


@transaction.atomic
def plan(*, slug: str, every: timedelta | None, actor: Actor, at: datetime) -> None:
    """
    Have a shop pulled by the worker, every so often from now on; None: no more.

    :raises NotYours: if the actor does not run the installation
    """
    require_may_import(actor)
    minutes = int(every.total_seconds() // 60) if every else None
    Marketplace.objects.filter(slug=slug).update(pull_every=minutes, next_pull_at=at if every else None)
    audit.append(stream=f"marketplace:{slug}", kind="plan_pulls", actor=actor, at=at, payload={"minutes": minutes})


def claim_due(*, at: datetime) -> str | None:
    """
    Take one shop whose pull is due, and put its next one off: of several workers one gets it. None: none is due.

    It is put off before it is done, so that a shop that kills the worker does not keep it from the others.
    """
    due = Marketplace.objects.filter(next_pull_at__lte=at, pull_every__isnull=False).order_by("next_pull_at", "id")
    for found in due[:10]:
        following = at + timedelta(minutes=found.pull_every or 0)
        mine = Marketplace.objects.filter(pk=found.pk, next_pull_at=found.next_pull_at)
        if mine.update(next_pull_at=following):
            return found.slug
    return None
