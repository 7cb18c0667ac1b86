"""Rights that wait for a reviewer: the list, one with what its holder claims, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.registry import access, actions
from touchmark.apps.registry.actions import ChangedMeanwhile
from touchmark.engine.lifecycle.right import RIGHT, RightStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.right_shown import badge_of, entries_of, line_of, picture_of
from touchmark.web.kept import answers_kept, keeps_answers
from touchmark.web.looked import looks_at
from touchmark.web.ui.forms import Form

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right

ON_A_PAGE = 50
#: So many others of the same words or number are shown.
ALIKE = 10


class DeclineForm(Form):
    """Why a right could not be verified."""

    reason = forms.CharField(
        label=gettext_lazy("What the holder reads"),
        help_text=gettext_lazy("What does not fit, and what would: “The register at EUIPO names Copse GmbH as owner.”"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write why, so that the holder can put it right.")},
    )


@roles(Role.REVIEWER)
def rights(request: PersonRequest) -> HttpResponse:
    """Show the rights that wait, the longest-waiting first."""
    page = Paginator(access.waiting_for(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    found = {"page": page, "lines": [line_of(right) for right in page]}
    return render(request, "touchmark/desk/rights_waiting.html", found)


@roles(Role.REVIEWER)
@looks_at("right")
def right(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one right with what its holder claims."""
    return _page(request, access.right_for(request.actor, ref), DeclineForm())


def _page(request: PersonRequest, found: Right, form: DeclineForm) -> HttpResponse:
    status = RightStatus(found.status)
    page = {
        "right": found,
        "badge": badge_of(found),
        "picture": picture_of(found),
        "lost": _lost(found),
        "entries": entries_of(found, own=request.actor.organisation_id),
        "alike": [line_of(other) for other in access.like_for(request.actor, found)[:ALIKE]],
        "moves": {move.event for move in RIGHT.moves_from(status, roles=request.actor.roles)},
        "form": form,
    }
    return render(request, "touchmark/desk/rights_one.html", page)


def _lost(found: Right) -> str:
    """Say why the picture that the right names is not shown."""
    if found.image is None:
        return _("The right names a picture whose file never came.") if found.image_name else ""
    code = found.image.problem
    return _("The file cannot be shown as a picture (%(code)s).") % {"code": code} if code else ""


@roles(Role.REVIEWER)
@require_POST
def verify(request: PersonRequest, ref: str) -> HttpResponse:
    """Verify a right as it was seen."""
    try:
        done = actions.verify(ref=ref, seen=request.POST.get("seen", ""), actor=request.actor, at=clock.now())
    except (ChangedMeanwhile, IllegalMove) as refusal:
        messages.warning(request, str(refusal))
        return redirect("desk_right", ref)
    messages.success(request, _("Verified: %(right)s. Its holder is told.") % {"right": str(done)[:80]})
    return redirect("desk_rights")


@keeps_answers("reason")
@roles(Role.REVIEWER)
def decline(request: PersonRequest, ref: str) -> HttpResponse:
    """Decline a right as it was seen, saying why."""
    found = access.right_for(request.actor, ref)
    if request.method != "POST":
        return _page(request, found, DeclineForm(initial=answers_kept(request).answers))
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    seen, reason = request.POST.get("seen", ""), form.cleaned_data["reason"]
    try:
        done = actions.decline(ref=ref, seen=seen, reason=reason, actor=request.actor, at=clock.now())
    except (ChangedMeanwhile, IllegalMove) as refusal:
        messages.warning(request, str(refusal))
        return _page(request, access.right_for(request.actor, ref), DeclineForm(initial={"reason": reason}))
    messages.success(request, _("Not verified: %(right)s. Its holder is told why.") % {"right": str(done)[:80]})
    return redirect("desk_rights")
