"""What a notifier says to an answer, on a holder's page and on a guest's: what is asked, what the buttons do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _

from touchmark.apps.counters.actions import GivenFile, IncompleteReply
from touchmark.apps.counters.kinds import FileKind, Said, SuitKind
from touchmark.apps.counters.suits import COMPLAINTS_COUNT, NothingToKeep, complaints_count
from touchmark.apps.counters.suits import RulingForm as RulingShown
from touchmark.apps.counters.suits import SuitForm as SuitShown
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.clocks import ClockRefuses
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.engine.terms import Actor
from touchmark.flows import answer_notice, keep_after_suit
from touchmark.web import clock
from touchmark.web.counters import files
from touchmark.web.counters.case import HOLDER, shown
from touchmark.web.counters.forms import DelayForm, ReplyForm, RulingForm, SuitForm, ToldForm
from touchmark.web.guard import ActingRequest
from touchmark.web.media.upload import was_refused

if TYPE_CHECKING:
    from touchmark.apps.counters.models import CounterNotice

ADDS: dict[str, type[forms.Form]] = {
    "reply": ReplyForm,
    "suit": SuitForm,
    "ruling": RulingForm,
    "delay": DelayForm,
    "delay_over": forms.Form,
    "tell": ToldForm,
    "drop": ToldForm,
}


def asked_in(request: ActingRequest) -> forms.Form | None:
    """Give the questions of the button that was pressed, with what was answered; None where none was."""
    asked = request.POST.get("do", "")
    if request.method != "POST" or asked not in ADDS:
        return None
    return ADDS[asked](request.POST, request.FILES)


def done(request: ActingRequest, ref: str, form: forms.Form, *, actor: Actor) -> bool:
    """Do what the button says, and tell the page; where something is wrong, the form says what."""
    asked = request.POST["do"]
    if was_refused(request) and "file_1" in form.fields:
        form.add_error("file_1", _("The files are too large: send at most 30 MB in all."))
    kind = {"delay": FileKind.DELAY, "ruling": FileKind.RULING}.get(asked, FileKind.SUIT)
    sent = files.of_field(form, "file_1", kind) if "file_1" in form.fields else []
    if not form.is_valid():
        return False
    try:
        DO[asked](ref, form.cleaned_data, sent, asked, actor)
    except IncompleteParticulars as refusal:
        for element in refusal.missing:
            named = {"file": "file_1", "cause": "text"}.get(element.name, element.name)
            form.add_error(named if named in form.fields else None, _(element.give))
        return False
    except IncompleteReply as refusal:
        named = {"file": "file_1"}.get(refusal.field, refusal.field)
        form.add_error(named if named in form.fields else None, str(refusal))
        return False
    except (IllegalMove, ClockRefuses, NothingToKeep):
        messages.warning(request, _("That is not possible any more, or not now: see where the answer stands."))
    else:
        messages.success(request, _("Noted. What follows from it stands below."))
    return True


def _reply(ref: str, given: dict[str, Any], _sent: Sequence[GivenFile], _asked: str, actor: Actor) -> None:
    said = Said(given["said"])
    answer_notice.reply(ref=ref, said=said, text=given["text"], actor=actor, at=clock.now())


def _suit(ref: str, given: dict[str, Any], sent: Sequence[GivenFile], _asked: str, actor: Actor) -> None:
    form = SuitShown(SuitKind(given["kind"]), given["body"], given["number"], given["filed_on"], sent)
    answer_notice.show_suit(ref=ref, form=form, actor=actor, at=clock.now())


def _ruling(ref: str, given: dict[str, Any], sent: Sequence[GivenFile], _asked: str, actor: Actor) -> None:
    form = RulingShown(given["body"], given["number"], given["ruled_on"], sent)
    keep_after_suit.show_ruling(ref=ref, form=form, actor=actor, at=clock.now())


def _delay(ref: str, given: dict[str, Any], sent: Sequence[GivenFile], _asked: str, actor: Actor) -> None:
    about: dict[str, Any] = {"text": given["text"], "files": sent, "actor": actor, "at": clock.now()}
    answer_notice.reply(ref=ref, said=Said.CLAIM_DELAY, **about)


def _delay_over(ref: str, _given: dict[str, Any], _sent: Sequence[GivenFile], _asked: str, actor: Actor) -> None:
    answer_notice.reply(ref=ref, said=Said.END_DELAY, actor=actor, at=clock.now())


def _tell(ref: str, given: dict[str, Any], _sent: Sequence[GivenFile], asked: str, actor: Actor) -> None:
    answer_notice.tell_of_suit(ref=ref, event=asked, text=given["text"], actor=actor, at=clock.now())


DO: dict[str, Callable[[str, dict[str, Any], Sequence[GivenFile], str, Actor], None]] = {
    "reply": _reply,
    "suit": _suit,
    "ruling": _ruling,
    "delay": _delay,
    "delay_over": _delay_over,
    "tell": _tell,
    "drop": _tell,
}


def page_of(counter: "CounterNotice", asked: str = "", form: forms.Form | None = None) -> dict[str, Any]:
    """Give what the page shows: the case, and the forms of what can be done now, one of them with what is wrong."""
    wrong = {asked: form} if form is not None else {}
    waits, last = counter.status == CounterStatus.ARRIVED, counter.replies.last()
    suit_counts = counter.status in (CounterStatus.ARRIVED, CounterStatus.ANSWERED)
    page = shown(counter, side=HOLDER)
    return page | {
        "reply_form": wrong.get("reply", ReplyForm()) if waits else None,
        "suit_form": _suit_form(counter, wrong.get("suit")) if suit_counts else None,
        "delay_form": wrong.get("delay", DelayForm()) if waits and counter.regime in COMPLAINTS_COUNT else None,
        "told_form": (wrong.get("tell") or wrong.get("drop") or ToldForm())
        if counter.status == CounterStatus.HELD
        else None,
        "stands_still": any(one.until is None for one in page["due"])
        or (waits and last is not None and last.said == Said.CLAIM_DELAY),
        "ruling_form": wrong.get("ruling", RulingForm()) if _can_be_kept(counter) else None,
        "complaints_count": complaints_count(counter),
        "wrong": list(wrong.values()),
    }


def _suit_form(counter: "CounterNotice", wrong: forms.Form | None) -> forms.Form:
    form = wrong if isinstance(wrong, SuitForm) else SuitForm()
    if not complaints_count(counter):
        form.ask_for_suits_alone()
    return form


def _can_be_kept(counter: "CounterNotice") -> bool:
    """Whether a ruling could have the listing restricted again: it was put back on this answer, and is still."""
    return counter.status == CounterStatus.PUT_BACK and counter.item.status == ItemStatus.PUT_BACK
