"""Which gates a listing stands before, and whether its seller has a proof."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from touchmark.apps.catalog.models import Listing
from touchmark.apps.gates.models import Gate, Looked, Proof
from touchmark.engine.lifecycle.proof import ProofStatus


@dataclass(frozen=True, slots=True)
class Open:
    """The gates that are open, looked up once for many listings."""

    gates: tuple[Gate, ...]

    @classmethod
    def now(cls) -> "Open":
        """Give the gates that are open, the first that was opened first."""
        return cls(tuple(Gate.objects.filter(until=None).select_related("brand").order_by("since", "id")))

    def before(self, listing: Listing, brands: Collection[int]) -> Gate | None:
        """
        Give the first gate that a listing stands before; ``brands`` are those of which marks were found in it.

        A listing that was here as it is before the gate was opened does not stand before it, unless it is pending.
        """
        return next((gate for gate in self.gates if _fits(gate, listing, brands)), None)


def _fits(gate: Gate, listing: Listing, brands: Collection[int]) -> bool:
    if gate.marketplace_id not in (None, listing.marketplace_id):
        return False
    if listing.changed_at < gate.since and listing.pending_since is None:
        return False
    if gate.brand is None:
        return folded(listing.category).startswith(gate.category)
    return gate.brand_id in brands or folded(listing.brand) == folded(gate.brand.name)


def folded(text: str) -> str:
    """Give a name or a category as gates compare it."""
    return " ".join(text.split()).casefold()


def has_proof(organisation_id: int | None, gate: Gate, *, at: datetime) -> bool:
    """Whether a seller has a proof for a gate that is good now."""
    good = Q(status=ProofStatus.ACCEPTED, valid_until__gt=at)
    return (
        organisation_id is not None and Proof.objects.filter(good, gate=gate, organisation_id=organisation_id).exists()
    )


def waiting() -> QuerySet[Proof]:
    """Give the proofs that wait for a reviewer, the oldest first. The caller may see proofs."""
    found = Proof.objects.filter(status=ProofStatus.FILED).select_related("gate__brand", "organisation")
    return found.order_by("filed_at", "id")


def expired(at: datetime, *, size: int) -> list[int]:
    """Give the keys of accepted proofs whose time is over, the longest over first."""
    over = Proof.objects.filter(status=ProofStatus.ACCEPTED, valid_until__lte=at).order_by("valid_until", "id")
    return list(over.values_list("pk", flat=True)[:size])


def taken_expired(key: int, at: datetime) -> Proof | None:
    """Take the row of one of them; None where somebody was first."""
    over = Proof.objects.filter(pk=key, status=ProofStatus.ACCEPTED, valid_until__lte=at)
    return over.select_for_update(of=("self",)).select_related("gate__brand", "organisation").first()


def reached() -> int:
    """Give the key of the last assessment that was looked at."""
    return Looked.objects.get_or_create(pk=1)[0].reached


def note_reached(key: int) -> None:
    """Note it; a worker that was slower takes nothing back."""
    Looked.objects.filter(pk=1, reached__lt=key).update(reached=key)
