"""``/disputes``: what was brought before certified out-of-court bodies, and what came of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Router, Schema

from touchmark.api.clients import Asking, looked, may
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import Ref, Since
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.disputes import access
from touchmark.engine.lifecycle.dispute import DisputeStatus
from touchmark.engine.policy.bodies import body
from touchmark.engine.terms import Role

router = Router(tags=["disputes"])


class DisputeOut(Schema):
    """
    A dispute: before which body, how it stands, what the body decided, whether the platform follows and why. ``fee`` is
    what the platform paid, for reviewers.
    """

    ref: str
    appeal: str
    decision: str
    body: str
    body_url: str
    number: str
    received_on: date
    status: str
    result: str
    text: str
    why: str
    fee: Decimal | None
    told_at: datetime
    decided_at: datetime | None
    closed_at: datetime | None


class DisputesOut(Schema):
    """A page of disputes, newest first."""

    items: list[DisputeOut]
    next: str | None


@router.get(
    "/disputes",
    response={200: DisputesOut, **refusing(404)},
    auth=may(Scope.APPEALS_READ),
    operation_id="list_disputes",
    summary="Read disputes before out-of-court bodies",
)
def list_disputes(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[DisputeStatus | None, Query(description="Only those that stand so.")] = None,
    told_since: Since = None,
) -> DisputesOut:
    """Give the disputes that you may see: those about appeals of yours."""
    filters = {"status": status, "told_at__gte": told_since}
    rows = access.disputes_for(request.actor).filter(**{name: value for name, value in filters.items() if value})
    items, following = page(request, "list_disputes", rows, cursor, limit, _writing(request))
    return DisputesOut(items=items, next=following)


@router.get(
    "/disputes/{ref}",
    response={200: DisputeOut, **refusing(404)},
    auth=may(Scope.APPEALS_READ),
    operation_id="get_dispute",
    summary="Read one dispute",
)
def get_dispute(request: Asking, ref: Ref) -> DisputeOut:
    """Give one dispute."""
    found = access.dispute_for(request.actor, ref)
    looked(request, "get_dispute", 1)
    return _writing(request)(found)


class _writing:
    """Writes disputes for whoever asks."""

    def __init__(self, request: Asking) -> None:
        self._fees = request.actor.has(Role.REVIEWER, Role.POLICY_OWNER)

    def __call__(self, row: Any) -> DisputeOut:
        columns = ("ref", "number", "received_on", "status", "result", "text", "why")
        moments = ("told_at", "decided_at", "closed_at")
        return DisputeOut(
            **{name: getattr(row, name) for name in (*columns, *moments)},
            appeal=row.appeal.ref,
            decision=row.appeal.decision.ref,
            body=body(row.body).name,
            body_url=body(row.body).url,
            fee=row.fee if self._fees else None,
        )
