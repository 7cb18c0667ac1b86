"""``/appeals``: what sellers say against decisions, and holders against refusals."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.db.models import Q
from ninja import Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.evidence import Digest, FileIn, named
from touchmark.api.forms import Body, Said
from touchmark.api.once import Key, form_key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import ID, Ref, Since, Slug, given
from touchmark.api.problems import refusing
from touchmark.apps.appeals import access, actions, refusals
from touchmark.apps.appeals.actions import AppealForm
from touchmark.apps.appeals.files import MOST
from touchmark.apps.clients.scopes import Scope
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.terms import Role

router = Router(tags=["decisions"])


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
    filed = actions.file(decision_ref=ref, form=form, actor=request.actor, at=clock.now())
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
    of_one = access.of_marketplace(marketplace) if marketplace else Q()
    rows = access.appeals_for(request.actor).filter(of_one, **given(filters))
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
    found = access.appeal_for(request.actor, ref)
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
    return HTTPStatus.OK, _appeal(request)(actions.withdraw(ref=ref, actor=request.actor, at=clock.now()))


def _form(request: Asking, appeal: AppealIn, key: str | None) -> AppealForm:
    files = named(request, [FileIn(kind="other", sha256=one.sha256) for one in appeal.files])
    return AppealForm(grounds=appeal.grounds, request_key=form_key(request, key), files=files)


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
