"""Why, in words, and what the law asks for besides: the reason, the statement, files, what the seller may see."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.blobs.evidence import UnusableFile
from touchmark.apps.notices import access, drafts, evidence
from touchmark.apps.notices.limits import TooManyAtOnce
from touchmark.apps.notices.record import DANGER
from touchmark.engine.policy.reasons import not_reasons, reasons_for
from touchmark.engine.terms import RightKind, Role
from touchmark.flows import draft_notice
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.draft_steps import frame
from touchmark.web.holder.forms import FileForm, ReasonForm, WordsForm
from touchmark.web.holder.words import FILE_KINDS
from touchmark.web.kept import Kept, answers_kept, keeps_answers
from touchmark.web.media.upload import was_refused
from touchmark.web.ui.words import words_of_reason

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice
    from touchmark.flows.draft_notice import Shown


@roles(Role.HOLDER, Role.AGENT)
def reason(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask why, by the reasons that there are for this kind of right."""
    draft = access.draft_for(request.actor, ref)
    if not draft.draft.listed:
        return redirect("holder_draft_listings", ref)
    offered = [(one.code, words_of_reason(one.code)) for one in reasons_for(RightKind(draft.right.kind))]
    form = ReasonForm(request.POST or None, reasons=offered, initial={"reason": draft.reason})
    if form.is_valid():
        drafts.say(ref=ref, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now())
        return redirect("holder_draft_words", ref)
    stands = draft_notice.shown(draft, actor=request.actor, on=clock.now().date())
    page = {"form": form, "none": [_(said) for said in not_reasons().values()]}
    return render(request, "touchmark/holder/draft_reason.html", page | frame("reason", draft, stands))


@keeps_answers("statement")
@roles(Role.HOLDER, Role.AGENT)
def words(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask for the statement, for what the laws ask besides, and for files."""
    draft = access.draft_for(request.actor, ref)
    if not (draft.draft.listed and draft.reason):
        return redirect("holder_draft_reason", ref)
    stands = draft_notice.shown(draft, actor=request.actor, on=clock.now().date())
    kept = answers_kept(request)
    if request.method != "POST":
        return _page(request, draft, stands, WordsForm(draft=draft, asks=stands.asks, said=kept.answers), kept=kept)
    form = WordsForm(request.POST, draft=draft, asks=stands.asks)
    if request.POST.get("do") in ("file", "out") or request.FILES:
        return _with_files(request, draft, stands, form)
    if not form.is_valid():
        return _page(request, draft, stands, form)
    _keep(request, draft, form)
    return redirect("holder_draft_check", ref)


def _keep(request: PersonRequest, draft: "Notice", form: WordsForm) -> None:
    said = form.cleaned_data
    drafts.say(
        ref=draft.ref,
        statement=said.get("statement", form.data.get("statement", "")),
        particulars={name: said.get(name, "") for name in (*form.besides, DANGER)},
        shared=said.get("shared", ()),
        actor=request.actor,
        at=clock.now(),
    )


def _with_files(request: PersonRequest, draft: "Notice", stands: "Shown", form: WordsForm) -> HttpResponse:
    """Keep what is written so far, and add a file or take one out."""
    form.is_valid()
    _keep(request, draft, form)
    if request.POST.get("do") == "out":
        drafts.without_file(ref=draft.ref, key=_key(request), actor=request.actor, at=clock.now())
        return redirect("holder_draft_words", draft.ref)
    files = FileForm(request.POST, request.FILES, kinds=_kinds(stands))
    files.is_valid()
    if was_refused(request):
        files.add_error("file", _("The files are too large: send at most 30 MB in all."))
    if not files.errors:
        _add(request, draft, files)
    if files.errors:
        return _page(request, draft, stands, WordsForm(request.POST, draft=draft, asks=stands.asks), files)
    return redirect("holder_draft_words" if request.POST.get("do") == "file" else "holder_draft_check", draft.ref)


def _key(request: PersonRequest) -> int:
    word = request.POST.get("file_key", "")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 19 else 0


def _add(request: PersonRequest, draft: "Notice", files: FileForm) -> None:
    sent = files.cleaned_data["file"]
    file = evidence.Sent(sent.read(), sent.name, files.cleaned_data["kind"])
    try:
        drafts.with_file(ref=draft.ref, file=file, actor=request.actor, at=clock.now())
    except UnusableFile as refusal:
        files.add_error("file", _(refusal.sentence))
    except TooManyAtOnce as refusal:
        files.add_error("file", str(refusal))


def _kinds(stands: "Shown") -> list[tuple[str, str]]:
    """Give what a file can be: what the laws ask for that a file gives, and anything else that shows it."""
    asked = {element.name for element in stands.asks}
    return [(kind, str(FILE_KINDS[kind])) for kind in evidence.KINDS if kind == "evidence" or kind in asked]


def _page(
    request: PersonRequest,
    draft: "Notice",
    stands: "Shown",
    form: WordsForm,
    files: FileForm | None = None,
    *,
    kept: Kept | None = None,
) -> HttpResponse:
    page = {
        "form": form,
        "files_form": files or FileForm(kinds=_kinds(stands)),
        "files": [(one, FILE_KINDS[one.kind]) for one in evidence.of(draft)],
        "reason": words_of_reason(draft.reason),
        "kept": bool(kept and kept.signed_out),
    }
    bad = bool(form.errors or (files and files.errors))
    return render(
        request, "touchmark/holder/draft_words.html", page | frame("words", draft, stands), status=422 if bad else 200
    )
