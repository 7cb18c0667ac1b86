"""``/counter-notices``: what sellers answer to notices, what holders say to that; taking an upheld notice back."""

from http import HTTPStatus
from typing import Annotated, Any

from ninja import Query, Router

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.counter_in import CounterIn, ReplyIn, RetractionIn, RulingIn, SuitIn, form_of, taken
from touchmark.api.counter_out import CounterOut, CountersOut, RetractionOut, Told
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import Ref, Since
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.counters import access
from touchmark.apps.counters import kinds as of_counters
from touchmark.apps.counters.suits import RulingForm, SuitForm
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.flows import answer_notice, keep_after_suit, retract_notice

router = Router(tags=["counter-notices"])


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
    form = form_of(request, counter, idempotency_key)
    filed = answer_notice.answer(item=ref, form=form, actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, Told(request)(filed)


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
    items, following = page(request, "list_counter_notices", rows, cursor, limit, Told(request))
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
    return Told(request)(found)


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
    form = form_of(request, counter, idempotency_key)
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
    said, files = of_counters.Said(reply.said), taken(request, reply.files)
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
    form = SuitForm(suit.kind, suit.body, suit.number, suit.filed_on, taken(request, suit.files))
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
    form = RulingForm(ruling.body, ruling.number, ruling.ruled_on, taken(request, ruling.files))
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


def _again(request: Asking, ref: str) -> CounterOut:
    return Told(request)(access.counter_for(request.actor, ref))
