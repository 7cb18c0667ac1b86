"""What stands beside the evidence: who works on it, what colleagues say of it, listings like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from touchmark.apps.decisions import access
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.desk import alike, holds, notes, people, proposals
from touchmark.apps.safety import queries as safety
from touchmark.apps.screening import returned
from touchmark.engine.screening.returned.match import MOST_BITS
from touchmark.engine.terms import Actor, Role
from touchmark.web.desk.addresses import listing_address, with_query
from touchmark.web.safety.words import Badge, badge_of

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import User
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.decisions.wanted import Wanted
    from touchmark.apps.desk.models import Hold, Note, Proposal, Skip
    from touchmark.apps.safety.models import SafetyDuty
    from touchmark.web.desk.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Like:
    """How many wait that are alike in one way, and where they are decided on together."""

    label: str
    count: int
    more: bool
    address: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """The decision that removed what seems to be this listing, and by what it is known."""

    decision: Decision
    title: str
    same_picture: bool
    share: str
    stood: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What the decision screen shows beside the evidence. ``held``: by somebody else; ``own``: by the reader."""

    held: Hold | None
    own: Hold | None
    notes: Sequence[Note]
    skips: Sequence[Skip]
    colleagues: Sequence[User]
    reviewers: Sequence[User]
    like: Sequence[Like]
    decided: Sequence[Decision]
    came_back: CameBack | None
    safety: Sequence[tuple[SafetyDuty, Badge]]
    proposal: Proposal | None
    why_two: str
    skip_address: str
    note_address: str
    hand_over_address: str


def of(evidence: Evidence, wanted: Wanted, actor: Actor, *, at: datetime) -> Beside:
    """Read what stands beside a listing for this reader."""
    listing = evidence.listing
    held = holds.holder_of(listing, at=at)
    mine = held is not None and held.by_id == actor.user_id
    others = people.at_the_desk(actor)
    same_photo = alike.showing(evidence.photos)
    return Beside(
        held=None if mine else held,
        own=held if mine else None,
        notes=list(notes.on(listing, actor)),
        skips=holds.skips_of(listing, at=at),
        colleagues=list(others),
        reviewers=[person for person, held_roles in others.items() if Role.REVIEWER in held_roles],
        like=[_like(listing, count, wanted) for count in alike.counts(listing, actor, same_photo)],
        decided=alike.decided_like(listing, actor, same_photo),
        came_back=_came_back(listing, actor),
        safety=[(one, badge_of(one, at)) for one in safety.of_listing(actor, listing.pk)],
        proposal=proposals.waiting_on(listing),
        why_two=proposals.why_two(listing, DecisionKind.REMOVE, evidence.assessment, at=at),
        skip_address=listing_address(listing, wanted, "desk_skip"),
        note_address=listing_address(listing, wanted, "desk_note"),
        hand_over_address=listing_address(listing, wanted, "desk_hand_over"),
    )


def _came_back(listing: Listing, actor: Actor) -> CameBack | None:
    found = returned.of(listing)
    earlier = access.decisions_for(actor).filter(ref=found.decision).first() if found else None
    if found is None or earlier is None:
        return None
    return CameBack(earlier, earlier.title_then, found.bits <= MOST_BITS, f"{found.share:.0%}", found.stood)


def _like(listing: Listing, count: alike.Count, wanted: Wanted) -> Like:
    path = reverse("desk_alike", args=[listing.marketplace.slug, listing.listing_id])
    return Like(count.label, count.count, count.more, with_query(path, {"alike": count.alike} | wanted.asked()))
