"""
A seller answers a notice, the holder says something to that, a reviewer decides: what fell due before comes first.

Everybody takes rows in one order, as the clock does: what runs for the answer, the listing, the answer. What says until
when a notice can be answered is taken behind the listing: for that the clock takes no other row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import actions as catalog
from touchmark.apps.counters import access, letters, queries, suits
from touchmark.apps.counters import actions as counters
from touchmark.apps.counters.actions import CounterForm, GivenFile, NothingToAnswer
from touchmark.apps.counters.kinds import Said
from touchmark.apps.counters.record import stream_of, stream_of_suit
from touchmark.apps.counters.suits import SuitForm
from touchmark.apps.counters.windows import by_statute, stream_of_answering
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions import putting_back
from touchmark.apps.tiers import actions as tiers
from touchmark.apps.tiers.queries import status_by_people
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.lifecycle.tier import TierStatus
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.terms import Actor
from touchmark.flows.lapse import settle_first
from touchmark.flows.put_back import end_answer

if TYPE_CHECKING:
    from touchmark.apps.counters.models import CounterNotice
    from touchmark.engine.policy.rules import Element

#: What a reviewer can do with an answer, and whether the words of it are read by both sides.
ENDS = frozenset({"allow", "reject", "annul", "end_for_seller", "end_for_holder", "no_ruling"})
#: Whose answers under platform policy a reviewer sees before the holder does.
LOOKED_AT = frozenset({TierStatus.WARNED, TierStatus.WATCHED})
OF_SUITS = {"strike_out": "strike_out", "end_for_seller": "end", "end_for_holder": "end"}


def answer(*, item: str, form: CounterForm, actor: Actor, at: datetime) -> CounterNotice:
    """
    Answer a notice about one listing; a whole answer is forwarded at once. The same form sent again gives what stands.

    :param item: the reference of the notice's item
    :raises NoSuchNotice: if there is none that concerns this seller
    :raises TouchmarkError: as ``counters.file`` says
    """
    found = access.answerable(actor, item)
    settle_first([*queries.open_on([found.pk]), stream_of_answering(found)], at=at)
    return _filed(item, form, actor, at)


@transaction.atomic
def _filed(ref: str, form: CounterForm, actor: Actor, at: datetime) -> CounterNotice:
    found = access.answerable(actor, ref)
    catalog.hold(found.listing_id)
    deadlines.hold([stream_of_answering(found)])  # behind the listing: whoever ends it holds that (``put_back``)
    if sent := queries.sent_before(form.request_key, actor):
        return sent
    found.refresh_from_db()
    decision = putting_back.resting_on(found.pk)
    if decision is None:
        raise NothingToAnswer("This notice restricts nothing any more: there is nothing to answer.")
    if not by_statute(found):  # which nothing suspends
        tiers.require_may_answer(actor.organisation)
    filed = counters.file(item=found, decision=decision, form=form, actor=actor, at=at)
    return _sent_on(filed, at)


def _sent_on(counter: CounterNotice, at: datetime) -> CounterNotice:
    """
    Forward a whole answer at once: promptly, the statutes say, and platform policy asks for no less.

    Under policy, one of a seller who is warned or watched waits for a reviewer first.
    """
    status = status_by_people(counter.seller_id, Side.COUNTER_NOTIFIER)
    waits = not counter.statutory and status in LOOKED_AT
    if counter.status != CounterStatus.RECEIVED:  # it lacks something, and the seller was told what
        return counter
    if not waits:
        counters.forward(counter=counter, actor=Actor.system(), at=at)
    letters.received(counter, (), at=at)
    return counter


def _held(ref: str, actor: Actor, at: datetime) -> CounterNotice:
    """Act on what fell due for an answer, then take its rows until the transaction ends."""
    seen = access.counter_for(actor, ref)
    suit = queries.open_suit_of(seen)
    deadlines.hold([stream_of(seen), *([stream_of_suit(suit)] if suit else [])])
    catalog.hold(seen.item.listing_id)
    return access.counter_for(actor, ref, lock=True)


def _settle(ref: str, actor: Actor, at: datetime) -> None:
    seen = access.counter_for(actor, ref)
    suit = queries.open_suit_of(seen)
    settle_first([stream_of(seen), *([stream_of_suit(suit)] if suit else [])], at=at)


def complete(*, ref: str, form: CounterForm, actor: Actor, at: datetime) -> tuple[Element, ...]:
    """
    Add what an answer lacked; once nothing is lacking it is forwarded. Give what it still lacks.

    :raises NoSuchCounterNotice: if the actor can see no such answer
    :raises IllegalMove: if it waits for nothing, or lapsed
    """
    _settle(ref, actor, at)
    with transaction.atomic():
        counter = _held(ref, actor, at)
        lacking = counters.complete(counter=counter, form=form, actor=actor, at=at)
        _sent_on(counter, at)
    return lacking


def withdraw(*, ref: str, actor: Actor, at: datetime) -> CounterNotice:
    """
    Take an answer back before anything came of it: the listing stays down.

    :raises NoSuchCounterNotice: if the actor can see no such answer
    :raises IllegalMove: if it is settled already
    """
    _settle(ref, actor, at)
    with transaction.atomic():
        counter = _held(ref, actor, at)
        end_answer(counter, "withdraw", actor=actor, at=at)
    return counter


def reply(
    *, ref: str, said: Said, text: str = "", files: Sequence[GivenFile] = (), actor: Actor, at: datetime
) -> CounterNotice:
    """
    Say something to an answer, as the notifier: ``accept`` puts the listing back; ``object`` lets a reviewer decide, or
    under a statute is noted; ``claim_delay`` lets the time for a suit stand still.

    :param files: of a claim of delay, what shows it; of an objection, what speaks for it
    :raises NoSuchCounterNotice: if the actor can see no such answer
    :raises IllegalMove: if the answer does not wait for the notifier any more
    :raises IncompleteParticulars, IncompleteReply: if something that must be said is missing
    """
    _settle(ref, actor, at)
    with transaction.atomic():
        counter = _held(ref, actor, at)
        if said == Said.CLAIM_DELAY:
            counters.require_delay(cause=text, files=files, regime=counter.regime)
        if said in (Said.CLAIM_DELAY, Said.OBJECT):
            counters.keep_holders(counter, files, at=at)
        if said == Said.ACCEPT:
            end_answer(counter, "accept", text=text, actor=actor, at=at)
        else:
            counters.reply(counter=counter, said=said, text=text, actor=actor, at=at)
    return counter


def show_suit(*, ref: str, form: SuitForm, actor: Actor, at: datetime) -> CounterNotice:
    """
    Show that a suit was brought, or where that counts a complaint made: the listing stays down. One shown too late
    finds the listing put back.

    :raises NoSuchCounterNotice: if the actor can see no such answer
    :raises IllegalMove: if it comes too late
    :raises IncompleteParticulars, IncompleteReply: if something that must be said is missing
    """
    _settle(ref, actor, at)
    with transaction.atomic():
        counter = _held(ref, actor, at)
        suits.show_suit(counter=counter, form=form, actor=actor, at=at)
    return counter


def tell_of_suit(*, ref: str, event: str, text: str, actor: Actor, at: datetime) -> CounterNotice:
    """
    Tell how a suit stands (``tell``), or that it was dropped (``drop``), which puts the listing back.

    :raises NoSuchCounterNotice: if the actor can see no such answer
    :raises IllegalMove: if no suit of the notifier keeps the listing down
    """
    _settle(ref, actor, at)
    with transaction.atomic():
        counter = _held(ref, actor, at)
        suit = queries.open_suit_of(counter, lock=True)
        if suit is None:
            raise IllegalMove("No suit keeps this listing down.")
        suits.move_suit(suit=suit, event=event, result=text, actor=actor, at=at)
        if event == "drop":
            end_answer(counter, "end_for_seller", text=text, actor=Actor.system(), at=at)
    return counter


def judge(*, ref: str, event: str, text: str = "", actor: Actor, at: datetime) -> CounterNotice:
    """
    Do with an answer what a reviewer does: ``forward`` it, ``ask_for_more``, ``allow``, ``reject`` or ``annul`` it;
    ``take`` a suit, ``strike_out`` one that is none, or end it for either side.

    :raises NoSuchCounterNotice: if the actor can see no such answer
    :raises IllegalMove: if that cannot happen to it now
    :raises IncompleteReply: if nobody says why
    """
    _settle(ref, actor, at)
    with transaction.atomic():
        counter = _held(ref, actor, at)
        _judged(counter, event, text, actor, at)
    return counter


def _judged(counter: CounterNotice, event: str, text: str, actor: Actor, at: datetime) -> None:
    if event == "forward":
        counters.forward(counter=counter, actor=actor, at=at)
        letters.goes_on(counter, "sent_on", at=at)
        return
    if event == "ask_for_more":
        counters.ask_for_more(counter=counter, text=text, actor=actor, at=at)
        return
    if event == "end_for_holder" and counter.status == CounterStatus.RULED:  # ``keep_after_suit.keep`` does both
        raise IllegalMove("A court has ruled since: restrict the listing again, and say on what ground.")
    suit = queries.open_suit_of(counter, lock=True)
    if event == "take":
        if suit is None:
            raise IllegalMove("No suit was shown.")
        suits.move_suit(suit=suit, event="take", result="", actor=actor, at=at)
        return
    counters.require_text(text)
    if suit is not None and event in OF_SUITS:
        suits.move_suit(suit=suit, event=OF_SUITS[event], result=text, actor=actor, at=at)
    if event in ENDS:
        end_answer(counter, event, text=text, actor=actor, at=at)
        return
    counters.settle(counter=counter, event=event, text=text, actor=actor, at=at)
    if event == "strike_out":
        counters.object_as_before(counter=counter, at=at)
        letters.goes_on(counter, "struck_out", at=at)
