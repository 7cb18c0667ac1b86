"""Suspicions of a crime against life or safety: raised from a listing, told to the police, dropped (DSA, art. 18)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.audit import queries as audit
from touchmark.apps.catalog import access as catalog
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.safety import access, queries
from touchmark.apps.safety import suspicions as actions
from touchmark.apps.safety.kinds import Basis
from touchmark.apps.safety.suspicions import RaisedAlready
from touchmark.apps.safety.told import NotSaid
from touchmark.engine.lifecycle.safety import SUSPICION, SuspicionStatus
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.safety import words
from touchmark.web.safety.forms import PoliceForm, ReasonsForm, WhyForm
from touchmark.web.ui.due import due_of

if TYPE_CHECKING:
    from touchmark.apps.safety.models import Suspicion

SEE = (Role.REVIEWER, Role.POLICY_OWNER, Role.INVESTIGATOR)
TELLS, DROPS = {"report", "report_more"}, {"drop", "raise_again"}


@roles(*SEE)
def suspect(request: PersonRequest, marketplace: str, listing_id: str) -> HttpResponse:
    """Ask what gives rise to a suspicion about a listing; a POST raises it."""
    listing = catalog.listing_for(request.actor, marketplace, listing_id)
    form = ReasonsForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.suspect(
                marketplace=marketplace,
                listing_id=listing_id,
                reasons=form.cleaned_data["reasons"],
                actor=request.actor,
                at=clock.now(),
            )
        except NotSaid as refusal:
            form.add_error(refusal.field, str(refusal))
        except RaisedAlready as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Raised. Whoever tells the police sees it now."))
            return redirect("suspicion", made.ref)
    raised = queries.open_suspicions(request.actor, [listing.pk])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = {"listing": listing, "form": form, "raised": raised, "reviews": request.actor.has(*SEE[:2])}
    return render(request, "touchmark/safety/suspect.html", page, status=status)


@roles(*SEE)
@looks_at("suspicion")
def suspicion(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one; a POST records what the police was told, or drops it."""
    found = access.suspicion_for(request.actor, ref)
    at = clock.now()
    drops = request.POST.get("do") == "drop"
    sent = request.method == "POST"
    told = PoliceForm(request.POST if sent and not drops else None, at=at, proposed=actions.concerned(found, at))
    why = WhyForm(request.POST if drops else None)
    form = why if drops else told
    if sent and form.is_valid():
        try:
            _do(request, ref, told, why, drops=drops)
        except NotSaid as refusal:
            form.add_error(refusal.field, str(refusal))
        except RaisedAlready as refusal:
            form.add_error(None, str(refusal))
        except (IllegalMove, NotYours):
            messages.warning(request, _("Somebody was first. Nothing was changed by you."))
            return redirect("suspicion", ref)
        else:
            messages.success(request, _("Done. It is on record."))
            return redirect("suspicion", ref)
    bad = bool(told.errors or why.errors)
    shown = _shown(request, found) | {"told": told, "why": why}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if bad else HTTPStatus.OK
    return render(request, "touchmark/safety/suspicion.html", shown, status=status)


def _shown(request: PersonRequest, found: Suspicion) -> dict[str, object]:
    at, subject = clock.now(), actions.stream_of(found)
    moves = {move.event for move in SUSPICION.moves_from(SuspicionStatus(found.status), roles=request.actor.roles)}
    labels = dict(Basis.choices)
    return {
        "suspicion": found,
        "badge": words.badge_of_suspicion(found, at),
        "due": due_of(deadlines.all_of(subject)[-1:] if found.due_at else []),
        "tells": bool(moves & TELLS),
        "drops": next(iter(moves & DROPS), ""),
        "proposed": [(country, labels[basis]) for country, basis in actions.concerned(found, at)],
        "reports": found.reports.select_related("by"),
        "reviews": request.actor.has(*SEE[:2]),
        "done": [(event.at, words.DONE[event.kind]) for event in audit.events_of(subject)],
    }


def _do(request: PersonRequest, ref: str, told: PoliceForm, why: WhyForm, *, drops: bool) -> None:
    if drops:
        actions.drop(ref=ref, why=why.cleaned_data["why"], actor=request.actor, at=clock.now())
    else:
        actions.report(ref=ref, told=told.told(), actor=request.actor, at=clock.now())
