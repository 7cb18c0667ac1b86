"""The orders of authorities, that which is due first on top; entering one; one of them, with what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit import queries as audit
from touchmark.apps.catalog import access as catalog
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.orders import access, actions, queries
from touchmark.apps.orders.kinds import Asked
from touchmark.apps.orders.said import IncompleteOrder
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.order import ORDER, OrderStatus
from touchmark.engine.terms import Role
from touchmark.flows import carry_out_order
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.media.evidence import taken_from
from touchmark.web.media.upload import was_refused
from touchmark.web.orders.forms import HoldForm, OrderForm, WhatForm, WordsForm, begun
from touchmark.web.orders.words import BADGES, DONE, KINDS, OUTCOMES, steps
from touchmark.web.ui.due import due_of
from touchmark.web.ui.steps import Entry

if TYPE_CHECKING:
    from touchmark.apps.blobs.evidence import Taken
    from touchmark.apps.orders.models import Order

ON_A_PAGE = 50
#: What is said when an order is moved, by what is done: the label of the words, and what they are for.
SAYS: Mapping[str, tuple[Promise, Promise]] = {
    "verify": (
        gettext_lazy("How you found it to be real"),
        gettext_lazy(
            "Call the authority by a number that is not in the letter: a forged letterhead is the usual fraud."
        ),
    ),
    "ask_for_more": (
        gettext_lazy("What is missing"),
        gettext_lazy("The authority reads it, with the list of the law."),
    ),
    "answer": (gettext_lazy("What was done, and when"), gettext_lazy("The authority reads it.")),
    "decline": (
        gettext_lazy("Why it is declined"),
        gettext_lazy("The authority reads it, once it is known to be real."),
    ),
    "withdraw": (gettext_lazy("Who took it back, and how we know"), gettext_lazy("It stays on record.")),
    "lift": (gettext_lazy("Who lifted it, and by what"), gettext_lazy("The authority and the sellers read it.")),
    "hold": (gettext_lazy("By which word of the authority"), gettext_lazy("It stays on record.")),
}
SAID: Mapping[str, Promise] = {
    "verify": gettext_lazy("It is on record how the order was found to be real."),
    "ask_for_more": gettext_lazy("The authority is asked for what is missing."),
    "carry_out": gettext_lazy("Carried out. Now tell the authority what was done."),
    "answer": gettext_lazy("The authority is told."),
    "decline": gettext_lazy("The order is declined."),
    "withdraw": gettext_lazy("The order is withdrawn."),
    "lift": gettext_lazy("What was done is undone; the authority is told."),
    "hold": gettext_lazy("Changed. Whoever was told stays told."),
}


@roles(Role.REVIEWER)
def orders(request: PersonRequest) -> HttpResponse:
    """Show the orders that wait, that which is due first on top, or all of them."""
    only_open = request.GET.get("all") != "1"
    found = queries.due_first(access.orders_for(request.actor), only_open=only_open)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, BADGES[one.status], KINDS[one.kind]) for one in page]
    return render(request, "touchmark/orders/orders.html", {"rows": rows, "page": page, "only_open": only_open})


@roles(Role.REVIEWER)
def enter(request: PersonRequest) -> HttpResponse:
    """Ask for an order that came by letter; a POST takes it in, or leads to the one that it is already."""
    form = OrderForm(request.POST, request.FILES) if request.method == "POST" else OrderForm(initial={"kind": "act"})
    market = form.fields["marketplace"]
    market.choices = [(one.slug, one.name) for one in catalog.marketplaces()]  # type: ignore[attr-defined]
    letter = letter_of(request, form)
    if form.is_bound and form.is_valid():
        try:
            taken = actions.receive(
                marketplace=form.cleaned_data["marketplace"],
                said=form.whole,
                letter=letter,
                actor=request.actor,
                at=clock.now(),
            )
        except TouchmarkError as refusal:
            refused(form, refusal)
        else:
            said = _("This order was received before: here it is.") if taken.before else _("Taken in. Now verify it.")
            (messages.warning if taken.before else messages.success)(request, said)
            return redirect("order", taken.order.ref)
    return render(request, "touchmark/orders/enter.html", {"form": form}, status=_status(form))


@roles(Role.REVIEWER)
def change(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask for what completes an order, or was entered wrongly; a POST takes it in: it is verified anew."""
    found = access.order_for(request.actor, ref)
    posted = request.method == "POST"
    form = WhatForm(request.POST, request.FILES) if posted else WhatForm(initial=begun(found))
    letter = letter_of(request, form)
    if form.is_bound and form.is_valid():
        names = ("kind", "authority", "country", "reference", "received_at")
        said = form.said(**{name: getattr(found, name) for name in names})
        try:
            actions.complete(ref=ref, said=said, letter=letter, actor=request.actor, at=clock.now())
        except TouchmarkError as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Taken in. Verify it anew: what completes an order can be forged, too."))
            return redirect("order", ref)
    page = {"form": form, "order": found, "missing": queries.missing_from(found)}
    return render(request, "touchmark/orders/enter.html", page, status=_status(form))


def letter_of(request: PersonRequest, form: WhatForm) -> Taken | None:
    """Take the letter in that was sent with a form; what is wrong with it stands there."""
    if request.method != "POST":
        return None
    taken = taken_from(form, ["letter"])
    if was_refused(request):
        form.add_error("letter", _("The files are too large: send at most 30 MB in all."))
    return taken[0] if taken else None


