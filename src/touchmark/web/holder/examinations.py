"""A holder says whether goods are genuine: who examined them, and what shows it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.catalog import access as catalog
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.examinations import access
from touchmark.apps.examinations.actions import stream_of
from touchmark.apps.examinations.kinds import Found
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.engine.terms import Role
from touchmark.flows import ask_examiner
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.ui.due import due_of
from touchmark.web.ui.forms import Form

FIELDS = {"answer": "found"}


class ExaminationForm(Form):
    """What an examiner says."""

    found = forms.ChoiceField(
        label=gettext_lazy("What are the goods?"), choices=Found.choices, widget=forms.RadioSelect
    )
    examiner = forms.CharField(label=gettext_lazy("Who examined them?"), max_length=200)
    findings = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy("Reviewers read this; sellers do not see the secret marks of your goods."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )


@roles(Role.HOLDER, Role.AGENT)
def examination(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask what the goods are; a POST answers, late or as a correction too."""
    asked = access.examination_for(request.actor, ref)
    before = {"found": asked.found, "examiner": asked.examiner, "findings": asked.findings}
    form = ExaminationForm(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            ask_examiner.answer(ref=ref, **form.cleaned_data, actor=request.actor, at=clock.now())
        except IncompleteParticulars as refusal:
            for element in refusal.missing:
                form.add_error(FIELDS.get(element.name, element.name), _(element.give))
        except IllegalMove as refusal:
            messages.warning(request, str(refusal))
            return redirect("holder_examination", ref)
        else:
            messages.success(request, _("We have your answer. A reviewer goes on with it."))
            return redirect("holder_notice", asked.item.ref)
    listing = asked.item.listing
    page = {
        "asked": asked,
        "form": form,
        "due": due_of(deadlines.running_of_each([stream_of(asked)])[stream_of(asked)]),
        "listing": catalog.public_listing_for(request.actor, listing.marketplace.slug, listing.listing_id),
    }
    return render(request, "touchmark/holder/examination.html", page, status=422 if form.errors else 200)
