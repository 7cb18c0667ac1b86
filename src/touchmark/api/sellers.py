"""``/standings`` and ``/proposals``: where shops stand, and what is proposed against them and answered by another."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from ninja import Path, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, may
from touchmark.api.decisions import DecisionOut, told_of
from touchmark.api.forms import INK, Body, Moment, Said
from touchmark.api.once import Key, form_key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import ID, Slug
from touchmark.api.problems import refusing
from touchmark.apps.catalog import access as catalog
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.decisions import access as decisions
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.sellers import SellerChoice
from touchmark.apps.penalties import queries
from touchmark.flows import restrict_seller

router = Router(tags=["sellers"])

Ref = Annotated[str, Path(max_length=40, description="The reference of the decision.")]
Words = Annotated[str, Field(max_length=500)]


class BehindOut(Schema):
    """A decision that counts; ``decision`` is null where it is none of yours to see."""

    decision: str | None
    gravity: str
    since: datetime
    until: datetime


class StepOut(Schema):
    """What follows from an amount on, for how many days where that is limited."""

    amount: int
    consequence: str
    days: int | None
    reached: bool


class TrackOut(Schema):
    """One way of counting: the amount, what is behind it, the steps."""

    track: str
    amount: int
    behind: list[BehindOut]
    steps: list[StepOut]


class StandingOut(Schema):
    """Where a shop stands on the ladder that its marketplace follows."""

    marketplace: str
    seller_id: str
    ladder: str
    tracks: list[TrackOut]


class StandingsOut(Schema):
    """A page of shops, newest first."""

    items: list[StandingOut]
    next: str | None


class ProposalIn(Body):
    """
    What is proposed: ``suspend``, ``close``, ``ban`` (nothing new until ``ends_at``), or ``link`` to another shop.

    ``facts`` are what the seller reads first.
    """

    marketplace: Annotated[str, Field(min_length=1, max_length=60)]
    seller_id: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Literal["suspend", "close", "ban", "link"]
    facts: Said
    ground: Literal["law", "terms"]
    ground_reference: Annotated[str, Field(min_length=1, max_length=500, pattern=INK)]
    ground_explanation: Said
    ends_at: Moment | None = None
    linked_marketplace: Annotated[str, Field(max_length=60)] = ""
    linked_seller_id: Annotated[str, Field(max_length=200)] = ""


class ProposalAnswerIn(Body):
    """A proposal is approved or declined, or what is in force lifted; the last two want a reason."""

    event: Literal["approve", "decline", "lift"]
    reason: Annotated[str, Field(max_length=2_000)] = ""


@router.get(
    "/standings",
    response={200: StandingsOut, **refusing(404)},
    auth=may(Scope.SELLERS_READ),
    operation_id="list_standings",
    summary="Read where shops stand",
)
def list_standings(
    request: Asking, cursor: Cursor = None, limit: Limit = 50, marketplace: Slug = None, seller_id: ID = None
) -> StandingsOut:
    """Give, for each shop that you may see, what counts against it now, until when, and what follows from it."""
    filters = {"marketplace__slug": marketplace, "seller_id": seller_id}
    given = {name: value for name, value in filters.items() if value is not None}
    rows = catalog.sellers_for(request.actor).filter(**given)
    shops, following = page(request, "list_standings", rows, cursor, limit, lambda row: row)
    standing = _Standing(request, shops)
    return StandingsOut(items=[standing.of(shop) for shop in shops], next=following)


@router.post(
    "/proposals",
    response={201: DecisionOut, **refusing(404, 409)},
    auth=may(Scope.SELLERS_WRITE),
    operation_id="propose_on_seller",
    summary="Propose something against a seller",
)
@once
def propose_on_seller(request: Asking, proposal: ProposalIn, idempotency_key: Key = None) -> tuple[int, DecisionOut]:
    """Propose a decision on a seller. Nothing happens until somebody else approves it."""
    at = clock.now()
    links = proposal.kind == "link" and proposal.linked_seller_id != ""
    other = (proposal.linked_marketplace, proposal.linked_seller_id)
    choice = SellerChoice(
        kind=DecisionKind(proposal.kind),
        facts=proposal.facts,
        ground=Ground(proposal.ground),
        ground_reference=proposal.ground_reference,
        ground_explanation=proposal.ground_explanation,
        request_key=form_key(request, idempotency_key),
        ends_at=proposal.ends_at,
        linked_to=catalog.seller_for(request.actor, *other) if links else None,
    )
    about = {"marketplace": proposal.marketplace, "seller_id": proposal.seller_id}
    return HTTPStatus.CREATED, told_of(restrict_seller.propose(choice=choice, actor=request.actor, at=at, **about))


@router.post(
    "/proposals/{ref}/answer",
    response={200: DecisionOut, **refusing(404, 409)},
    auth=may(Scope.SELLERS_WRITE),
    operation_id="answer_proposal",
    summary="Answer a proposal",
)
@once
def answer_proposal(
    request: Asking, ref: Ref, answer: ProposalAnswerIn, idempotency_key: Key = None
) -> tuple[int, DecisionOut]:
    """Approve what somebody else proposed against a seller, decline it, or lift what is in force."""
    about: dict[str, Any] = {"ref": ref, "event": answer.event, "reason": answer.reason}
    return HTTPStatus.OK, told_of(restrict_seller.answer(actor=request.actor, at=clock.now(), **about))


class _Standing:
    """Writes where the shops of a page stand, for whoever asks; the number of questions does not depend on how many."""

    def __init__(self, request: Asking, shops: Sequence[Any]) -> None:
        self._stands = queries.stands_of(shops, at=clock.now())
        behind = {ref for stand in self._stands.values() for ref in stand.behind}
        shown = decisions.decisions_for(request.actor).filter(ref__in=behind)
        self._seen = set(shown.values_list("ref", flat=True))

    def of(self, shop: Any) -> StandingOut:
        stand = self._stands[shop.pk]
        return StandingOut(
            marketplace=shop.marketplace.slug,
            seller_id=shop.seller_id,
            ladder=stand.ladder.id,
            tracks=[self._track(track, stand.amounts[track.id]) for track in stand.ladder.tracks],
        )

    def _track(self, track: Any, amount: Any) -> TrackOut:
        behind = [
            BehindOut(
                decision=breach.ref if breach.ref in self._seen else None,
                gravity=breach.gravity,
                since=breach.since,
                until=until,
            )
            for breach, until in amount.behind
        ]
        steps = [
            StepOut(amount=step.amount, consequence=step.consequence, days=step.days, reached=step in amount.reached)
            for step in track.steps
        ]
        return TrackOut(track=track.id, amount=amount.amount, behind=behind, steps=steps)
