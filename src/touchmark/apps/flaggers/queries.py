"""Whether somebody is a trusted flagger, on a day, for a kind of right."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from touchmark.apps.flaggers.models import STANDING, Flagger
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.flagger import FlaggerStatus


class NotTrusted(TouchmarkError):
    """The organisation has no status as a trusted flagger that counts here and now."""


def trusted(organisation: int | None, kind: str, on: date) -> Flagger | None:
    """Give the status that counts; None outside of its days, of its field, and while it is suspended."""
    in_time = Q(ends_on=None) | Q(ends_on__gte=on)
    found = Flagger.objects.filter(
        in_time, organisation=organisation, status=FlaggerStatus.ACTIVE, awarded_on__lte=on
    ).first()
    return found if found and (not found.expertise or kind in found.expertise) else None


def counts_on(flagger: Flagger, on: date) -> bool:
    """Whether a status counts on a day, in its field."""
    in_time = flagger.awarded_on <= on and (flagger.ends_on is None or on <= flagger.ends_on)
    return flagger.status == FlaggerStatus.ACTIVE and in_time


def require_trusted(organisation: int | None, kind: str, on: date) -> Flagger:
    """
    Give the status that counts.

    :raises NotTrusted: where none does, for that kind of right on that day
    """
    found = trusted(organisation, kind, on)
    if found is None:
        raise NotTrusted(
            _(
                "Your organisation is no trusted flagger for this kind of right today. Under your own rights, and "
                "those for which you have a mandate, report listings as a rights holder does."
            )
        )
    return found


def over(on: date) -> QuerySet[Flagger]:
    """Give those whose last day has passed, and that still stand."""
    return Flagger.objects.filter(status__in=STANDING, ends_on__lt=on)
