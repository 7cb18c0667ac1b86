"""A notifier appeals the refusal of one listing of a notice: one question; the notice's page says how it stands."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.appeals import access as appeals
from touchmark.apps.appeals import actions, refusals
from touchmark.apps.appeals.actions import AlreadyAppealed, AppealForm, NothingToAppeal, TooLate
from touchmark.apps.blobs.evidence import Given
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.disputes import queries as disputes
from touchmark.apps.notices import access, law
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.kept import answers_kept, keeps_answers, key_of
from touchmark.web.media.shown import WithFiles, carried, signed
from touchmark.web.media.upload import was_refused
from touchmark.web.ui.due import due_of

if TYPE_CHECKING:
    from datetime import datetime

    from touchmark.apps.notices.models import NoticeItem

CANNOT = (TooLate, AlreadyAppealed, NothingToAppeal)


class GroundsForm(WithFiles):
    """What the notifier says against the refusal."""

    grounds = forms.CharField(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy("Say what was overlooked or misjudged, and what shows it."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Say what is wrong with the refusal: somebody else looks at it again.")
        },
    )


@keeps_answers("grounds", "request_key")
@roles(Role.HOLDER, Role.AGENT)
def appeal(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask what is wrong with a refusal; a POST sends the appeal."""
    item = access.item_for(request.actor, ref)
    kept = answers_kept(request)
    form, sent = grounds_of(request, dict(kept.answers))
    if request.method == "POST" and form.is_valid():
        said = AppealForm(grounds=form.cleaned_data["grounds"], request_key=key_of(request.POST), files=sent)
        try:
            refusals.file(item_ref=ref, form=said, actor=request.actor, at=clock.now())
        except CANNOT as refusal:
            return _cannot(request, item, refusal)
        messages.success(request, _("We have your appeal. Somebody who did not take the decision looks at it again."))
        return redirect("holder_notice", ref)
    try:
        refusals.require_contestable(item, at=clock.now())
    except CANNOT as refusal:
        return _cannot(request, item, refusal)
    page = {"item": item, "form": form, "until": law.appealable_until(item), "request_key": key_of(kept.answers)}
    page |= {"files": sent, "kept_files": signed(sent, request)}
    return render(request, "touchmark/holder/appeal.html", page, status=422 if form.errors else 200)


def grounds_of(request: HttpRequest, kept: dict[str, str]) -> tuple[GroundsForm, list[Given]]:
    """Give the form as it was sent, and its files, those of a try before among them; of one that fails it says why."""
    if request.method != "POST":
        return GroundsForm(initial=kept), []
    form, sent = GroundsForm(request.POST, request.FILES), carried(request)
    if form.is_valid():
        sent += form.given()
    if was_refused(request):
        form.add_error("file_1", _("The files are too large: send at most 30 MB in all."))
    return form, sent


def _cannot(request: PersonRequest, item: "NoticeItem", refusal: TouchmarkError) -> HttpResponse:
    page = {"item": item, "refusal": refusal, "written": request.POST.get("grounds", "")}
    return render(request, "touchmark/holder/appeal_cannot.html", page, status=409)


@roles(Role.HOLDER, Role.AGENT)
def withdraw(request: PersonRequest, ref: str) -> HttpResponse:
    """Take an appeal back, by a POST; the refusal stands."""
    found = appeals.appeal_for(request.actor, ref)
    if request.method == "POST":
        try:
            actions.withdraw(ref=ref, actor=request.actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("This appeal is decided or withdrawn already. Nothing was changed."))
        else:
            messages.success(request, _("Your appeal is withdrawn. The decision stands."))
    return redirect("holder_notice", found.item.ref if found.item else "")


def contested(item: "NoticeItem", actor: Actor, at: "datetime") -> dict[str, object]:
    """Give what the page of a notice shows of appealing its refusal: whether, until when, and the appeal there is."""
    try:
        refusals.require_contestable(item, at=at)
    except TouchmarkError:
        may = False
    else:
        may = True
    appeal = appeals.appeals_for(actor).filter(item=item).select_related("appellant").first()
    subject = actions.stream_of(appeal) if appeal else ""
    mine = appeal is not None and appeal.appellant_id == actor.organisation_id
    return {
        "may_appeal": may,
        "appeal_until": law.appealable_until(item),
        "appeal": appeal,
        "disputes": disputes.of_appeal(appeal) if appeal else [],
        "may_tell": appeal is not None and mine and disputes.can_be_brought(appeal),
        "appeal_is_mine": mine,
        "appeal_due": due_of(deadlines.running_of_each([subject])[subject]) if appeal else [],
    }
