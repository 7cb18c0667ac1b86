"""What marketplaces and people were to be told and have not been: seen here until it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import access as decisions
from touchmark.apps.outbox import access, actions
from touchmark.apps.outbox.actions import LaterOneFollowed, NotGivenUp
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.desk import words
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing

#: A marketplace that has not answered after this long is shown.
PATIENCE = timedelta(minutes=5)
#: So many of each kind are shown; more than that is no list to work through but an outage.
SHOWN = 100


@roles(*READS)
def deliveries(request: ActingRequest) -> HttpResponse:
    """Show orders that no marketplace has carried out, and messages that nobody took."""
    late = list(decisions.unconfirmed_for(request.actor, before=clock.now() - PATIENCE)[: SHOWN + 1])
    told = _last_told(request, [f"listing:{restriction.decision.listing_id}" for restriction in late])
    given_up = list(access.deliveries_for(request.actor).filter(state="given_up")[: SHOWN + 1])
    shown = {
        "late": [
            (found, words.RESTRICTIONS[found.status], told.get(f"listing:{found.decision.listing_id}"))
            for found in late[:SHOWN]
        ],
        "given_up": _with_listings(request, given_up[:SHOWN]),
        "more": len(late) > SHOWN or len(given_up) > SHOWN,
        "may_send": request.actor.has(Role.REVIEWER),
    }
    return render(request, "touchmark/desk/deliveries.html", shown)


def _last_told(request: ActingRequest, subjects: list[str]) -> dict[str, Mapping[str, Any]]:
    """Give the last message about each subject."""
    found = access.deliveries_for(request.actor).filter(kind="webhook", subject__in=subjects).order_by("sequence")
    return {message["subject"]: message for message in found}


def _with_listings(
    request: ActingRequest, messages: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], str, Listing | None]]:
    """Give each message with what it is, in words, and the listing that it is about."""
    keys = {message["id"]: _listing_key(message["subject"]) for message in messages}
    wanted = [key for key in keys.values() if key]
    found = {listing.pk: listing for listing in catalog.listings_for(request.actor).filter(pk__in=wanted)}
    return [
        (message, str(words.MESSAGES.get(message["kind"], message["kind"])), found.get(keys[message["id"]]))
        for message in messages
    ]


def _listing_key(subject: str) -> int:
    """Give the key of the listing that a message is about; 0 for anything else."""
    kind, _colon, key = subject.partition(":")
    return int(key) if kind == "listing" and key.isdecimal() else 0


@roles(Role.REVIEWER)
@require_POST
def send_again(request: ActingRequest, message_id: UUID) -> HttpResponse:
    """Put a message that was given up back among those to be tried."""
    try:
        actions.put_back(message_id=message_id, actor=request.actor, at=clock.now())
    except (NotGivenUp, LaterOneFollowed) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It is tried again now."))
    return redirect("desk_deliveries")
