"""
Appealing a decision: one question, the answer checked before it is sent, then what happens next.

The answer travels in the page itself until it is sent, so that going back, a refusal or a session that ran out
loses nothing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.appeals import access, actions
from touchmark.apps.appeals.actions import AlreadyAppealed, AppealForm, NothingToAppeal, TooLate
from touchmark.apps.blobs.evidence import Given
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions import access as decisions
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.kept import answers_kept, keeps_answers, key_of
from touchmark.web.media.shown import WithFiles, carried, signed
from touchmark.web.media.upload import was_refused
from touchmark.web.ui.due import due_of

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision

#: Why a decision cannot be appealed: a page in plain words, which keeps what was written.
CANNOT = (TooLate, AlreadyAppealed, NothingToAppeal)


class AppealAnswers(WithFiles):
    """What the seller says against the decision."""

    grounds = forms.CharField(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy(
            "For example: “I bought these bags from the brand's own outlet on 3 March; the invoice number is 20417.” "
            "Or: “The word in the title says what the case fits; the case itself carries no brand.”"
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Say what is wrong with the decision: somebody else looks at it again."),
            "max_length": gettext_lazy("That is longer than %(limit_value)d characters. Keep to what matters most."),
        },
    )


@keeps_answers("grounds", "request_key")
@roles(Role.SELLER)
def appeal(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask what is wrong, show it to be checked, send it."""
    decision = decisions.decision_for(request.actor, ref)
    try:
        actions.require_appealable(decision, actor=request.actor, at=clock.now())
    except CANNOT as refusal:
        return _sent_before(request) or _cannot(request, decision, refusal)
    if request.method == "POST":
        return _answered(request, decision)
    kept = answers_kept(request)
    form = AppealAnswers(initial=dict(kept.answers))
    return _ask(request, decision, form, key=key_of(kept.answers), kept=kept.signed_out)


def _answered(request: PersonRequest, decision: "Decision") -> HttpResponse:
    form, key = AppealAnswers(request.POST, request.FILES), key_of(request.POST)
    step, sent = request.POST.get("step"), carried(request)
    if step == "change":
        return _ask(request, decision, AppealAnswers(initial=request.POST.dict()), key=key, sent=sent)
    if form.is_valid():
        sent = [*sent, *form.given()]
    if was_refused(request):
        form.add_error("file_1", _("The files are too large: send at most 30 MB in all."))
    if not form.is_valid():
        return _ask(request, decision, form, key=key, sent=sent)
    said = AppealForm(grounds=form.cleaned_data["grounds"], request_key=key, files=sent)
    return _send(request, decision, said) if step == "send" else _check(request, decision, said)


def _check(request: PersonRequest, decision: "Decision", said: AppealForm) -> HttpResponse:
    page = {"decision": decision, "grounds": said.grounds, "request_key": said.request_key, "files": said.files}
    return render(request, "touchmark/seller/appeal_check.html", page | {"kept_files": signed(said.files, request)})


def _send(request: PersonRequest, decision: "Decision", form: AppealForm) -> HttpResponse:
    try:
        filed = actions.file(decision_ref=decision.ref, form=form, actor=request.actor, at=clock.now())
    except CANNOT as refusal:
        return _cannot(request, decision, refusal)
    return redirect("seller_appeal_sent", filed.ref)


def _sent_before(request: PersonRequest) -> HttpResponse | None:
    """Lead the same form, sent a second time, to the appeal that it made the first time."""
    found = access.appeals_for(request.actor).filter(request_key=key_of(request.POST)).first()
    return redirect("seller_appeal_sent", found.ref) if found else None


def _ask(
    request: PersonRequest,
    decision: "Decision",
    form: AppealAnswers,
    *,
    key: UUID,
    kept: bool = False,
    sent: Sequence[Given] = (),
) -> HttpResponse:
    page = {"decision": decision, "form": form, "request_key": key, "kept": kept}
    page |= {"files": sent, "kept_files": signed(sent, request)}
    return render(request, "touchmark/seller/appeal.html", page)


def _cannot(request: PersonRequest, decision: "Decision", refusal: TouchmarkError) -> HttpResponse:
    page = {
        "decision": decision,
        "refusal": refusal,
        "appeal": access.appeals_for(request.actor).filter(decision=decision).first(),
        "written": request.POST.get("grounds", ""),
    }
    return render(request, "touchmark/seller/appeal_cannot.html", page, status=409)


@roles(Role.SELLER)
def sent(request: PersonRequest, ref: str) -> HttpResponse:
    """Say that the appeal is here, and what happens next."""
    found = access.appeal_for(request.actor, ref)
    if found.status != AppealStatus.FILED:
        return redirect("seller_decision", found.decision.ref)
    due = due_of(deadlines.running_of_each([actions.stream_of(found)])[actions.stream_of(found)])
    return render(request, "touchmark/seller/appeal_sent.html", {"appeal": found, "due": due})


@roles(Role.SELLER)
def withdraw(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask before an appeal is taken back; a POST does it."""
    found = access.appeal_for(request.actor, ref)
    if request.method != "POST" and found.status == AppealStatus.FILED:
        return render(request, "touchmark/seller/appeal_withdraw.html", {"appeal": found})
    if request.method == "POST":
        try:
            actions.withdraw(ref=ref, actor=request.actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("This appeal is decided or withdrawn already. Nothing was changed."))
        else:
            messages.success(request, _("Your appeal is withdrawn. The decision stands."))
    return redirect("seller_decision", found.decision.ref)
