"""``/orders``: what authorities order, handed in by the legal program of the marketplace that they wrote to."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from ninja import Path, Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.files import Base64, bytes_of
from touchmark.api.forms import EMAIL, INK, Body, Moment, Said
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import refusing
from touchmark.apps.blobs import evidence
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.orders import access, actions, queries
from touchmark.apps.orders import said as entered
from touchmark.apps.orders.kinds import MOST, TEXTS, Asked
from touchmark.engine.lifecycle.order import OrderStatus

router = Router(tags=["orders"])

Ref = Annotated[str, Path(max_length=40, description="The reference.")]
Text = Annotated[str, Field(max_length=20_000)]
Code = Annotated[str, Field(pattern="^[A-Za-z]{2}$")]
Line = Annotated[str, Field(min_length=1, max_length=2_000, pattern=INK)]
Field_ = Literal[
    "shop",
    "opened_on",
    "country",
    "name",
    "address",
    "phone",
    "email",
    "payment_account",
    "register",
    "register_number",
    "tax_number",
]


class WhatIn(Body):
    """
    What the letter says; what it does not say is left out, and named as ``missing`` in the answer.

    ``locations`` are addresses or numbers of listings, or of sellers where information is asked for. Until
    ``untold_until`` the seller is told nothing. ``product`` is what an order to act says of the goods: ``illegal``,
    then whoever bought them is informed; ``dangerous``, then the duties of product safety begin as well.
    """

    legal_basis: Text = ""
    reasons: Text = ""
    redress: Text = ""
    inform: Text = ""
    language: Text = ""
    locations: Annotated[list[Line], Field(max_length=MOST)] = []
    territories: Annotated[list[Code], Field(max_length=300)] = []
    asked: Annotated[list[Field_], Field(max_length=len(Asked))] = []
    product: Literal["", "illegal", "dangerous"] = ""
    contact: Annotated[str, Field(max_length=254, pattern=f"^$|{EMAIL}")] = ""
    untold_until: Moment | None = None
    letter: Base64 | None = None


class OrderIn(WhatIn):
    """An order: to ``act`` against listings, or to ``give`` information about sellers."""

    kind: Literal["act", "give"]
    authority: Annotated[str, Field(min_length=1, max_length=200, pattern=INK)]
    country: Code
    reference: Annotated[str, Field(min_length=1, max_length=200, pattern=INK)]
    received_at: Moment


class OrderItemOut(Schema):
    """What an order names, and what became of it."""

    said: str
    listing_id: str | None
    seller_id: str | None
    outcome: str
    decision: str | None


class OrderOut(Schema):
    """
    An order; ``verified``: enough people found it to be real.

    ``missing`` are the elements of the law that it lacks; that and ``items`` are given of one order alone.
    """

    ref: str
    kind: str
    marketplace: str
    authority: str
    country: str
    reference: str
    status: str
    verified: bool
    received_at: datetime
    carried_out_at: datetime | None
    answered_at: datetime | None
    untold_until: datetime | None
    territories: list[str]
    product: str
    asked: list[str]
    asked_for_more: str
    answer: str
    ended_why: str
    missing: list[str] | None = None
    items: list[OrderItemOut] | None = None


class OrdersOut(Schema):
    """A page of orders, newest first."""

    items: list[OrderOut]
    next: str | None


class WithdrawalIn(Body):
    """Who took the order back, and how you know."""

    why: Said


@router.post(
    "/orders",
    response={200: OrderOut, 201: OrderOut, **refusing(404, 409)},
    auth=may(Scope.ORDERS_WRITE),
    operation_id="hand_in_order",
    summary="Hand in an authority's order",
)
@once
def hand_in_order(request: Asking, order: OrderIn, idempotency_key: Key = None) -> tuple[int, OrderOut]:
    """
    Hand in an order that an authority sent to your marketplace. Nothing is done before a reviewer has verified it.

    One that stands already under the same authority and reference is given as it stands (200).
    """
    actions.require_may_receive(request.actor.marketplace, request.actor)  # before a file is kept
    taken = actions.receive(
        marketplace=request.actor.marketplace,
        said=_said(order, order),
        letter=_letter(order),
        actor=request.actor,
        at=clock.now(),
    )
    return HTTPStatus.OK if taken.before else HTTPStatus.CREATED, _whole(taken.order)


@router.get(
    "/orders",
    response={200: OrdersOut, **refusing(404)},
    auth=may(Scope.ORDERS_READ),
    operation_id="list_orders",
    summary="Read the orders of authorities",
)
def list_orders(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[OrderStatus | None, Query(description="Only those that stand so.")] = None,
) -> OrdersOut:
    """Give the orders that were sent to your marketplace."""
    rows = access.orders_for(request.actor)
    rows = rows.filter(status=status) if status else rows
    items, following = page(request, "list_orders", rows, cursor, limit, _order)
    return OrdersOut(items=items, next=following)


@router.get(
    "/orders/{ref}",
    response={200: OrderOut, **refusing(404)},
    auth=may(Scope.ORDERS_READ),
    operation_id="get_order",
    summary="Read one order",
)
def get_order(request: Asking, ref: Ref) -> OrderOut:
    """Give one order, what it lacks, and what became of each thing that it names."""
    found = access.order_for(request.actor, ref)
    looked(request, "get_order", 1)
    return _whole(found)


@router.post(
    "/orders/{ref}/completion",
    response={200: OrderOut, **refusing(404, 409)},
    auth=may(Scope.ORDERS_WRITE),
    operation_id="complete_order",
    summary="Complete an order",
)
@once
def complete_order(request: Asking, ref: Ref, what: WhatIn, idempotency_key: Key = None) -> tuple[int, OrderOut]:
    """Send what the authority sent besides; all that the order says, anew. It is verified anew, too."""
    found = access.order_for(request.actor, ref)
    said, letter = _said(what, found), _letter(what)
    done = actions.complete(ref=ref, said=said, letter=letter, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, _whole(done)


@router.post(
    "/orders/{ref}/withdrawal",
    response={200: OrderOut, **refusing(404, 409)},
    auth=may(Scope.ORDERS_WRITE),
    operation_id="withdraw_order",
    summary="Say that the authority took an order back",
)
@once
def withdraw_order(
    request: Asking, ref: Ref, withdrawal: WithdrawalIn, idempotency_key: Key = None
) -> tuple[int, OrderOut]:
    """Say so before it is carried out; afterwards a reviewer lifts it."""
    done = actions.withdraw(ref=ref, why=withdrawal.why, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, _whole(done)


def _said(what: WhatIn, who: Any) -> entered.Said:
    return entered.Said(
        **{name: getattr(who, name) for name in ("kind", "authority", "country", "reference", "received_at")},
        contact=what.contact,
        elements={name: getattr(what, name) for name in TEXTS},
        locations=tuple(what.locations),
        territories=tuple(what.territories),
        asked=tuple(what.asked),
        untold_until=what.untold_until,
        product=what.product,
    )


def _letter(what: WhatIn) -> evidence.Taken | None:
    return evidence.take_in(bytes_of(what.letter), at=clock.now()) if what.letter else None


def _order(row: Any) -> OrderOut:
    names = (
        "ref",
        "kind",
        "authority",
        "country",
        "reference",
        "status",
        "verified",
        "received_at",
        "territories",
        "product",
    )
    more = ("carried_out_at", "answered_at", "untold_until", "asked", "asked_for_more", "answer", "ended_why")
    return OrderOut(**{name: getattr(row, name) for name in (*names, *more)}, marketplace=row.marketplace.slug)


def _whole(row: Any) -> OrderOut:
    items = [
        OrderItemOut(
            said=item.said,
            listing_id=item.listing.listing_id if item.listing else None,
            seller_id=item.seller.seller_id if item.seller else None,
            outcome=item.outcome,
            decision=item.decision.ref if item.decision else None,
        )
        for item in queries.items_of(row)
    ]
    missing = [element.name for element in queries.missing_from(row)]
    return _order(row).model_copy(update={"items": items, "missing": missing})
