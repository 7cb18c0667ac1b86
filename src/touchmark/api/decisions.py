"""``/decisions`` and ``/appeals``: what was decided, with its reasons, and what sellers say against it."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.db.models import Q
from ninja import Path, Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.evidence import Digest, FileIn, named
from touchmark.api.forms import Body, Said
from touchmark.api.listings import ID, Since, Slug
from touchmark.api.once import Key, form_key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import refusing
from touchmark.apps.appeals import access as appeals_access
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.appeals import refusals
from touchmark.apps.appeals.actions import AppealForm
from touchmark.apps.appeals.files import MOST
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.counters import access as counters
from touchmark.apps.decisions import access
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.terms import Role
from touchmark.flows import hear_marketplace

router = Router(tags=["decisions"])

Ref = Annotated[str, Path(max_length=40, description="The reference, as letters and webhooks give it.")]


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


class ShownIn(Body):
    """A file that was sent before, by its digest."""

    sha256: Digest


class AppealIn(Body):
    """What is said against a decision; ``files`` that show it were sent to ``/evidence`` before."""

    grounds: Said
    files: Annotated[list[ShownIn], Field(max_length=MOST)] = []


class AppealOut(Schema):
    """An appeal. What was said and answered is for the seller and reviewers; a marketplace sees that there is one."""

    ref: str
    decision: str
    notice: str | None
    marketplace: str
    listing_id: str | None
    status: str
    filed_at: datetime
    decided_at: datetime | None
    grounds: str | None
    answer: str | None


class AppealsOut(Schema):
    """A page of appeals, newest first."""

    items: list[AppealOut]
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
    rows = access.decisions_for(request.actor).filter(of_one, **_given(filters))
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


@router.post(
    "/decisions/{ref}/appeals",
    response={201: AppealOut, **refusing(404, 409)},
    auth=may(Scope.APPEALS_WRITE),
    operation_id="file_appeal",
    summary="Appeal a decision",
)
@once
def file_appeal(request: Asking, ref: Ref, appeal: AppealIn, idempotency_key: Key = None) -> tuple[int, AppealOut]:
    """Appeal a decision on a listing of yours. Somebody else than whoever decided looks at it again."""
    form = _form(request, appeal, idempotency_key)
    filed = appeals.file(decision_ref=ref, form=form, actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, _appeal(request)(filed)


@router.post(
    "/notices/{ref}/appeals",
    response={201: AppealOut, **refusing(404, 409)},
    auth=may(Scope.APPEALS_WRITE),
    operation_id="appeal_refusal",
    summary="Appeal the refusal of a notice",
)
@once
def appeal_refusal(request: Asking, ref: Ref, appeal: AppealIn, idempotency_key: Key = None) -> tuple[int, AppealOut]:
    """Appeal the refusal of one listing of a notice of yours. Somebody else than whoever decided looks at it again."""
    form = _form(request, appeal, idempotency_key)
    filed = refusals.file(item_ref=ref, form=form, actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, _appeal(request)(filed)


@router.get(
    "/appeals",
    response={200: AppealsOut, **refusing(404)},
    auth=may(Scope.APPEALS_READ),
    operation_id="list_appeals",
    summary="Read appeals",
)
def list_appeals(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    marketplace: Slug = None,
    listing_id: ID = None,
    status: Annotated[AppealStatus | None, Query(description="Only those that stand so.")] = None,
    filed_since: Since = None,
) -> AppealsOut:
    """Give the appeals that you may see."""
    filters = {
        "decision__listing__listing_id": listing_id,
        "status": status,
        "filed_at__gte": filed_since,
    }
    of_one = appeals_access.of_marketplace(marketplace) if marketplace else Q()
    rows = appeals_access.appeals_for(request.actor).filter(of_one, **_given(filters))
    items, following = page(request, "list_appeals", rows, cursor, limit, _appeal(request))
    return AppealsOut(items=items, next=following)


@router.get(
    "/appeals/{ref}",
    response={200: AppealOut, **refusing(404)},
    auth=may(Scope.APPEALS_READ),
    operation_id="get_appeal",
    summary="Read one appeal",
)
def get_appeal(request: Asking, ref: Ref) -> AppealOut:
    """Give one appeal."""
    found = appeals_access.appeal_for(request.actor, ref)
    looked(request, "get_appeal", 1)
    return _appeal(request)(found)


@router.post(
    "/appeals/{ref}/withdrawal",
    response={200: AppealOut, **refusing(404, 409)},
    auth=may(Scope.APPEALS_WRITE),
    operation_id="withdraw_appeal",
    summary="Take an appeal back",
)
@once
def withdraw_appeal(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, AppealOut]:
    """Take an appeal of yours back before it is decided."""
    return HTTPStatus.OK, _appeal(request)(appeals.withdraw(ref=ref, actor=request.actor, at=clock.now()))


def _form(request: Asking, appeal: AppealIn, key: str | None) -> AppealForm:
    files = named(request, [FileIn(kind="other", sha256=one.sha256) for one in appeal.files])
    return AppealForm(grounds=appeal.grounds, request_key=form_key(request, key), files=files)


def _given(filters: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if value is not None}


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


class _appeal:
    """Writes appeals for whoever asks."""

    def __init__(self, request: Asking) -> None:
        self._words = not request.actor.has(Role.MARKETPLACE)

    def __call__(self, row: Any) -> AppealOut:
        decision = row.decision
        return AppealOut(
            **{name: getattr(row, name) for name in ("ref", "status", "filed_at", "decided_at")},
            decision=decision.ref,
            notice=row.item.ref if row.item else None,
            marketplace=decision.marketplace.slug,
            listing_id=decision.listing.listing_id if decision.listing else None,
            grounds=row.grounds if self._words else None,
            answer=row.answer if self._words else None,
        )
