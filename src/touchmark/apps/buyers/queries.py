"""Which decisions ask for buyers to be informed, and what is published."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from touchmark.apps.buyers import access
from touchmark.apps.buyers.models import Duty, Said
from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.orders.kinds import OrderKind, Product
from touchmark.apps.orders.models import Order
from touchmark.engine.lifecycle.buyers import BuyersStatus
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.policy.which_law import Size
from touchmark.engine.terms import Actor

#: Who is let off (DSA, art. 29).
LET_OFF = (Size.MICRO, Size.SMALL)
#: What takes an illegal product off sale.
TAKES_OFF = (DecisionKind.REMOVE, DecisionKind.DISABLE)
#: How far back it is looked for decisions whose buyers nobody was asked to inform.
LATELY = timedelta(days=60)
UNDONE = (DecisionStatus.REVERSED, DecisionStatus.PUT_BACK)


def due(at: datetime) -> QuerySet[Decision]:
    """
    Give the decisions on illegal products under the law of the Union of which buyers are to be informed; what an
    authority ordered once the seller may know of it.
    """
    by_order = Order.objects.filter(product__in=(Product.ILLEGAL, Product.DANGEROUS), kind=OrderKind.ACT).values("ref")
    illegal = Decision.objects.filter(
        Q(ground=Ground.LAW) | Q(ground=Ground.ORDER, order__in=by_order),
        status=DecisionStatus.IN_FORCE,
        kind__in=TAKES_OFF,
        statement__regime="eu",
        buyers=None,
    )
    sold = Q(listing__sold_count=None) | Q(listing__sold_count__gt=0)
    lately = illegal.filter(sold, statement__issued_at__gt=at - LATELY, listing__kind=ListingKind.OFFER)
    return lately.exclude(listing__marketplace__size__in=LET_OFF).order_by("decided_at", "id")


def undone(*, size: int) -> list[int]:
    """Give the duties whose decisions were undone."""
    running = Duty.objects.exclude(status=BuyersStatus.ENDED).filter(decision__status__in=UNDONE)
    return list(running.order_by("pk").values_list("pk", flat=True)[:size])


def last_said(duty: Duty) -> Said | None:
    """Give what the marketplace said last of how many it informed."""
    return max(duty.said.all(), key=lambda one: (one.said_at, one.pk), default=None)


def due_by(duty: Duty) -> datetime | None:
    """Give by when the marketplace is to have informed them; None once it has, or was not asked any more."""
    running = deadlines.running_of_each([f"buyers:{duty.decision.ref}"])
    return next((one.due_at for found in running.values() for one in found), None)


def due_by_each(duties: Iterable[Duty]) -> dict[str, datetime | None]:
    """Give by when each of these is due, by the reference of its decision; those of which nothing runs are left out."""
    running = deadlines.running_of_each([f"buyers:{duty.decision.ref}" for duty in duties])
    return {subject.partition(":")[2]: found[0].due_at for subject, found in running.items() if found}


def overdue(actor: Actor) -> int:
    """Count the duties that a marketplace has not met in time, as far as the actor sees."""
    return access.duties_for(actor).filter(status=BuyersStatus.OVERDUE).order_by().count()


def of(decision: Decision) -> Duty | None:
    """Give the duty of a decision, which the actor may see; None where there is none."""
    return Duty.objects.filter(decision=decision).first()


def published() -> QuerySet[Duty]:
    """Give what is published, the latest first: anybody may read it."""
    return Duty.objects.filter(status=BuyersStatus.PUBLISHED).order_by("-published_at", "-id")
