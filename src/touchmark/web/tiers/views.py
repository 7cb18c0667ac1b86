"""One's own record, and appealing what was decided about it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.tiers import actions, queries
from touchmark.apps.tiers.actions import NothingToContest
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.tiers.shown import shown
from touchmark.web.ui.forms import Form


class ContestForm(Form):
    """What is wrong with a warning or a suspension."""

    grounds = forms.CharField(
        label=gettext_lazy("What is wrong with it?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )


def side_of(actor: Actor) -> Side:
    """Give on which side of a notice somebody stands."""
    return Side.COUNTER_NOTIFIER if actor.has(Role.SELLER) else Side.NOTIFIER


@roles(Role.HOLDER, Role.AGENT, Role.SELLER)
def own(request: PersonRequest) -> HttpResponse:
    """Show one's own record: the lane by reason, the numbers, the rule, what was decided, until when to appeal it."""
    at, side = clock.now(), side_of(request.actor)
    standing = queries.standing_of(request.actor.organisation, side, at=at)
    measures = [
        (measure, measure.appealed_at is None and not measure.lifted and at <= measure.appeal_by)
        for measure in queries.measures_of(request.actor.organisation, side)
    ]
    page = shown(standing, at) | {"measures": measures, "now": standing.measure}
    page["wrong"] = queries.wrong_examinations(request.actor.organisation)
    return render(request, "touchmark/tiers/own.html", page)


@roles(Role.HOLDER, Role.AGENT, Role.SELLER)
def contest(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask what is wrong with a warning or a suspension; a POST sends the appeal."""
    found = queries.measures_of(request.actor.organisation, side_of(request.actor)).filter(ref=ref).first()
    if found is None:
        raise actions.NoSuchMeasure(_("There is no such measure against you."))
    form = ContestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.contest(ref=ref, grounds=form.cleaned_data["grounds"], actor=request.actor, at=clock.now())
        except NothingToContest as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request, _("We have your appeal. Somebody who did not take the decision looks at it again.")
            )
        return redirect("own_record")
    page = {"measure": found, "form": form}
    return render(request, "touchmark/tiers/contest.html", page, status=422 if form.errors else 200)
