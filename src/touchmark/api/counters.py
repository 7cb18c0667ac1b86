"""``/counter-notices``: what sellers answer to notices, what holders say to that; taking an upheld notice back."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal, Self

from ninja import Query, Router, Schema
from pydantic import Field, model_validator

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.decisions import Ref
from touchmark.api.evidence import Digest, FileIn, named
from touchmark.api.files import PATTERN, bytes_of
from touchmark.api.forms import Body, Said
from touchmark.api.listings import Since
from touchmark.api.notice_in import Particulars
from touchmark.api.notice_out import DueOut, LackingOut
from touchmark.api.once import Key, form_key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import Refused, refusing
from touchmark.apps.blobs import evidence
from touchmark.apps.blobs.evidence import Taken, UnusableFile
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.counters import access
from touchmark.apps.counters import kinds as of_counters
from touchmark.apps.counters.actions import CounterForm, GivenFile
from touchmark.apps.counters.content import forwarded_of, missing_from
from touchmark.apps.counters.kinds import FileKind, SuitKind
from touchmark.apps.counters.record import stream_of
from touchmark.apps.counters.suits import RulingForm, SuitForm
from touchmark.apps.deadlines import queries as deadlines
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.policy.reasons import grounds
from touchmark.engine.terms import Role
from touchmark.flows import answer_notice, keep_after_suit, retract_notice

router = Router(tags=["counter-notices"])
MOST_FILES = 10


_SENT: dict[str, Any] = {"required": ["sha256"], "properties": {"sha256": {"type": "string"}}}
_HERE: dict[str, Any] = {"required": ["base64"], "properties": {"base64": {"type": "string"}}}


class EvidenceIn(Body):
    """
    A photo, a scan or a PDF: what it shows, and the file: by the digest of one that was sent to ``/evidence``, or its
    bytes in Base64.
    """

    model_config = {"json_schema_extra": {"oneOf": [_SENT, _HERE]}}

    kind: FileKind
    sha256: Digest | None = None
    base64: Annotated[str, Field(max_length=45_000_000, json_schema_extra={"pattern": PATTERN})] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.sha256 is None) == (self.base64 is None):
            raise ValueError("give the file by its sha256, or its bytes in base64")
        return self


Files = Annotated[list[EvidenceIn], Field(max_length=MOST_FILES)]


class CounterIn(Body):
    """
    An answer to a notice. What the law asks for besides goes into ``particulars``, by the names that ``lacking`` uses.
    """

    ground: Annotated[str, Field(max_length=30)] = ""
    explanation: Annotated[str, Field(max_length=10_000)] = ""
    particulars: Particulars = {}
    files: Files = []


class ReplyIn(Body):
    """
    What a holder says: ``accept`` puts the listing back; ``object`` (``files`` may show why) lets a reviewer decide, or
    under a statute is noted; ``claim_delay`` (with ``files``) lets the time for a suit stand still, until
    ``end_delay``.
    """

    said: Literal["accept", "object", "claim_delay", "end_delay"]
    text: Annotated[str, Field(max_length=10_000)] = ""
    files: Files = []


class SuitIn(Body):
    """A suit, or where the law counts it a complaint to an authority, with a file that shows it."""

    kind: SuitKind
    body: Annotated[str, Field(max_length=300)]
    number: Annotated[str, Field(max_length=120)]
    filed_on: date
    files: Files = []


class RulingIn(Body):
    """What a court has ruled since the listing was put back, with a file that shows it."""

    body: Annotated[str, Field(max_length=300)]
    number: Annotated[str, Field(max_length=120)]
    ruled_on: date
    files: Files = []


class RetractionIn(Body):
    """Why a notice is taken back; the seller reads it."""

    reason: Said


class RetractionOut(Schema):
    """How many listings of a notice were taken back."""

    notice: str
    taken_back: int


class SaidOut(Schema):
    """What the holder said to an answer."""

    said: str
    text: str
    at: datetime


class CounterOut(Schema):
    """
    An answer to one listing of a notice. ``declared`` is what the law has forwarded; ``lacking``, for the seller, what
    an incomplete one still needs.
    """

    ref: str
    notice: str
    decision: str
    marketplace: str
    listing_id: str
    regime: str
    statutory: bool
    chance: int
    status: str
    ground: str
    explanation: str
    declared: dict[str, Any]
    replies: list[SaidOut]
    suits: list[str]
    outcome_text: str
    filed_at: datetime
    received_at: datetime | None
    arrived_at: datetime | None
    settled_at: datetime | None
    lacking: list[LackingOut]
    due: list[DueOut]


class CountersOut(Schema):
    """A page of answers, newest first."""

    items: list[CounterOut]
    next: str | None


@router.post(
    "/notices/{ref}/counter-notices",
    response={201: CounterOut, **refusing(404, 409)},
    auth=may(Scope.COUNTERS_WRITE),
    operation_id="file_counter_notice",
    summary="Answer a notice",
)
@once
def file_counter_notice(
    request: Asking, ref: Ref, counter: CounterIn, idempotency_key: Key = None
) -> tuple[int, CounterOut]:
    """Answer a notice because of which a listing of yours was restricted: by its reference for that listing."""
    access.answerable(request.actor, ref)  # before a file is read
    form = _form(request, counter, idempotency_key)
    filed = answer_notice.answer(item=ref, form=form, actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, _counter(request)(filed)


@router.get(
    "/counter-notices",
    response={200: CountersOut, **refusing(404)},
    auth=may(Scope.COUNTERS_READ),
    operation_id="list_counter_notices",
    summary="Read answers to notices",
)
def list_counter_notices(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[CounterStatus | None, Query(description="Only those that stand so.")] = None,
    filed_since: Since = None,
) -> CountersOut:
    """Give the answers that you may see: a seller its own, a holder those to its notices that were forwarded."""
    rows = access.counters_for(request.actor).prefetch_related("files", "replies", "suits")
    rows = rows if status is None else rows.filter(status=status)
    rows = rows if filed_since is None else rows.filter(filed_at__gte=filed_since)
    items, following = page(request, "list_counter_notices", rows, cursor, limit, _counter(request))
    return CountersOut(items=items, next=following)


@router.get(
    "/counter-notices/{ref}",
    response={200: CounterOut, **refusing(404)},
    auth=may(Scope.COUNTERS_READ),
    operation_id="get_counter_notice",
    summary="Read one answer to a notice",
)
def get_counter_notice(request: Asking, ref: Ref) -> CounterOut:
    """Give one answer."""
    found = access.counter_for(request.actor, ref)
    looked(request, "get_counter_notice", 1)
    return _counter(request)(found)


@router.post(
    "/counter-notices/{ref}/completion",
    response={200: CounterOut, **refusing(404, 409)},
    auth=may(Scope.COUNTERS_WRITE),
    operation_id="complete_counter_notice",
    summary="Give what an answer lacks",
)
@once
def complete_counter_notice(
    request: Asking, ref: Ref, counter: CounterIn, idempotency_key: Key = None
) -> tuple[int, CounterOut]:
    """Add what an incomplete answer of yours lacks; once nothing is lacking it is forwarded."""
    access.counter_for(request.actor, ref)
    form = _form(request, counter, idempotency_key)
    answer_notice.complete(ref=ref, form=form, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, _again(request, ref)


@router.post(
    "/counter-notices/{ref}/withdrawal",
    response={200: CounterOut, **refusing(404, 409)},
    auth=may(Scope.COUNTERS_WRITE),
    operation_id="withdraw_counter_notice",
    summary="Take an answer back",
)
@once
def withdraw_counter_notice(request: Asking, ref: Ref, idempotency_key: Key = None) -> tuple[int, CounterOut]:
    """Take an answer of yours back before anything came of it: the listing stays restricted."""
    answer_notice.withdraw(ref=ref, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, _again(request, ref)


@router.post(
    "/counter-notices/{ref}/reply",
    response={200: CounterOut, **refusing(404, 409)},
    auth=may(Scope.COUNTERS_WRITE),
    operation_id="reply_to_counter_notice",
    summary="Say something to an answer",
)
@once
def reply_to_counter_notice(
    request: Asking, ref: Ref, reply: ReplyIn, idempotency_key: Key = None
) -> tuple[int, CounterOut]:
    """Accept an answer to a notice of yours, object to it, or claim a delay that you cannot control."""
    access.counter_for(request.actor, ref)
    said, files = of_counters.Said(reply.said), _taken(request, reply.files)
    about: dict[str, Any] = {"text": reply.text, "files": files, "actor": request.actor, "at": clock.now()}
    answer_notice.reply(ref=ref, said=said, **about)
    return HTTPStatus.OK, _again(request, ref)


@router.post(
    "/counter-notices/{ref}/suit",
    response={200: CounterOut, **refusing(404, 409)},
    auth=may(Scope.COUNTERS_WRITE),
    operation_id="show_suit",
    summary="Show that a suit was brought",
)
@once
def show_suit(request: Asking, ref: Ref, suit: SuitIn, idempotency_key: Key = None) -> tuple[int, CounterOut]:
    """Show in time that you brought a suit, or where that counts made a complaint: the listing stays restricted."""
    access.counter_for(request.actor, ref)
    form = SuitForm(suit.kind, suit.body, suit.number, suit.filed_on, _taken(request, suit.files))
    answer_notice.show_suit(ref=ref, form=form, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, _again(request, ref)


@router.post(
    "/counter-notices/{ref}/ruling",
    response={200: CounterOut, **refusing(404, 409)},
    auth=may(Scope.COUNTERS_WRITE),
    operation_id="show_ruling",
    summary="Show that a court has ruled since",
)
@once
def show_ruling(request: Asking, ref: Ref, ruling: RulingIn, idempotency_key: Key = None) -> tuple[int, CounterOut]:
    """Show that a court has ruled for you after the listing was put back: a reviewer then restricts it again."""
    access.counter_for(request.actor, ref)
    form = RulingForm(ruling.body, ruling.number, ruling.ruled_on, _taken(request, ruling.files))
    keep_after_suit.show_ruling(ref=ref, form=form, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, _again(request, ref)


@router.post(
    "/notices/{ref}/retraction",
    response={200: RetractionOut, **refusing(404, 409)},
    auth=may(Scope.NOTICES_WRITE),
    operation_id="retract_notice",
    summary="Take an upheld notice back",
)
@once
def retract(
    request: Asking, ref: Ref, retraction: RetractionIn, idempotency_key: Key = None
) -> tuple[int, RetractionOut]:
    """Take back what of a notice of yours was upheld, the whole or one listing of it: the listings return."""
    count = retract_notice.retract(ref=ref, reason=retraction.reason, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, RetractionOut(notice=ref, taken_back=count)


def _form(request: Asking, counter: CounterIn, key: str | None) -> CounterForm:
    return CounterForm(
        request_key=form_key(request, key),
        ground=counter.ground,
        explanation=counter.explanation,
        particulars=counter.particulars,
        files=_taken(request, counter.files),
    )


def _taken(request: Asking, files: list[EvidenceIn]) -> list[GivenFile]:
    """Take in the files that were sent; one that cannot be taken refuses the request, with its place."""
    found = []
    for place, sent in enumerate(files):
        taken = _file(request, sent, place)
        document = taken.file.sha256
        pages = taken.pages
        found += [GivenFile(sent.kind, one.sha256, document if one != taken.file else "") for one in pages]
    return found


def _file(request: Asking, sent: EvidenceIn, place: int) -> Taken:
    if sent.base64 is None:
        (given,) = named(request, [FileIn(kind=sent.kind, sha256=sent.sha256 or "")])
        return given.taken
    try:
        return evidence.take_in(bytes_of(sent.base64), at=clock.now())
    except UnusableFile as refusal:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"files/{place}: {refusal}") from None


def _again(request: Asking, ref: str) -> CounterOut:
    return _counter(request)(access.counter_for(request.actor, ref))


class _counter:
    """Writes answers for whoever asks."""

    def __init__(self, request: Asking) -> None:
        self._seller = request.actor.has(Role.SELLER)

    def __call__(self, row: Any) -> CounterOut:
        columns = ("ref", "regime", "statutory", "chance", "status", "explanation", "outcome_text")
        moments = ("filed_at", "received_at", "arrived_at", "settled_at")
        running = deadlines.running_of_each([stream_of(row)])[stream_of(row)]
        return CounterOut(
            **{name: getattr(row, name) for name in (*columns, *moments)},
            notice=row.item.ref,
            decision=row.decision.ref,
            marketplace=row.item.listing.marketplace.slug,
            listing_id=row.item.listing.listing_id,
            ground=row.ground if row.ground in grounds() else "",
            declared={element.name: value for element, value in forwarded_of(row)},
            replies=[SaidOut(said=one.said, text=self._text(one), at=one.at) for one in row.replies.all()],
            suits=[f"{suit.body}, {suit.number}" for suit in row.suits.all()],
            lacking=self._lacking(row),
            due=[DueOut(clock=one.clock, rule=one.rule, due_at=one.due_at) for one in running],
        )

    def _text(self, reply: Any) -> str:
        return "" if self._seller and reply.said in OF_THE_HOLDER else str(reply.text)

    def _lacking(self, row: Any) -> list[LackingOut]:
        if not self._seller or row.status != CounterStatus.INCOMPLETE:
            return []
        missing = missing_from(row, {one.kind for one in row.files.all()})
        return [LackingOut(**{name: getattr(one, name) for name in LackingOut.model_fields}) for one in missing]


#: What a seller reads of a delay: that there is one.
OF_THE_HOLDER = (of_counters.Said.CLAIM_DELAY, of_counters.Said.END_DELAY)
