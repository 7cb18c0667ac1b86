"""``/notices``: what holders report, and what came of it."""

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from ninja import Query, Router

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.evidence import named
from touchmark.api.notice_in import CompletionIn, NoticeIn
from touchmark.api.notice_out import NoticeOut, NoticesOut, as_filed, listed, whole
from touchmark.api.once import Key, form_key, once
from touchmark.api.pages import Cursor, Limit
from touchmark.api.parameters import ID, Ref, Since, Slug
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.notices import access, actions
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.flows.report_listing import report_all
from touchmark.flows.withdraw_notice import withdraw

if TYPE_CHECKING:
    from django.db.models import QuerySet

router = Router(tags=["notices"])

Standing = Annotated[ItemStatus | None, Query(description="Only those with a listing that stands so.")]


@router.post(
    "/notices",
    response={201: NoticeOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="file_notice",
    summary="Report listings",
)
@once
def file_notice(request: Asking, notice: NoticeIn, idempotency_key: Key = None) -> tuple[int, NoticeOut]:
    """
    Report up to 300 listings under a verified right of yours, or of somebody who gave you a mandate; the others are
    given back with the reason.
    """
    form = notice.form(request, form_key(request, idempotency_key))
    filed = report_all(right=notice.right, listings=notice.named, form=form, actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, as_filed(request, filed)


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
    status: Standing = None,
    filed_since: Since = None,
) -> NoticesOut:
    """Give the notices that you may see."""
    rows = narrowed(request, marketplace, listing_id, status, filed_since)
    return listed(request, "list_notices", rows, cursor, limit)


@router.get(
    "/notices/{ref}",
    response={200: NoticeOut, **refusing(404)},
    auth=may(Scope.NOTICES_READ),
    operation_id="get_notice",
    summary="Read one notice",
)
def get_notice(request: Asking, ref: Ref) -> NoticeOut:
    """Give one notice, with each of its listings."""
    found = access.notice_for(request.actor, ref)
    looked(request, "get_notice", 1)
    return whole(request, found)


@router.post(
    "/notices/{ref}/withdrawal",
    response={200: NoticeOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="withdraw_notice",
    summary="Take a notice back",
)
@once
def withdraw_notice(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, NoticeOut]:
    """Take back what of a notice of yours is not decided: the whole, or one of its listings by that one's reference."""
    return HTTPStatus.OK, whole(request, withdraw(ref=ref, actor=request.actor, at=clock.now()))


@router.post(
    "/notices/{ref}/completion",
    response={200: NoticeOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="complete_notice",
    summary="Give what a notice lacks",
)
@once
def complete_notice(
    request: Asking, ref: Ref, completion: CompletionIn, idempotency_key: Key = None
) -> tuple[int, NoticeOut]:
    """Add what an incomplete notice of yours lacks; once nothing is lacking it is judged."""
    access.notice_for(request.actor, ref)
    given, files = completion.particulars, named(request, completion.files)
    actions.complete(ref=ref, particulars=given, files=files, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, whole(request, access.notice_for(request.actor, ref))


def narrowed(
    request: Asking, marketplace: str | None, listing_id: str | None, status: str | None, filed_since: datetime | None
) -> "QuerySet[Any]":
    """Give the notices that the program may see, of those with such a listing, filed since then."""
    of_items = {"listing__marketplace__slug": marketplace, "listing__listing_id": listing_id, "status": status}
    asked = {name: value for name, value in of_items.items() if value is not None}
    rows = access.notices_for(request.actor, **asked)
    return rows if filed_since is None else rows.filter(filed_at__gte=filed_since)
