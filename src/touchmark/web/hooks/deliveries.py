"""What an organisation's webhook was told: the log, one message with every try and what it says, sending it again."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from touchmark.apps.hooks import access as hooks
from touchmark.apps.outbox import access, actions, queries
from touchmark.engine.errors import TouchmarkError
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.hooks.webhook import WHO
from touchmark.web.shops.deliveries import ON_A_PAGE, OUTCOMES, STATES

if TYPE_CHECKING:
    from touchmark.apps.outbox.models import Message

#: Of how many days all can be sent again at once.
DAYS = (1, 3, 7, 30)


@roles(*WHO)
def log(request: PersonRequest) -> HttpResponse:
    """Show what one's organisation was told, newest first, fifty at a time."""
    hooks.organisation_of(request.actor)
    state, number = request.GET.get("state", ""), request.GET.get("page", "")
    page = int(number) if number.isdecimal() and len(number) < 6 else 0
    rows = access.messages_for(request.actor).filter(kind=access.TO_ORGANISATIONS).order_by("-created_at", "id")
    rows = rows.filter(state=state) if state in STATES else rows
    found = list(rows[page * ON_A_PAGE : (page + 1) * ON_A_PAGE + 1])
    shown = {
        "rows": [(row, *STATES[row.state]) for row in found[:ON_A_PAGE]],
        "state": state,
        "states": [(name, word) for name, (_colour, word) in STATES.items()],
        "page": page,
        "more": page + 1 if len(found) > ON_A_PAGE else 0,
        "days": DAYS,
    }
    return render(request, "touchmark/hooks/told.html", shown)


@roles(*WHO)
def one(request: PersonRequest, message_id: UUID) -> HttpResponse:
    """Show one message: what it says, every try, what was answered."""
    message = _message(request, message_id)
    tries = [(one, OUTCOMES[one.outcome]) for one in queries.tries_at(message)]
    shown = {"message": message, "tries": tries, "stands": STATES[message.state], "payload": message.payload}
    return render(request, "touchmark/hooks/told_one.html", shown)


@roles(*WHO)
@require_POST
def replay(request: PersonRequest, message_id: UUID) -> HttpResponse:
    """Send a message again under its old id."""
    _message(request, message_id)
    try:
        actions.replay(message_id=message_id, actor=request.actor, at=clock.now())
    except TouchmarkError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is sent again, under its old id."))
    return redirect("webhook_told_one", message_id)


@roles(*WHO)
@require_POST
def since(request: PersonRequest) -> HttpResponse:
    """Send all again that was told within some days."""
    hooks.organisation_of(request.actor)
    asked = request.POST.get("days", "")
    days = int(asked) if asked in map(str, DAYS) else DAYS[0]
    at = clock.now()
    count = actions.repeat_since(since=at - timedelta(days=days), actor=request.actor, at=at)
    said = ngettext("%(count)d message is sent again.", "%(count)d messages are sent again.", count)
    messages.success(request, said % {"count": count})
    return redirect("webhook_told")


def _message(request: PersonRequest, message_id: UUID) -> "Message":
    hooks.organisation_of(request.actor)
    found = access.message_for(request.actor, message_id)
    if found.kind != access.TO_ORGANISATIONS or found.to != str(request.actor.organisation_id):
        raise access.NoSuchMessage(_("There is no such message to your organisation."))
    return found
