"""``/notice-drafts``: notices as they are written, kept at each step, sent when whole."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from ninja import Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.evidence import named
from touchmark.api.forms import Body
from touchmark.api.notice_in import Files, ListingIn, Particulars
from touchmark.api.notice_out import (
    DueOut,
    LackingOut,
    NoticeOut,
    RefusedOut,
    as_filed,
    asked_for,
    falling_due,
    given_back,
)
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import Ref
from touchmark.api.problems import refusing
from touchmark.api.templates import number_of
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.mandates import access as mandates
from touchmark.apps.notices import access, drafts, evidence
from touchmark.apps.notices.limits import MOST
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.notices.record import stream_of_notice
from touchmark.flows import draft_notice

router = Router(tags=["notice drafts"])


class SaysIn(Body):
    """
    What a step says; what is left out stays as it is. ``listings`` and ``files`` are added to those that are there,
    ``particulars`` by their names; ``leave_out`` are the places of listings, from 1, that are taken out first.
    """

    leave_out: Annotated[list[Annotated[int, Field(ge=1, le=MOST)]], Field(max_length=MOST)] = []
    listings: Annotated[list[ListingIn], Field(max_length=MOST)] = []
    reason: NoticeReason | None = None
    statement: Annotated[str, Field(max_length=20_000)] | None = None
    particulars: Particulars = {}
    shared: Annotated[list[Literal["name", "email", "phone", "address"]], Field(max_length=4)] | None = None
    files: Files = []


class DraftIn(SaysIn):
    """A draft under one ``right``, by its reference here (R-…); with the words of a ``template`` of yours, if named."""

    right: Annotated[str, Field(min_length=1, max_length=40)]
    template: Annotated[str, Field(max_length=20, description="The number of a template of yours.")] = ""


class SendingIn(Body):
    """That what is said is accurate and complete; ``confirmed`` are the statements of laws, by their names."""

    good_faith: Literal[True]
    confirmed: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=40)] = []


class MeantOut(Schema):
    """A listing that would be in the notice: its place in the draft, from 1, and under which law."""

    place: int
    marketplace: str
    listing_id: str
    target: Literal["listing", "shop_front", "picture", "video"]
    picture: str
    regime: str


class FileOut(Schema):
    """A file of a draft, by its digest, and which element it gives."""

    kind: str
    sha256: str
    name: str


class DraftOut(Schema):
    """
    A draft; ``named`` is how many listings it names. Of one alone: ``listings`` that would be reported if it were sent
    now, those that would be ``refused``, what the laws ask for that is ``lacking``, and when it is deleted, ``due``.
    """

    ref: str
    right: str
    reason: str
    statement: str
    particulars: dict[str, str | bool]
    shared: list[str]
    named: int
    changed_at: datetime
    listings: list[MeantOut] | None = None
    refused: list[RefusedOut] | None = None
    lacking: list[LackingOut] | None = None
    files: list[FileOut] | None = None
    due: list[DueOut] | None = None


class DraftsOut(Schema):
    """A page of drafts, newest first."""

    items: list[DraftOut]
    next: str | None


class DiscardedOut(Schema):
    """The reference of a draft that is no more."""

    ref: str


@router.post(
    "/notice-drafts",
    response={201: DraftOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="begin_draft",
    summary="Begin a notice",
)
@once
def begin_draft(request: Asking, draft: DraftIn, idempotency_key: Key = None) -> tuple[int, DraftOut]:
    """Begin a notice that you send later; nobody sees it but your organisation."""
    under = mandates.right_to_report(request.actor, draft.right)
    words = access.template_for(request.actor, number_of(draft.template)) if draft.template else None
    begun = drafts.begin(right=under, template=words, actor=request.actor, at=clock.now())
    _say(request, begun.ref, draft)
    return HTTPStatus.CREATED, _whole(request, begun.ref)


@router.get(
    "/notice-drafts",
    response={200: DraftsOut, **refusing(404)},
    auth=may(Scope.NOTICES_READ),
    operation_id="list_drafts",
    summary="Read your drafts",
)
def list_drafts(request: Asking, cursor: Cursor = None, limit: Limit = 50) -> DraftsOut:
    """Give the notices that your organisation writes and has not sent."""
    items, following = page(request, "list_drafts", access.drafts_for(request.actor), cursor, limit, _draft)
    return DraftsOut(items=items, next=following)


@router.get(
    "/notice-drafts/{ref}",
    response={200: DraftOut, **refusing(404)},
    auth=may(Scope.NOTICES_READ),
    operation_id="get_draft",
    summary="Read one draft, and what it would come to",
)
def get_draft(request: Asking, ref: Ref) -> DraftOut:
    """Give one draft, and what it would come to if it were sent now."""
    given = _whole(request, ref)
    looked(request, "get_draft", 1)
    return given


@router.post(
    "/notice-drafts/{ref}/amendment",
    response={200: DraftOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="amend_draft",
    summary="Add to a draft, or change it",
)
@once
def amend_draft(request: Asking, ref: Ref, says: SaysIn, idempotency_key: Key = None) -> tuple[int, DraftOut]:
    """Keep what you say of a draft; its time begins anew."""
    access.draft_for(request.actor, ref)
    _say(request, ref, says)
    return HTTPStatus.OK, _whole(request, ref)


@router.post(
    "/notice-drafts/{ref}/sending",
    response={201: NoticeOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="send_draft",
    summary="Send a draft",
)
@once
def send_draft(request: Asking, ref: Ref, sending: SendingIn, idempotency_key: Key = None) -> tuple[int, NoticeOut]:
    """Send a draft; from then on it is the notice of the same reference, and the others of its listings are refused."""
    report = draft_notice.send(
        ref=ref,
        declared=dict.fromkeys(sending.confirmed, True),
        good_faith=sending.good_faith,
        actor=request.actor,
        at=clock.now(),
    )
    return HTTPStatus.CREATED, as_filed(request, report)


@router.post(
    "/notice-drafts/{ref}/discarding",
    response={200: DiscardedOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="discard_draft",
    summary="Delete a draft",
)
@once
def discard_draft(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, DiscardedOut]:
    """Delete a draft: its words and files go."""
    drafts.discard(ref=ref, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, DiscardedOut(ref=ref)


def _say(request: Asking, ref: str, says: SaysIn) -> None:
    """Keep all that a body says of a draft; the request is one transaction."""
    about: dict[str, Any] = {"ref": ref, "actor": request.actor, "at": clock.now()}
    if says.leave_out:
        drafts.leave_out(places=set(says.leave_out), **about)
    if says.listings:
        drafts.name(listings=[one.named for one in says.listings], **about)
    if says.files:
        drafts.with_files(files=named(request, says.files), **about)
    drafts.say(
        reason=says.reason,
        statement=says.statement,
        particulars=says.particulars or None,
        shared=says.shared,
        **about,
    )


def _draft(row: Any) -> DraftOut:
    same = ("ref", "reason", "statement", "particulars", "shared")
    return DraftOut(
        **{name: getattr(row, name) for name in same},
        right=row.right.ref,
        named=len(row.draft.listed),
        changed_at=row.draft.changed_at,
    )


def _whole(request: Asking, ref: str) -> DraftOut:
    row = access.draft_for(request.actor, ref)
    stands = draft_notice.shown(row, actor=request.actor, on=clock.now().date())
    subject = stream_of_notice(row)
    more = {
        "listings": [_meant(one) for one in stands.meant],
        "refused": given_back(stands.refused),
        "lacking": asked_for(stands.lacking),
        "files": [FileOut(kind=one.kind, sha256=one.blob_id, name=one.name) for one in evidence.of(row)],
        "due": falling_due(deadlines.running_of_each([subject])[subject]),
    }
    return _draft(row).model_copy(update=more)


def _meant(one: Any) -> MeantOut:
    return MeantOut(
        place=one.place,
        marketplace=one.listing.marketplace.slug,
        listing_id=one.listing.listing_id,
        target=one.target,
        picture=one.picture,
        regime=one.law.regime,
    )
