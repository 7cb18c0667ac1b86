"""``/decisions``: what was decided, with its reasons, and what marketplaces did about it."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.db.models import Q
from ninja import Query, Router, Schema

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.forms import Body
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import ID, Ref, Since, Slug, given
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.counters import access as counters
from touchmark.apps.decisions import access
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.flows import hear_marketplace

router = Router(tags=["decisions"])


class RestrictionOut(Schema):
    """What the marketplace was told to do, and what it answered."""

    status: str
    ordered_at: datetime
    confirmed_at: datetime | None
    lift_ordered_at: datetime | None
    lifted_at: datetime | None


class DecisionOut(Schema):
    """
    A decision on a listing, or on a seller (``suspend``, ``close``, ``ban``, ``link``): then it has no ``listing_id``.

    ``statement`` is the statement of reasons, as the seller reads it; ``reason`` is why a listing was left on sale. A
    listing is to be corrected by ``correct_by``; ``measure`` is done otherwise, or, ``at_once``, until then.
    ``notices``, of one decision, are the references by which its seller can answer the notices behind it. Where
    ``tell_seller`` is false, an authority's ``order`` lets the seller learn nothing of it before ``tell_seller_after``.
    """

    ref: str
    marketplace: str
    listing_id: str | None
    seller_id: str | None
    kind: str
    reason: str
    correct_by: datetime | None
    measure: str
    at_once: bool
    territories: list[str]
    pictures: list[str]
    ground: str
    ground_reference: str
    ground_explanation: str
    facts: str
    automated_detection: bool
    status: str
    decided_at: datetime
    effective_at: datetime | None
    ends_at: datetime | None
    reversed_at: datetime | None
    reversal_reason: str
    appeal_by: datetime | None
    statement: dict[str, Any] | None
    restriction: RestrictionOut | None
    linked_to: str | None
    order: str | None
    tell_seller: bool
    tell_seller_after: datetime | None
    notices: list[str] | None = None


class DecisionsOut(Schema):
    """A page of decisions, newest first."""

    items: list[DecisionOut]
    next: str | None


@router.get(
    "/decisions",
    response={200: DecisionsOut, **refusing(404)},
    auth=may(Scope.DECISIONS_READ),
    operation_id="list_decisions",
    summary="Read decisions",
)
def list_decisions(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    marketplace: Slug = None,
    listing_id: ID = None,
    status: Annotated[DecisionStatus | None, Query(description="Only those that stand so.")] = None,
    decided_since: Since = None,
) -> DecisionsOut:
    """Give the decisions that you may see."""
    filters = {
        "listing__listing_id": listing_id,
        "status": status,
        "decided_at__gte": decided_since,
    }
    of_one = access.of_marketplace(marketplace) if marketplace else Q()
    rows = access.decisions_for(request.actor).filter(of_one, **given(filters))
    items, following = page(request, "list_decisions", rows, cursor, limit, told_of)
    return DecisionsOut(items=items, next=following)


@router.get(
    "/decisions/{ref}",
    response={200: DecisionOut, **refusing(404)},
    auth=may(Scope.DECISIONS_READ),
    operation_id="get_decision",
    summary="Read one decision",
)
def get_decision(request: Asking, ref: Ref) -> DecisionOut:
    """Give one decision."""
    found = access.decision_for(request.actor, ref)
    looked(request, "get_decision", 1)
    notices = counters.answerable_for(request.actor).filter(decisions=found).values_list("ref", flat=True)
    return told_of(found).model_copy(update={"notices": list(notices)})


class ConfirmationIn(Body):
    """What the marketplace has done: taken the listing, or all that a seller offers, off sale, or put it back."""

    type: Literal[
        "listing.restricted",
        "listing.restored",
        "seller.restricted",
        "seller.restored",
        "seller.listing_ban",
        "seller.listing_ban_lifted",
    ]


@router.post(
    "/decisions/{ref}/confirmation",
    response={200: DecisionOut, **refusing(404, 409)},
    auth=may(Scope.DECISIONS_CONFIRM),
    operation_id="confirm_decision",
    summary="Say that a decision was carried out",
)
@once
def confirm_decision(
    request: Asking, ref: Ref, done: ConfirmationIn, idempotency_key: Key = None
) -> tuple[int, DecisionOut]:
    """
    Say that your marketplace has done what a decision asks: for one that is not told by webhooks, or answers late.

    Said twice, it changes nothing.
    """
    decision = hear_marketplace.confirm(ref=ref, event_type=done.type, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, told_of(decision)


def told_of(row: Any) -> DecisionOut:
    """Write a decision as programs read it."""
    columns = (
        "ref",
        "kind",
        "territories",
        "pictures",
        "ground",
        "ground_reference",
        "ground_explanation",
        "facts",
        "status",
    )
    correction = ("reason", "correct_by", "measure", "at_once")
    moments = ("automated_detection", "decided_at", "effective_at", "ends_at", "reversed_at", "reversal_reason")
    statement, restriction = getattr(row, "statement", None), getattr(row, "restriction", None)
    return DecisionOut(
        **{name: getattr(row, name) for name in (*columns, *moments, *correction)},
        marketplace=row.marketplace.slug,
        listing_id=row.listing.listing_id if row.listing else None,
        seller_id=row.concerns.seller_id if row.concerns else None,
        appeal_by=statement.appeal_by if statement else None,
        statement=statement.content if statement else None,
        restriction=RestrictionOut.from_orm(restriction) if restriction else None,
        linked_to=row.linked_to.seller_id if row.linked_to else None,
        order=row.order or None,
        tell_seller=row.untold_until is None,
        tell_seller_after=row.untold_until,
    )
