"""What organisations' webhooks need of more than one room: being stopped with a letter, clocks that end soon."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import transaction

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.counters import queries as counters
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.examinations import access as examinations
from touchmark.apps.hooks import actions as hooks
from touchmark.apps.hooks import queries as receivers
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.notices import queries as notices
from touchmark.engine.policy.words import gives_time_for, happens_then

if TYPE_CHECKING:
    from touchmark.apps.deadlines.models import Deadline
    from touchmark.apps.outbox.models import Message

#: So long before a clock ends it is told, and so many are looked at in one pass.
BEFORE, BATCH = timedelta(days=2), 500
#: Up to which end it was looked already; where that is forgotten, what came so near within the last hours is looked at.
MARK, BACK = "hooks.ends_soon", timedelta(hours=6)
#: Whom a clock waits for, by the clock: each gives the organisation of each of these subjects.
WAITS_FOR: Mapping[str, Callable[[Iterable[str]], dict[str, int]]] = {
    "complete_notice": notices.holders_of,
    "holder_answer": counters.holders_of,
    "suit_window": counters.holders_of,
    "suit_silence": counters.holders_of_suits,
    "complete_counter": counters.sellers_of,
    "authentication": examinations.holders_of,
}


@transaction.atomic
def given_up(message: Message, why: str, at: datetime) -> None:
    """Stop a webhook that took nothing for as long as a message is tried, and say so by letter."""
    organisation = int(message.to)
    if not hooks.stop(organisation=organisation, message=message, why=why, at=at):
        return
    held = accounts.organisation(organisation)
    address = receivers.address_of(organisation)
    content = {"url": address.url if address else "", "why": why, "since": message.created_at.isoformat()}
    inbox.deliver(organisation=held, kind="webhook_stopped", about="webhook", content=content, at=at)


def warn_of_ends(*, at: datetime) -> int:
    """Tell the programs of those for whom a clock waits that it ends soon, once; give how many were told."""
    if not receivers.any_told():
        return 0
    since = max(cache.get(MARK) or at + BEFORE - BACK, at)
    found = deadlines.ending(tuple(WAITS_FOR), after=since, before=at + BEFORE, size=BATCH)
    told = sum(_warned(clock, [one for one in found if one.clock == clock], at) for clock in WAITS_FOR)
    cache.set(MARK, found[-1].due_at if len(found) == BATCH else at + BEFORE, timeout=None)
    return told


def _warned(clock: str, running: list[Deadline], at: datetime) -> int:
    of = WAITS_FOR[clock]([one.subject for one in running]) if running else {}
    told = receivers.told_among(of.values())
    return sum(_warn(one, of[one.subject], at) for one in running if of.get(one.subject) in told)


@transaction.atomic
def _warn(deadline: Deadline, organisation: int, at: datetime) -> bool:
    rule = deadlines.rule_of(deadline)
    if deadline.due_at is None:
        return False
    data = {
        "about": deadline.subject.partition(":")[2],
        "clock": deadline.clock,
        "rule": deadline.rule,
        "by": deadline.due_at.isoformat(),
        "act": gives_time_for(rule),
        "then": happens_then(rule),
    }
    due_at = deadline.due_at
    return hooks.warn(organisation=organisation, deadline=deadline.pk, due_at=due_at, data=data, at=at)
