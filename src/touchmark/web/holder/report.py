"""Reporting listings: the first step, which right. It begins a draft, which every later step keeps."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from touchmark.apps.mandates import access as mandates
from touchmark.apps.mandates.actions import MandateOver
from touchmark.apps.notices import access, drafts
from touchmark.apps.notices.actions import RightNotVerified
from touchmark.apps.notices.limits import TooManyAtOnce
from touchmark.apps.registry import grounding
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.holder.draft_steps import frame
from touchmark.web.holder.forms import RightForm
from touchmark.web.holder.right_shown import line_of

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right

#: So many rights are offered at once; a holder with more looks for the right by its words or number.
RIGHTS_OFFERED = 20


@roles(Role.HOLDER, Role.AGENT)
def which_right(request: PersonRequest) -> HttpResponse:
    """Ask under which right; a POST begins a draft."""
    words = request.GET.get("q", "").strip()
    good = grounding.good_on(clock.now().date())
    groundable = mandates.reportable_for(request.actor, clock.now().date()).filter(good).order_by("text", "id")
    meant = groundable.filter(Q(text__icontains=words) | Q(number__icontains=words)) if words else groundable
    chosen = request.POST.get("right") or request.GET.get("right", "")
    first = groundable.filter(ref=chosen) if chosen else groundable.none()
    offered = [*first, *meant.exclude(ref=chosen)[:RIGHTS_OFFERED]]
    form = RightForm(
        request.POST or None,
        rights=[(right.ref, named(right, request.actor)) for right in offered],
        templates=[(one.pk, str(one)) for one in access.templates_for(request.actor)],
        initial={"right": chosen},
    )
    if form.is_valid() and (begun := _begun(request, form)):
        return begun
    page: dict[str, object] = {
        "form": form,
        "offered": len(offered),
        "meant": meant.count(),
        "in_all": groundable.count(),
        "searchable": groundable.count() > RIGHTS_OFFERED,
        "q": words,
    }
    return render(request, "touchmark/holder/report_right.html", page | frame("right"))


def _begun(request: PersonRequest, form: RightForm) -> HttpResponse | None:
    right = mandates.right_to_report(request.actor, form.cleaned_data["right"])
    key = form.cleaned_data.get("template")
    template = access.template_for(request.actor, int(key)) if key else None
    try:
        draft = drafts.begin(right=right, actor=request.actor, at=clock.now(), template=template)
    except (RightNotVerified, TooManyAtOnce, MandateOver) as refusal:
        form.add_error(None, str(refusal))
        return None
    if template is not None and template.kind != right.kind:
        messages.warning(request, _("The template is for another kind of right; its words were left out."))
    return redirect("holder_draft_listings", draft.ref)


def named(right: "Right", actor: Actor) -> str:
    """Give a right as its holder knows it: words, kind, office and number; whose it is, where it is a member's."""
    line = line_of(right)
    of = "" if right.holder_id == actor.organisation_id else _("of %(holder)s") % {"holder": right.holder.name}
    return " · ".join(part for part in (line.name, line.kind, line.registered, of) if part)
