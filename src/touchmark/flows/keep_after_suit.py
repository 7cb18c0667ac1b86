"""A court rules for the holder after a listing was put back: a reviewer restricts it again, by another decision."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import actions as catalog
from touchmark.apps.counters import access, suits
from touchmark.apps.counters import actions as counters
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import queries as decision_queries
from touchmark.apps.decisions.actions import IncompleteDecision
from touchmark.apps.notices import queries as notices
from touchmark.apps.notices.undoing import undo
from touchmark.apps.screening import queries as screening
from touchmark.engine.lifecycle.counter_notice import CounterStatus, life_of
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.flows.put_back import end_answer

if TYPE_CHECKING:
    from touchmark.apps.counters.models import CounterNotice
    from touchmark.apps.counters.suits import RulingForm
    from touchmark.apps.decisions.actions import Choice
    from touchmark.apps.notices.models import NoticeItem
    from touchmark.engine.terms import Actor


@transaction.atomic
def show_ruling(*, ref: str, form: RulingForm, actor: Actor, at: datetime) -> CounterNotice:
    """
    Show, as the notifier, that a court has ruled since the listing was put back.

    :raises NoSuchCounterNotice: if the actor can see no such answer
    :raises IllegalMove, NothingToKeep, IncompleteReply: as ``suits.show_ruling`` says
    """
    return suits.show_ruling(counter=_held(ref, actor), form=form, actor=actor, at=at)


@transaction.atomic
def keep(*, ref: str, choice: Choice | None, text: str, actor: Actor, at: datetime) -> CounterNotice:
    """
    Restrict a listing again because a court has ruled for the holder, and tell both sides; one that is restricted on
    another ground is kept by this too. The seller can appeal the decision, and answers the notice no more.

    :raises NoSuchCounterNotice: if the actor can see no such answer
    :raises IllegalMove: if no ruling waits
    :raises IncompleteDecision, IncompleteReply: if something that must be said is missing
    """
    counter = _held(ref, actor)
    life_of(statutory=counter.statutory).step(CounterStatus(counter.status), "end_for_holder", roles=actor.roles)
    counters.require_text(text)
    item = notices.taken(counter.item_id)
    _restricted_again(item, choice, actor=actor, at=at)
    undo(item=item, event="keep_after_suit", why=text, actor=actor, at=at)
    end_answer(counter, "end_for_holder", text=text, actor=actor, at=at)
    return counter


def _restricted_again(item: NoticeItem, choice: Choice | None, *, actor: Actor, at: datetime) -> None:
    standing = decision_queries.standing_on(item.listing)
    if standing is not None and standing.status == DecisionStatus.IN_FORCE:
        standing.notices.add(item)
        return
    if choice is None:
        raise IncompleteDecision("ground_reference", "Name the law or the term that the restriction rests on.")
    taken = decisions.take(
        listing=item.listing,
        snapshot=catalog.take_snapshot(item.listing, at=at),
        choice=choice,
        evidence=screening.evidence(screening.current(item.listing)),
        notices=[item],
        actor=actor,
        at=at,
    )
    decisions.explain(decision=taken, from_notice=True, at=at)
    decisions.carry_out(decision=taken, actor=actor, at=at)


def _held(ref: str, actor: Actor) -> CounterNotice:
    catalog.hold(access.counter_for(actor, ref).item.listing_id)
    return access.counter_for(actor, ref, lock=True)
