"""Appeals: what waits for somebody who did not take the decision, and the answer to one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from touchmark.apps.appeals import access
from touchmark.apps.appeals.actions import GroundsMissing, stream_of
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions.actions import IncompleteDecision
from touchmark.apps.desk import due
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.flows.resolve_appeal import resolve
from touchmark.web import clock
from touchmark.web.desk import snapshot, words
from touchmark.web.desk.addresses import decision_link
from touchmark.web.desk.contested import NarrowForm, RefusalForm, form_of
from touchmark.web.desk.forms import AppealForm
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.ui.due import due_of

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal

#: So many that wait are shown on a page; so many answered ones below.
ON_A_PAGE, ANSWERED = 50, 50


@roles(*READS)
def appeals(request: ActingRequest) -> HttpResponse:
    """Show the appeals: those that wait first, the first due on top, then what was answered."""
    seen = access.appeals_for(request.actor).select_related(
        "appellant", "decision__decided_by", "decision__rule", "decided_by"
    )
    page = Paginator(due.first_due(seen.filter(status=AppealStatus.FILED)), ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = list(page)
    until = due.of_appeals(waiting)
    shown = {
        "page": page,
        "waiting": [(appeal, until.get(appeal.ref)) for appeal in waiting],
        "answered": [
            (appeal, words.APPEALS[appeal.status]) for appeal in seen.exclude(status=AppealStatus.FILED)[:ANSWERED]
        ],
    }
    return render(request, "touchmark/desk/appeals.html", shown)


@roles(*READS)
@looks_at("appeal")
def appeal(request: ActingRequest, ref: str) -> HttpResponse:
    """Show one appeal beside what was decided, or take the answer that was sent."""
    found = access.appeal_for(request.actor, ref)
    if request.method == "POST":
        return _answered(request, found)
    return _page(request, found, form_of(found))


def _answered(request: ActingRequest, appeal: Appeal) -> HttpResponse:
    form = form_of(appeal, request.POST)
    if not form.is_valid():
        return _page(request, appeal, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    event, text = form.cleaned_data["outcome"], form.cleaned_data["text"]
    choice = None
    if (isinstance(form, RefusalForm) and event == "reverse") or (
        isinstance(form, NarrowForm) and event == "reverse_partly"
    ):
        choice = form.choice_for(appeal)
    try:
        resolve(ref=appeal.ref, event=event, text=text, actor=request.actor, at=clock.now(), choice=choice)
    except IncompleteDecision as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, appeal, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except GroundsMissing as refusal:
        form.add_error("text", str(refusal))
        return _page(request, appeal, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except IllegalMove:
        return _answered_before(request, appeal.ref, form)
    messages.success(request, _said(appeal, event))
    return redirect("desk_appeals")


def _answered_before(request: ActingRequest, ref: str, form: AppealForm) -> HttpResponse:
    """Take the same answer sent again by the same person as no news; tell anybody else who was first."""
    found = access.appeal_for(request.actor, ref)
    same = found.decided_by_id == request.actor.user_id and found.answer == form.cleaned_data["text"].strip()
    if same:
        return redirect("desk_appeals")
    return _page(request, found, form, status=HTTPStatus.CONFLICT)


def _said(appeal: Appeal, event: str) -> str:
    if appeal.item is not None:
        return _("Appeal %(ref)s answered. The notifier is told, and if the notice is upheld the seller too.") % {
            "ref": appeal.ref
        }
    if event == "reverse_partly":
        text = _("Appeal {ref} answered. Decision {decision} is reversed in part: both are told what remains.")
    elif event == "reverse":
        text = _("Appeal {ref} answered. Decision {decision} is reversed: the marketplace and the seller are told.")
    else:
        text = _("Appeal {ref} answered. Decision {decision} stands, and the seller is told why.")
    return format_html(text, ref=appeal.ref, decision=decision_link(appeal.decision.ref))


def _page(
    request: ActingRequest, appeal: Appeal, form: AppealForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    decision = appeal.decision
    own = decision.decided_by_id == request.actor.user_id
    waits = appeal.status == AppealStatus.FILED
    shown = {
        "appeal": appeal,
        "decision": decision,
        "frozen": snapshot.of(decision.snapshot.content) if decision.snapshot else None,
        "standing": words.APPEALS[appeal.status],
        "own": own,
        "waits": waits,
        "overtaken": status == HTTPStatus.CONFLICT,
        "may_answer": waits and not own and request.actor.has(Role.REVIEWER),
        "form": form,
        "due": due_of(deadlines.running_of_each([stream_of(appeal)])[stream_of(appeal)]),
    }
    return render(request, "touchmark/desk/appeal.html", shown, status=status)
