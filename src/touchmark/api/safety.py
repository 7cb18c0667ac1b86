"""``/safety-duties``: what product safety law asks for about goods that can injure people, and what was told."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.forms import INK, Body, Moment, Said
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import Ref
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.safety import access, actions
from touchmark.apps.safety.kinds import DutyKind
from touchmark.apps.safety.told import Told
from touchmark.engine.lifecycle.safety import SafetyStatus

router = Router(tags=["product safety"])


class ToldIn(Body):
    """
    What was told for a duty: ``where``, such as the Safety Business Gateway, or to whom; ``reference`` is the number
    under which they keep it, which authorities always give.
    """

    text: Annotated[str, Field(min_length=1, max_length=10_000, pattern=INK)]
    where: Annotated[str, Field(min_length=1, max_length=300, pattern=INK)]
    told_at: Moment
    reference: Annotated[str, Field(max_length=200)] = ""


class AsideIn(Body):
    """Whether a duty is not owed, or owed after all, and why; it stays on record."""

    event: Literal["set_aside", "owe_after_all"]
    why: Said


class ToldOut(Schema):
    """What was told, where, when, and under which number they keep it."""

    text: str
    where: str
    told_at: datetime
    reference: str


class DutyOut(Schema):
    """
    A duty: to process a ``notice`` of danger, to tell the ``authorities``, to warn the ``consumers``; ``because`` of
    what it began. ``about`` is the notice that tells of the danger, ``goods`` the group of safety-critical goods.
    ``told`` is given of one duty alone.
    """

    ref: str
    kind: DutyKind
    because: str
    marketplace: str
    listing_id: str
    decision: str | None
    about: str
    goods: str
    status: SafetyStatus
    began_at: datetime
    due_at: datetime | None
    why: str
    told: list[ToldOut] | None = None


class DutiesOut(Schema):
    """A page of duties, newest first."""

    items: list[DutyOut]
    next: str | None


@router.get(
    "/safety-duties",
    response={200: DutiesOut, **refusing(404)},
    auth=may(Scope.SAFETY_READ),
    operation_id="list_safety_duties",
    summary="Read the duties of product safety",
)
def list_safety_duties(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[SafetyStatus | None, Query(description="Only those that stand so.")] = None,
    due_before: Annotated[Moment | None, Query(description="Only those whose time ends before.")] = None,
) -> DutiesOut:
    """Give the duties within your reach, for those who review."""
    rows = access.duties_for(request.actor)
    rows = rows.filter(status=status) if status else rows
    rows = rows.filter(due_at__lt=due_before) if due_before else rows
    items, following = page(request, "list_safety_duties", rows, cursor, limit, _duty)
    return DutiesOut(items=items, next=following)


@router.get(
    "/safety-duties/{ref}",
    response={200: DutyOut, **refusing(404)},
    auth=may(Scope.SAFETY_READ),
    operation_id="get_safety_duty",
    summary="Read one duty",
)
def get_safety_duty(request: Asking, ref: Ref) -> DutyOut:
    """Give one duty, with what was told."""
    found = access.duty_for(request.actor, ref)
    looked(request, "get_safety_duty", 1)
    return _whole(found)


@router.post(
    "/safety-duties/{ref}/report",
    response={200: DutyOut, **refusing(404, 409)},
    auth=may(Scope.SAFETY_WRITE),
    operation_id="tell_of_safety",
    summary="Record what was told for a duty",
)
@once
def tell_of_safety(request: Asking, ref: Ref, told: ToldIn, idempotency_key: Key = None) -> tuple[int, DutyOut]:
    """
    Record what was told: a duty that is due is met by it, one whose decision was undone is taken back. What was
    reported as dangerous is met by a decision on the listing instead.
    """
    said = Told(told.text, told.where, told.told_at, told.reference)
    return HTTPStatus.OK, _whole(actions.tell(ref=ref, told=said, actor=request.actor, at=clock.now()))


@router.post(
    "/safety-duties/{ref}/setting-aside",
    response={200: DutyOut, **refusing(404, 409)},
    auth=may(Scope.SAFETY_WRITE),
    operation_id="set_duty_aside",
    summary="Say that a duty is not owed",
)
@once
def set_duty_aside(request: Asking, ref: Ref, aside: AsideIn, idempotency_key: Key = None) -> tuple[int, DutyOut]:
    """Say that a duty is not owed, or, of one that was set aside, that it is owed after all: those who lead alone."""
    return HTTPStatus.OK, _whole(actions.set_aside(ref=ref, **aside.dict(), actor=request.actor, at=clock.now()))


def _duty(row: Any) -> DutyOut:
    same = ("ref", "kind", "because", "about", "goods", "status", "began_at", "due_at", "why")
    return DutyOut(
        **{name: getattr(row, name) for name in same},
        marketplace=row.listing.marketplace.slug,
        listing_id=row.listing.listing_id,
        decision=row.decision.ref if row.decision else None,
    )


def _whole(row: Any) -> DutyOut:
    same = ("text", "where", "told_at", "reference")
    told = [ToldOut(**{name: getattr(one, name) for name in same}) for one in row.reports.all()]
    return _duty(row).model_copy(update={"told": told})
