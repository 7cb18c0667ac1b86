"""Decisions that wait for a second pair of eyes: why they must, what was proposed, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet

from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.catalog import reach
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as running
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.desk import people
from touchmark.apps.desk.choices import as_json
from touchmark.apps.desk.due import SOON, Counts
from touchmark.apps.desk.models import Proposal
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.proposal import PROPOSAL, ProposalStatus
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.safety import critical
from touchmark.engine.policy.second_eyes import Facts, demanded
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.screening.models import Assessment

#: Why a proposal waits where no rule demands it.
ASKED = "asked"
#: The clock in which a second person looks.
CLOCK = "second_approval"
#: So many that wait are looked at for what is due; nobody leaves more of them open.
MOST = 2_000


class NoSuchProposal(TouchmarkError):
    """There is no such proposal, or none that this actor may see; which of the two is not said."""


class OwnProposal(TouchmarkError):
    """Whoever proposed a decision is not the second pair of eyes."""


class ProposedAlready(TouchmarkError):
    """A decision on this listing waits for a second pair of eyes already."""


class IncompleteAnswer(TouchmarkError):
    """A proposal is sent back without a word on why."""


def why_two(listing: Listing, kind: str, assessment: Assessment | None, *, at: datetime) -> str:
    """
    Give the rule by which two must look before this is decided on this listing; blank where one is enough.

    :param assessment: the listing's current one
    """
    facts = Facts(
        restricts=kind != DecisionKind.NONE,
        sold=listing.sold_count or 0,
        views=listing.views or 0,
        safety_critical=bool(critical(listing.category, on=at.date())),
        risk=assessment.risk if assessment else 0.0,
    )
    return demanded(facts, on=at.date())


@transaction.atomic
def propose(
    *,
    listing: Listing,
    choice: Choice,
    seen: Mapping[str, Any],
    answers: Mapping[str, Any],
    because: str,
    actor: Actor,
    at: datetime,
) -> Proposal:
    """
    Keep a decision until somebody else confirms it. The same form sent again gives what stands.

    The caller holds the listing's row.

    :raises IncompleteDecision: if something that must be said is missing
    :raises ProposedAlready: if one waits already
    :raises NotYours: if the actor may not decide
    """
    if sent := Proposal.objects.filter(request_key=choice.request_key, by_id=actor.user_id).first():
        return sent
    move = PROPOSAL.step(ProposalStatus.NEW, "propose", roles=actor.roles)
    choice.require_whole(at=at)
    if waiting := waiting_on(listing):
        raise ProposedAlready(f"Proposal {waiting.ref} on this listing waits for a second pair of eyes.")
    proposal = Proposal(
        ref=new_ref("P", at),
        listing=listing,
        by_id=actor.person,
        organisation_id=actor.organisation,
        because=because,
        choice=as_json(choice),
        right=choice.right,
        seen=dict(seen),
        answers=dict(answers),
        request_key=choice.request_key,
        proposed_at=at,
    )
    return record(proposal, move.event, actor=actor, at=at)


def waiting_on(listing: Listing) -> Proposal | None:
    """Give the proposal that waits on this listing, if one does."""
    waiting = Proposal.objects.filter(listing=listing, status=ProposalStatus.WAITS)
    return waiting.select_related("by", "right").first()


def waiting(actor: Actor) -> QuerySet[Proposal]:
    """Give what waits for this reviewer's eyes, the oldest first: what they proposed themselves is left out."""
    if not actor.has(*people.TEAM):
        return Proposal.objects.none()
    others = _within(actor).filter(status=ProposalStatus.WAITS).exclude(by_id=actor.user_id)
    return others.select_related("by", "listing__marketplace").order_by("proposed_at", "id")


def _within(actor: Actor) -> QuerySet[Proposal]:
    """Give the proposals on listings within the actor's reach."""
    return Proposal.objects.filter(reach.within(actor.reaches(*people.TEAM), "listing__"))


def sent_back(actor: Actor) -> QuerySet[Proposal]:
    """Give what this reviewer proposed and a colleague sent back lately, while the listing still waits."""
    own = _within(actor).filter(status=ProposalStatus.SENT_BACK, by_id=actor.user_id, listing__waiting__isnull=False)
    return own.select_related("looked_by", "listing__marketplace").order_by("-looked_at", "-id")


def taken(actor: Actor, ref: str) -> Proposal:
    """
    Take the row of a proposal that this actor may confirm or send back.

    :raises NoSuchProposal: if there is none that the actor may see
    :raises OwnProposal: if the actor proposed it
    """
    found = _within(actor).filter(ref=ref) if actor.has(*people.TEAM) else Proposal.objects.none()
    rows = found.select_for_update(of=("self",)).select_related("listing__marketplace", "right")
    proposal = rows.first()
    if proposal is None:
        raise NoSuchProposal(f"There is no proposal {ref} that you can see.")
    if proposal.by_id == actor.user_id:
        raise OwnProposal("You proposed this: somebody else looks at it.")
    return proposal


def record(proposal: Proposal, event: str, *, actor: Actor, at: datetime, **said: Any) -> Proposal:
    """Append the event and write the status that it leads to: the only place that assigns it."""
    before = ProposalStatus.NEW if proposal.pk is None else ProposalStatus(proposal.status)
    proposal.status = PROPOSAL.step(before, event, roles=actor.roles).to
    for name, value in said.items():
        setattr(proposal, name, value)
    proposal.save()
    _time(proposal, at)
    audit.append(stream=stream_of(proposal), kind=event, actor=actor, at=at, payload={})
    return proposal


def _time(proposal: Proposal, at: datetime) -> None:
    """Let the clock of a second look run while the proposal waits, and no longer."""
    subject, market = stream_of(proposal), proposal.listing.marketplace
    deadlines.stop([subject], at=at)
    for clock in PROPOSAL.clocks_in(ProposalStatus(proposal.status)):
        rule = regimes()[market.regime].clock(clock, on=at.astimezone(market.place.zone).date())
        deadlines.start([Start(subject, rule, market.regime, market.place)], at=at)


def due_of_each(waiting: Iterable[Proposal]) -> dict[str, datetime]:
    """Give until when each of these is to be looked at, by its reference; one older than the clock has no moment."""
    refs = {stream_of(one): one.ref for one in waiting}
    kept = running.last_of_each(list(refs), CLOCK)  # what is late has lapsed, and stays due
    return {refs[subject]: found.due_at for subject, found in kept.items() if found.due_at}


def due(actor: Actor, at: datetime) -> Counts:
    """Count the proposals within the actor's reach that are to be looked at within a day, and the late ones."""
    rows = _within(actor).filter(status=ProposalStatus.WAITS).order_by("proposed_at", "id")
    until = due_of_each(rows[:MOST]).values()
    return Counts(sum(moment < at + SOON for moment in until), sum(moment < at for moment in until))


def stream_of(proposal: Proposal) -> str:
    """Give the name of a proposal's stream in the record."""
    return f"proposal:{proposal.ref}"
