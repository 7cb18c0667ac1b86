"""``/gates`` and ``/proofs``: for which goods sellers show where they come from, and what they file for it."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from ninja import Path, Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.files import Base64, bytes_of
from touchmark.api.forms import INK, Body, Moment, Said
from touchmark.api.once import Key, form_key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import refusing
from touchmark.apps.blobs import evidence
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.gates import access, actions
from touchmark.apps.gates.actions import ProofForm
from touchmark.apps.gates.kinds import ProofKind
from touchmark.apps.registry import queries as registry
from touchmark.engine.lifecycle.proof import ProofStatus
from touchmark.flows import brand_gate

router = Router(tags=["gates"])

Ref = Annotated[str, Path(max_length=40, description="The reference.")]
Name = Annotated[str, Field(min_length=1, max_length=300, pattern=INK)]


class GateOut(Schema):
    """A gate: of a brand, or of categories that begin with a word; at one marketplace, or at all."""

    ref: str
    brand: str | None
    category: str
    marketplace: str | None
    reason: str | None
    since: datetime
    until: datetime | None


class GatesOut(Schema):
    """A page of gates, newest first."""

    items: list[GateOut]
    next: str | None


class GateIn(Body):
    """Of a ``brand``, with its ``holder`` where several have one of that name, or of a ``category``."""

    model_config = {"json_schema_extra": {"oneOf": [{"required": ["brand"]}, {"required": ["category"]}]}}

    brand: Name | None = Field(default=None, json_schema_extra={"not": {"type": "null"}})
    holder: Annotated[str, Field(max_length=300)] = ""
    category: Name | None = Field(default=None, json_schema_extra={"not": {"type": "null"}})
    marketplace: Annotated[str, Field(max_length=60)] = ""
    reason: Said


class ProofOut(Schema):
    """A proof of where goods come from; accepted, it is good until ``valid_until``."""

    ref: str
    gate: str
    seller: str
    kind: str
    issued_by: str
    issued_on: date
    note: str
    pages: int
    status: str
    filed_at: datetime
    checked_at: datetime | None
    valid_until: datetime | None
    answer: str


class ProofsOut(Schema):
    """A page of proofs, newest first."""

    items: list[ProofOut]
    next: str | None


class ProofIn(Body):
    """An invoice or an authorisation; ``files`` are photos, scans or PDFs of it, in Base64."""

    kind: Literal["invoice", "authorisation"]
    issued_by: Name
    issued_on: date
    files: Annotated[list[Base64], Field(min_length=1, max_length=actions.MOST_FILES)]
    note: Annotated[str, Field(max_length=2_000)] = ""


class CheckIn(Body):
    """What a reviewer makes of it: accepted until a moment; declined, or revoked later, with a reason."""

    event: Literal["accept", "decline", "revoke"]
    valid_until: Moment | None = None
    answer: Annotated[str, Field(max_length=2_000)] = ""


@router.get(
    "/gates",
    response={200: GatesOut, **refusing(404)},
    auth=may(Scope.GATES_READ),
    operation_id="list_gates",
    summary="Read the gates",
)
def list_gates(request: Asking, cursor: Cursor = None, limit: Limit = 50) -> GatesOut:
    """Give the gates that you may see: a seller those that are open."""
    items, following = page(request, "list_gates", access.gates_for(request.actor), cursor, limit, _gate(request))
    return GatesOut(items=items, next=following)


@router.post(
    "/gates",
    response={201: GateOut, **refusing(404, 409)},
    auth=may(Scope.GATES_WRITE),
    operation_id="open_gate",
    summary="Open a gate",
)
@once
def open_gate(request: Asking, gate: GateIn, idempotency_key: Key = None) -> tuple[int, GateOut]:
    """Have sellers show where goods come from, from now on: what they send anew waits until they have."""
    if (gate.brand is None) == (gate.category is None):
        raise actions.UnusableGate("Say either the brand, or what the category begins with.")
    actions.require_owner(request.actor)  # before a name is looked up: whose brands are here is not a seller's to learn
    brand = registry.brand_named(gate.brand, holder=gate.holder).pk if gate.brand else None
    opened = actions.open_gate(
        brand=brand,
        category=gate.category or "",
        marketplace=gate.marketplace,
        reason=gate.reason,
        actor=request.actor,
        at=clock.now(),
    )
    return HTTPStatus.CREATED, _gate(request)(opened)


@router.post(
    "/gates/{ref}/closure",
    response={200: GateOut, **refusing(404)},
    auth=may(Scope.GATES_WRITE),
    operation_id="close_gate",
    summary="Close a gate",
)
@once
def close_gate(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, GateOut]:
    """Ask for no proofs any more: whatever waits before the gate goes on."""
    return HTTPStatus.OK, _gate(request)(brand_gate.close(ref=ref, actor=request.actor, at=clock.now()))


@router.post(
    "/gates/{ref}/proofs",
    response={201: ProofOut, **refusing(404, 409, 413)},
    auth=may(Scope.GATES_WRITE),
    operation_id="file_proof",
    summary="File a proof",
)
@once
def file_proof(request: Asking, ref: Ref, proof: ProofIn, idempotency_key: Key = None) -> tuple[int, ProofOut]:
    """File a proof of where your goods come from. A reviewer checks it; what waits is then released."""
    at = clock.now()
    gate = access.gate_for(request.actor, ref)
    actions.require_may_file(request.actor)
    form = ProofForm(
        kind=ProofKind(proof.kind),
        issued_by=proof.issued_by,
        issued_on=proof.issued_on,
        files=[evidence.take_in(bytes_of(file), at=at) for file in proof.files],
        request_key=form_key(request, idempotency_key),
        note=proof.note,
    )
    return HTTPStatus.CREATED, _proof(actions.file(gate=gate.ref, form=form, actor=request.actor, at=at))


@router.get(
    "/proofs",
    response={200: ProofsOut, **refusing(404)},
    auth=may(Scope.GATES_READ),
    operation_id="list_proofs",
    summary="Read proofs",
)
def list_proofs(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[ProofStatus | None, Query(description="Only those that stand so.")] = None,
) -> ProofsOut:
    """Give the proofs that you may see: a seller its own."""
    rows = access.proofs_for(request.actor).prefetch_related("files")
    rows = rows if status is None else rows.filter(status=status)
    items, following = page(request, "list_proofs", rows, cursor, limit, _proof)
    return ProofsOut(items=items, next=following)


@router.get(
    "/proofs/{ref}",
    response={200: ProofOut, **refusing(404)},
    auth=may(Scope.GATES_READ),
    operation_id="get_proof",
    summary="Read one proof",
)
def get_proof(request: Asking, ref: Ref) -> ProofOut:
    """Give one proof."""
    found = access.proof_for(request.actor, ref)
    looked(request, "get_proof", 1)
    return _proof(found)


@router.post(
    "/proofs/{ref}/check",
    response={200: ProofOut, **refusing(404, 409)},
    auth=may(Scope.GATES_WRITE),
    operation_id="check_proof",
    summary="Check a proof",
)
@once
def check_proof(request: Asking, ref: Ref, check: CheckIn, idempotency_key: Key = None) -> tuple[int, ProofOut]:
    """Accept a proof until a moment, which releases what waits for it; decline it, or revoke it later."""
    checked = brand_gate.check(
        ref=ref,
        event=check.event,
        valid_until=check.valid_until,
        answer=check.answer,
        actor=request.actor,
        at=clock.now(),
    )
    return HTTPStatus.OK, _proof(checked)


@router.post(
    "/proofs/{ref}/withdrawal",
    response={200: ProofOut, **refusing(404, 409)},
    auth=may(Scope.GATES_WRITE),
    operation_id="withdraw_proof",
    summary="Take a proof back",
)
@once
def withdraw_proof(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, ProofOut]:
    """Take a proof of yours back before it is checked."""
    return HTTPStatus.OK, _proof(actions.withdraw(ref=ref, actor=request.actor, at=clock.now()))


class _gate:
    """Writes gates for whoever asks: why one was opened is between colleagues."""

    def __init__(self, request: Asking) -> None:
        self._all = request.actor.has(*access.SEE_ALL)

    def __call__(self, row: Any) -> GateOut:
        return GateOut(
            ref=row.ref,
            brand=row.brand.name if row.brand else None,
            category=row.category,
            marketplace=row.marketplace.slug if row.marketplace else None,
            reason=row.reason if self._all else None,
            since=row.since,
            until=row.until,
        )


def _proof(row: Any) -> ProofOut:
    same = (
        "ref",
        "kind",
        "issued_by",
        "issued_on",
        "note",
        "status",
        "filed_at",
        "checked_at",
        "valid_until",
        "answer",
    )
    return ProofOut(
        **{name: getattr(row, name) for name in same},
        gate=row.gate.ref,
        seller=str(row.organisation),
        pages=len(row.files.all()),
    )