def refused(form: WhatForm, refusal: TouchmarkError) -> None:
    """Say in a form why what it says was not taken in."""
    field = refusal.field if isinstance(refusal, IncompleteOrder) and refusal.field in form.fields else None
    form.add_error(field, str(refusal))


def _status(*forms: Any) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if any(form.errors for form in forms) else HTTPStatus.OK


@roles(Role.REVIEWER)
@looks_at("order")
def order(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one order, what of it is missing and what became of it; a POST does what its button says."""
    found = access.order_for(request.actor, ref)
    forms = _forms(found, request)
    do = request.POST.get("do", "")
    if request.method == "POST" and _done(request, ref, do, forms.get(do)):
        return redirect("order", ref)
    shown = _shown(found, request) | {"forms": forms, "do": do}
    return render(request, "touchmark/orders/order.html", shown, status=_status(*forms.values()))


def _forms(found: Order, request: PersonRequest) -> dict[str, WordsForm]:
    """Give a form for each thing that can be done now and takes words; that which was sent is filled in."""
    moves = {move.event for move in ORDER.moves_from(OrderStatus(found.status), roles=request.actor.roles)}
    can = moves & SAYS.keys()
    open_ones = (OrderStatus.RECEIVED, OrderStatus.INCOMPLETE)
    if found.status in open_ones and not found.verified:
        can = (can | {"verify"}) - {"ask_for_more"}
    if found.status in open_ones and _two(found):
        can |= {"verify"}
    if found.verified and found.untold_until and found.status not in ("declined", "withdrawn"):
        can |= {"hold"}
    made = {}
    for name, (label, help_text) in SAYS.items():
        if name in can:
            sent = request.POST if request.POST.get("do") == name else None
            kind = HoldForm if name == "hold" else WordsForm
            made[name] = kind(sent, label=label, help_text=help_text, auto_id=f"{name}-%s", initial=_begin(found, name))
    return made


def _two(found: Order) -> bool:
    """Whether a second person must still look before it is carried out."""
    if found.verified_at is None or found.confirmed_at is not None:
        return False
    return bool(carry_out_order.asks_for_two(found, queries.items_of(found), clock.now()))


def _begin(found: Order, name: str) -> dict[str, Any]:
    return {"until": found.untold_until} if name == "hold" else {}


def _done(request: PersonRequest, ref: str, do: str, form: WordsForm | None) -> bool:
    act = ACTS.get(do)
    if act is None or (do != "carry_out" and form is None):
        messages.warning(request, _("That cannot be done to this order any more, or not yet."))
        return True
    if form is not None and not form.is_valid():
        return False
    try:
        act(ref, form.cleaned_data if form else {}, {"actor": request.actor, "at": clock.now()})
    except TouchmarkError as refusal:
        if form is None:
            messages.error(request, str(refusal))
            return True
        form.add_error("text", str(refusal))
        return False
    messages.success(request, str(SAID[do]))
    return True


ACTS: Mapping[str, Callable[[str, Mapping[str, Any], Mapping[str, Any]], object]] = {
    "verify": lambda ref, said, who: actions.verify(ref=ref, how=said["text"], **who),
    "ask_for_more": lambda ref, said, who: actions.ask_for_more(ref=ref, text=said["text"], **who),
    "carry_out": lambda ref, said, who: carry_out_order.carry_out(ref=ref, **who),
    "answer": lambda ref, said, who: actions.answer(ref=ref, text=said["text"], **who),
    "decline": lambda ref, said, who: actions.decline(ref=ref, why=said["text"], **who),
    "withdraw": lambda ref, said, who: actions.withdraw(ref=ref, why=said["text"], **who),
    "lift": lambda ref, said, who: carry_out_order.lift(ref=ref, why=said["text"], **who),
    "hold": lambda ref, said, who: carry_out_order.hold(ref=ref, until=said["until"], why=said["text"], **who),
}


def _shown(found: Order, request: PersonRequest) -> dict[str, Any]:
    missing = {element.name for element in queries.missing_from(found)}
    given = queries.given_in(found)
    items = list(queries.items_of(found))
    moves = {move.event for move in ORDER.moves_from(OrderStatus(found.status), roles=request.actor.roles)}
    return {
        "order": found,
        "badge": BADGES[found.status],
        "kind": KINDS[found.kind],
        "steps": steps(found),
        "elements": [(one, one.name not in missing, _told(given[one.name])) for one in queries.elements_of(found)],
        "missing": missing,
        "asked": [str(Asked(name).label) for name in found.asked],
        "items": [(item, OUTCOMES.get(item.outcome, "")) for item in items],
        "to_do": sum(1 for item in items if item.listing_id or item.seller_id),
        "pages": list(found.pages.values_list("blob_id", flat=True)),
        "due": due_of(deadlines.running_of_each([f"order:{found.ref}"])[f"order:{found.ref}"]),
        "entries": _entries(found),
        "moves": moves,
        "two": _two(found),
        "first_was_you": found.verified_at and not found.confirmed_at and found.verified_by_id == request.actor.user_id,
    }


def _told(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _entries(found: Order) -> list[Entry]:
    """Give what was done, the first first; a program of the marketplace has no name."""
    events = [*audit.events_of(f"order:{found.ref}"), *audit.events_of(f"order:{found.ref}:notes")]
    names = accounts.names_of({event.user_id for event in events})
    somebody = found.marketplace.name
    return [
        Entry(names.get(event.user_id) or somebody, str(DONE[event.kind]), event.at, mine=event.user_id is not None)
        for event in sorted(events, key=lambda event: event.at)
    ]
