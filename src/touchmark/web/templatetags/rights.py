"""``{% load rights %}``: what a right is called on pages."""

from typing import TYPE_CHECKING

from django import template

from touchmark.apps.registry.content import CLAIM
from touchmark.engine.terms import OfficeStatus
from touchmark.web.holder import right_shown
from touchmark.web.holder.rights_words import AT_THE_OFFICE, CLAIMED

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right

register = template.Library()


@register.filter
def right_name(right: "Right") -> str:
    """Give what a right is called: its words, else the name of its picture's file, else its name in files."""
    return right_shown.name_of(right)


@register.filter
def claim_of(right: "Right") -> list[tuple[str, str]]:
    """Give what is claimed of a work that no office registered, each with what it is."""
    return [(str(CLAIMED[name]), right.claimed[name]) for name in CLAIM if name in right.claimed]


@register.filter
def office_status(status: str) -> str:
    """Give in words where a right stands at its office."""
    return str(AT_THE_OFFICE[OfficeStatus(status)])
