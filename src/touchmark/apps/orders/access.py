"""
Whose orders somebody may see: reviewers those within the reach of their role, a marketplace's program those that it was
sent; an authority's people where theirs stand, no more than its mails say; nobody else any, above all no seller.
"""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast, Lower

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.catalog.reach import either, names_one
from touchmark.apps.orders.kinds import OrderKind
from touchmark.apps.orders.models import LetterPage, Order
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Reach, Role


class NoSuchOrder(TouchmarkError):
    """There is no such order, or none that this actor may see; which of the two is not said."""


def orders_for(actor: Actor) -> QuerySet[Order]:
    """Give the orders that the actor may see, the latest first."""
    orders = Order.objects.select_related("marketplace", "verified_by", "confirmed_by", "entered_by")
    if actor.has(Role.REVIEWER):
        return orders.alias(said=Cast(F("territories"), TextField())).filter(_within(actor.reaches(Role.REVIEWER)))
    if actor.has(Role.MARKETPLACE) and actor.marketplace:
        return orders.filter(marketplace__slug=actor.marketplace)
    return orders.none()


def own_orders(actor: Actor) -> QuerySet[Order]:
    """
    Give the orders of the actor's authority: those that were found to be real while their mails went to one of its
    people, and those whose mails go to one of them now, once they were found to be real.

    An address is theirs by the invitation that they accepted at it. Who only writes it into a forged letter makes an
    order that nobody verifies.
    """
    if not actor.has(Role.AUTHORITY) or actor.organisation_id is None:
        return Order.objects.none()
    theirs = accounts.addresses_in(actor.organisation_id, Role.AUTHORITY)
    real = Q(verified_at__isnull=False) & ~Q(kind=OrderKind.GIVE, confirmed_at=None)
    named = Q(issuer=None, to__in=theirs) & real
    found = Order.objects.alias(to=Lower("contact")).filter(Q(issuer=actor.organisation_id) | named)
    return found.select_related("marketplace").order_by("-received_at", "-id")


def own_order(actor: Actor, ref: str) -> Order:
    """
    Give one order of the actor's authority.

    :raises NoSuchOrder: if there is none
    """
    return one_of(own_orders(actor).filter(ref=ref), NoSuchOrder(f"There is no order {ref} that you can see."))


def sent_by(actor: Actor, ref: str) -> Order:
    """
    Take the row of an order as whoever sent it, or took it in: its authority, a reviewer, the marketplace's program.

    :raises NoSuchOrder: if there is none
    """
    found = own_orders(actor) if actor.has(Role.AUTHORITY) else orders_for(actor)
    return one_of(found.filter(ref=ref), NoSuchOrder(f"There is no order {ref} that you can see."), lock=True)


def _within(reaches: Iterable[Reach]) -> Q:
    """An order is about no brand: whose role is limited to brands sees none."""
    return either(_one(reach) for reach in reaches if not reach.brands)


def _one(reach: Reach) -> Q:
    held = Q(marketplace__slug__in=sorted(reach.marketplaces)) if reach.marketplaces else Q()
    return held & names_one("said", reach.territories) if reach.territories else held


def order_for(actor: Actor, ref: str, *, lock: bool = False) -> Order:
    """
    Give one order; ``lock`` takes its row until the transaction ends.

    :raises NoSuchOrder: if there is none that the actor may see
    """
    missing = NoSuchOrder(f"There is no order {ref} that you can see.")
    return one_of(orders_for(actor).filter(ref=ref), missing, lock=lock)


def may_see_picture(actor: Actor, sha256: str) -> bool:
    """Whether it is a page of a letter by which an order came that the actor may see."""
    if not actor.has(Role.REVIEWER):
        return False
    return LetterPage.objects.filter(blob_id=sha256, order__in=orders_for(actor)).exists()
