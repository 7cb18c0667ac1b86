"""A seller answers a notice: asked on one page, checked, sent; then the answer as a case, completed or taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.counters import access, actions
from touchmark.apps.counters.actions import (
    AlreadyAnswered,
    BadSignature,
    CounterForm,
    GivenFile,
    InTheHoldersName,
    NoChanceLeft,
    NothingToAnswer,
    TooLateToAnswer,
)
from touchmark.apps.counters.content import asked_of
from touchmark.apps.counters.kinds import FileKind
from touchmark.apps.counters.windows import by_statute, window_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.reasons import grounds, reasons
from touchmark.engine.terms import RightKind, Role
from touchmark.flows import answer_notice
from touchmark.web import clock
from touchmark.web.counters import files
from touchmark.web.counters.case import SELLER, shown
from touchmark.web.counters.forms import FILES, AnswerForm
from touchmark.web.counters.rows import page_of
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.kept import key_of
from touchmark.web.media.upload import was_refused

if TYPE_CHECKING:
    from touchmark.apps.notices.models import NoticeItem

CANNOT = (NothingToAnswer, AlreadyAnswered, TooLateToAnswer, NoChanceLeft)


@roles(Role.SELLER)
def answers(request: PersonRequest) -> HttpResponse:
    """Show the seller's answers, newest first."""
    return render(request, "touchmark/counters/answers.html", page_of(request, SELLER))


