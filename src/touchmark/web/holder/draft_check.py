"""The last step: everything to be checked, the law of each listing, what is declared; and what becomes of a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchmark.apps.mandates.actions import MandateOver
from touchmark.apps.notices import access, drafts, evidence, templates
from touchmark.apps.notices.actions import RightNotVerified
from touchmark.apps.notices.limits import TooManyNotices
from touchmark.apps.notices.record import DANGER
from touchmark.apps.tiers.actions import Suspended, Throttled
from touchmark.engine.policy import clocks
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import NoClock
from touchmark.engine.terms import RightKind, Role
from touchmark.flows import draft_notice
from touchmark.flows.report_listing import NothingToReport
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.draft_steps import frame, why_of
from touchmark.web.holder.forms import DeclarationForm, TemplateForm
from touchmark.web.holder.words import FILE_KINDS, SHARED_WORDS
from touchmark.web.ui.words import words_of_reason

if TYPE_CHECKING:
    from touchmark.apps.notices.actions import Reported
    from touchmark.apps.notices.law import Procedure
    from touchmark.apps.notices.models import Notice
    from touchmark.engine.policy.rules import Element
    from touchmark.flows.draft_notice import Shown


@dataclass(frozen=True, slots=True)
class Part:
    """One procedure as the notifier sees it before sending: ``act_by``, if it were sent complete now."""

    procedure: "Procedure"
    listings: tuple["Reported", ...]
    act_by: datetime | None


@roles(Role.HOLDER, Role.AGENT)
def check(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a draft as a whole, with the law of each listing; a POST sends it."""
    if access.notices_for(request.actor).filter(ref=ref).exists():
        return redirect("holder_notice_sent", ref)  # the same form sent again
    draft = access.draft_for(request.actor, ref)
    if not (draft.draft.listed and draft.reason and draft.statement.strip()):
        return redirect("holder_draft_words", ref)
    stands = draft_notice.shown(draft, actor=request.actor, on=clock.now().date())
    declared = [element for element in stands.asks if element.says]
    form = DeclarationForm(request.POST or None, declared=declared)
    if form.is_valid() and (sent := _sent(request, draft, form)):
        return sent
    return _page(request, draft, stands, form)


def _sent(request: PersonRequest, draft: "Notice", form: DeclarationForm) -> HttpResponse | None:
    said = {name: value for name, value in form.cleaned_data.items() if name != "good_faith"}
    good_faith = form.cleaned_data["good_faith"]
    try:
        report = draft_notice.send(
            ref=draft.ref, declared=said, good_faith=good_faith, actor=request.actor, at=clock.now()
        )
    except (NothingToReport, RightNotVerified, MandateOver, TooManyNotices, Suspended, Throttled) as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("holder_notice_sent", report.notice.ref)


def _page(request: PersonRequest, draft: "Notice", stands: "Shown", form: DeclarationForm) -> HttpResponse:
    page = {
        "form": form,
        "template_form": TemplateForm(),
        "parts": _parts(draft, stands),
        "refused": [(one, *why_of(one)) for one in stands.refused],
        "lacking": _told(stands.lacking),
        "besides": [
            *((_label(one), draft.particulars.get(one.name, "")) for one in stands.asks if not one.says),
            (_("How the goods can injure somebody"), draft.particulars.get(DANGER, "")),
        ],
        "files": [(one, FILE_KINDS[one.kind]) for one in evidence.of(draft)],
        "reason": words_of_reason(draft.reason),
        "shared": [SHARED_WORDS[what] for what in draft.shared],
    }
    return render(
        request,
        "touchmark/holder/draft_check.html",
        page | frame("check", draft),
        status=422 if form.errors else 200,
    )


def _told(lacking: Iterable["Element"]) -> list[tuple[str, str]]:
    """Give what is missing beside the statements, which are confirmed on this very page."""
    return [(_label(one), _(one.give)) for one in lacking if not one.says]


def _label(element: "Element") -> str:
    said = _(element.asks)
    return said[:1].upper() + said[1:]


def _parts(draft: "Notice", stands: "Shown") -> list[Part]:
    of_each: dict[tuple[str, str], list[Reported]] = {}
    for one in stands.meant:
        of_each.setdefault((one.listing.marketplace.name, one.law.regime), []).append(one)
    return [
        Part(procedure, tuple(found), _act_by(draft, found[0]))
        for procedure in stands.procedures
        for found in [of_each[procedure.marketplace, procedure.regime]]
    ]


def _act_by(draft: "Notice", one: "Reported") -> datetime | None:
    place, now = one.listing.marketplace.place, clock.now()
    try:
        rule = regimes()[one.law.regime].clock(
            "act_on_notice", on=now.astimezone(place.zone).date(), kind=RightKind(draft.right.kind)
        )
    except NoClock:
        return None
    return clocks.due(rule, start=now, place=place)


@roles(Role.HOLDER, Role.AGENT)
@require_POST
def keep_words(request: PersonRequest, ref: str) -> HttpResponse:
    """Keep a draft's words as a template."""
    form = TemplateForm(request.POST)
    if form.is_valid():
        kept = templates.keep(ref=ref, name=form.cleaned_data["name"], actor=request.actor, at=clock.now())
        messages.success(request, _("Kept as the template “%(name)s”.") % {"name": kept.name})
    else:
        messages.warning(request, _("Give the template a name."))
    return redirect("holder_draft_check", ref)


@roles(Role.HOLDER, Role.AGENT)
@require_POST
def delete_template(request: PersonRequest, template_id: int) -> HttpResponse:
    """Delete a template."""
    templates.delete(key=template_id, actor=request.actor)
    messages.success(request, _("The template is deleted."))
    return redirect("holder_drafts")


@roles(Role.HOLDER, Role.AGENT)
def discard(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask before a draft is deleted; a POST does it."""
    draft = access.draft_for(request.actor, ref)
    if request.method != "POST":
        return render(request, "touchmark/holder/draft_discard.html", {"draft": draft})
    drafts.discard(ref=ref, actor=request.actor, at=clock.now())
    messages.success(request, _("The draft is deleted."))
    return redirect("holder_drafts")
