"""The page on which a seller and the reviewers write to each other about a decision: one view, a page for each side."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.decisions import access
from touchmark.apps.decisions import messages as written
from touchmark.apps.decisions.messages import LONGEST, NobodyToWriteTo
from touchmark.apps.inbox.threads import FROM_DESK
from touchmark.web import clock
from touchmark.web.guard import ActingRequest
from touchmark.web.kept import key_of
from touchmark.web.ui.forms import Form
from touchmark.web.ui.steps import Entry

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision


class MessageForm(Form):
    """What is written."""

    text = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write something before you send it.")},
    )


def thread_page(
    request: ActingRequest, ref: str, *, route: str, template: str, mine: str, form_of: type[MessageForm] = MessageForm
) -> HttpResponse:
    """Show what was written about a decision, or send what was."""
    decision = access.decision_for(request.actor, ref)
    form = form_of(request.POST) if request.method == "POST" else form_of()
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid() and _sent(request, decision, form):
            return redirect(route, ref)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    shown = {
        "decision": decision,
        "entries": _entries(decision, mine),
        "form": form,
        "request_key": key_of(request.POST),
    }
    return render(request, template, shown, status=status)


def _sent(request: ActingRequest, decision: "Decision", form: forms.Form) -> bool:
    said: dict[str, Any] = {"text": form.cleaned_data["text"], "request_key": key_of(request.POST)}
    try:
        written.say(ref=decision.ref, actor=request.actor, at=clock.now(), **said)
    except NobodyToWriteTo as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Your message is sent."))
    return True


def _entries(decision: "Decision", mine: str) -> Sequence[Entry]:
    addressed = getattr(getattr(decision, "statement", None), "addressed_to", None)  # none where it is not told yet
    names = {True: _("The platform"), False: addressed.name if addressed else decision.marketplace.name}
    return [
        Entry(
            names[letter.kind == FROM_DESK],
            _("wrote"),
            letter.delivered_at,
            letter.content["text"],
            letter.kind == mine,
        )
        for letter in written.said_about(decision)
    ]