@roles(Role.SELLER)
def answer(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask what is wrong with the notice, show it to be checked, send it."""
    item = access.answerable(request.actor, ref)
    try:
        actions.require_answerable(item, at=clock.now())
    except CANNOT as refusal:
        return _sent_before(request) or _cannot(request, item, refusal)
    if request.method != "POST":
        return _ask(request, item, _form(item))
    step = request.POST.get("step")
    form = _form(item, request.POST, request.FILES)
    sent = files.carried(request)
    if step == "change":
        return _ask(request, item, _form(item, initial=request.POST.dict()), sent)
    if form.is_valid():
        sent = [*sent, *files.of_answer(form)]
        form.require_shown(one.kind for one in sent)
    if was_refused(request):
        form.add_error("file_1", _("The files are too large: send at most 30 MB in all."))
    if not form.is_valid():
        return _ask(request, item, form, sent, status=422)
    return _send(request, item, form, sent) if step == "send" else _check(request, item, form, sent)


def _form(item: "NoticeItem", *args: Any, **kwargs: Any) -> AnswerForm:
    return AnswerForm(*args, kind=RightKind(item.right.kind), asked=asked_of(item), **kwargs)


def _said(form: AnswerForm, sent: Sequence[GivenFile], request: PersonRequest) -> CounterForm:
    given = form.cleaned_data
    return CounterForm(
        request_key=key_of(request.POST),
        ground=given["ground"],
        explanation=given["explanation"],
        particulars={element.name: given[element.name] for element in form.elements},
        files=sent,
    )


def _send(request: PersonRequest, item: "NoticeItem", form: AnswerForm, sent: Sequence[GivenFile]) -> HttpResponse:
    said = _said(form, sent, request)
    try:
        filed = answer_notice.answer(item=item.ref, form=said, actor=request.actor, at=clock.now())
    except CANNOT as refusal:
        return _sent_before(request) or _cannot(request, item, refusal)
    except (BadSignature, InTheHoldersName) as refusal:
        form.add_error("signature" if "signature" in form.fields else "name", str(refusal))
        return _ask(request, item, form, sent, status=422)
    messages.success(request, _("We have your answer. It went to the holder of the right."))
    return redirect("seller_answer", filed.ref)


def _sent_before(request: PersonRequest) -> HttpResponse | None:
    """Lead the same form, sent a second time, to the answer that it made the first time."""
    found = access.counters_for(request.actor).filter(request_key=key_of(request.POST)).first()
    return redirect("seller_answer", found.ref) if found else None


def _ask(
    request: PersonRequest,
    item: "NoticeItem",
    form: AnswerForm,
    sent: Sequence[GivenFile] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    page = _page(request, item, form, sent)
    return render(request, "touchmark/counters/answer.html", page, status=status)


def _check(request: PersonRequest, item: "NoticeItem", form: AnswerForm, sent: Sequence[GivenFile]) -> HttpResponse:
    given = form.cleaned_data
    ground = grounds().get(given["ground"])
    rows = [(form.fields[element.name].label, given[element.name], bool(element.says)) for element in form.elements]
    held = [
        (name, value) for name, value in request.POST.items() if name in form.fields and not name.startswith("kind_")
    ]
    more = {"ground": _(ground.says) if ground else "", "said": rows, "held": held}
    return render(request, "touchmark/counters/answer_check.html", _page(request, item, form, sent) | more)


def _page(request: PersonRequest, item: "NoticeItem", form: AnswerForm, sent: Sequence[GivenFile]) -> dict[str, Any]:
    window, chance = window_of(item), actions.require_answerable(item, at=clock.now())
    return {
        "item": item,
        "form": form,
        "reason": _(reasons()[item.reason].says) if item.reason in reasons() else item.reason,
        "law": regimes()[item.regime].name,
        "statutory": by_statute(item),
        "window": window,
        "chance": chance,
        "until": window.until_of(chance),
        "decision": access.decision_of(request.actor, item),
        "files": [(FileKind(one.kind).label, one.sha256) for one in sent],
        "kept_files": files.signed(sent, request),
        "file_fields": [(form[f"kind_{number}"], form[f"file_{number}"]) for number in FILES],
        "element_fields": [form[element.name] for element in form.elements],
        "request_key": key_of(request.POST),
    }


def _cannot(request: PersonRequest, item: "NoticeItem", refusal: TouchmarkError) -> HttpResponse:
    counter = access.counters_for(request.actor).filter(item=item).first()
    page = {"item": item, "refusal": refusal, "counter": counter, "decision": access.decision_of(request.actor, item)}
    return render(request, "touchmark/counters/answer_cannot.html", page, status=409)


@roles(Role.SELLER)
def one(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one answer: where it stands, what was said, by when what happens."""
    counter = access.counter_for(request.actor, ref)
    return render(request, "touchmark/counters/case.html", shown(counter, side=SELLER))


@roles(Role.SELLER)
def complete(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask again for an answer that lacks something; a POST adds what came."""
    counter = access.counter_for(request.actor, ref)
    if counter.status != CounterStatus.INCOMPLETE:
        return redirect("seller_answer", ref)
    item = counter.item
    before = {"ground": counter.ground, "explanation": counter.explanation, **counter.particulars}
    if request.method != "POST":
        return _ask_more(request, counter, _form(item, initial=before))
    form = _form(item, request.POST, request.FILES)
    if not form.is_valid():
        return _ask_more(request, counter, form, status=422)
    sent = files.of_answer(form)
    form.require_shown({*(one.kind for one in sent), *counter.files.values_list("kind", flat=True)})
    if not form.is_valid():
        return _ask_more(request, counter, form, status=422)
    try:
        said = _said(form, sent, request)
        answer_notice.complete(ref=ref, form=said, actor=request.actor, at=clock.now())
    except (BadSignature, InTheHoldersName) as refusal:
        form.add_error("signature" if "signature" in form.fields else "name", str(refusal))
        return _ask_more(request, counter, form, status=422)
    messages.success(request, _("Your answer is complete. It went to the holder of the right."))
    return redirect("seller_answer", ref)


def _ask_more(request: PersonRequest, counter: Any, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    page = {
        "item": counter.item,
        "counter": counter,
        "form": form,
        "files": [(FileKind(one.kind).label, one.blob_id) for one in counter.files.all()],
        "file_fields": [(form[f"kind_{number}"], form[f"file_{number}"]) for number in FILES],
        "element_fields": [form[element.name] for element in form.elements],
        "request_key": key_of(request.POST),
        "due": shown(counter, side=SELLER)["due"],
    }
    return render(request, "touchmark/counters/answer_complete.html", page, status=status)


@roles(Role.SELLER)
def withdraw(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask before an answer is taken back; a POST does it."""
    counter = access.counter_for(request.actor, ref)
    if request.method != "POST":
        return render(request, "touchmark/counters/withdraw.html", {"counter": counter})
    try:
        answer_notice.withdraw(ref=ref, actor=request.actor, at=clock.now())
    except IllegalMove:
        messages.warning(request, _("This answer is settled already. Nothing was changed."))
    else:
        messages.success(request, _("Your answer is withdrawn. The listing stays restricted."))
    return redirect("seller_answer", ref)
