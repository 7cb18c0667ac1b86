"""``/mandates``: who may file notices in whose name, under which rights, from when until when."""

from datetime import date, datetime
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
from touchmark.apps.mandates import access, actions, codes, queries
from touchmark.apps.mandates.actions import Given
from touchmark.apps.registry import access as registry
from touchmark.engine.lifecycle.mandate import MandateStatus

router = Router(tags=["mandates"])


class MandateIn(Body):
    """
    A mandate that you give. ``agent`` is the number of the association, which it sees under `number` of its own list;
    ``whole`` is for all of your rights, else ``brands`` by their names and ``rights`` by their references.
    """

    agent: Annotated[str, Field(min_length=1, max_length=60)]
    from_on: date
    until_on: date | None = None
    whole: bool = False
    brands: Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=500)] = []
    rights: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=500)] = []


class EndIn(Body):
    """Why a mandate ends; the other side reads it."""

    why: Annotated[str, Field(max_length=2_000)] = ""


class MandateOut(Schema):
    """A mandate, to either side; ``counts`` says whether notices can be filed under it today."""

    ref: str
    principal: str
    agent: str
    whole: bool
    brands: list[str]
    from_on: date
    until_on: date | None
    status: str
    counts: bool
    why: str
    given_at: datetime
    ended_at: datetime | None


class MandatesOut(Schema):
    """A page of mandates, newest first; ``number`` is that of your own organisation, for who gives you one."""

    number: str
    items: list[MandateOut]
    next: str | None


class CoveredOut(Schema):
    """A right under which an agent files: `right` of a notice is its ``ref``."""

    ref: str
    kind: str
    text: str
    office: str
    number: str
    status: str


class CoveredListOut(Schema):
    """A page of the rights that a mandate covers, newest first."""

    items: list[CoveredOut]
    next: str | None


@router.get(
    "/mandates",
    response={200: MandatesOut, **refusing(404)},
    auth=may(Scope.MANDATES_READ),
    operation_id="list_mandates",
    summary="Read mandates",
)
def list_mandates(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[MandateStatus | None, Query(description="Only those that stand so.")] = None,
) -> MandatesOut:
    """Give the mandates that you gave and those that you were given."""
    rows = access.mandates_for(request.actor).prefetch_related("brands")
    rows = rows if status is None else rows.filter(status=status)
    items, following = page(request, "list_mandates", rows, cursor, limit, _mandate)
    own = request.actor.organisation_id
    return MandatesOut(number=codes.code_of(own) if own else "", items=items, next=following)


@router.get(
    "/mandates/{ref}",
    response={200: MandateOut, **refusing(404)},
    auth=may(Scope.MANDATES_READ),
    operation_id="get_mandate",
    summary="Read one mandate",
)
def get_mandate(request: Asking, ref: Ref) -> MandateOut:
    """Give one mandate."""
    found = access.mandate_for(request.actor, ref)
    looked(request, "get_mandate", 1)
    return _mandate(found)


@router.get(
    "/mandates/{ref}/rights",
    response={200: CoveredListOut, **refusing(404)},
    auth=may(Scope.MANDATES_READ),
    operation_id="list_rights_of_mandate",
    summary="Read the rights that a mandate covers",
)
def list_rights_of_mandate(request: Asking, ref: Ref, cursor: Cursor = None, limit: Limit = 50) -> CoveredListOut:
    """Give the rights under which the agent may file, as they stand today."""
    found = access.mandate_for(request.actor, ref)
    rows = queries.rights_under(access.mandates_for(request.actor).filter(pk=found.pk))
    items, following = page(request, "list_rights_of_mandate", rows, cursor, limit, _covered)
    return CoveredListOut(items=items, next=following)


@router.post(
    "/mandates",
    response={201: MandateOut, **refusing(404, 409)},
    auth=may(Scope.MANDATES_WRITE),
    operation_id="give_mandate",
    summary="Let an association file in your name",
)
@once
def give_mandate(request: Asking, mandate: MandateIn, idempotency_key: Key = None) -> tuple[int, MandateOut]:
    """Let another organisation file notices in your name; you see each of them, and either of you ends it."""
    said = mandate.dict()
    known = registry.brands_for(request.actor).filter(name__in=said["brands"])
    brands = {one.name: one.pk for one in known}
    given = Given(**said | {"brands": [brands.get(name, 0) for name in said["brands"]]})
    return HTTPStatus.CREATED, _mandate(actions.give(said=given, actor=request.actor, at=clock.now()))


@router.post(
    "/mandates/{ref}/end",
    response={200: MandateOut, **refusing(404, 409)},
    auth=may(Scope.MANDATES_WRITE),
    operation_id="end_mandate",
    summary="Revoke a mandate, or lay it down",
)
@once
def end_mandate(request: Asking, ref: Ref, end: EndIn, idempotency_key: Key = None) -> tuple[int, MandateOut]:
    """End a mandate of yours, given or received. What was filed under it goes on."""
    return HTTPStatus.OK, _mandate(actions.end(ref=ref, why=end.why, actor=request.actor, at=clock.now()))


def _mandate(row: Any) -> MandateOut:
    same = ("ref", "whole", "from_on", "until_on", "status", "why", "given_at", "ended_at")
    today = clock.now().date()
    in_time = row.from_on <= today and (row.until_on is None or today <= row.until_on)
    return MandateOut(
        **{name: getattr(row, name) for name in same},
        principal=row.principal.name,
        agent=row.agent.name,
        brands=[one.name for one in row.brands.all()],
        counts=row.status == MandateStatus.GIVEN and in_time,
    )


def _covered(row: Any) -> CoveredOut:
    return CoveredOut(**{name: getattr(row, name) for name in CoveredOut.model_fields})
