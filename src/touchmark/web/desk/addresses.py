"""Addresses of the desk that lead on through the part of the queue that a reviewer works on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchmark.apps.decisions.wanted import Place, Wanted

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing


def wanted_of(request: HttpRequest) -> Wanted:
    """Give what of the queue an address asks for; what we do not know narrows nothing."""
    return Wanted.of(request.GET)


def queue_address(wanted: Wanted, *, after: Place | None = None) -> str:
    """Give the address of the queue, or of a page of it."""
    return with_query(reverse("desk_queue"), wanted.asked() | {"after": str(after) if after else ""})


def listing_address(listing: Listing, wanted: Wanted, route: str = "desk_listing") -> str:
    """Give the address of a listing's page, or of another ``route`` about it."""
    path = reverse(route, args=[listing.marketplace.slug, listing.listing_id])
    return with_query(path, wanted.asked())


def with_query(path: str, asked: dict[str, str]) -> str:
    """Add what is asked for to an address, leaving out what is blank."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def decision_link(ref: str) -> SafeString:
    """Give a link to a decision's page, under its reference."""
    return format_html('<a class="id" href="{}">{}</a>', reverse("desk_decision", args=[ref]), ref)
