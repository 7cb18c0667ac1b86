"""A listing is put back on an answer to the notice about it, by the clock too; and what ends an answer otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import actions as catalog
from touchmark.apps.counters import actions as counters
from touchmark.apps.counters import letters, queries, suits
from touchmark.apps.counters.record import stream_of
from touchmark.apps.counters.windows import stream_of_answering
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.decisions import putting_back
from touchmark.apps.notices.undoing import undo
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor, Role

if TYPE_CHECKING:
    from touchmark.apps.counters.models import CounterNotice
    from touchmark.apps.notices.models import NoticeItem

#: At whose hand a notice and a decision are put back; what either side says, the system carries out.
PUTS_BACK = (Role.REVIEWER, Role.CLOCK, Role.SYSTEM)


@transaction.atomic
def end_answer(counter: CounterNotice, event: str, *, text: str = "", actor: Actor, at: datetime) -> bool:
    """
    Let happen to an answer what ends it, and put the listing back where that is what it means; give whether it comes
    back. The caller holds the listing's row and the answer's.

    A listing that another notice keeps down as well stays down.

    :raises IllegalMove: if that cannot happen to it now
    :raises NotYours: if not at the hand of this actor
    """
    counters.settle(counter=counter, event=event, text=text, actor=actor, at=at)
    back = counter.status == CounterStatus.PUT_BACK
    if back and counter.item.status == ItemStatus.UPHELD:
        by = actor if actor.has(*PUTS_BACK) else Actor.system()
        back = release(counter.item, "put_back", why=text, actor=by, at=at)
    letters.settled(counter, back=back, at=at)
    return back


@transaction.atomic
def release(item: NoticeItem, event: str, *, why: str, actor: Actor, at: datetime) -> bool:
    """
    Let an upheld item go, and the restriction with it unless another keeps it up; give whether the listing returns.

    :param event: ``put_back``, or ``retract`` by its notifier
    """
    undo(item=item, event=event, why=why, actor=actor, at=at)
    deadlines.stop([stream_of_answering(item)], at=at)
    decision = putting_back.resting_on(item.pk, lock=True)
    if decision is None or decision.notices.filter(status=ItemStatus.UPHELD).exclude(pk=item.pk).exists():
        return False
    by = actor if actor.has(*PUTS_BACK) else Actor.system()
    putting_back.put_back(decision=decision, reason=why, actor=by, at=at)
    return True


def moot(items: list[NoticeItem], *, at: datetime) -> None:
    """End the answers to these items: the notice was overturned or taken back, and there is nothing left to answer."""
    deadlines.stop([stream_of_answering(item) for item in items], at=at)
    for subject in queries.open_on(item.pk for item in items):
        end_answer(queries.of_stream(subject), "moot", actor=Actor.system(), at=at)


def lapse_answer(subject: str, event: str, at: datetime) -> None:
    """Let the clock end an answer: not completed it lapses, not sued over it puts the listing back."""
    catalog.hold(queries.listing_of(subject))
    end_answer(queries.of_stream(subject), event, actor=Actor.clock(), at=at)


def suit_silent(subject: str, at: datetime) -> None:
    """Let a listing return because nobody says how the suit stands that keeps it down."""
    catalog.hold(queries.suit_of_stream(subject).counter.item.listing_id)
    suit = queries.suit_of_stream(subject)
    suits.move_suit(suit=suit, event="lapse", result="", actor=Actor.clock(), at=at)
    if suit.counter.status == CounterStatus.HELD:
        end_answer(queries.of_stream(stream_of(suit.counter)), "end_for_seller", actor=Actor.system(), at=at)


def ask_of_suit(subject: str, at: datetime) -> None:
    """Ask how a suit stands that nobody has told of for long."""
    suit = queries.suit_of_stream(subject)
    suits.move_suit(suit=suit, event="ask", result="", actor=Actor.clock(), at=at)
    letters.ask_of_suit(suit.counter, suit, at=at)
    letters.goes_on(suit.counter, "suit_asked", at=at, suit=suit)
