"""``/suspicions``: of a crime against somebody's life or safety; raised, told to the police, dropped (DSA, art. 18)."""

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
from touchmark.apps.safety import access
from touchmark.apps.safety import suspicions as actions
from touchmark.apps.safety.kinds import Basis
from touchmark.apps.safety.told import ToldPolice
from touchmark.engine.lifecycle.safety import SuspicionStatus

router = Router(tags=["suspicions"])

Words = Annotated[str, Field(min_length=1, max_length=10_000, pattern=INK)]


class SuspicionIn(Body):
    """A suspicion about a listing; ``reasons``: what was seen, where, and who may be in danger."""

    marketplace: Annotated[str, Field(min_length=1, max_length=60)]
    listing_id: Annotated[str, Field(min_length=1, max_length=200)]
    reasons: Words


class PoliceIn(Body):
    """What the police was told: of which ``country`` (two letters of a member state, or EUROPOL), and why they."""

    country: Annotated[str, Field(pattern="^([A-Z]{2}|EUROPOL)$")]
    authority: Annotated[str, Field(min_length=1, max_length=300, pattern=INK)]
    basis: Basis
    given: Words
    told_at: Moment
    reference: Annotated[str, Field(max_length=200)] = ""


class DroppingIn(Body):
    """Whether a suspicion is dropped, or raised again, and why; it stays on record."""

    event: Literal["drop", "raise_again"]
    why: Said


class PoliceOut(Schema):
    """What an authority was told, why it, and what it was given."""

    country: str
    authority: str
    basis: Basis
    given: str
    told_at: datetime
    reference: str


class ConcernedOut(Schema):
    """A country whose police is proposed to be told, or EUROPOL, and why."""

    country: str
    basis: Basis


class SuspicionOut(Schema):
    """A suspicion; ``told`` and, of one that is still to be told, who is ``concerned`` are given of one alone."""

    ref: str
    marketplace: str
    listing_id: str
    decision: str | None
    reasons: str
    status: SuspicionStatus
    raised_at: datetime
    due_at: datetime | None
    why: str
    told: list[PoliceOut] | None = None
    concerned: list[ConcernedOut] | None = None


class SuspicionsOut(Schema):
    """A page of suspicions, newest first."""

    items: list[SuspicionOut]
    next: str | None


@router.post(
    "/suspicions",
    response={201: SuspicionOut, **refusing(404, 409)},
    auth=may(Scope.SUSPICIONS_WRITE),
    operation_id="raise_suspicion",
    summary="Raise a suspicion",
)
@once
def raise_suspicion(request: Asking, suspicion: SuspicionIn, idempotency_key: Key = None) -> tuple[int, SuspicionOut]:
    """Say that a crime against somebody's life or safety may happen; those who tell the police are called at once."""
    raised = actions.suspect(**suspicion.dict(), actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, _whole(raised)


@router.get(
    "/suspicions",
    response={200: SuspicionsOut, **refusing(404)},
    auth=may(Scope.SUSPICIONS_READ),
    operation_id="list_suspicions",
    summary="Read suspicions",
)
def list_suspicions(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[SuspicionStatus | None, Query(description="Only those that stand so.")] = None,
) -> SuspicionsOut:
    """Give the suspicions that you may see: all to those who tell the police, else those that you raised."""
    rows = access.suspicions_for(request.actor)
    rows = rows.filter(status=status) if status else rows
    items, following = page(request, "list_suspicions", rows, cursor, limit, _suspicion)
    return SuspicionsOut(items=items, next=following)


@router.get(
    "/suspicions/{ref}",
    response={200: SuspicionOut, **refusing(404)},
    auth=may(Scope.SUSPICIONS_READ),
    operation_id="get_suspicion",
    summary="Read one suspicion",
)
def get_suspicion(request: Asking, ref: Ref) -> SuspicionOut:
    """Give one suspicion, what was told of it, and whose police it concerns."""
    found = access.suspicion_for(request.actor, ref)
    looked(request, "get_suspicion", 1)
    return _whole(found)


@router.post(
    "/suspicions/{ref}/police-report",
    response={200: SuspicionOut, **refusing(404, 409)},
    auth=may(Scope.SUSPICIONS_WRITE),
    operation_id="report_suspicion",
    summary="Record what the police was told",
)
@once
def report_suspicion(
    request: Asking, ref: Ref, told: PoliceIn, idempotency_key: Key = None
) -> tuple[int, SuspicionOut]:
    """Record what the police was told, or what they were told besides."""
    done = actions.report(ref=ref, told=ToldPolice(**told.dict()), actor=request.actor, at=clock.now())
    return HTTPStatus.OK, _whole(done)


@router.post(
    "/suspicions/{ref}/dropping",
    response={200: SuspicionOut, **refusing(404, 409)},
    auth=may(Scope.SUSPICIONS_WRITE),
    operation_id="drop_suspicion",
    summary="Drop a suspicion, or raise it again",
)
@once
def drop_suspicion(
    request: Asking, ref: Ref, dropping: DroppingIn, idempotency_key: Key = None
) -> tuple[int, SuspicionOut]:
    """Drop a suspicion of which nobody was told, or raise one again that was dropped."""
    return HTTPStatus.OK, _whole(actions.drop(ref=ref, **dropping.dict(), actor=request.actor, at=clock.now()))


def _suspicion(row: Any) -> SuspicionOut:
    same = ("ref", "reasons", "status", "raised_at", "due_at", "why")
    return SuspicionOut(
        **{name: getattr(row, name) for name in same},
        marketplace=row.listing.marketplace.slug,
        listing_id=row.listing.listing_id,
        decision=row.decision.ref if row.decision else None,
    )


def _whole(row: Any) -> SuspicionOut:
    same = ("country", "authority", "basis", "given", "told_at", "reference")
    told = [PoliceOut(**{name: getattr(one, name) for name in same}) for one in row.reports.all()]
    waits = row.status == SuspicionStatus.RAISED
    proposed = actions.concerned(row, clock.now()) if waits else []
    concerned = [ConcernedOut(country=country, basis=basis) for country, basis in proposed]
    return _suspicion(row).model_copy(update={"told": told, "concerned": concerned})
