"""Asking the holder whether goods are genuine, what was answered, and saying that an answer was wrong."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.examinations import access
from touchmark.apps.examinations.actions import QuestionMissing
from touchmark.apps.notices import access as notices
from touchmark.engine.lifecycle.notice_item import NOTICE_ITEM, ItemStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.flows import ask_examiner
from touchmark.web import clock
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles


class QuestionForm(forms.Form):
    """What the examiner should look at, or how an answer turned out to be wrong."""

    text = forms.CharField(
        label=gettext_lazy("In your words"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


@roles(*READS)
def examinations(request: ActingRequest, ref: str) -> HttpResponse:
    """Show what was asked about one listing of a notice; a POST asks, or says that an answer was wrong."""
    item = notices.item_for(request.actor, ref)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, ref, form.cleaned_data["text"])
        except QuestionMissing as refusal:
            form.add_error("text", str(refusal))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except IllegalMove as refusal:
            messages.warning(request, str(refusal))
            return redirect("desk_examinations", ref)
        else:
            messages.success(request, _("Done. The holder is told."))
            return redirect("desk_examinations", ref)
    moves = {move.event for move in NOTICE_ITEM.moves_from(ItemStatus(item.status), roles={Role.REVIEWER})}
    page = {
        "item": item,
        "form": form,
        "asked": access.examinations_for(request.actor).filter(item=item),
        "may_ask": "ask_examiner" in moves and request.actor.has(Role.REVIEWER),
        "may_disprove": request.actor.has(Role.REVIEWER),
    }
    return render(request, "touchmark/desk/examinations.html", page, status=status)


def _do(request: ActingRequest, ref: str, text: str) -> None:
    wrong = request.POST.get("wrong", "")
    if wrong:
        ask_examiner.disprove(ref=wrong, why=text, actor=request.actor, at=clock.now())
    else:
        ask_examiner.ask(item=ref, question=text, actor=request.actor, at=clock.now())
