"""What one marketplace was told: the log, one message with every try, sending one again."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.catalog import pulls
from touchmark.apps.outbox import access, actions, queries
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles

if TYPE_CHECKING:
    from touchmark.apps.outbox.models import Message

ON_A_PAGE = 50
STATES: dict[str, tuple[str, Promise]] = {
    "waiting": ("amber", gettext_lazy("waits")),
    "carried": ("green", gettext_lazy("carried out")),
    "given_up": ("red", gettext_lazy("given up")),
}
#: How a try ended.
OUTCOMES: dict[str, Promise] = {
    "in_hand": gettext_lazy("in hand"),
    "carried": gettext_lazy("carried out"),
    "later": gettext_lazy("to be tried again"),
    "never": gettext_lazy("refused for good"),
    "failed": gettext_lazy("failed on our side"),
    "broken_off": gettext_lazy("broken off"),
}


@roles(Role.OPERATOR)
def log(request: PersonRequest, slug: str) -> HttpResponse:
    """Show what the marketplace was told, newest first, fifty at a time."""
    shop = pulls.shop_for(request.actor, slug)
    state, number = request.GET.get("state", ""), request.GET.get("page", "")
    page = int(number) if number.isdecimal() and len(number) < 6 else 0
    rows = access.deliveries_for(request.actor).filter(kind=access.TO_MARKETPLACES, to=slug)
    found = list((rows.filter(state=state) if state in STATES else rows)[page * ON_A_PAGE : (page + 1) * ON_A_PAGE + 1])
    shown = {
        "shop": shop,
        "rows": [(row, *STATES[row["state"]]) for row in found[:ON_A_PAGE]],
        "state": state,
        "states": [(name, word) for name, (_colour, word) in STATES.items()],
        "page": page,
        "more": page + 1 if len(found) > ON_A_PAGE else 0,
    }
    return render(request, "touchmark/shops/deliveries.html", shown)


@roles(Role.OPERATOR)
def one(request: PersonRequest, slug: str, message_id: UUID) -> HttpResponse:
    """Show one message with every try, and what was answered; not what it says, which is a case's."""
    shop, message = pulls.shop_for(request.actor, slug), _message(request, slug, message_id)
    tries = [(one, OUTCOMES[one.outcome]) for one in queries.tries_at(message)]
    shown = {"shop": shop, "message": message, "tries": tries, "stands": STATES[message.state]}
    return render(request, "touchmark/shops/delivery.html", shown)


@roles(Role.OPERATOR)
@require_POST
def replay(request: PersonRequest, slug: str, message_id: UUID) -> HttpResponse:
    """Send a message again under its old id."""
    _message(request, slug, message_id)
    try:
        actions.replay(message_id=message_id, actor=request.actor, at=clock.now())
    except TouchmarkError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is sent again, under its old id."))
    return redirect("marketplace_delivery", slug, message_id)


def _message(request: PersonRequest, slug: str, message_id: UUID) -> "Message":
    found = access.message_for(request.actor, message_id)
    if found.kind != access.TO_MARKETPLACES or found.to != slug:
        raise access.NoSuchMessage(_("There is no such message to this marketplace."))
    return found
