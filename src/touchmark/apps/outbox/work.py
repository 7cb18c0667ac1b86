"""
Carrying messages out. Each goes through three steps, every one of which may be the last thing a worker does:

1. claim it, by a conditional UPDATE that only one worker can win, for the length of a lease; the try is written down
2. tell the world, outside any transaction
3. record what came of it, and tell the room that asked, in one transaction

A worker that dies after 1 or 2 leaves a lease that runs out; then the message is claimed again, under the same id.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from touchmark.apps.outbox.handlers import Handler, Handlers
from touchmark.apps.outbox.models import Attempt, Message, Outcome, State
from touchmark.apps.outbox.schedule import TRIES, next_try
from touchmark.integrations.answers import Answer, Later, Never

log = logging.getLogger(__name__)

#: How many due messages are looked at to win one; other workers are after the same ones.
LOOKED_AT = 20
NOTHING = Answer()


@dataclass(frozen=True, slots=True)
class _Result:
    """What came of a try: the outcome, the answer, what to write down as the error, how long we are asked to wait."""

    outcome: Outcome
    answer: Answer = NOTHING
    error: str = ""
    after: timedelta | None = None


def work(
    *,
    handlers: Handlers,
    clock: Callable[[], datetime],
    owner: str,
    limit: int = 50,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """
    Carry out what is due, at most ``limit`` messages, and give their number.

    Messages of kinds without a handler are left alone. A receiver that fails is left alone for the rest of the pass,
    so that one that hangs does not hold up the others.

    :param owner: a name that no other worker bears
    :param stop: asked between two messages; the one in hand is finished
    """
    failing = Q(pk__in=[])
    for count in range(limit):
        claimed = None if stop() else _claim(handlers, clock(), owner, failing)
        if claimed is None:
            return count
        message, attempt = claimed
        handler = handlers[message.kind]
        result = _carry(handler, message, clock())
        _settle(handler, message, attempt, result, owner, clock())
        if result.outcome != Outcome.CARRIED:
            failing |= Q(kind=message.kind) if handler.one_channel else Q(kind=message.kind, to=message.to)
    return limit


def _ready(handlers: Handlers, at: datetime) -> QuerySet[Message]:
    """Due, in nobody's hand, and nothing earlier about the same subject still waiting."""
    earlier = Message.objects.filter(
        kind=OuterRef("kind"),
        to=OuterRef("to"),
        subject=OuterRef("subject"),
        sequence__lt=OuterRef("sequence"),
        state=State.WAITING,
    ).exclude(subject="")
    return Message.objects.filter(
        Q(lease_until=None) | Q(lease_until__lte=at),
        ~Exists(earlier),
        state=State.WAITING,
        due_at__lte=at,
        kind__in=list(handlers),
    )


def _claim(handlers: Handlers, at: datetime, owner: str, failing: Q) -> tuple[Message, Attempt] | None:
    candidates = _ready(handlers, at).exclude(failing).order_by("due_at", "created_at", "sequence", "pk")
    for message in candidates[:LOOKED_AT]:
        with transaction.atomic():
            won = (
                _ready(handlers, at)
                .filter(pk=message.pk)
                .update(lease_until=at + handlers[message.kind].lease, lease_owner=owner, attempts=F("attempts") + 1)
            )
            if won:
                message.refresh_from_db()
                return message, _begin(message, at)
    return None


def _begin(message: Message, at: datetime) -> Attempt:
    """Write the try down. One that is still in hand belonged to a worker whose lease has run out."""
    tries = Attempt.objects.filter(message=message)
    tries.filter(outcome=Outcome.IN_HAND).update(outcome=Outcome.BROKEN_OFF, error="its worker did not come back")
    last = tries.aggregate(last=Max("number"))["last"] or 0
    return Attempt.objects.create(message=message, number=last + 1, at=at)


def _carry(handler: Handler, message: Message, at: datetime) -> _Result:
    if message.attempts > TRIES:  # only by tries that broke off; it may be what breaks the worker
        return _Result(Outcome.NEVER, error="every try has been spent, the last broke off")
    try:
        return _Result(Outcome.CARRIED, handler.carry(message, at))
    except Later as later:
        return _Result(Outcome.LATER, later.answer, str(later), later.after)
    except Never as never:
        return _Result(Outcome.NEVER, never.answer, str(never))
    except Exception as fault:
        log.exception("carrying %s %s failed", message.kind, message.pk)
        return _Result(Outcome.FAILED, error=f"{type(fault).__name__}: {fault}")


def _settle(handler: Handler, message: Message, attempt: Attempt, result: _Result, owner: str, at: datetime) -> None:
    """Record the result; where telling the room that asked fails, record that instead, and try again later."""
    try:
        _record(handler, message, attempt, result, owner, at)
    except Exception as fault:
        log.exception("recording %s %s failed", message.kind, message.pk)
        failed = _Result(Outcome.FAILED, result.answer, f"{type(fault).__name__}: {fault}")
        _record(handler, message, attempt, failed, owner, at)


@transaction.atomic
def _record(handler: Handler, message: Message, attempt: Attempt, result: _Result, owner: str, at: datetime) -> None:
    """
    Write the try's end and what becomes of the message, and tell the room that asked.

    If the lease ran out meanwhile and another worker took over, the message is that one's; the try keeps our answer.
    """
    held = Message.objects.select_for_update().get(pk=message.pk)
    ours = held.lease_owner == owner and Attempt.objects.filter(pk=attempt.pk, outcome=Outcome.IN_HAND).exists()
    Attempt.objects.filter(pk=attempt.pk).update(
        finished_at=at,
        outcome=result.outcome,
        answer_code=result.answer.code,
        answer_excerpt=_kept(result.answer.excerpt),
        error=_kept(result.error),
    )
    if not ours:
        return
    held.lease_until, held.lease_owner = None, ""
    _decide(held, result, at)
    held.save(update_fields=["state", "due_at", "lease_until", "lease_owner"])
    if held.state == State.CARRIED and handler.answered:
        handler.answered(held, result.answer, at)
    if held.state == State.CARRIED and handler.forgotten:
        Message.objects.filter(pk=held.pk).update(payload={})
    if held.state == State.GIVEN_UP and handler.given_up:
        handler.given_up(held, result.error, at)


def _kept(text: str) -> str:
    """As much of what somebody else wrote as is kept, without what PostgreSQL would refuse."""
    return text[:2_000].replace("\x00", "\ufffd")


def _decide(message: Message, result: _Result, at: datetime) -> None:
    """What becomes of the message: carried, given up, or due again."""
    if result.outcome == Outcome.CARRIED:
        message.state = State.CARRIED
        return
    due = next_try(message=message.pk, attempts=message.attempts, at=at, after=result.after)
    if result.outcome == Outcome.NEVER or due is None:
        message.state = State.GIVEN_UP
    else:
        message.due_at = due
