"""Answers to notices at the desk: those that wait for a reviewer, and one with what a reviewer can do."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.counters import access, queries
from touchmark.apps.counters.actions import IncompleteReply
from touchmark.apps.decisions.actions import Choice, IncompleteDecision
from touchmark.apps.desk import recycled
from touchmark.apps.desk.kinds import Source
from touchmark.engine.lifecycle.counter_notice import CounterStatus, life_of
from touchmark.engine.lifecycle.suit import SuitStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.flows import answer_notice, keep_after_suit
from touchmark.web import clock
from touchmark.web.counters.case import DESK, shown
from touchmark.web.counters.rows import ON_A_PAGE, page_of, rows_of
from touchmark.web.counters.words import AFTER_A_RULING, STEPS
from touchmark.web.desk.forms import ProvenWords
from touchmark.web.desk.queue import READS
from touchmark.web.desk.restricting import RestrictForm
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.looked import looks_at


class JudgeForm(forms.Form):
    """Why a reviewer does what the button says."""

    text = ProvenWords(
        label=gettext_lazy("Why"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000
    )


class KeepForm(RestrictForm, JudgeForm):
    """Why a listing is restricted again after a ruling, and on what ground."""

    def choice_for(self, counter: Any) -> Choice:
        """Give how the listing is restricted."""
        return self.restriction(facts=self.cleaned_data["text"], right=counter.item.right)


@roles(*READS)
def answers(request: ActingRequest) -> HttpResponse:
    """Show the answers that wait for a reviewer, the oldest first, then all of them."""
    waiting = rows_of(queries.waiting_at_desk(request.actor)[:ON_A_PAGE], DESK)
    shows = page_of(request, DESK) | {"waiting": waiting}
    return render(request, "touchmark/counters/desk_answers.html", shows)


@roles(*READS)
@looks_at("counter-notice")
def one(request: ActingRequest, ref: str) -> HttpResponse:
    """Show one answer, or do what a reviewer chose."""
    counter = access.counter_for(request.actor, ref)
    if request.method != "POST":
        return _page(request, counter, _form_of(counter))
    form, event = _form_of(counter, request.POST), request.POST.get("event", "")
    if event not in STEPS or not form.is_valid():
        return _page(request, counter, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _judged(request, counter, form, event)
    except (IncompleteReply, IncompleteDecision) as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else "text", str(refusal))
        return _page(request, counter, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except IllegalMove:
        messages.warning(request, _("Somebody was first, or its time came. Nothing was changed by you."))
    else:
        messages.success(request, _("Done. Both sides are told what concerns them."))
    return redirect("desk_answer", ref)


def _form_of(counter: Any, data: Any = None) -> JudgeForm:
    return (KeepForm if counter.status == CounterStatus.RULED else JudgeForm)(data)


def _judged(request: ActingRequest, counter: Any, form: JudgeForm, event: str) -> None:
    about: dict[str, Any] = {"ref": counter.ref, "text": form.cleaned_data["text"]}
    about |= {"actor": request.actor, "at": clock.now()}
    if isinstance(form, KeepForm) and event == "end_for_holder":
        keep_after_suit.keep(choice=form.choice_for(counter), **about)
    else:
        answer_notice.judge(event=event, **about)


def _page(request: ActingRequest, counter: Any, form: JudgeForm, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    used_before = recycled.found_of(Source.ANSWER, [counter.ref]).get(counter.ref, [])
    page = shown(counter, side=DESK) | {"form": form, "buttons": _buttons(request, counter), "recycled": used_before}
    return render(request, "touchmark/counters/desk.html", page, status=status)


def _buttons(request: ActingRequest, counter: Any) -> list[tuple[str, Any, str]]:
    """Give what this reviewer can do with the answer now, as buttons."""
    if not request.actor.has(Role.REVIEWER):
        return []
    life = life_of(statutory=counter.statutory)
    can = {move.event for move in life.moves_from(CounterStatus(counter.status), roles={Role.REVIEWER})}
    suit = queries.open_suit_of(counter)
    if suit is not None and suit.status == SuitStatus.SHOWN:
        can.add("take")
    named = AFTER_A_RULING if counter.status == CounterStatus.RULED else {}
    return [(event, named.get(event, label), icon) for event, (label, icon) in STEPS.items() if event in can]
