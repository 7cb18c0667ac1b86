"""What needs an operator now: traders to verify, messages that nobody took, who was invited and has not come."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.outbox import access as outbox
from touchmark.apps.outbox import queries as told
from touchmark.apps.screening import queries as screening
from touchmark.apps.traders import access as traders
from touchmark.engine.lifecycle.trader import TraderStatus
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles

#: So many of each are shown.
SHOWN = 10


@roles(Role.OPERATOR)
def overview(request: PersonRequest) -> HttpResponse:
    """Show what waits for whoever runs the installation."""
    at = clock.now()
    invited = accounts.invitations_that_wait()
    given = traders.details_for(request.actor).filter(status=TraderStatus.GIVEN)
    shown = {
        "at": at,
        "traders": given[:SHOWN],
        "to_verify": given.count(),
        "overdue": given.filter(due_at__lt=at).count(),
        "outbox": told.standing(at=at),
        "given_up": outbox.deliveries_for(request.actor).filter(state="given_up")[:SHOWN],
        "screened": screening.last_run(),
        "invited": invited.filter(expires_at__gt=at).count(),
        "stale": invited.filter(expires_at__lte=at).count(),
    }
    return render(request, "touchmark/people/overview.html", shown)
