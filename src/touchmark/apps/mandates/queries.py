"""Which mandates count on a day, and which rights they cover."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from touchmark.apps.mandates.models import Mandate
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.mandate import MandateStatus


def in_force_on(on: date) -> Q:
    """Give what holds of mandates that count on a day."""
    in_time = Q(until_on=None) | Q(until_on__gte=on)
    return in_time & Q(status=MandateStatus.GIVEN, from_on__lte=on)


def not_over_on(on: date) -> Q:
    """Give what holds of mandates that count on a day, or begin later."""
    return (Q(until_on=None) | Q(until_on__gte=on)) & Q(status=MandateStatus.GIVEN)


def covers(right: Right) -> Q:
    """Give what holds of mandates whose scope has a right in it."""
    named = Q(whole=True) | Q(rights=right.pk)
    return named if right.brand_id is None else named | Q(brands=right.brand_id)


def rights_under(mandates: QuerySet[Mandate]) -> QuerySet[Right]:
    """Give the rights that any of these mandates covers, whatever their state."""
    by_key = Q(rights=OuterRef("pk")) | Q(brands=OuterRef("brand"))
    covers = mandates.order_by().filter(Q(whole=True) | by_key, principal=OuterRef("holder"))
    return Right.objects.filter(Exists(covers)).select_related("holder", "brand", "image")


def covering(right: Right, agent: int | None) -> QuerySet[Mandate]:
    """Give the mandates by which this organisation was let to file under a right, in force or not, the latest first."""
    found = Mandate.objects.filter(covers(right), principal=right.holder_id, agent=agent)
    return found.select_related("principal", "agent").distinct()


def over(on: date) -> QuerySet[Mandate]:
    """Give those whose last day has passed, and that still stand as given."""
    return Mandate.objects.filter(status=MandateStatus.GIVEN, until_on__lt=on)


def standing(principal: int) -> int:
    """Give how many mandates of a principal stand as given."""
    return Mandate.objects.filter(principal=principal, status=MandateStatus.GIVEN).count()
