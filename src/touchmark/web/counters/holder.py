"""A holder reads the answers to its notices, replies, shows a suit; and takes a notice back."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.counters import access
from touchmark.apps.counters.actions import GivenFile, IncompleteReply
from touchmark.apps.counters.kinds import FileKind, Said, SuitKind
from touchmark.apps.counters.suits import COMPLAINTS_COUNT
from touchmark.apps.counters.suits import SuitForm as SuitShown
from touchmark.apps.notices import access as notices
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.clocks import ClockRefuses
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.engine.terms import Role
from touchmark.flows import answer_notice
from touchmark.flows.retract_notice import retract as take_back
from touchmark.web import clock
from touchmark.web.counters import files
from touchmark.web.counters.case import HOLDER, shown
from touchmark.web.counters.forms import DelayForm, ReplyForm, RetractForm, SuitForm, ToldForm
from touchmark.web.counters.words import badge_of
from touchmark.web.guard import PersonRequest, roles

ON_A_PAGE = 25
ADDS = {
    "reply": ReplyForm,
    "suit": SuitForm,
    "delay": DelayForm,
    "delay_over": forms.Form,
    "tell": ToldForm,
    "drop": ToldForm,
}


@roles(Role.HOLDER, Role.AGENT)
def answers(request: PersonRequest) -> HttpResponse:
    """Show the answers to the holder's notices, newest first."""
    page = Paginator(access.counters_for(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(counter, badge_of(counter.status)) for counter in page]
    return render(request, "touchmark/counters/answers.html", {"page": page, "rows": rows, "side": HOLDER})


@roles(Role.HOLDER, Role.AGENT)
def one(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one answer with what the holder can do; a POST does what its button says."""
    counter = access.counter_for(request.actor, ref)
    asked = request.POST.get("do", "")
    if request.method != "POST" or asked not in ADDS:
        return _page(request, counter, {})
    form = ADDS[asked](request.POST, request.FILES)
    if form.is_valid() and _done(request, ref, asked, form):
        return redirect("holder_answer", ref)
    return _page(request, counter, {asked: form}, status=422)


def _done(request: PersonRequest, ref: str, asked: str, form: forms.Form) -> bool:
    kind = FileKind.DELAY if asked == "delay" else FileKind.SUIT
    sent = files.of_field(form, "file_1", kind) if "file_1" in form.fields else []
    if form.errors:
        return False
    try:
        DO[asked](request, ref, form.cleaned_data, sent)
    except IncompleteParticulars as refusal:
        for element in refusal.missing:
            named = {"file": "file_1", "cause": "text"}.get(element.name, element.name)
            form.add_error(named if named in form.fields else None, _(element.give))
        return False
    except IncompleteReply as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    except (IllegalMove, ClockRefuses):
        messages.warning(request, _("That is not possible any more, or not now: see where the answer stands."))
    else:
        messages.success(request, _("Noted. What follows from it stands below."))
    return True


def _reply(request: PersonRequest, ref: str, given: dict[str, Any], _sent: Sequence[GivenFile]) -> None:
    said = Said(given["said"])
    answer_notice.reply(ref=ref, said=said, text=given["text"], actor=request.actor, at=clock.now())


def _suit(request: PersonRequest, ref: str, given: dict[str, Any], sent: Sequence[GivenFile]) -> None:
    form = SuitShown(SuitKind(given["kind"]), given["body"], given["number"], given["filed_on"], sent)
    answer_notice.show_suit(ref=ref, form=form, actor=request.actor, at=clock.now())


def _delay(request: PersonRequest, ref: str, given: dict[str, Any], sent: Sequence[GivenFile]) -> None:
    about: dict[str, Any] = {"text": given["text"], "files": sent, "actor": request.actor, "at": clock.now()}
    answer_notice.reply(ref=ref, said=Said.CLAIM_DELAY, **about)


def _delay_over(request: PersonRequest, ref: str, _given: dict[str, Any], _sent: Sequence[GivenFile]) -> None:
    answer_notice.reply(ref=ref, said=Said.END_DELAY, actor=request.actor, at=clock.now())


def _tell(request: PersonRequest, ref: str, given: dict[str, Any], _sent: Sequence[GivenFile]) -> None:
    event = "drop" if request.POST.get("do") == "drop" else "tell"
    answer_notice.tell_of_suit(ref=ref, event=event, text=given["text"], actor=request.actor, at=clock.now())


DO: dict[str, Callable[[PersonRequest, str, dict[str, Any], Sequence[GivenFile]], None]] = {
    "reply": _reply,
    "suit": _suit,
    "delay": _delay,
    "delay_over": _delay_over,
    "tell": _tell,
    "drop": _tell,
}


def _page(request: PersonRequest, counter: Any, wrong: dict[str, forms.Form], *, status: int = 200) -> HttpResponse:
    waits = counter.status == CounterStatus.ARRIVED
    suit_counts = counter.status in (CounterStatus.ARRIVED, CounterStatus.ANSWERED)
    page = shown(counter, side=HOLDER)
    page |= {
        "reply_form": wrong.get("reply", ReplyForm()) if waits else None,
        "suit_form": wrong.get("suit", SuitForm()) if suit_counts else None,
        "delay_form": wrong.get("delay", DelayForm()) if waits and counter.regime in COMPLAINTS_COUNT else None,
        "told_form": (wrong.get("tell") or wrong.get("drop") or ToldForm())
        if counter.status == CounterStatus.HELD
        else None,
        "stands_still": any(one.until is None for one in page["due"])
        or (waits and counter.replies.exists() and counter.replies.last().said == Said.CLAIM_DELAY),
        "complaints_count": counter.regime in COMPLAINTS_COUNT or not counter.statutory,
        "wrong": list(wrong.values()),
    }
    return render(request, "touchmark/counters/holder.html", page, status=status)


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
    page = {"ref": ref, "upheld": upheld, "form": form}
    return render(request, "touchmark/counters/retract.html", page, status=422 if form.errors else 200)


def _said(refusal: TouchmarkError) -> str:
    return _("Nothing of this notice is upheld any more. Nothing was changed.") if refusal else ""
