"""What needs an authority now: its orders that lack something, those on the way, what was done upon the others."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from touchmark.apps.orders import access, queries
from touchmark.engine.lifecycle.order import OrderStatus
from touchmark.engine.terms import Role
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.orders.words import BADGES, KINDS

ON_A_PAGE = 25


@roles(Role.AUTHORITY)
def home(request: PersonRequest) -> HttpResponse:
    """Show where the authority's orders stand: what waits for it first, then what waits for us."""
    own = access.own_orders(request.actor)
    lacking = own.filter(status=OrderStatus.INCOMPLETE).order_by("received_at", "id")
    page = Paginator(queries.due_first(own, only_open=False), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "lacking": [(one, queries.missing_from(one)) for one in lacking[:ON_A_PAGE]],
        "incomplete": lacking.count(),
        "under_way": own.filter(status__in=(OrderStatus.RECEIVED, OrderStatus.CARRIED_OUT)).count(),
        "answered": own.filter(status=OrderStatus.ANSWERED).count(),
        "rows": [(one, BADGES[one.status], KINDS[one.kind]) for one in page],
        "page": page,
    }
    return render(request, "touchmark/orders/authority.html", shown)
