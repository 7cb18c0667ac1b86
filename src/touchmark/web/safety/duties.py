"""Product safety at the desk: what waits, and one duty with what was told and what can be done."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.audit import queries as audit
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.safety import access, actions, queries
from touchmark.apps.safety.kinds import DutyKind
from touchmark.apps.safety.told import NotSaid
from touchmark.engine.lifecycle.safety import SAFETY, SafetyStatus
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.safety import words
from touchmark.web.safety.forms import ToldForm, WhyForm, local
from touchmark.web.ui.due import due_of

if TYPE_CHECKING:
    from touchmark.apps.deadlines.models import Deadline
    from touchmark.apps.safety.models import SafetyDuty, Suspicion

READS = (Role.REVIEWER, Role.POLICY_OWNER)
ON_A_PAGE, WAITING = 50, 100
TELLS = {"meet", "tell_more", "take_back"}
ASIDE = {"set_aside", "owe_after_all"}


@roles(*READS, Role.INVESTIGATOR)
def overview(request: PersonRequest) -> HttpResponse:
    """Show what waits, the first due on top; then all there was."""
    at = clock.now()
    duties = Paginator(access.duties_for(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = queries.waiting(request.actor)[:WAITING]
    suspicions = [*queries.suspicions_waiting(request.actor)[:WAITING]]
    page = {
        "waiting": [(one, words.badge_of(one, at)) for one in waiting],
        "suspicions": [(one, words.badge_of_suspicion(one, at)) for one in suspicions],
        "told": [(one, words.badge_of_suspicion(one, at)) for one in _told(request)],
        "page": duties,
        "rows": [(one, words.badge_of(one, at)) for one in duties],
        "reviews": request.actor.has(*READS),
    }
    return render(request, "touchmark/safety/overview.html", page)


def _told(request: PersonRequest) -> list[Suspicion]:
    """Give the latest suspicions that wait for nothing any more."""
    return list(access.suspicions_for(request.actor).filter(due_at=None)[:ON_A_PAGE])


@roles(*READS)
@looks_at("safety")
def duty(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one duty; a POST records what was told, or sets it aside."""
    found = access.duty_for(request.actor, ref)
    at = clock.now()
    aside = request.POST.get("do") == "aside"
    told = ToldForm(
        request.POST if request.method == "POST" and not aside else None,
        initial={"told_at": local(at)},
        numbered=found.kind == DutyKind.AUTHORITIES,
    )
    why = WhyForm(request.POST if aside else None)
    form = why if aside else told
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, ref, told, why, aside=aside)
        except NotSaid as refusal:
            form.add_error(refusal.field, str(refusal))
        except (IllegalMove, NotYours):
            messages.warning(request, _("Somebody was first. Nothing was changed by you."))
            return redirect("safety_duty", ref)
        else:
            messages.success(request, _("Done. It is on record."))
            return redirect("safety_duty", ref)
    moves = {move.event for move in SAFETY.moves_from(SafetyStatus(found.status), roles=request.actor.roles)}
    subject = actions.stream_of(found)
    page = {
        "duty": found,
        "badge": words.badge_of(found, at),
        "due": due_of(_timed(found, subject)),
        "told": told,
        "why": why,
        "tells": bool(moves & TELLS) and found.kind != "notice",
        "aside": next(iter(moves & ASIDE), ""),
        "reports": found.reports.select_related("by"),
        "done": [(event.at, words.DONE[event.kind]) for event in audit.events_of(subject)],
    }
    bad = bool(told.errors or why.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if bad else HTTPStatus.OK
    return render(request, "touchmark/safety/duty.html", page, status=status)


def _timed(found: SafetyDuty, subject: str) -> list[Deadline]:
    """Give the clock of where a duty stands, whether or not its moment has passed."""
    return deadlines.all_of(subject)[-1:] if found.due_at else []


def _do(request: PersonRequest, ref: str, told: ToldForm, why: WhyForm, *, aside: bool) -> None:
    if aside:
        actions.set_aside(ref=ref, why=why.cleaned_data["why"], actor=request.actor, at=clock.now())
    else:
        actions.tell(ref=ref, told=told.told(), actor=request.actor, at=clock.now())
