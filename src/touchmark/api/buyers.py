"""``/buyers``: of which decisions buyers are to be informed, and what a marketplace says that it did."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.forms import Body
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import Ref
from touchmark.api.problems import refusing
from touchmark.apps.buyers import access, actions, queries
from touchmark.apps.buyers.actions import Counted
from touchmark.apps.buyers.wording import texts_of
from touchmark.apps.clients.scopes import Scope
from touchmark.engine.lifecycle.buyers import BuyersStatus

router = Router(tags=["buyers"])

#: More buyers of one listing than any marketplace has.
MOST = 1_000_000_000


class InformedOut(Schema):
    """What your marketplace said that it did: how many it told, how many it could not reach, when and how."""

    told: int
    unreachable: int
    told_at: datetime
    how: str
    said_at: datetime


class BuyersOut(Schema):
    """
    A decision because of which those who bought the goods since ``bought_since`` are informed (DSA, article 32).

    ``texts`` are what they are told, by language; ``due_by`` is by when, empty once it is done. ``informed`` is what
    your marketplace said last. Where not all are known, the same is published, since ``published_at``.
    """

    decision: str
    marketplace: str
    listing_id: str | None
    status: str
    bought_since: str
    texts: dict[str, str]
    asked_at: datetime
    due_by: datetime | None
    informed: InformedOut | None
    published_at: datetime | None


class ManyBuyersOut(Schema):
    """A page of such decisions, newest first."""

    items: list[BuyersOut]
    next: str | None


class InformedIn(Body):
    """
    How many buyers were told in all, and how many of those who bought since ``bought_since`` could not be: nobody's
    name. ``told_at`` is when the last of them was told, ``how`` in your words, such as "e-mail and app".
    """

    told: Annotated[int, Field(ge=0, le=MOST)]
    unreachable: Annotated[int, Field(ge=0, le=MOST)] = 0
    told_at: AwareDatetime
    how: Annotated[str, Field(min_length=1, max_length=200)]


@router.get(
    "/buyers",
    response={200: ManyBuyersOut, **refusing(404)},
    auth=may(Scope.DECISIONS_READ),
    operation_id="list_buyers",
    summary="Read whose buyers are to be informed",
)
def list_buyers(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[BuyersStatus | None, Query(description="Only those that stand so.")] = None,
) -> ManyBuyersOut:
    """Give the decisions of which buyers are to be informed, or were."""
    rows = access.duties_for(request.actor)
    rows = rows.filter(status=status) if status else rows
    items, following = page(request, "list_buyers", rows, cursor, limit, _told)
    return ManyBuyersOut(items=items, next=following)


@router.get(
    "/decisions/{ref}/buyers",
    response={200: BuyersOut, **refusing(404)},
    auth=may(Scope.DECISIONS_READ),
    operation_id="get_buyers",
    summary="Read what the buyers of one decision's goods are told",
)
def get_buyers(request: Asking, ref: Ref) -> BuyersOut:
    """Give what is to be said, since when they bought, and by when it is due."""
    found = access.duty_for(request.actor, ref)
    looked(request, "get_buyers", 1)
    return _told(found)


@router.post(
    "/decisions/{ref}/buyers",
    response={200: BuyersOut, **refusing(404, 409)},
    auth=may(Scope.DECISIONS_CONFIRM),
    operation_id="say_buyers_informed",
    summary="Say how many buyers were informed",
)
@once
def say_buyers_informed(
    request: Asking, ref: Ref, informed: InformedIn, idempotency_key: Key = None
) -> tuple[int, BuyersOut]:
    """
    Say how many buyers your marketplace has informed in all, and how many it could not reach.

    Said again with other numbers, the last ones count. Where somebody could not be reached, what buyers are told is
    published here at once.
    """
    counted = Counted(informed.told, informed.unreachable, informed.told_at, informed.how)
    return HTTPStatus.OK, _told(actions.count(ref=ref, counted=counted, actor=request.actor, at=clock.now()))


def _told(row: Any) -> BuyersOut:
    """Write one as programs read it."""
    said = queries.last_said(row)
    return BuyersOut(
        decision=row.decision.ref,
        marketplace=row.decision.marketplace.slug,
        listing_id=row.decision.listing.listing_id if row.decision.listing else None,
        status=row.status,
        bought_since=row.bought_since.isoformat(),
        texts=texts_of(row.content),
        asked_at=row.asked_at,
        due_by=queries.due_by(row),
        informed=InformedOut.from_orm(said) if said else None,
        published_at=row.published_at,
    )
