"""``/trusted-flagger``: what a trusted flagger files in its field, and how its status stands."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Self

from ninja import Router, Schema
from pydantic import Field, model_validator

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.forms import INK, Body
from touchmark.api.notice_in import LISTINGS_NAMED, NoticeBody
from touchmark.api.notice_out import NoticeOut, NoticesOut, as_filed, listed, whole
from touchmark.api.notices import Standing, narrowed
from touchmark.api.once import Key, form_key, once
from touchmark.api.pages import Cursor, Limit
from touchmark.api.parameters import ID, Ref, Since, Slug
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.flaggers import access, queries
from touchmark.apps.notices import access as notices
from touchmark.apps.notices.standing import TRUSTED
from touchmark.apps.registry.content import RightContent
from touchmark.engine.terms import RightKind
from touchmark.flows.report_as_flagger import Flag, flag
from touchmark.flows.report_flagger import numbers_of

router = Router(tags=["trusted flaggers"])

Words = Annotated[str, Field(max_length=500)]


class StatedRightIn(Body):
    """Somebody's right, as you state it: it need not be in the register, and is judged with the notice."""

    kind: RightKind
    text: Annotated[str, Field(min_length=1, max_length=500, pattern=INK)]
    owner: Annotated[str, Field(min_length=1, max_length=500, pattern=INK)]
    office: Words = ""
    number: Words = ""
    territories: Annotated[tuple[Annotated[str, Field(pattern="^[A-Z]{2}$")], ...], Field(max_length=300)] = ()


#: What the document says of the one right; ``_one_right`` is what checks it.
_NAMED: dict[str, Any] = {
    "required": ["right"],
    "properties": {"right": {"minLength": 1}, "stated_right": {"type": "null"}},
}
_STATED: dict[str, Any] = {
    "required": ["stated_right"],
    "properties": {"right": {"maxLength": 0}, "stated_right": {"type": "object"}},
}


class FlagIn(NoticeBody):
    """
    A notice of a trusted flagger. ``right`` is the reference of a right that you hold, or for which you have a mandate;
    else ``stated_right`` says whose right it is.
    """

    model_config = {"json_schema_extra": {"allOf": [LISTINGS_NAMED, {"anyOf": [_NAMED, _STATED]}]}}

    right: Annotated[str, Field(max_length=40)] = ""
    stated_right: StatedRightIn | None = None

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        if bool(self.right) == (self.stated_right is not None):
            raise ValueError("name the right by its reference, or state it")
        return self


class FlaggerOut(Schema):
    """
    Your status, as a coordinator awarded it; blank ``expertise``: all of intellectual property. ``counts`` says whether
    a notice sent today goes first; ``numbers`` are those that a poor record is reported with.
    """

    ref: str
    status: str
    counts: bool
    coordinator: str
    country: str
    decision: str
    expertise: list[str]
    awarded_on: date
    ends_on: date | None
    why: str
    numbers: dict[str, Any]


@router.get(
    "/trusted-flagger",
    response={200: FlaggerOut, **refusing(404)},
    auth=may(Scope.FLAGS_READ),
    operation_id="get_flagger",
    summary="Read your status as a trusted flagger",
)
def get_flagger(request: Asking) -> FlaggerOut:
    """Give your organisation's status, and what came of its notices."""
    found, at = access.own(request.actor), clock.now()
    same = [name for name in FlaggerOut.model_fields if name not in ("counts", "numbers")]
    return FlaggerOut(
        **{name: getattr(found, name) for name in same},
        counts=queries.counts_on(found, at.date()),
        numbers=numbers_of(found, at=at),
    )


@router.post(
    "/trusted-flagger/notices",
    response={201: NoticeOut, **refusing(404, 409)},
    auth=may(Scope.FLAGS_WRITE),
    operation_id="flag_listings",
    summary="Report listings as a trusted flagger",
)
@once
def flag_listings(request: Asking, flagged: FlagIn, idempotency_key: Key = None) -> tuple[int, NoticeOut]:
    """
    Report up to 300 listings in your field, under anybody's right; the others are given back with the reason. It goes
    first, and is judged like any other.
    """
    stated = RightContent(**dict(flagged.stated_right)) if flagged.stated_right else None
    form = flagged.form(request, form_key(request, idempotency_key))
    said = Flag(flagged.named, form, right=flagged.right, stated=stated)
    filed = flag(said, actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, as_filed(request, filed)


@router.get(
    "/trusted-flagger/notices",
    response={200: NoticesOut, **refusing(404)},
    auth=may(Scope.FLAGS_READ),
    operation_id="list_flags",
    summary="Read what you filed as a trusted flagger",
)
def list_flags(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    marketplace: Slug = None,
    listing_id: ID = None,
    status: Standing = None,
    filed_since: Since = None,
) -> NoticesOut:
    """Give the notices that your organisation filed while its status counted."""
    rows = narrowed(request, marketplace, listing_id, status, filed_since).filter(lane=TRUSTED)
    return listed(request, "list_flags", rows, cursor, limit)


@router.get(
    "/trusted-flagger/notices/{ref}",
    response={200: NoticeOut, **refusing(404)},
    auth=may(Scope.FLAGS_READ),
    operation_id="get_flag",
    summary="Read one notice that you filed as a trusted flagger",
)
def get_flag(request: Asking, ref: Ref) -> NoticeOut:
    """Give one of them, with each of its listings."""
    found = notices.notice_for(request.actor, ref)
    looked(request, "get_flag", 1)
    return whole(request, found)
