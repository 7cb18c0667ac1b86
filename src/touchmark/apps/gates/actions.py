"""Opening and closing gates; filing, accepting and declining proofs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.blobs.evidence import Taken
from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.gates import access
from touchmark.apps.gates.kinds import ProofKind
from touchmark.apps.gates.models import Gate, Proof, ProofFile
from touchmark.apps.gates.queries import folded
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.registry.models import Brand
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.proof import PROOF, ProofStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.policy.days import is_to_come
from touchmark.engine.terms import Actor, Role

MOST_FILES = 5


class UnusableGate(TouchmarkError):
    """The gate cannot be opened as it was described, or is closed already."""


class AlreadyOpen(TouchmarkError):
    """The same gate is open already."""


class NoSuchMarketplace(TouchmarkError):
    """No marketplace of that name is open."""


class IncompleteProof(TouchmarkError):
    """The proof lacks something; ``field`` names where."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        super().__init__(text)


class AlreadyFiled(TouchmarkError):
    """A proof of this seller for this gate waits already."""


@transaction.atomic
def open_gate(*, brand: int | None, category: str, marketplace: str, reason: str, actor: Actor, at: datetime) -> Gate:
    """
    Have sellers show where goods of a brand, or of a category, come from, from now on.

    :param brand: its key, or none; ``category``: what it begins with, or blank; ``marketplace``: blank for all
    :raises NotYours: if the actor does not own the policy
    :raises UnusableGate: if it is of neither or of both, or nobody says why
    :raises AlreadyOpen: if the same is open already
    :raises NoSuchMarketplace: if it is to hold at one that is not open
    """
    require_owner(actor)
    if (brand is None) == (not category.strip()):
        raise UnusableGate("Choose a brand, or write what the category begins with.")
    if not reason.strip():
        raise UnusableGate("Say why: colleagues read it.")
    at_market = _market(marketplace) if marketplace else None
    of = Brand.objects.get(pk=brand) if brand else None
    same = Gate.objects.filter(brand=of, category=folded(category), marketplace=at_market, until=None)
    if same.exists():
        raise AlreadyOpen("This gate is open already.")
    gate = Gate.objects.create(
        ref=new_ref("G", at),
        brand=of,
        category=folded(category),
        marketplace=at_market,
        reason=reason.strip(),
        opened_by_id=actor.person,
        since=at,
    )
    payload = {"brand": brand, "category": gate.category, "marketplace": marketplace}
    audit.append(stream=f"gate:{gate.ref}", kind="open", actor=actor, at=at, payload=payload)
    return gate


@transaction.atomic
def close_gate(*, ref: str, actor: Actor, at: datetime) -> Gate:
    """
    Ask for no proofs any more. What the gate holds is released by the caller's flow.

    :raises NotYours: if the actor does not own the policy
    :raises UnusableGate: if it is closed already
    """
    gate = access.gate_for(actor, ref, lock=True)
    require_owner(actor)
    if gate.until is not None:
        raise UnusableGate("This gate is closed already.")
    gate.until = at
    gate.save(update_fields=["until"])
    audit.append(stream=f"gate:{gate.ref}", kind="close", actor=actor, at=at, payload={})
    return gate


def _market(slug: str) -> Marketplace:
    found = Marketplace.objects.filter(slug=slug).first()
    if found is None:
        raise NoSuchMarketplace(f"No marketplace '{slug}' is open.")
    return found


def require_owner(actor: Actor) -> None:
    """
    Pass if somebody may open and close gates.

    :raises NotYours: otherwise
    """
    if not actor.has(Role.POLICY_OWNER):
        raise NotYours("Gates are opened and closed by whoever owns the policy.")


@dataclass(frozen=True, slots=True)
class ProofForm:
    """What a seller files; ``files`` are photos, scans and PDFs that were taken in."""

    kind: ProofKind
    issued_by: str
    issued_on: date
    files: Sequence[Taken]
    request_key: UUID
    note: str = ""

    def require_whole(self, *, at: datetime) -> None:
        """
        Pass if it says what it must.

        :raises IncompleteProof: naming the field otherwise
        """
        if not self.issued_by.strip():
            raise IncompleteProof("issued_by", "Say who issued it.")
        if is_to_come(self.issued_on, at):
            raise IncompleteProof("issued_on", "It cannot have been issued on a day to come.")
        if not 1 <= len(self.files) <= MOST_FILES:
            raise IncompleteProof("files", f"Add one to {MOST_FILES} photos, scans or PDFs of it.")


def require_may_file(actor: Actor) -> None:
    """
    Pass if the actor files proofs at all.

    :raises NotYours: if the actor is no seller
    """
    PROOF.step(ProofStatus.NEW, "file", roles=actor.roles)


