"""Gates and proofs for tests."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.factories import accounts, pictures
from tests.factories.accounts import AT
from touchmark.apps.blobs import evidence
from touchmark.apps.gates import actions
from touchmark.apps.gates.actions import ProofForm
from touchmark.apps.gates.kinds import ProofKind
from touchmark.apps.gates.models import Gate, Proof
from touchmark.engine.terms import Actor, Role
from touchmark.flows import brand_gate

YEAR = timedelta(days=365)


def gate(*, brand: int | None = None, category: str = "", at: datetime = AT, **said: Any) -> Gate:
    """Open a gate of a brand, or of a category."""
    owner = said.pop("by", None) or accounts.actor(Role.POLICY_OWNER)
    about = {"marketplace": "", "reason": "Too many fakes were reported."} | said
    return actions.open_gate(brand=brand, category=category, actor=owner, at=at, **about)


def form(**changes: Any) -> ProofForm:
    """Give a whole proof: an invoice on one page."""
    page = evidence.take_in(pictures.drawn(seed=4), at=AT)
    said: dict[str, Any] = {
        "kind": ProofKind.INVOICE,
        "issued_by": "Aldermoor Ltd",
        "issued_on": date(2026, 3, 1),
        "files": [page],
        "request_key": uuid4(),
    }
    return ProofForm(**said | changes)


def proof(of: Gate, by: Actor, *, at: datetime = AT, **changes: Any) -> Proof:
    """File a proof."""
    return actions.file(gate=of.ref, form=form(**changes), actor=by, at=at)


def checked(found: Proof, event: str = "accept", *, at: datetime = AT, until: datetime | None = None) -> Proof:
    """Let a reviewer check a proof."""
    reviewer = accounts.actor(Role.REVIEWER)
    why = "" if event == "accept" else "The number on it is of another invoice."
    until = until or at + YEAR
    return brand_gate.check(ref=found.ref, event=event, valid_until=until, answer=why, actor=reviewer, at=at)
