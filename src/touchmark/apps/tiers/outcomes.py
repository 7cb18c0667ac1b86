"""What came of an organisation's notices, and of its answers, as the rule of tiers counts them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from touchmark.apps.audit.models import Event
from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.penalties.tiers import Outcome, Result, Side

#: Longer than any window of a rule.
AS_FAR_BACK = timedelta(days=1_100)
#: What a put-back says of the notice, by the last thing that moved the answer. The clock's says nothing of either side.
OF_PUT_BACK = {
    "accept": Result.WITHDRAWN,
    "allow": Result.OVERTURNED,
    "end_for_seller": Result.OVERTURNED,
}


def outcomes_of(organisation: int, side: Side, *, at: datetime) -> list[Outcome]:
    """Give what came of each, as far back as a rule may look."""
    since = at - AS_FAR_BACK
    return list(_of_notices(organisation, since) if side == Side.NOTIFIER else _of_answers(organisation, since))


def _of_notices(organisation: int, since: datetime) -> Iterator[Outcome]:
    settled = NoticeItem.objects.filter(holder=organisation, settled_at__gte=since).order_by("settled_at", "id")
    rows = list(settled.values_list("pk", "status", "notice__reason", "settled_at", "mark__intended"))
    answered = _last_answers([key for key, status, *_ in rows if status in (ItemStatus.PUT_BACK, ItemStatus.RETRACTED)])
    for key, status, reason, moment, intended in rows:
        result = _result(status, answered.get(key, ""))
        if result is not None and moment is not None:
            yield Outcome(reason, result, moment, manifest=intended is not None, intended=bool(intended))


def _result(status: str, answered: str) -> Result | None:
    if status == ItemStatus.PUT_BACK:
        return OF_PUT_BACK.get(answered)
    if status == ItemStatus.RETRACTED:
        return Result.WITHDRAWN if answered else None
    return {
        ItemStatus.UPHELD: Result.UPHELD,
        ItemStatus.REFUSED: Result.REFUSED,
        ItemStatus.REVERSED: Result.OVERTURNED,
    }.get(ItemStatus(status))


def _last_answers(items: list[int]) -> dict[int, str]:
    """Give, by item, the last event of its last answer; an item that nobody answered has none."""
    refs = {f"counter:{ref}": item for item, ref in _answers(items)}
    events = Event.objects.filter(stream__in=list(refs)).order_by("stream", "number")
    return {refs[stream]: kind for stream, kind in events.values_list("stream", "kind")}


def _answers(items: list[int]) -> list[tuple[int, str]]:
    given = CounterNotice.objects.filter(item__in=items).order_by("filed_at", "id")
    return list(dict(given.values_list("item_id", "ref")).items())


def _of_answers(organisation: int, since: datetime) -> Iterator[Outcome]:
    settled = CounterNotice.objects.filter(seller=organisation, settled_at__gte=since).order_by("settled_at", "id")
    rows = list(settled.values_list("ref", "status", "ground", "settled_at", "mark__intended"))
    streams = [f"counter:{ref}" for ref, status, *_ in rows if status == CounterStatus.PUT_BACK]
    events = Event.objects.filter(stream__in=streams).order_by("stream", "number")
    last = dict(events.values_list("stream", "kind"))
    for ref, status, ground, moment, intended in rows:
        result = _of_answer(status, last.get(f"counter:{ref}", ""))
        if result is not None and moment is not None:
            yield Outcome(ground or "other", result, moment, manifest=intended is not None, intended=bool(intended))


def _of_answer(status: str, event: str) -> Result | None:
    if status == CounterStatus.PUT_BACK:
        return Result.UPHELD if event in OF_PUT_BACK else None
    found = {CounterStatus.REJECTED: Result.REFUSED, CounterStatus.KEPT: Result.REFUSED}
    return found.get(CounterStatus(status))
