"""Gates and proofs at the desk: a policy owner opens and closes gates, a reviewer checks proofs."""

from datetime import UTC, datetime, time, timedelta
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.catalog import access as catalog
from touchmark.apps.desk import recycled
from touchmark.apps.desk.kinds import Source
from touchmark.apps.gates import access, actions, queries
from touchmark.apps.gates.actions import AlreadyOpen, IncompleteProof, UnusableGate
from touchmark.apps.registry import queries as registry
from touchmark.engine.lifecycle.proof import ProofStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.flows import brand_gate
from touchmark.web import clock
from touchmark.web.desk.queue import READS
from touchmark.web.gates.forms import CheckForm, GateForm
from touchmark.web.gates.seller import BADGES
from touchmark.web.guard import ActingRequest, roles

CHECKED = 50
A_YEAR = timedelta(days=365)
DONE = {
    "accept": gettext_lazy("Accepted: what waited for it is released."),
    "decline": gettext_lazy("Not accepted. The seller is told why."),
    "revoke": gettext_lazy("Revoked. The seller is told why; later listings wait again."),
}


@roles(*READS)
def gates(request: ActingRequest) -> HttpResponse:
    """Show the gates; a POST of a policy owner opens one."""
    form = _gate_form(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid() and _opened(request, form):
            return redirect("desk_gates")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    shown = {
        "gates": access.gates_for(request.actor),
        "waiting": queries.waiting(),
        "checked": [
            (proof, BADGES[proof.status])
            for proof in access.proofs_for(request.actor).exclude(status=ProofStatus.FILED)[:CHECKED]
        ],
        "form": form,
        "may_open": request.actor.has(Role.POLICY_OWNER),
    }
    return render(request, "touchmark/gates/gates.html", shown, status=status)


def _gate_form(data: object) -> GateForm:
    form = GateForm(data)
    brands = [("", "—"), *((str(brand.pk), f"{brand} · {brand.holder}") for brand in registry.brands())]
    markets = [("", _("Every marketplace")), *((one.slug, one.name) for one in catalog.marketplaces())]
    form.fields["brand"].choices = brands  # type: ignore[attr-defined]
    form.fields["marketplace"].choices = markets  # type: ignore[attr-defined]
    return form


def _opened(request: ActingRequest, form: GateForm) -> bool:
    given = form.cleaned_data
    try:
        actions.open_gate(
            brand=int(given["brand"]) if given["brand"] else None,
            category=given["category"],
            marketplace=given["marketplace"],
            reason=given["reason"],
            actor=request.actor,
            at=clock.now(),
        )
    except (UnusableGate, AlreadyOpen) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The gate is open: new listings of sellers without a proof wait from now on."))
    return True


@roles(Role.POLICY_OWNER)
@require_POST
def close(request: ActingRequest, ref: str) -> HttpResponse:
    """Close a gate: whatever waits before it goes on."""
    try:
        brand_gate.close(ref=ref, actor=request.actor, at=clock.now())
    except UnusableGate as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The gate is closed: what waited before it is released."))
    return redirect("desk_gates")


@roles(*READS)
def proof(request: ActingRequest, ref: str) -> HttpResponse:
    """Show a proof, or take what a reviewer makes of it."""
    found = access.proof_for(request.actor, ref)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        form.initial = {"valid_until": (clock.now() + A_YEAR).date()}
    elif form.is_valid() and _checked(request, ref, form):
        return redirect("desk_gates")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    shown = {
        "proof": found,
        "badge": BADGES[found.status],
        "pages": [page.blob_id for page in found.files.all()],
        "form": form,
        "recycled": recycled.found_of(Source.PROOF, [found.ref]).get(found.ref, []),
        "may_check": request.actor.has(Role.REVIEWER) and found.status in (ProofStatus.FILED, ProofStatus.ACCEPTED),
    }
    return render(request, "touchmark/gates/proof.html", shown, status=status)


def _checked(request: ActingRequest, ref: str, form: CheckForm) -> bool:
    event, day = request.POST.get("event", ""), form.cleaned_data["valid_until"]
    until = datetime.combine(day, time(23, 59, 59), tzinfo=UTC) if day else None
    if event not in DONE:
        return False
    try:
        brand_gate.check(
            ref=ref,
            event=event,
            valid_until=until,
            answer=form.cleaned_data["answer"],
            actor=request.actor,
            at=clock.now(),
        )
    except IncompleteProof as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    except IllegalMove as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, str(DONE[event]))
    return True
