"""
The clock: deadlines whose moment has passed, and what each of them means.

Every one is taken with its row, in a transaction of its own, and worked out anew before anything is done: two workers
act on it once, and a week in which none ran is made up for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.buyers import actions as buyers
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices import drafts, guests
from touchmark.apps.notices import queries as notice_queries
from touchmark.apps.tiers import actions as tiers
from touchmark.engine.terms import Actor
from touchmark.flows import ask_examiner, follow_body, listing_gone, put_back
from touchmark.flows.one_by_one import each

if TYPE_CHECKING:
    from touchmark.apps.deadlines.models import Deadline

#: So many are acted on in one pass.
BATCH = 200


def lapse_due(at: datetime) -> int:
    """Act on the deadlines whose moment has passed, and give on how many."""
    return each(queries.due(at, size=BATCH), lambda key: _lapsed(key, at))


def settle_first(subjects: Iterable[str], *, at: datetime) -> int:
    """
    Act on what fell due for these subjects before a moment, whether or not a worker has been by; give on how much.

    Whoever does something to them then does it in the order in which the law has things happen.
    """
    return sum(_lapsed(key, at) for key in queries.due_of(subjects, at))


@transaction.atomic
def _lapsed(key: int, at: datetime) -> bool:
    deadline = queries.taken(key, at)
    if deadline is None:  # another worker was first, or it was put off meanwhile
        return False
    deadlines.lapse(deadline, at=at)
    said = {"subject": deadline.subject, "clock": deadline.clock, "rule": deadline.rule}
    audit.append(stream=f"deadline:{deadline.pk}", kind="lapse", actor=Actor.clock(), at=at, payload=said)
    THEN.get(deadline.clock, _is_late)(deadline, at)
    return True


def _is_late(deadline: Deadline, at: datetime) -> None:
    """Nothing happens by itself: somebody of the platform is late, and that is on record."""


def _notice_lapses(deadline: Deadline, at: datetime) -> None:
    notices.lapse(notice_queries.of_stream(deadline.subject), at=at)


def _answer_lapses(deadline: Deadline, at: datetime) -> None:
    put_back.lapse_answer(deadline.subject, "lapse", at)


def _listing_returns(deadline: Deadline, at: datetime) -> None:
    put_back.lapse_answer(deadline.subject, "put_back", at)


def _suit_asked_after(deadline: Deadline, at: datetime) -> None:
    put_back.ask_of_suit(deadline.subject, at)


def _unconfirmed_is_deleted(deadline: Deadline, at: datetime) -> None:
    guests.lapse(notice_queries.of_stream(deadline.subject), at=at)


def _draft_is_deleted(deadline: Deadline, at: datetime) -> None:
    drafts.lapse(notice_queries.of_stream(deadline.subject), at=at)


def _tier_runs_out(deadline: Deadline, at: datetime) -> None:
    event = {"warning": "end_warning", "suspension": "end_suspension"}[deadline.clock]
    tiers.run_out(tier=tiers.of_stream(deadline.subject), event=event, at=at)


def _not_examined(deadline: Deadline, at: datetime) -> None:
    ask_examiner.lapse(deadline.subject, at)


def _gone_for_good(deadline: Deadline, at: datetime) -> None:
    listing_gone.lapse(deadline.subject, at)


#: What a lapse means, by the clock.
THEN: Mapping[str, Callable[[Deadline, datetime], None]] = {
    "complete_notice": _notice_lapses,
    "complete_counter": _answer_lapses,
    "holder_answer": _listing_returns,
    "restore_earliest": _listing_returns,
    "suit_window": _listing_returns,
    "suit_status": _suit_asked_after,
    "suit_silence": lambda deadline, at: put_back.suit_silent(deadline.subject, at),
    "confirm_email": _unconfirmed_is_deleted,
    "draft": _draft_is_deleted,
    "authentication": _not_examined,
    "inform_buyers": lambda deadline, at: buyers.fall_due(deadline.subject, at),
    "listing_gone": _gone_for_good,
    "dispute": lambda deadline, at: follow_body.fall_due(deadline.subject, at),
    "warning": _tier_runs_out,
    "suspension": _tier_runs_out,
}
