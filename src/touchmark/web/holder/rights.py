"""The holder's rights: the list, one with where it stands, and taking one out of the register."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.mandates import access as mandates
from touchmark.apps.registry import access, actions, grounding
from touchmark.engine.lifecycle.right import RIGHT, RightStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.right_shown import badge_of, entries_of, line_of, picture_of, steps_of
from touchmark.web.holder.rights_words import BADGES

ON_A_PAGE = 50
#: So many of those who may file under a right besides are named on its page.
MANDATES = 50


@roles(Role.HOLDER, Role.AGENT)
def rights(request: PersonRequest) -> HttpResponse:
    """Show the holder's rights: all, those in one state, or those with certain words in them."""
    words, status = request.GET.get("q", "").strip(), request.GET.get("status", "")
    mine = access.rights_for(request.actor)
    meant = mine.filter(status=status) if status in BADGES else mine
    if words:
        meant = meant.filter(Q(text__icontains=words) | Q(number__icontains=words) | Q(right_id__icontains=words))
    page = Paginator(meant, ON_A_PAGE).get_page(request.GET.get("page"))
    found = {
        "page": page,
        "lines": [line_of(right) for right in page],
        "q": words,
        "status": status if status in BADGES else "",
        "statuses": [(name, text) for name, (_colour, text, _icon) in BADGES.items()],
        "any": page.paginator.count > 0 or mine.exists(),
    }
    return render(request, "touchmark/holder/rights.html", found)


@roles(Role.HOLDER, Role.AGENT)
def right(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one right: what it says, where it stands, what its holder can do."""
    found = access.right_for(request.actor, ref)
    status = RightStatus(found.status)
    page = {
        "right": found,
        "badge": badge_of(found),
        "picture": picture_of(found),
        "steps": steps_of(found),
        "entries": entries_of(found, own=request.actor.organisation_id),
        "moves": {move.event for move in RIGHT.moves_from(status, roles=request.actor.roles)},
        "verified": status == RightStatus.VERIFIED,
        "why_not": grounding.why_not(found, clock.now().date()) or "",
        "declined": status == RightStatus.DECLINED,
        "mandates": mandates.covering(request.actor, found, clock.now().date())[:MANDATES],
    }
    return render(request, "touchmark/holder/right.html", page)


@roles(Role.HOLDER, Role.AGENT)
def withdraw(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask before a right is taken out of the register; a POST does it."""
    found = access.right_for(request.actor, ref)
    if request.method != "POST" and found.status != RightStatus.WITHDRAWN:
        return render(request, "touchmark/holder/right_withdraw.html", {"right": found})
    if request.method == "POST":
        try:
            actions.withdraw(ref=ref, actor=request.actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("This right was withdrawn already. Nothing was changed."))
        else:
            messages.success(request, _("The right is withdrawn. Listings are no longer screened for it."))
    return redirect("holder_right", ref)
