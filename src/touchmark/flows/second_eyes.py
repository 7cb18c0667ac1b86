"""A reviewer decides, or proposes where two must look; somebody else confirms what was proposed, or sends it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions.actions import AlreadyRestricted, Choice, IncompleteDecision
from touchmark.apps.desk import proposals
from touchmark.apps.desk.choices import from_json
from touchmark.apps.desk.proposals import ASKED, IncompleteAnswer
from touchmark.apps.notices import queries as notices
from touchmark.apps.screening import queries as screening
from touchmark.engine.lifecycle.proposal import PROPOSAL, ProposalStatus
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import NoticeAnswer, Overtaken, Seen, decide, refuse_if_beyond

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.desk.models import Proposal


@transaction.atomic
def decide_or_propose(
    *,
    marketplace: str,
    listing_id: str,
    choice: Choice,
    seen: Seen,
    answers: Mapping[str, NoticeAnswer],
    asked: bool,
    actor: Actor,
    at: datetime,
) -> Decision | Proposal:
    """
    Decide, or keep the decision until somebody else confirms it: where policy demands two, or the reviewer ``asked``.

    :raises TouchmarkError: as ``decide`` and ``proposals.propose`` say
    """
    listing = catalog.listing_for(actor, marketplace, listing_id, lock=True)
    because = proposals.why_two(listing, choice.kind, screening.current(listing), at=at) or (ASKED if asked else "")
    if not because:
        return decide(
            marketplace=marketplace,
            listing_id=listing_id,
            choice=choice,
            seen=seen,
            answers=answers,
            actor=actor,
            at=at,
        )
    _refuse_if_beyond(listing, actor)
    said = {ref: {"upheld": answer.upheld, "reasons": answer.reasons} for ref, answer in answers.items()}
    before = {"digest": seen.listing_digest, "assessment": seen.assessment_id, "notices": sorted(seen.notice_refs)}
    return proposals.propose(
        listing=listing, choice=choice, seen=before, answers=said, because=because, actor=actor, at=at
    )


@transaction.atomic
def confirm(*, ref: str, actor: Actor, at: datetime) -> Proposal:
    """
    Take the decision that somebody else proposed, both named in it; overtaken if the listing is not as it was seen.

    :raises NoSuchProposal: if there is none that the actor may see
    :raises OwnProposal: if the actor proposed it
    :raises IllegalMove: if it waits no more
    :raises BeyondReach: if it is also about a brand that the actor's role does not reach
    """
    proposal = proposals.taken(actor, ref)
    _refuse_if_beyond(proposal.listing, actor)
    PROPOSAL.step(ProposalStatus(proposal.status), "confirm", roles=actor.roles)
    try:
        decision = _decided(proposal, at)
    except (Overtaken, AlreadyRestricted, IncompleteDecision):
        return proposals.record(proposal, "overtake", actor=actor, at=at, looked_by_id=actor.person, looked_at=at)
    decisions.approve(decision=decision, actor=actor, at=at)
    said = {"looked_by_id": actor.person, "looked_at": at, "decision": decision}
    return proposals.record(proposal, "confirm", actor=actor, at=at, **said)


def _refuse_if_beyond(listing: Listing, actor: Actor) -> None:
    """Both of the two see all that the decision settles."""
    refuse_if_beyond(listing, screening.current(listing), notices.open_on(listing), actor)


def _decided(proposal: Proposal, at: datetime) -> Decision:
    """Let the decision be taken as it was proposed, by whoever proposed it."""
    seen, listing = proposal.seen, proposal.listing
    return decide(
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        choice=from_json(proposal.choice, right=proposal.right, request_key=proposal.request_key),
        seen=Seen(seen["digest"], seen["assessment"], frozenset(seen["notices"])),
        answers={key: NoticeAnswer(**answer) for key, answer in proposal.answers.items()},
        actor=Actor(proposal.by_id, proposal.organisation_id, frozenset({Role.REVIEWER})),
        at=at,
    )


@transaction.atomic
def send_back(*, ref: str, words: str, actor: Actor, at: datetime) -> Proposal:
    """
    Let a proposal go back to whoever made it, with a word on why: the listing waits for anybody's decision.

    :raises NoSuchProposal: if there is none that the actor may see
    :raises OwnProposal: if the actor proposed it
    :raises IncompleteAnswer: if nobody says why
    :raises IllegalMove: if it waits no more
    """
    proposal = proposals.taken(actor, ref)
    if not words.strip():
        raise IncompleteAnswer("Say why: whoever proposed it reads this.")
    said = {"looked_by_id": actor.person, "looked_at": at, "words": words.strip()}
    return proposals.record(proposal, "send_back", actor=actor, at=at, **said)
