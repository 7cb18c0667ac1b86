"""
An authority's own orders: those that lack something, those on the way, what was done upon the others; one of them, with
what completes it and taking it back.

No page here says how the order was found to be real, or who the sellers are: no more than the mails do.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.orders import access, actions, queries
from touchmark.apps.orders.kinds import Asked
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.order import ORDER, OrderStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.orders.forms import WordsForm, begun
from touchmark.web.orders.own import OwnForm
from touchmark.web.orders.pages import letter_of, refused
from touchmark.web.orders.words import BADGES, KINDS, OUTCOMES, steps
from touchmark.web.ui.due import due_of

if TYPE_CHECKING:
    from touchmark.apps.orders.models import Order

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


@roles(Role.AUTHORITY)
def order(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one order: what it says, what is missing, by when it is answered, what was done upon it."""
    found = access.own_order(request.actor, ref)
    return render(request, "touchmark/orders/own.html", _shown(found, request))


def _shown(found: Order, request: PersonRequest) -> dict[str, Any]:
    missing = queries.missing_from(found)
    given = queries.given_in(found)
    items = [(item, OUTCOMES.get(item.outcome, "")) for item in queries.items_of(found)]
    return {
        "order": found,
        "badge": BADGES[found.status],
        "kind": KINDS[found.kind],
        "steps": steps(found),
        "missing": missing,
        "elements": [
            (one, text)
            for one in queries.elements_of(found)
            if isinstance(text := given[one.name], str) and one.name != "authority"
        ],
        "asked": [str(Asked(name).label) for name in found.asked],
        "items": items,
        "due": due_of(deadlines.running_of_each([f"order:{found.ref}"])[f"order:{found.ref}"]),
        "moves": {move.event for move in ORDER.moves_from(OrderStatus(found.status), roles=request.actor.roles)},
    }


@roles(Role.AUTHORITY)
def complete(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask for what completes an order, or puts it right; a POST takes it in, and the order goes on."""
    found = access.own_order(request.actor, ref)
    posted = request.method == "POST"
    form = OwnForm(request.POST, request.FILES) if posted else OwnForm(initial=begun(found))
    letter = letter_of(request, form)
    if form.is_bound and form.is_valid():
        try:
            said = form.said_of(found)
            actions.complete(ref=ref, said=said, letter=letter, actor=request.actor, at=clock.now())
        except TouchmarkError as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Thank you: your order goes on with it."))
            return redirect("authority_order", ref)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = {"form": form, "order": found, "missing": queries.missing_from(found)}
    return render(request, "touchmark/orders/own_complete.html", page, status=status)


@roles(Role.AUTHORITY)
def withdraw(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask why an order is taken back; a POST takes it back, as long as it is not carried out."""
    found = access.own_order(request.actor, ref)
    label = gettext_lazy("Why you take it back")
    form = WordsForm(request.POST if request.method == "POST" else None, label=label)
    if form.is_bound and form.is_valid():
        try:
            actions.withdraw(ref=ref, why=form.cleaned_data["text"], actor=request.actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("It is carried out or settled already. Write to us if it is to be lifted."))
        else:
            messages.success(request, _("Your order is taken back: nothing is done upon it."))
        return redirect("authority_order", ref)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "touchmark/orders/own_withdraw.html", {"form": form, "order": found}, status=status)
