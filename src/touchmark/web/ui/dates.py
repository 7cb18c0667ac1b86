"""Moments and days as people read them: in full, with the zone."""

from datetime import date, datetime, timedelta, tzinfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

#: A clock with less than this left is shown in amber.
SOON = timedelta(days=2)


def zone_name(zone: tzinfo) -> str:
    """Give a zone as people say it: the city, or UTC."""
    return str(zone).rpartition("/")[2].replace("_", " ")


def moment(at: datetime) -> str:
    """Give a moment in the reader's zone: ``Tue 4 Aug 2026, 23:59 (Shanghai)``."""
    written = formats.date_format(timezone.localtime(at), pgettext("how a moment is written", "D j M Y, H:i"))
    zone = zone_name(timezone.get_current_timezone())
    return pgettext("a moment and its zone", "%(moment)s (%(zone)s)") % {"moment": written, "zone": zone}


def day(on: date) -> str:
    """Give a day: ``Tue 4 Aug 2026``. A moment is taken in the reader's zone."""
    local = timezone.localtime(on) if isinstance(on, datetime) else on
    return formats.date_format(local, pgettext("how a day is written", "D j M Y"))


def near_day(on: date) -> str:
    """Give a day of the weeks around today, where there is little room: ``Tue 4 Aug``."""
    return formats.date_format(on, pgettext("how a day of these weeks is written", "D j M"))


def age(since: datetime, at: datetime) -> str:
    """Give how long ago something was, in one unit: ``4 min``, ``3 h``, ``12 d``."""
    minutes = max(int((at - since).total_seconds() // 60), 0)
    if minutes < 60:
        return _("%(count)d min") % {"count": minutes}
    if minutes < 48 * 60:
        return _("%(count)d h") % {"count": minutes // 60}
    return _("%(count)d d") % {"count": minutes // (24 * 60)}


def left(until: datetime, at: datetime) -> str:
    """Give how long remains, in words: ``3 days left``, ``today``, ``4 days late``."""
    days = (timezone.localtime(until).date() - timezone.localtime(at).date()).days
    if until < at:
        late = max(-days, 0)
        return ngettext("%(count)d day late", "%(count)d days late", late) % {"count": late} if late else _("late")
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days} if days else _("today")


def due_badge(until: datetime, at: datetime) -> tuple[str, str]:
    """Give the colour and the words for when something falls due: ``due in 5 h``, ``late by 2 h``."""
    if until < at:
        return "red", _("late by %(time)s") % {"time": age(until, at)}
    return "amber", _("due in %(time)s") % {"time": age(at, until)}


def urgency(until: datetime, at: datetime) -> str:
    """Give ``late``, ``soon`` or nothing: how a clock is coloured."""
    if until < at:
        return "late"
    return "soon" if until - at < SOON else ""
