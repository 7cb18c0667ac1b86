"""Whether somebody is a trusted flagger, on a day, for a kind of right."""

from datetime import date

from django.db.models import Q, QuerySet

from touchmark.apps.flaggers.models import STANDING, Flagger
from touchmark.engine.lifecycle.flagger import FlaggerStatus


def trusted(organisation: int | None, kind: str, on: date) -> Flagger | None:
    """Give the status that counts; None outside of its days, of its field, and while it is suspended."""
    in_time = Q(ends_on=None) | Q(ends_on__gte=on)
    found = Flagger.objects.filter(
        in_time, organisation=organisation, status=FlaggerStatus.ACTIVE, awarded_on__lte=on
    ).first()
    return found if found and (not found.expertise or kind in found.expertise) else None


def over(on: date) -> QuerySet[Flagger]:
    """Give those whose last day has passed, and that still stand."""
    return Flagger.objects.filter(status__in=STANDING, ends_on__lt=on)