@transaction.atomic
def file(*, gate: str, form: ProofForm, actor: Actor, at: datetime) -> Proof:
    """
    File a proof for a gate. The same form sent again gives the proof that stands.

    :raises NoSuchGate: if there is none that is open
    :raises NotYours: if the actor is no seller
    :raises IncompleteProof: if something is missing
    :raises AlreadyFiled: if one waits already
    """
    found = access.gate_for(actor, gate, lock=True)
    if sent := Proof.objects.filter(request_key=form.request_key, organisation_id=actor.organisation).first():
        return sent
    move = PROOF.step(ProofStatus.NEW, "file", roles=actor.roles)
    form.require_whole(at=at)
    if waits := Proof.objects.filter(gate=found, organisation_id=actor.organisation, status="filed").first():
        raise AlreadyFiled(f"Your proof {waits.ref} for this waits already.")
    proof = Proof(
        ref=new_ref("P", at),
        gate=found,
        organisation_id=actor.organisation,
        kind=form.kind,
        issued_by=form.issued_by.strip(),
        issued_on=form.issued_on,
        note=form.note.strip(),
        filed_by_id=actor.person,
        filed_at=at,
        request_key=form.request_key,
    )
    digests = [taken.file.sha256 for taken in form.files]
    record(proof, move.event, actor=actor, at=at, payload={"gate": gate, "files": digests})
    pages = [(page, taken.file if page != taken.file else None) for taken in form.files for page in taken.pages]
    ProofFile.objects.bulk_create(
        ProofFile(proof=proof, place=place, blob=page, source=source) for place, (page, source) in enumerate(pages)
    )
    return proof


@transaction.atomic
def withdraw(*, ref: str, actor: Actor, at: datetime) -> Proof:
    """
    Take a proof back before it is checked.

    :raises NoSuchProof: if there is none that the actor may see
    :raises IllegalMove: if it is checked already
    """
    proof = access.proof_for(actor, ref, lock=True)
    move = PROOF.step(ProofStatus(proof.status), "withdraw", roles=actor.roles)
    return record(proof, move.event, actor=actor, at=at)


@transaction.atomic
def accept(*, proof: Proof, valid_until: datetime, actor: Actor, at: datetime) -> Proof:
    """
    Say that a proof shows where the goods come from, until a day. The caller holds the row, and releases what waits.

    :raises IllegalMove: if it is checked already
    :raises IncompleteProof: if the day is past
    """
    move = PROOF.step(ProofStatus(proof.status), "accept", roles=actor.roles)
    if valid_until <= at:
        raise IncompleteProof("valid_until", "Choose a day to come until which it is good.")
    proof.valid_until, proof.checked_at, proof.checked_by_id = valid_until, at, actor.person
    return _told(record(proof, move.event, actor=actor, at=at), at=at)


@transaction.atomic
def refuse(*, proof: Proof, event: str, answer: str, actor: Actor, at: datetime) -> Proof:
    """
    Decline a proof, or revoke one that was accepted, and tell the seller why. The caller holds the row.

    :param event: ``decline`` or ``revoke``
    :raises IllegalMove: if it does not stand so
    :raises IncompleteProof: if nobody says why
    """
    move = PROOF.step(ProofStatus(proof.status), event, roles=actor.roles)
    if not answer.strip():
        raise IncompleteProof("answer", "Say why: the seller reads it.")
    proof.answer, proof.checked_at, proof.checked_by_id = answer.strip(), at, actor.person
    return _told(record(proof, move.event, actor=actor, at=at), at=at)


@transaction.atomic
def expire(*, proof: Proof, at: datetime) -> Proof:
    """Note that the time of a proof is over, and tell the seller. The caller holds the row."""
    return _told(record(proof, "expire", actor=Actor.clock(), at=at), at=at)


def _told(proof: Proof, *, at: datetime) -> Proof:
    until = proof.valid_until.date().isoformat() if proof.valid_until else ""
    content: dict[str, Any] = {
        "proof": proof.ref,
        "gate": proof.gate.ref,
        "of": str(proof.gate),
        "status": proof.status,
        "until": until,
        "why": proof.answer,
    }
    inbox.deliver(organisation=proof.organisation, kind="proof_answered", about=proof.ref, content=content, at=at)
    return proof


def record(proof: Proof, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None) -> Proof:
    """Append the event and write the status that it leads to: the only place that assigns it."""
    before = ProofStatus(proof.status) if proof.pk else ProofStatus.NEW
    proof.status = PROOF.after(before, event)
    proof.save()
    audit.append(stream=f"proof:{proof.ref}", kind=event, actor=actor, at=at, payload=payload or {})
    return proof
