"""A holder reads the answers to its notices, replies, shows a suit; and takes a notice back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from touchmark.apps.counters import access
from touchmark.apps.notices import access as notices
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.flows.retract_notice import retract as take_back
from touchmark.web import clock
from touchmark.web.counters import says
from touchmark.web.counters.case import HOLDER
from touchmark.web.counters.forms import RetractForm
from touchmark.web.counters.rows import page_of
from touchmark.web.guard import PersonRequest, roles


@roles(Role.HOLDER, Role.AGENT)
def answers(request: PersonRequest) -> HttpResponse:
    """Show the answers to the holder's notices, newest first."""
    return render(request, "touchmark/counters/answers.html", page_of(request, HOLDER))


@roles(Role.HOLDER, Role.AGENT)
def one(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one answer with what the holder can do; a POST does what its button says."""
    counter = access.counter_for(request.actor, ref)
    form = says.asked_in(request)
    if form is None:
        return render(request, "touchmark/counters/holder.html", says.page_of(counter))
    if says.done(request, ref, form, actor=request.actor):
        return redirect("holder_answer", ref)
    return render(
        request, "touchmark/counters/holder.html", says.page_of(counter, request.POST["do"], form), status=422
    )


@roles(Role.HOLDER, Role.AGENT)
def retract(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask why a notice that was upheld is taken back; a POST takes it back, and the listings return."""
    item = notices.items_for(request.actor).filter(ref=ref).first()
    found = notices.notice_for(request.actor, ref) if item is None else item.notice
    of_it = notices.items_for(request.actor).filter(notice=found) if item is None else [item]
    upheld = [one for one in of_it if one.status == ItemStatus.UPHELD]
    form = RetractForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = take_back(ref=ref, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now())
        except IllegalMove as refusal:
            messages.warning(request, _said(refusal))
        else:
            messages.success(request, _("Taken back. Listings that return: %(count)s.") % {"count": count})
        return redirect("holder_notice", ref)
    page = {"ref": ref, "back": reverse("holder_notice", args=[ref]), "upheld": upheld, "form": form}
    return render(request, "touchmark/counters/retract.html", page, status=422 if form.errors else 200)


def _said(refusal: TouchmarkError) -> str:
    return _("Nothing of this notice is upheld any more. Nothing was changed.") if refusal else ""
