"""Disputes at the desk: what is open before which body, what comes of it, whether it is followed; the counts."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions.actions import Choice, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.disputes import access, actions, queries
from touchmark.apps.disputes.actions import IncompleteDispute, OwnDecision
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy import bodies
from touchmark.engine.policy.clocks import ClockRefuses
from touchmark.engine.terms import Role
from touchmark.flows import follow_body
from touchmark.web import clock
from touchmark.web.desk.forms import area, new_key
from touchmark.web.desk.queue import READS
from touchmark.web.desk.restricting import RestrictForm
from touchmark.web.disputes.words import OUTCOMES, RESULTS, STANDINGS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.ui.due import due_of
from touchmark.web.ui.forms import Form

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.disputes.models import Dispute

#: Of how many days the counts are, and how many of those that are over are shown.
COUNTED, OVER = timedelta(days=183), 50


class TextForm(Form):
    """What was agreed, or where the same was resolved before; what the platform paid."""

    text = forms.CharField(label=gettext_lazy("What, in words that the party reads"), max_length=10_000, widget=area(4))
    fee = forms.DecimalField(
        label=gettext_lazy("What we paid, in euros"), required=False, min_value=0, max_digits=10, decimal_places=2
    )


class DecidedForm(TextForm):
    """What the body decided."""

    result = forms.ChoiceField(
        label=gettext_lazy("The body decided"), choices=list(RESULTS.items()), widget=forms.RadioSelect
    )
    field_order = ("result", "text", "fee")


class AnswerForm(RestrictForm, Form):
    """Why the platform follows or does not; what is done where a refused notice is upheld, or something remains."""

    why = forms.CharField(label=gettext_lazy("Why, in words that the party reads"), max_length=10_000, widget=area(4))
    ground_explanation = forms.CharField(
        label=gettext_lazy("Why it is broken"), required=False, max_length=5_000, widget=area(3)
    )
    field_order = ("why",)

    def choice_for(self, dispute: Dispute) -> Choice | None:
        """Give how the listing is restricted: of a refused notice, or in part in place of what stood."""
        appeal = dispute.appeal
        if appeal.item is not None:
            return self._upheld(appeal)
        if dispute.result == "partly" and appeal.decision.kind in (DecisionKind.REMOVE, DecisionKind.DISABLE):
            return self._narrowed(appeal)
        return None

    def _upheld(self, appeal: Appeal) -> Choice:
        return self.restriction(facts=self.cleaned_data["why"], right=appeal.item.right if appeal.item else None)

    def _narrowed(self, appeal: Appeal) -> Choice:
        decision = appeal.decision
        return Choice(
            kind=DecisionKind.HIDE,
            facts=self.cleaned_data["why"],
            request_key=new_key(),
            right=decision.right,
            ground=Ground(decision.ground) if decision.ground else None,
            ground_reference=decision.ground_reference,
            ground_explanation=decision.ground_explanation,
        )


FORMS: dict[str, type[Form]] = {
    "refuse": TextForm,
    "settle": TextForm,
    "decide": DecidedForm,
    "follow": AnswerForm,
    "not_follow": AnswerForm,
    "extend": Form,
}


@roles(*READS)
def disputes(request: ActingRequest) -> HttpResponse:
    """Show the disputes: those that are open, the first due first; the counts of the last half year."""
    at = clock.now()
    seen = access.disputes_for(request.actor)
    waiting = list(seen.filter(status__in=queries.OPEN).order_by("told_at", "id"))
    running = deadlines.running_of_each(actions.stream_of(one) for one in waiting)
    counted = queries.counts(at - COUNTED, at)
    shown = {
        "waiting": [
            (one, bodies.body(one.body), STANDINGS[one.status], due_of(running[actions.stream_of(one)]))
            for one in waiting
        ],
        "over": [(one, STANDINGS[one.status]) for one in seen.exclude(status__in=queries.OPEN)[:OVER]],
        "counts": counted,
        "outcomes": [(OUTCOMES[name], count) for name, count in sorted(counted.outcomes.items())],
        "implemented": None if counted.implemented is None else round(100 * counted.implemented),
    }
    return render(request, "touchmark/disputes/desk.html", shown)


@roles(*READS)
@looks_at("dispute")
def dispute(request: ActingRequest, ref: str) -> HttpResponse:
    """Show one dispute, with what a reviewer can do."""
    return _page(request, access.dispute_for(request.actor, ref))


def _page(
    request: ActingRequest,
    found: Dispute,
    form: Form | None = None,
    event: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    running = deadlines.running_of_each([actions.stream_of(found)])[actions.stream_of(found)]
    appeal, reviews = found.appeal, request.actor.has(Role.REVIEWER)
    own = request.actor.user_id in (appeal.decided_by_id, appeal.decision.decided_by_id, appeal.decision.approved_by_id)
    forms_of = {name: kind(auto_id=f"{name}-%s") for name, kind in FORMS.items()}
    shown = {
        "dispute": found,
        "body": bodies.body(found.body),
        "stands": STANDINGS[found.status],
        "result": RESULTS.get(found.result, ""),
        "due": due_of(running),
        "forms": forms_of | ({event: form} if form is not None else {}),
        "problem": event,
        "may_record": reviews and found.status in ("open", "overdue"),
        "may_answer": reviews and found.status == "decided" and not own,
        "own": own and found.status == "decided",
        "to_grant": appeal.item is not None and found.result != "against",
    }
    return render(request, "touchmark/disputes/desk_one.html", shown, status=status)


@roles(Role.REVIEWER)
@require_POST
def step(request: ActingRequest, ref: str, event: str) -> HttpResponse:
    """Note what came of a dispute, or whether the platform follows."""
    found = access.dispute_for(request.actor, ref)
    if event not in FORMS:
        raise Http404(_("There is no such step."))
    form = FORMS[event](request.POST, auto_id=f"{event}-%s")
    if not form.is_valid():
        return _page(request, found, form, event, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _done(request, found, event, form)
    except (IncompleteDispute, IncompleteDecision) as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, found, form, event, HTTPStatus.UNPROCESSABLE_ENTITY)
    except (IllegalMove, ClockRefuses, OwnDecision) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted. The party is told."))
    return redirect("desk_dispute", ref)


def _done(request: ActingRequest, found: Dispute, event: str, form: Form) -> None:
    given: dict[str, Any] = form.cleaned_data
    about: dict[str, Any] = {"ref": found.ref, "actor": request.actor, "at": clock.now()}
    match event:
        case "refuse":
            actions.refuse(text=given["text"], **about)
        case "settle":
            actions.settle(text=given["text"], fee=given["fee"], **about)
        case "decide":
            actions.decide(result=given["result"], text=given["text"], fee=given["fee"], **about)
        case "extend":
            actions.extend(**about)
        case "follow" if isinstance(form, AnswerForm):
            follow_body.follow(why=given["why"], choice=form.choice_for(found), **about)
        case _:
            follow_body.not_follow(why=given["why"], **about)
