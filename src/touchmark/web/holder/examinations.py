"""A holder says whether goods are genuine: who examined them, and what shows it."""

from typing import TYPE_CHECKING

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
from touchmark.engine.terms import Actor, Role
from touchmark.flows import ask_examiner
from touchmark.web import clock
from touchmark.web.guard import ActingRequest, PersonRequest, roles
from touchmark.web.ui.due import Due, due_of
from touchmark.web.ui.forms import Form

if TYPE_CHECKING:
    from touchmark.apps.examinations.models import Examination

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
    form = form_of(request, asked)
    if request.method == "POST" and form.is_valid() and answered(request, asked, form, request.actor):
        return redirect("holder_notice", asked.item.ref)
    listing = asked.item.listing
    page = {
        "asked": asked,
        "form": form,
        "due": due_by(asked),
        "listing": catalog.public_listing_for(request.actor, listing.marketplace.slug, listing.listing_id),
    }
    return render(request, "touchmark/holder/examination.html", page, status=422 if form.errors else 200)


def form_of(request: ActingRequest, asked: "Examination") -> ExaminationForm:
    """Give the form as it was sent, or with what was answered before."""
    before = {"found": asked.found, "examiner": asked.examiner, "findings": asked.findings}
    return ExaminationForm(request.POST if request.method == "POST" else None, initial=before)


def answered(request: ActingRequest, asked: "Examination", form: ExaminationForm, actor: Actor) -> bool:
    """Take the answer in and say so; what is missing is said in the form."""
    try:
        ask_examiner.answer(ref=asked.ref, **form.cleaned_data, actor=actor, at=clock.now())
    except IncompleteParticulars as refusal:
        for element in refusal.missing:
            form.add_error(FIELDS.get(element.name, element.name), _(element.give))
    except IllegalMove as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("We have your answer. A reviewer goes on with it."))
    return not form.errors


def due_by(asked: "Examination") -> list[Due]:
    """Give by when it is to be answered."""
    return due_of(deadlines.running_of_each([stream_of(asked)])[stream_of(asked)])
