"""A seller's proofs of origin: filed once, good for later listings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.blobs.evidence import Taken
from touchmark.apps.gates import access, actions
from touchmark.apps.gates.actions import AlreadyFiled, IncompleteProof
from touchmark.apps.gates.kinds import ProofKind
from touchmark.engine.lifecycle.proof import ProofStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.gates.forms import FILES, ProofForm
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.kept import key_of
from touchmark.web.media.evidence import taken_from
from touchmark.web.media.upload import was_refused

if TYPE_CHECKING:
    from touchmark.apps.gates.models import Gate

BADGES: dict[str, tuple[str, Promise, str]] = {
    ProofStatus.FILED: ("", gettext_lazy("Being checked"), "clock"),
    ProofStatus.ACCEPTED: ("green", gettext_lazy("Accepted"), "settled"),
    ProofStatus.DECLINED: ("red", gettext_lazy("Not accepted"), "cross"),
    ProofStatus.WITHDRAWN: ("", gettext_lazy("Withdrawn"), "undo"),
    ProofStatus.EXPIRED: ("amber", gettext_lazy("Expired"), "clock"),
    ProofStatus.REVOKED: ("red", gettext_lazy("Revoked"), "cross"),
}


@roles(Role.SELLER)
def proofs(request: PersonRequest) -> HttpResponse:
    """Show the seller's proofs, and the gates for which one can be filed."""
    shown = {
        "proofs": [(proof, BADGES[proof.status]) for proof in access.proofs_for(request.actor)],
        "gates": access.gates_for(request.actor),
    }
    return render(request, "touchmark/seller/proofs.html", shown)


@roles(Role.SELLER)
def file(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask for a proof for a gate; a POST files it."""
    gate = access.gate_for(request.actor, ref)
    if request.method != "POST":
        return _page(request, gate, ProofForm())
    form = ProofForm(request.POST, request.FILES)
    files = taken_from(form, FILES)
    if form.is_valid() and _filed(request, gate, form, files):
        messages.success(request, _("We have your proof. A reviewer checks it, and we write to you."))
        return redirect("seller_proofs")
    return _page(request, gate, form, status=422)


def _filed(request: PersonRequest, gate: "Gate", form: ProofForm, files: Sequence[Taken]) -> bool:
    given = form.cleaned_data
    proof = actions.ProofForm(
        kind=ProofKind(given["kind"]),
        issued_by=given["issued_by"],
        issued_on=given["issued_on"],
        files=files,
        request_key=key_of(request.POST),
        note=given["note"],
    )
    try:
        actions.file(gate=gate.ref, form=proof, actor=request.actor, at=clock.now())
    except IncompleteProof as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else FILES[0], str(refusal))
        return False
    except AlreadyFiled as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(request: PersonRequest, gate: "Gate", form: ProofForm, *, status: int = 200) -> HttpResponse:
    if was_refused(request):
        form.add_error(FILES[0], _("The files are too large: send at most 30 MB in all."))
        status = 422
    shown = {"gate": gate, "form": form, "request_key": key_of(request.POST)}
    return render(request, "touchmark/seller/proof_file.html", shown, status=status)


@roles(Role.SELLER)
@require_POST
def withdraw(request: PersonRequest, ref: str) -> HttpResponse:
    """Take a proof back before it is checked."""
    try:
        actions.withdraw(ref=ref, actor=request.actor, at=clock.now())
    except IllegalMove as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Your proof is withdrawn."))
    return redirect("seller_proofs")
