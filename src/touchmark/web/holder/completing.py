"""Completing a notice: what the law still asks for, as questions."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.notices import access, actions, queries
from touchmark.apps.notices.record import stream_of_notice
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.elements import field_of
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.ui.due import due_of
from touchmark.web.ui.forms import Form

if TYPE_CHECKING:
    from touchmark.engine.policy.rules import Element


class CompletionForm(Form):
    """One question for each element that is missing; a statement is a box to tick, in the words of the law."""

    def __init__(self, *args: object, lacking: Iterable["Element"], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for element in lacking:
            self.fields[element.name] = field_of(element)


@roles(Role.HOLDER, Role.AGENT)
def complete(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask for what a notice lacks; once it is all there, the notice is judged."""
    notice = access.notice_for(request.actor, ref)
    if notice.status != FilingStatus.INCOMPLETE:
        return redirect("holder_notice", ref)
    lacking = queries.lacking_of(notice, request.actor)
    form = CompletionForm(request.POST or None, lacking=lacking)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value}
        if not actions.complete(ref=ref, particulars=given, actor=request.actor, at=clock.now()):
            messages.success(request, _("Your notice is complete. It is judged now."))
            return redirect("holder_notice", ref)
        return redirect("holder_notice_complete", ref)
    subject = stream_of_notice(notice)
    page = {"notice": notice, "form": form, "due": due_of(deadlines.running_of_each([subject])[subject])}
    return render(request, "touchmark/holder/notice_complete.html", page)
