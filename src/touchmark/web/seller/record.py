"""A seller's standing with the strikes behind it, and what it and the reviewers write to each other."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import strikes
from touchmark.apps.inbox.threads import FROM_SELLER
from touchmark.engine.penalties.ladder import in_force
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.thread import thread_page
from touchmark.web.ui.standings import STANDINGS

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision


@roles(Role.SELLER)
def standing(request: PersonRequest) -> HttpResponse:
    """Show where the seller stands, each strike with the decision behind it, and when it expires."""
    at = clock.now()
    shops = list(catalog.sellers_for(request.actor).values_list("pk", flat=True))
    record = strikes.record_of_sellers(shops, at=at)
    behind = {decision.ref: decision for decision in strikes.counted_on(shops)}
    colour, word, icon, means = STANDINGS[record.standing]
    shown = {
        "badge": {"colour": colour, "text": word, "icon": icon},
        "means": means,
        "strikes": [(strike, _title(behind[strike.ref])) for strike in record.strikes],
        "steps": [(STANDINGS[found][1], needed) for needed, found in in_force(at.date()).steps],
        "life": in_force(at.date()).life.days,
    }
    return render(request, "touchmark/seller/standing.html", shown)


def _title(decision: "Decision") -> str:
    return str(decision.statement.content["listing"]["title"])


@roles(Role.SELLER)
def messages(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what was written about a decision, or send what the seller wrote."""
    template = "touchmark/seller/messages.html"
    return thread_page(request, ref, route="seller_messages", template=template, mine=FROM_SELLER)
