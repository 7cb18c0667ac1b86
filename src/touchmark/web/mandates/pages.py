"""Both lists of mandates, giving one, and the page of one."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.audit import queries as audit
from touchmark.apps.mandates import access, actions, codes
from touchmark.apps.mandates.actions import IncompleteMandate
from touchmark.apps.notices import access as notices
from touchmark.apps.registry import access as registry
from touchmark.engine.lifecycle.mandate import MandateStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.mandates.forms import EndForm, GiveForm

if TYPE_CHECKING:
    from datetime import date

    from touchmark.apps.mandates.models import Mandate

ON_A_PAGE = 50
#: So many brands are offered to tick; who has more names rights, or gives it for all.
BRANDS = 200
BADGES: Mapping[str, tuple[str, Promise, str]] = {
    "counts": ("green", gettext_lazy("In force"), "settled"),
    "later": ("amber", gettext_lazy("Begins later"), "clock"),
    MandateStatus.REVOKED: ("", gettext_lazy("Revoked"), "cross"),
    MandateStatus.LAID_DOWN: ("", gettext_lazy("Laid down"), "cross"),
    MandateStatus.EXPIRED: ("", gettext_lazy("Run out"), "clock"),
}
DONE: Mapping[str, Promise] = {
    "give": gettext_lazy("given"),
    "revoke": gettext_lazy("revoked"),
    "lay_down": gettext_lazy("laid down"),
    "expire": gettext_lazy("run out"),
}


def badge_of(mandate: "Mandate", on: "date") -> tuple[str, Promise, str]:
    """Give how a mandate looks on a day: its dates count, whatever the sweep has written down."""
    if mandate.status != MandateStatus.GIVEN:
        return BADGES[mandate.status]
    if mandate.until_on is not None and mandate.until_on < on:
        return BADGES[MandateStatus.EXPIRED]
    return BADGES["later" if mandate.from_on > on else "counts"]


@roles(Role.HOLDER, Role.AGENT)
def mandates(request: PersonRequest) -> HttpResponse:
    """Show who may file for the organisation, for whom it may, and its own number."""
    on, own = clock.now().date(), request.actor.organisation
    page = Paginator(access.mandates_for(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, badge_of(one, on)) for one in page]
    shown = {
        "page": page,
        "given": [row for row in rows if row[0].principal_id == own],
        "received": [row for row in rows if row[0].agent_id == own],
        "code": codes.code_of(own),
        "may_give": request.actor.reaches_everywhere(Role.HOLDER),
    }
    return render(request, "touchmark/mandates/mandates.html", shown)


@roles(Role.HOLDER)
def give(request: PersonRequest) -> HttpResponse:
    """
    Ask to whom and for what; then show whom the number names, and give it.

    :raises PermissionDenied: if the person's role does not reach all that the holder has
    """
    if not request.actor.reaches_everywhere(Role.HOLDER):
        raise PermissionDenied(_("A mandate is given by somebody whose role reaches all that the holder has."))
    form = _form(request)
    step, agent = request.POST.get("do", ""), None
    if form.is_valid():
        try:
            agent = actions.agent_named(form.cleaned_data["agent"], request.actor)
            if step == "give":
                made = actions.give(said=form.given, actor=request.actor, at=clock.now())
                messages.success(request, _("Given. You see each notice that they file in your name."))
                return redirect("mandate", made.ref)
        except IncompleteMandate as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    page = {"form": form, "agent": None if form.errors or step == "change" else agent}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "touchmark/mandates/give.html", page, status=status)


def _form(request: PersonRequest) -> GiveForm:
    brands = [(one.pk, one.name) for one in registry.brands_for(request.actor)[:BRANDS]]
    return GiveForm(request.POST or None, brands=brands, today=clock.now().date())


@roles(Role.HOLDER, Role.AGENT, Role.REVIEWER, Role.POLICY_OWNER)
def mandate(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one mandate to either side, and to who judges notices; a POST of either side ends it."""
    found = access.mandate_for(request.actor, ref)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(ref=ref, why=form.cleaned_data["why"], actor=request.actor, at=clock.now())
        except IllegalMove:
            messages.warning(request, _("This mandate has ended already. Nothing was changed."))
        else:
            messages.success(request, _("Ended. Nothing new is filed under it; what was filed goes on."))
        return redirect("mandate", ref)
    page = {
        "mandate": found,
        "badge": badge_of(found, clock.now().date()),
        "brands": found.brands.order_by("name"),
        "rights": found.rights.order_by("text", "id"),
        "filed": notices.notices_for(request.actor).filter(mandate=found)[:ON_A_PAGE],
        "done": [(event.at, DONE[event.kind]) for event in audit.events_of(f"mandate:{ref}")],
        "form": form if _may_end(found, request.actor) else None,
        "principal": found.principal_id == request.actor.organisation_id,
    }
    return render(request, "touchmark/mandates/mandate.html", page)


def _may_end(found: "Mandate", actor: Actor) -> bool:
    own = actor.organisation_id in (found.principal_id, found.agent_id)
    return own and found.status == MandateStatus.GIVEN and actor.has(Role.HOLDER)
