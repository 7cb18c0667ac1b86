"""Informing buyers, at the desk: where it stands, and what a reviewer can do where the marketplace does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.buyers import access, actions, queries
from touchmark.apps.buyers.wording import text_of
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions import access as decisions
from touchmark.engine.lifecycle.buyers import BUYERS, BuyersStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.ui.due import Due, due_of

if TYPE_CHECKING:
    from touchmark.apps.buyers.models import Duty, Said
    from touchmark.apps.decisions.models import Decision

ON_A_PAGE = 50
BADGES: Mapping[str, tuple[str, Promise]] = {
    BuyersStatus.ASKED: ("amber", gettext_lazy("the marketplace was asked to inform them")),
    BuyersStatus.OVERDUE: ("red", gettext_lazy("overdue: the marketplace has not confirmed")),
    BuyersStatus.INFORMED: ("green", gettext_lazy("informed by the marketplace")),
    BuyersStatus.PUBLISHED: ("green", gettext_lazy("published, because not all are known")),
    BuyersStatus.ENDED: ("", gettext_lazy("ended: the decision was undone")),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a duty stands as the page shows it; ``can`` are the events that a reviewer can bring about."""

    duty: Duty
    badge: tuple[str, Promise]
    text: str
    due: list[Due]
    can: frozenset[str]
    said: Said | None


def buyers_of(decision: Decision) -> Shown | None:
    """Give where it stands that buyers of a decision's goods are informed; None where nobody need be."""
    duty = queries.of(decision)
    if duty is None:
        return None
    moves = BUYERS.moves_from(BuyersStatus(duty.status), roles={Role.REVIEWER})
    running = deadlines.running_of_each([actions.stream_of(duty)])[actions.stream_of(duty)]
    can = frozenset(move.event for move in moves)
    return Shown(duty, BADGES[duty.status], text_of(duty.content), due_of(running), can, queries.last_said(duty))


@roles(*READS)
def informing(request: ActingRequest) -> HttpResponse:
    """Show whose buyers are to be informed, by when, and what marketplaces said that they did."""
    found = access.duties_for(request.actor)
    status = request.GET.get("status", "")
    status = status if status in BADGES else ""
    page = Paginator(found.filter(status=status) if status else found, ON_A_PAGE).get_page(request.GET.get("page"))
    until = queries.due_by_each(page)
    shown = {
        "page": page,
        "rows": [(one, BADGES[one.status], queries.last_said(one), until.get(one.decision.ref)) for one in page],
        "statuses": [("", gettext_lazy("All")), *((name, label) for name, (_colour, label) in BADGES.items())],
        "status": status,
    }
    return render(request, "touchmark/desk/buyers.html", shown)


@roles(Role.REVIEWER)
@require_POST
def act(request: ActingRequest, ref: str) -> HttpResponse:
    """Take down that buyers were informed, or publish what they are told."""
    decision = decisions.decision_for(request.actor, ref)
    if queries.of(decision) is not None:
        try:
            if request.POST.get("event") == "publish":
                actions.publish(decision=decision, actor=request.actor, at=clock.now())
            else:
                actions.confirm(ref=ref, actor=request.actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("Somebody was first. Nothing was changed by you."))
        else:
            messages.success(request, _("Done. It is on record."))
    return redirect("desk_decision", ref)
