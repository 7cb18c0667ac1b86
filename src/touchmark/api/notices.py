"""``/notices``: what holders report, and what came of it."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field, model_validator

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.decisions import Ref
from touchmark.api.evidence import FileIn, named
from touchmark.api.forms import Body, Said
from touchmark.api.listings import ID, Since, Slug
from touchmark.api.once import Key, form_key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import refusing
from touchmark.apps.catalog.naming import Named
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.notices import access, actions, queries
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.limits import FILES
from touchmark.apps.notices.queries import Summary
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.notices.record import stream_of, stream_of_notice
from touchmark.apps.registry import grounding
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.flows.report_listing import MOST, Report, report_all

if TYPE_CHECKING:
    from django.db.models import QuerySet

router = Router(tags=["notices"])

Standing = Annotated[ItemStatus | None, Query(description="Only those with a listing that stands so.")]


#: What the document says of the ways to name listings; the forms below are what checks it.
_BY_URL: dict[str, Any] = {"required": ["url"], "properties": {"url": {"type": "string"}}}
_BY_ID: dict[str, Any] = {"required": ["listing_id"], "properties": {"listing_id": {"type": "string"}}}
_BY_SHOP: dict[str, Any] = {"required": ["seller_id"], "properties": {"seller_id": {"type": "string"}}}
_SOME: dict[str, Any] = {"required": ["listings"], "properties": {"listings": {"type": "array", "minItems": 1}}}
#: What the document says of the listings: a list of them, or one.
LISTINGS_NAMED: dict[str, Any] = {"anyOf": [_SOME, _BY_ID]}


class ListingIn(Body):
    """
    What is objected to: by its web address, which may be that of a listing, of a shop front, or of a picture or a video
    that listings show; or by its number and, where several know that one, its marketplace. A shop front also by the
    ``seller_id`` of its shop and, where several know that one, its marketplace.
    """

    model_config = {"json_schema_extra": {"oneOf": [_BY_URL, _BY_ID, _BY_SHOP]}}

    url: Annotated[str | None, Field(min_length=1, max_length=2_000)] = None
    listing_id: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    marketplace: Annotated[str, Field(max_length=60)] = ""
    seller_id: Annotated[str | None, Field(min_length=1, max_length=200)] = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if sum(said is not None for said in (self.url, self.listing_id, self.seller_id)) != 1:
            raise ValueError("name the listing by its url, or by its listing_id; a shop front also by its seller_id")
        return self

    @property
    def named(self) -> Named:
        """What is meant, as it is looked up."""
        return Named(self.listing_id or "", self.marketplace, self.url or "", self.seller_id or "")


#: What laws ask for besides, by the names that ``lacking`` uses: texts, and True for a statement that is confirmed.
Particulars = Annotated[dict[str, Annotated[str, Field(max_length=10_000)] | bool], Field(max_length=40)]


class ShowsIn(FileIn):
    """A file that was sent before, by its digest, and which element it gives."""

    kind: Literal["evidence", "comparison", "claim_chart", "proof_of_right", "authority"]


Files = Annotated[list[ShowsIn], Field(max_length=FILES)]


class CompletionIn(Body):
    """What a notice lacked, by the names that ``lacking`` uses; and files that give an element."""

    particulars: Particulars = {}
    files: Files = []


class LackingOut(Schema):
    """Something that a notice still needs: how to give it, the words of a statement to confirm, which law asks."""

    name: str
    asks: str
    give: str
    says: str
    source: str


class DueOut(Schema):
    """What must happen by when, by which dated rule; empty ``due_at``: its clock stands still."""

    clock: str
    rule: str
    due_at: datetime | None


class NoticeBody(Body):
    """What every notice says, whatever the right."""

    model_config = {"json_schema_extra": LISTINGS_NAMED}

    listings: Annotated[list[ListingIn], Field(max_length=MOST)] = []
    marketplace: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    listing_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    reason: NoticeReason
    statement: Said
    good_faith: Literal[True]
    particulars: Particulars = {}
    shared: Annotated[list[Literal["name", "email", "phone", "address"]], Field(max_length=4)] = []
    files: Files = []

    @property
    def named(self) -> list[Named]:
        """The listings, as they are looked up."""
        rows = [row.named for row in self.listings]
        return rows if self.listing_id is None else [*rows, Named(self.listing_id, self.marketplace or "")]

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        if not self.listings and self.listing_id is None:
            raise ValueError("name at least one listing")
        return self

    def form(self, request: Asking, key: UUID) -> NoticeForm:
        """Give what the room takes; the files are those that this program has sent before."""
        files = named(request, self.files)
        return NoticeForm(self.reason, self.statement, self.good_faith, key, self.particulars, self.shared, files)


class NoticeIn(NoticeBody):
    """
    A report of listings under one right. ``right`` is its reference here (R-…); ``good_faith`` declares that what is
    said is accurate and complete; ``shared`` is what of your contact the sellers may see; ``files`` were sent to
    ``/evidence`` before. One listing can be named by ``marketplace`` and ``listing_id`` instead of a list.
    If the goods can injure somebody, ``particulars`` say how under ``danger``: product safety law has its own clocks.
    """

    right: Annotated[str, Field(min_length=1, max_length=40)]


class ItemOut(Schema):
    """
    One listing of a notice: under which law, where it stands, and what its holder was told of the outcome. ``target``
    is what is objected to; ``picture`` the address of the one picture or video of the listing, where it is that.
    """

    ref: str
    marketplace: str
    listing_id: str
    target: Literal["listing", "shop_front", "picture", "video"]
    picture: str
    regime: str
    status: str
    outcome_text: str
    settled_at: datetime | None
    due: list[DueOut]


class RefusedOut(Schema):
    """A listing that is not in the notice: its place in what was sent, from 1, why, and what stands already."""

    place: int
    given: str
    code: str
    detail: str
    joined: str


class PartyOut(Schema):
    """
    Who is behind a notice: the ``principal``, whose right it is, and the ``agent`` that files for it, by a mandate or
    as a trusted flagger.
    """

    role: Literal["principal", "agent"]
    name: str
    mandate: str


class NoticeOut(Schema):
    """
    A notice; ``counts`` says how many of its ``listings`` stand where.

    ``state`` is where the whole stands. ``marketplace``, ``listing_id``, ``outcome_text`` and ``settled_at`` are told
    of a notice on one listing, ``status`` where all stand alike. Where one notice is asked for or was filed, ``items``
    tells of each listing, ``lacking`` what an incomplete notice still needs, ``due`` by when.
    """

    ref: str
    right: str
    marketplace: str | None
    listing_id: str | None
    reason: str
    statement: str
    status: str | None
    outcome_text: str | None
    filed_at: datetime
    settled_at: datetime | None
    state: str
    listings: int
    counts: dict[str, int]
    parties: list[PartyOut]
    items: list[ItemOut] | None = None
    lacking: list[LackingOut] | None = None
    due: list[DueOut] | None = None
    refused: list[RefusedOut] | None = None


class NoticesOut(Schema):
    """A page of notices, newest first."""

    items: list[NoticeOut]
    next: str | None


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
    return HTTPStatus.OK, whole(request, actions.withdraw(ref=ref, actor=request.actor, at=clock.now()))


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


def listed(request: Asking, operation: str, rows: "QuerySet[Any]", cursor: str | None, limit: int) -> NoticesOut:
    """Give a page of notices, each as lists show it."""
    found, following = page(request, operation, rows, cursor, limit, lambda row: row)
    summaries = queries.summaries_of(found, access.items_for(request.actor))
    return NoticesOut(items=[shown(row, summaries[row.pk]) for row in found], next=following)


def as_filed(request: Asking, filed: Report) -> NoticeOut:
    """Give a notice that was just filed, with the listings that are not in it."""
    given = [
        RefusedOut(place=row.place, given=row.given, code=row.why, detail=row.text, joined=row.joined)
        for row in filed.refused
    ]
    return whole(request, filed.notice, refused=given)


def whole(request: Asking, row: Any, *, refused: list[RefusedOut] | None = None) -> NoticeOut:
    """Give one notice with each of its listings, what it lacks and what falls due."""
    seen, own = access.items_for(request.actor), stream_of_notice(row)
    items = list(seen.filter(notice=row).order_by("number"))
    running = deadlines.running_of_each([own, *map(stream_of, items)])
    lacking = queries.lacking_of(row, request.actor)
    more = {
        "items": [_item(item, running[stream_of(item)]) for item in items],
        "refused": refused,
        "lacking": [LackingOut(**{name: getattr(one, name) for name in LackingOut.model_fields}) for one in lacking],
        "due": _due(running[own]),
    }
    return shown(row, queries.summaries_of([row], seen)[row.pk]).model_copy(update=more)


def shown(row: Any, summary: Summary) -> NoticeOut:
    """Give a notice as lists show it."""
    first = summary.first if summary.listings == 1 else None
    return NoticeOut(
        **{name: getattr(row, name) for name in ("ref", "reason", "statement", "filed_at")},
        right=row.right.ref,
        marketplace=first.listing.marketplace.slug if first else None,
        listing_id=first.listing.listing_id if first else None,
        status=summary.status or None,
        outcome_text=first.outcome_text if first else None,
        settled_at=first.settled_at if first else None,
        state=row.status,
        listings=summary.listings,
        counts=dict(summary.counts),
        parties=_parties(row),
    )


def _parties(row: Any) -> list[PartyOut]:
    mandate = row.mandate.ref if row.mandate else ""
    if grounding.is_stated(row.right) and row.right.owner != row.holder.name:  # a trusted flagger's, of somebody else
        owner, flagger = row.right.owner, row.holder.name
        return [
            PartyOut(role="principal", name=owner, mandate=""),
            PartyOut(role="agent", name=flagger, mandate=""),
        ]
    found = [PartyOut(role="principal", name=row.holder.name, mandate=mandate)]
    return [*found, PartyOut(role="agent", name=row.agent.name, mandate=mandate)] if row.agent else found


def _due(deadlines_of: Iterable[Any]) -> list[DueOut]:
    return [DueOut(clock=one.clock, rule=one.rule, due_at=one.due_at) for one in deadlines_of]


def _item(row: Any, running: Iterable[Any]) -> ItemOut:
    return ItemOut(
        **{
            name: getattr(row, name)
            for name in ("ref", "target", "picture", "regime", "status", "outcome_text", "settled_at")
        },
        marketplace=row.listing.marketplace.slug,
        listing_id=row.listing.listing_id,
        due=_due(running),
    )
