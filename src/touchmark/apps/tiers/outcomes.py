"""What came of an organisation's notices, and of its answers, as the rule of tiers counts them."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from touchmark.apps.audit.models import Event
from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.examinations.models import Examination
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.lifecycle.authentication import AuthenticationStatus
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.penalties.tiers import Outcome, Result, Side, rule_of

#: What came of an item by where it stands alone; of others, what its answer came to says it.
PLAIN = {
    ItemStatus.UPHELD: Result.UPHELD,
    ItemStatus.REFUSED: Result.REFUSED,
    ItemStatus.REVERSED: Result.OVERTURNED,
}
ANSWERED = (ItemStatus.PUT_BACK, ItemStatus.RETRACTED)
#: What a put-back says of the notice, by the last thing that moved the answer. The clock's says nothing of either side.
OF_PUT_BACK = {
    "accept": Result.WITHDRAWN,
    "allow": Result.OVERTURNED,
    "end_for_seller": Result.OVERTURNED,
}


def outcomes_of(organisation: int, side: Side, *, at: datetime, warned_at: datetime | None = None) -> list[Outcome]:
    """
    Give what came of each within the window of the rule in force.

    Of notices, those of which the same is to be said are one outcome: a house with half a million listings is counted
    by the database. All that it needs of their moments is whether they lie after a warning.
    """
    since = at - timedelta(days=rule_of(side, on=at.date()).window_days)
    if side == Side.COUNTER_NOTIFIER:
        return list(_of_answers(organisation, since))
    own = Q(holder=organisation) | Q(agent=organisation)  # who files by a mandate answers for it as well
    settled = NoticeItem.objects.filter(own, settled_at__gt=since, settled_at__lte=at)
    return [*_plain(settled, at, warned_at), *_answered(settled), *_misjudged(organisation, since)]


def _plain(settled: QuerySet[NoticeItem], at: datetime, warned_at: datetime | None) -> Iterator[Outcome]:
    after = Q(settled_at__gt=warned_at) if warned_at else Q(pk__isnull=False)
    said = Case(When(after, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = settled.filter(status__in=PLAIN).order_by().annotate(after=said)
    counted = rows.values_list("status", "notice__reason", "mark__intended", "after").annotate(Count("pk"))
    for status, reason, intended, later, count in counted:
        moment = at if later or warned_at is None else min(warned_at, at)
        result = PLAIN[ItemStatus(status)]
        yield Outcome(reason, result, moment, manifest=intended is not None, intended=bool(intended), times=count)


def _answered(settled: QuerySet[NoticeItem]) -> Iterator[Outcome]:
    rows = list(
        settled.filter(status__in=ANSWERED).values_list(
            "pk", "status", "notice__reason", "settled_at", "mark__intended"
        )
    )
    answers = _last_answers([key for key, *_ in rows]) if rows else {}
    for key, status, reason, moment, intended in rows:
        result = _of_answered(status, answers.get(key, ""))
        if result is not None and moment is not None:
            yield Outcome(reason, result, moment, manifest=intended is not None, intended=bool(intended))


def _of_answered(status: str, answered: str) -> Result | None:
    if status == ItemStatus.PUT_BACK:
        return OF_PUT_BACK.get(answered)
    return Result.WITHDRAWN if answered else None


def _misjudged(organisation: int, since: datetime) -> Iterator[Outcome]:
    """Give the answers of a holder's examiners that turned out to be wrong, each under the reason of its notice."""
    wrong = Examination.objects.filter(item__holder=organisation, status=AuthenticationStatus.DISPROVED)
    known = wrong.annotate(moment=Coalesce(F("disproved_at"), F("answered_at"))).filter(moment__gt=since)
    for reason, moment in known.values_list("item__notice__reason", "moment"):
        yield Outcome(reason, Result.MISJUDGED, moment)


def _last_answers(items: list[int]) -> dict[int, str]:
    """Give, by item, the last event of its last answer; an item that nobody answered has none."""
    refs = {f"counter:{ref}": item for item, ref in _answers(items)}
    events = _moved(refs)
    return {refs[stream]: kind for stream, kind in events.values_list("stream", "kind")}


def _moved(streams: Iterable[str]) -> QuerySet[Event]:
    """Give what moved these answers, in order. A ruling that is shown, and says nothing of the listing, moved none."""
    events = Event.objects.filter(stream__in=list(streams)).exclude(kind__in=("show_ruling", "no_ruling"))
    return events.order_by("stream", "number")


def _answers(items: list[int]) -> list[tuple[int, str]]:
    given = CounterNotice.objects.filter(item__in=items).order_by("filed_at", "id")
    return list(dict(given.values_list("item_id", "ref")).items())


def _of_answers(organisation: int, since: datetime) -> Iterator[Outcome]:
    settled = CounterNotice.objects.filter(seller=organisation, settled_at__gte=since).order_by("settled_at", "id")
    rows = list(settled.values_list("ref", "status", "ground", "settled_at", "mark__intended"))
    streams = [f"counter:{ref}" for ref, status, *_ in rows if status == CounterStatus.PUT_BACK]
    events = _moved(streams)
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
