"""``{% load rights %}``: what pages say of rights: where they stand at their office, what is claimed of a work."""

from typing import TYPE_CHECKING

from django import template

from touchmark.apps.registry.content import CLAIM
from touchmark.engine.terms import OfficeStatus
from touchmark.web.holder.rights_words import AT_THE_OFFICE, CLAIMED

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right

register = template.Library()


@register.filter
def claim_of(right: "Right") -> list[tuple[str, str]]:
    """Give what is claimed of a work that no office registered, each with what it is."""
    return [(str(CLAIMED[name]), right.claimed[name]) for name in CLAIM if name in right.claimed]


@register.filter
def office_status(status: str) -> str:
    """Give in words where a right stands at its office."""
    return str(AT_THE_OFFICE[OfficeStatus(status)])
