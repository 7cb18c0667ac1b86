"""
Brand gates at work: listings that stand before one wait, and go on once their seller has shown where goods come from.

A listing is looked at when it was screened anew: one that is here as it was when the gate was opened is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import queries
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.statement import read_by
from touchmark.apps.gates import access, actions
from touchmark.apps.gates import queries as gates
from touchmark.apps.gates.queries import Open
from touchmark.apps.registry import queries as registry
from touchmark.apps.screening import queries as screened
from touchmark.engine.terms import Actor, Way
from touchmark.flows.hold import hold

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.gates.models import Gate, Proof
    from touchmark.apps.screening.models import Finding

BATCH = 500
#: So old an assessment is before it is looked at: one that is written at the same time with a lower key is not missed.
SETTLED = timedelta(seconds=60)


def keep_up(*, at: datetime) -> int:
    """Look at a batch of what was screened anew, hold what stands before a gate, let proofs expire; give how many."""
    expired = sum(_expired(key, at) for key in gates.expired(at, size=BATCH))
    opened, after = Open.now(), gates.reached()
    made = screened.made_after(after, before=at - SETTLED, size=BATCH)
    if not opened.gates:
        made = [(key, listing) for key, listing in made[-1:]]
    held = sum(_held(listing, opened, at=at) for _, listing in made) if opened.gates else 0
    if made:
        gates.note_reached(made[-1][0])
    return held + expired


@transaction.atomic
def _held(key: int, opened: Open, *, at: datetime) -> bool:
    listing = catalog.taken_by_key(key)
    gate = standing_before(listing, opened, at=at)
    if gate is None:
        return False
    hold(listing, choice_of(listing, gate), at=at)
    return True


def standing_before(listing: Listing, opened: Open, *, at: datetime) -> Gate | None:
    """
    Give the gate that a listing must wait before now, if there is one. The caller holds its row.

    It goes on if its seller has a proof, or is named by the holder; if a decision stands against it already; or if
    somebody has let this very version go on.
    """
    if not opened.gates:
        return None
    found = _uses(listing)
    gate = opened.before(listing, set(found))
    if gate is None or queries.standing_on(listing) is not None or queries.let_through(listing, gate.ref):
        return None
    organisation = listing.seller.organisation_id if listing.seller else None
    if gates.has_proof(organisation, gate, at=at) or _named(listing, found.get(gate.brand_id or 0, ())):
        return None
    return gate


def _uses(listing: Listing) -> dict[int, list[Finding]]:
    """Give the uses of rights in a listing, by the brand of the right."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in screened.findings_of(screened.current(listing)):
        if finding.way != Way.REFERENTIAL and finding.right.brand_id is not None:
            found[finding.right.brand_id].append(finding)
    return found


def _named(listing: Listing, found: Sequence[Finding]) -> bool:
    """Whether the holder names this seller in every right of the brand that is used."""
    seller = (listing.marketplace.slug, listing.seller.seller_id if listing.seller else "")
    return bool(found) and not any(registry.can_ground(finding.right, seller=seller) for finding in found)


def choice_of(listing: Listing, gate: Gate) -> Choice:
    """Give the hold by a gate, in words for the seller."""
    with translation.override(read_by(listing.seller)):
        name = {"name": str(gate), "marketplace": listing.marketplace.name}
        facts = _("The listing offers goods of {name}. Sellers of these show once where their goods come from.")
        reference = _("Terms for sellers of {marketplace}: proof of origin for {name}")
        why = _("We have no proof of origin from you for {name}. Nothing is said against the listing itself.")
        return Choice(
            kind=DecisionKind.HOLD,
            facts=facts.format(**name),
            request_key=uuid5(NAMESPACE_OID, f"touchmark:gate:{gate.pk}:{listing.pk}:{listing.digest}"),
            ground=Ground.TERMS,
            ground_reference=reference.format(**name),
            ground_explanation=why.format(**name),
            gate=gate.ref,
        )


@transaction.atomic
def check(*, ref: str, event: str, valid_until: datetime | None, answer: str, actor: Actor, at: datetime) -> Proof:
    """
    Check a proof: ``accept`` it until a day, which releases what waits for it, ``decline`` it, or ``revoke`` it.

    :raises NoSuchProof: if there is none that the actor may see
    :raises TouchmarkError: as ``gates.actions`` says
    """
    proof = access.proof_for(actor, ref, lock=True)
    if event != "accept":
        return actions.refuse(proof=proof, event=event, answer=answer, actor=actor, at=at)
    actions.accept(proof=proof, valid_until=valid_until or at, actor=actor, at=at)
    _release(proof.gate.ref, proof.organisation_id, at=at)
    return proof


@transaction.atomic
def close(*, ref: str, actor: Actor, at: datetime) -> Gate:
    """
    Close a gate: whatever waits before it goes on.

    :raises TouchmarkError: as ``gates.actions.close_gate`` says
    """
    gate = actions.close_gate(ref=ref, actor=actor, at=at)
    _release(gate.ref, None, at=at)
    return gate


def _release(gate: str, organisation_id: int | None, *, at: datetime) -> None:
    for decision in queries.held_by(gate, organisation_id):
        decisions.let_go(decision=decision, actor=Actor.system(), at=at)


@transaction.atomic
def _expired(key: int, at: datetime) -> bool:
    proof = gates.taken_expired(key, at)
    if proof is None:
        return False
    actions.expire(proof=proof, at=at)
    return True
