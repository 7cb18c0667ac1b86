"""``/traders``: who the traders behind shops are. A seller gives its own, an operator verifies them."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from ninja import Path, Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.files import Base64, bytes_of
from touchmark.api.forms import EMAIL, INK, Body
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import refusing
from touchmark.apps.blobs import evidence
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.traders import access, actions
from touchmark.apps.traders.actions import Given
from touchmark.engine.lifecycle.trader import TraderStatus

router = Router(tags=["traders"])

Ref = Annotated[str, Path(max_length=40, description="The number of the trader's organisation, or `own`.")]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=INK)]
Maybe = Annotated[str, Field(max_length=200)]


class TraderOut(Schema):
    """
    A trader's details, and by when what is due. Of the payment account, the last four characters.

    ``law`` asks for them; ``due_at`` is when the seller, or, of those ``given``, an operator must have acted.
    """

    ref: str
    organisation: str
    law: str
    status: str
    due_at: datetime | None
    name: str
    address: str
    phone: str
    email: str
    payment_account: str
    trade_register: str
    register_number: str
    tax_number: str
    has_document: bool
    self_certified: bool
    given_at: datetime | None
    verified_at: datetime | None
    returned_why: str


class TradersOut(Schema):
    """A page of traders, newest first."""

    items: list[TraderOut]
    next: str | None


class TraderIn(Body):
    """What a trader says of itself; ``document`` is one page, a photo, scan or PDF in Base64."""

    name: Line
    address: Annotated[str, Field(min_length=1, max_length=1_000, pattern=INK)]
    phone: Annotated[str, Field(min_length=1, max_length=50, pattern=INK)]
    email: Annotated[str, Field(min_length=3, max_length=254, pattern=EMAIL)]
    payment_account: Annotated[str, Field(min_length=1, max_length=100, pattern=INK)]
    trade_register: Maybe = ""
    register_number: Annotated[str, Field(max_length=100)] = ""
    tax_number: Annotated[str, Field(max_length=100)] = ""
    document: Base64
    self_certified: Literal[True]


class TraderAnswerIn(Body):
    """They are right, or what is missing or wrong."""

    event: Literal["verify", "send_back"]
    why: Annotated[str, Field(max_length=2_000)] = ""


@router.get(
    "/traders",
    response={200: TradersOut, **refusing(404)},
    auth=may(Scope.TRADERS_READ),
    operation_id="list_traders",
    summary="Read trader details",
)
def list_traders(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[TraderStatus | None, Query(description="Only those that stand so.")] = None,
) -> TradersOut:
    """Give the details that you may see: a seller its own, an operator all."""
    rows = access.details_for(request.actor)
    rows = rows if status is None else rows.filter(status=status)
    items, following = page(request, "list_traders", rows, cursor, limit, _trader)
    return TradersOut(items=items, next=following)


@router.get(
    "/traders/{ref}",
    response={200: TraderOut, **refusing(404)},
    auth=may(Scope.TRADERS_READ),
    operation_id="get_trader",
    summary="Read one trader's details",
)
def get_trader(request: Asking, ref: Ref) -> TraderOut:
    """Give one trader's details; ``own`` are those of whoever the token speaks for."""
    found = access.details_of(request.actor, _key(request, ref))
    looked(request, "get_trader", 1)
    return _trader(found)


@router.post(
    "/traders",
    response={201: TraderOut, **refusing(409, 413)},
    auth=may(Scope.TRADERS_WRITE),
    operation_id="give_trader",
    summary="Give one's own details",
)
@once
def give_trader(request: Asking, trader: TraderIn, idempotency_key: Key = None) -> tuple[int, TraderOut]:
    """Give your details, or give them anew. An operator compares them."""
    at = clock.now()
    actions.require_may_give(request.actor)
    document = evidence.take_in_page(bytes_of(trader.document), at=at)
    said = {name: value for name, value in trader.dict().items() if name not in ("document", "trade_register")}
    given = Given(**said, register=trader.trade_register, id_document=document.sha256)
    return HTTPStatus.CREATED, _trader(actions.give(given=given, actor=request.actor, at=at))


@router.post(
    "/traders/{ref}/certification",
    response={200: TraderOut, **refusing(404, 409)},
    auth=may(Scope.TRADERS_WRITE),
    operation_id="certify_trader",
    summary="Certify one's details anew",
)
@once
def certify_trader(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, TraderOut]:
    """Say that your details are still right: that holds for another year."""
    access.details_of(request.actor, _key(request, ref))
    return HTTPStatus.OK, _trader(actions.certify(actor=request.actor, at=clock.now()))


@router.post(
    "/traders/{ref}/verification",
    response={200: TraderOut, **refusing(404, 409)},
    auth=may(Scope.TRADERS_WRITE),
    operation_id="verify_trader",
    summary="Verify a trader's details",
)
@once
def verify_trader(
    request: Asking, ref: Ref, answer: TraderAnswerIn, idempotency_key: Key = None
) -> tuple[int, TraderOut]:
    """Say that details are right, or send them back with what is missing or wrong."""
    about: dict[str, Any] = {"organisation_id": _key(request, ref), "actor": request.actor, "at": clock.now()}
    if answer.event == "verify":
        return HTTPStatus.OK, _trader(actions.verify(**about))
    return HTTPStatus.OK, _trader(actions.send_back(why=answer.why, **about))


def _key(request: Asking, ref: str) -> int:
    if ref == "own":
        return request.actor.organisation_id or 0
    return int(ref) if ref.isascii() and ref.isdecimal() and len(ref) < 16 else 0


def _trader(row: Any) -> TraderOut:
    same = ("status", "due_at", "name", "address", "phone", "email", "register_number", "tax_number")
    more = ("self_certified", "given_at", "verified_at", "returned_why")
    return TraderOut(
        **{name: getattr(row, name) for name in (*same, *more)},
        ref=str(row.organisation_id),
        organisation=str(row.organisation),
        law=row.duty.name,
        trade_register=row.register,
        payment_account=row.account_shown,
        has_document=row.id_document_id is not None,
    )
