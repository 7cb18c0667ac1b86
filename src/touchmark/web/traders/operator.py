"""Trader details for operators: what waits to be verified, and what is overdue."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.traders import access, actions
from touchmark.apps.traders.actions import ReasonMissing
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.lifecycle.trader import TraderStatus
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.traders.seller import BADGES

SHOWN, ON_A_PAGE = 100, 50


@roles(Role.OPERATOR)
def traders(request: ActingRequest) -> HttpResponse:
    """Show the details that wait, the most urgent first, then the others."""
    found = access.details_for(request.actor)
    page = Paginator(found.filter(status=TraderStatus.GIVEN), ON_A_PAGE).get_page(request.GET.get("page"))
    rest = found.exclude(status=TraderStatus.GIVEN)[:SHOWN]
    shown = {"page": page, "waiting": list(page), "rest": [(details, BADGES[details.status]) for details in rest]}
    return render(request, "touchmark/traders/traders.html", shown)


@roles(Role.OPERATOR)
def trader(request: ActingRequest, organisation_id: int) -> HttpResponse:
    """Show one trader's details, to be compared."""
    details = access.details_of(request.actor, organisation_id)
    shown = {"details": details, "badge": BADGES[details.status], "waits": details.status == TraderStatus.GIVEN}
    return render(request, "touchmark/traders/trader.html", shown)


class AnswerForm(forms.Form):
    """What is missing or wrong."""

    why = forms.CharField(label=gettext_lazy("What is missing or wrong"), max_length=2_000, required=False)


@roles(Role.OPERATOR)
@require_POST
def answer(request: ActingRequest, organisation_id: int) -> HttpResponse:
    """Verify the details, or send them back."""
    form = AnswerForm(request.POST)
    form.is_valid()
    try:
        if request.POST.get("event") == "verify":
            actions.verify(organisation_id=organisation_id, actor=request.actor, at=clock.now())
        else:
            why = form.cleaned_data.get("why", "")
            actions.send_back(organisation_id=organisation_id, why=why, actor=request.actor, at=clock.now())
    except (IllegalMove, ReasonMissing) as refusal:
        messages.warning(request, str(refusal))
        return redirect("trader", organisation_id)
    messages.success(request, _("The seller is told."))
    return redirect("traders")
