"""``{% load letters %}``: what a letter keeps as plain values, as its reader reads it."""

from datetime import datetime

from django import template
from django.utils import formats, timezone
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def moment(kept: str) -> str:
    """Give a moment that a letter keeps, in the reader's zone, with the zone."""
    local = timezone.localtime(datetime.fromisoformat(kept))
    written = formats.date_format(local, pgettext("how a moment is written", "D j M Y, H:i"))
    return f"{written} ({timezone.get_current_timezone_name().rpartition('/')[2].replace('_', ' ')})"
