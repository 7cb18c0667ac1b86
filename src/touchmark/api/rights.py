"""``/rights``: what holders register, to be verified by a reviewer."""

from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.forms import Body
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import Ref
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.registry import access, actions
from touchmark.apps.registry.content import RightContent
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.terms import RightKind

router = Router(tags=["rights"])

_STEP = Decimal("0.0001")
Words = Annotated[str, Field(max_length=500)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]


class RightIn(Body):
    """A right in words, as the office has it. A picture is added on the page of the right."""

    kind: RightKind
    text: Annotated[str, Field(min_length=1, max_length=500)]
    aliases: Annotated[tuple[Words, ...], Field(max_length=100)] = ()
    owner: Words = ""
    brand: Annotated[str, Field(max_length=300)] = ""
    office: Words = ""
    number: Words = ""
    nice_classes: Annotated[tuple[Annotated[int, Field(ge=1, le=45)], ...], Field(max_length=45)] = ()
    territories: Annotated[tuple[Country, ...], Field(max_length=300)] = ()
    registered_on: date | None = None
    expires_on: date | None = None
    reference_price: Annotated[float, Field(ge=0, lt=10**13, allow_inf_nan=False)] | None = None
    currency: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""
    authorised_sellers: Annotated[tuple[Words, ...], Field(max_length=10_000)] = ()


class RightOut(Schema):
    """A right as its holder says it and as it stands with the reviewers."""

    ref: str
    right_id: str
    kind: str
    text: str
    aliases: list[str]
    owner: str
    brand: str
    office: str
    number: str
    nice_classes: list[int]
    territories: list[str]
    registered_on: date | None
    expires_on: date | None
    reference_price: str | None
    currency: str
    authorised_sellers: list[str]
    status: str
    status_reason: str
    submitted_at: datetime
    verified_at: datetime | None


class RightsOut(Schema):
    """A page of rights, newest first."""

    items: list[RightOut]
    next: str | None


@router.post(
    "/rights",
    response={201: RightOut, **refusing(409)},
    auth=may(Scope.RIGHTS_WRITE),
    operation_id="submit_right",
    summary="Register a right",
)
@once
def submit_right(request: Asking, right: RightIn, idempotency_key: Key = None) -> tuple[int, RightOut]:
    """Register a right of yours. It counts once a reviewer has verified it; the same right again is that one."""
    price = None if right.reference_price is None else Decimal(str(right.reference_price)).quantize(_STEP)
    content = RightContent(**dict(right) | {"reference_price": price})
    made = actions.submit(content=content, actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, _right(made)


@router.get(
    "/rights",
    response={200: RightsOut, **refusing(404)},
    auth=may(Scope.RIGHTS_READ),
    operation_id="list_rights",
    summary="Read rights",
)
def list_rights(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[RightStatus | None, Query(description="Only those that stand so.")] = None,
) -> RightsOut:
    """Give the rights that you may see."""
    rows = access.rights_for(request.actor)
    rows = rows if status is None else rows.filter(status=status)
    items, following = page(request, "list_rights", rows, cursor, limit, _right)
    return RightsOut(items=items, next=following)


@router.get(
    "/rights/{ref}",
    response={200: RightOut, **refusing(404)},
    auth=may(Scope.RIGHTS_READ),
    operation_id="get_right",
    summary="Read one right",
)
def get_right(request: Asking, ref: Ref) -> RightOut:
    """Give one right."""
    found = access.right_for(request.actor, ref)
    looked(request, "get_right", 1)
    return _right(found)


@router.post(
    "/rights/{ref}/withdrawal",
    response={200: RightOut, **refusing(404, 409)},
    auth=may(Scope.RIGHTS_WRITE),
    operation_id="withdraw_right",
    summary="Take a right out of the register",
)
@once
def withdraw_right(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, RightOut]:
    """Take a right of yours out of the register for good. It is no longer screened for."""
    return HTTPStatus.OK, _right(actions.withdraw(ref=ref, actor=request.actor, at=clock.now()))


def _right(row: Any) -> RightOut:
    texts = ("ref", "right_id", "kind", "text", "aliases", "owner", "office", "number", "nice_classes", "territories")
    rest = ("registered_on", "expires_on", "currency", "authorised_sellers", "status", "status_reason")
    return RightOut(
        **{name: getattr(row, name) for name in (*texts, *rest, "submitted_at", "verified_at")},
        brand=row.brand.name if row.brand else "",
        reference_price=None if row.reference_price is None else f"{row.reference_price.normalize():f}",
    )
