"""``/notices``: what holders report, and what came of it."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.decisions import Ref
from touchmark.api.forms import Body, Said
from touchmark.api.listings import ID, Since, Slug
from touchmark.api.once import Key, form_key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.notices import access, actions
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.engine.lifecycle.notice import NoticeStatus
from touchmark.flows.report_listing import report

router = Router(tags=["notices"])


class NoticeIn(Body):
    """
    A report of one listing under one right. ``right`` is its reference here (R-…); ``good_faith`` declares that what
    is said is accurate and complete.
    """

    right: Annotated[str, Field(min_length=1, max_length=40)]
    marketplace: Annotated[str, Field(min_length=1, max_length=60)]
    listing_id: Annotated[str, Field(min_length=1, max_length=200)]
    reason: NoticeReason
    statement: Said
    good_faith: Literal[True]


class NoticeOut(Schema):
    """A notice, and what its holder was told of the outcome."""

    ref: str
    right: str
    marketplace: str
    listing_id: str
    reason: str
    statement: str
    status: str
    outcome_text: str
    filed_at: datetime
    settled_at: datetime | None


class NoticesOut(Schema):
    """A page of notices, newest first."""

    items: list[NoticeOut]
    next: str | None


@router.post(
    "/notices",
    response={201: NoticeOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="file_notice",
    summary="Report a listing",
)
@once
def file_notice(request: Asking, notice: NoticeIn, idempotency_key: Key = None) -> tuple[int, NoticeOut]:
    """Report a listing under a verified right of yours."""
    form = NoticeForm(notice.reason, notice.statement, notice.good_faith, form_key(request, idempotency_key))
    about = {"right": notice.right, "marketplace": notice.marketplace, "listing_id": notice.listing_id}
    return HTTPStatus.CREATED, _notice(report(**about, form=form, actor=request.actor, at=clock.now()))


@router.get(
    "/notices",
    response={200: NoticesOut, **refusing(404)},
    auth=may(Scope.NOTICES_READ),
    operation_id="list_notices",
    summary="Read notices",
)
def list_notices(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    marketplace: Slug = None,
    listing_id: ID = None,
    status: Annotated[NoticeStatus | None, Query(description="Only those that stand so.")] = None,
    filed_since: Since = None,
) -> NoticesOut:
    """Give the notices that you may see."""
    filters = {
        "listing__marketplace__slug": marketplace,
        "listing__listing_id": listing_id,
        "status": status,
        "filed_at__gte": filed_since,
    }
    given = {name: value for name, value in filters.items() if value is not None}
    rows = access.notices_for(request.actor).filter(**given)
    items, following = page(request, "list_notices", rows, cursor, limit, _notice)
    return NoticesOut(items=items, next=following)


@router.get(
    "/notices/{ref}",
    response={200: NoticeOut, **refusing(404)},
    auth=may(Scope.NOTICES_READ),
    operation_id="get_notice",
    summary="Read one notice",
)
def get_notice(request: Asking, ref: Ref) -> NoticeOut:
    """Give one notice."""
    found = access.notice_for(request.actor, ref)
    looked(request, "get_notice", 1)
    return _notice(found)


@router.post(
    "/notices/{ref}/withdrawal",
    response={200: NoticeOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="withdraw_notice",
    summary="Take a notice back",
)
@once
def withdraw_notice(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, NoticeOut]:
    """Take a notice of yours back before it is decided."""
    return HTTPStatus.OK, _notice(actions.withdraw(ref=ref, actor=request.actor, at=clock.now()))


def _notice(row: Any) -> NoticeOut:
    columns = ("ref", "reason", "statement", "status", "outcome_text", "filed_at", "settled_at")
    return NoticeOut(
        **{name: getattr(row, name) for name in columns},
        right=row.right.ref,
        marketplace=row.listing.marketplace.slug,
        listing_id=row.listing.listing_id,
    )
