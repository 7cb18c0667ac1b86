"""Whose proofs somebody may see: a seller its own, the review team all. Which gates there are is no secret to them."""

from django.db.models import QuerySet

from touchmark.apps.gates.models import Gate, Proof, ProofFile
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)


class NoSuchGate(TouchmarkError):
    """There is no such gate, or none that this actor may see."""


class NoSuchProof(TouchmarkError):
    """There is no such proof, or none that this actor may see; which of the two is not said."""


def gates_for(actor: Actor) -> QuerySet[Gate]:
    """Give the gates that the actor may see, the newest first: sellers see those that are open."""
    gates = Gate.objects.select_related("brand", "marketplace", "opened_by").order_by("-since", "-id")
    if actor.has(*SEE_ALL):
        return gates
    return gates.filter(until=None) if actor.has(Role.SELLER) else gates.none()


def gate_for(actor: Actor, ref: str, *, lock: bool = False) -> Gate:
    """
    Give one gate; ``lock`` takes its row until the transaction ends.

    :raises NoSuchGate: if there is none that the actor may see
    """
    return one_of(gates_for(actor).filter(ref=ref), NoSuchGate(f"There is no gate {ref} that you can see."), lock=lock)


def proofs_for(actor: Actor) -> QuerySet[Proof]:
    """Give the proofs that the actor may see, newest first."""
    proofs = Proof.objects.select_related("gate__brand", "gate__marketplace", "organisation", "checked_by")
    proofs = proofs.order_by("-filed_at", "-id")
    if actor.has(*SEE_ALL):
        return proofs
    if actor.has(Role.SELLER) and actor.organisation_id is not None:
        return proofs.filter(organisation_id=actor.organisation_id)
    return proofs.none()


def proof_for(actor: Actor, ref: str, *, lock: bool = False) -> Proof:
    """
    Give one proof; ``lock`` takes its row until the transaction ends.

    :raises NoSuchProof: if there is none that the actor may see
    """
    return one_of(
        proofs_for(actor).filter(ref=ref), NoSuchProof(f"There is no proof {ref} that you can see."), lock=lock
    )


def may_see_picture(actor: Actor, sha256: str) -> bool:
    """Whether it is a page of a proof that the actor may see."""
    return ProofFile.objects.filter(blob_id=sha256, proof__in=proofs_for(actor).order_by()).exists()
