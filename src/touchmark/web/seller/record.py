"""A seller's standing with the strikes behind it, and what it and the reviewers write to each other."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import sellers, strikes
from touchmark.apps.inbox.threads import FROM_SELLER
from touchmark.apps.penalties import queries as penalties
from touchmark.apps.penalties.queries import Stand
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.thread import thread_page
from touchmark.web.ui.standings import STANDINGS
from touchmark.web.ui.tracks import Shown, tracks_of

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Seller
    from touchmark.apps.decisions.models import Decision


@roles(Role.SELLER)
def standing(request: PersonRequest) -> HttpResponse:
    """Show where the seller's shops stand, what counts against them, when each expires, and what follows next."""
    at = clock.now()
    shops = list(catalog.sellers_for(request.actor).select_related("organisation"))
    record = strikes.record_of_sellers([shop.pk for shop in shops], at=at)
    colour, word, icon, means = STANDINGS[record.standing]
    shown = {
        "badge": {"colour": colour, "text": word, "icon": icon},
        "means": means,
        "stands": _alike(shops, request.actor, at=at),
        "also": [decision for shop in shops for decision in _told(shop)],
    }
    return render(request, "touchmark/seller/standing.html", shown)


def _alike(shops: "list[Seller]", actor: Actor, *, at: datetime) -> list[tuple[str, list[Shown]]]:
    """Give what counts, once for all shops of which the same does: each with the shops' names."""
    found: dict[tuple[object, ...], tuple[list[str], Stand]] = {}
    for shop in shops:
        stand = penalties.stand_of(shop, at=at)
        key = (stand.ladder.id, tuple(stand.behind))
        found.setdefault(key, ([], stand))[0].append(f"{shop} ({shop.marketplace})")
    return [(", ".join(names), tracks_of(stand, actor)) for names, stand in found.values()]


def _told(shop: "Seller") -> "list[Decision]":
    """Give what stands on a shop itself and its seller was told of."""
    found = [sellers.standing_on(shop), *sellers.bans_and_links(shop)]
    return [decision for decision in found if decision is not None and decision.status == DecisionStatus.IN_FORCE]


@roles(Role.SELLER)
def messages(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what was written about a decision, or send what the seller wrote."""
    template = "touchmark/seller/messages.html"
    return thread_page(request, ref, route="seller_messages", template=template, mine=FROM_SELLER)
