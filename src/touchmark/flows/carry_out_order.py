"""
An authority's order is carried out: listings are disabled where it applies, by a decision like any other; taken off
sale where their shop cannot do less, since an order binds. Its ground is the order, not a right; it stands beside what
was decided here, and settles nothing that waits at the desk. And the way back, when the order is lifted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from touchmark.apps.catalog import access as catalog
from touchmark.apps.catalog import actions as catalog_actions
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import putting_back, queries, record, telling
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.statement import read_by
from touchmark.apps.desk.proposals import why_two
from touchmark.apps.orders import access, letters
from touchmark.apps.orders import queries as order_queries
from touchmark.apps.orders.actions import NotVerified, WhyMissing, require_verified
from touchmark.apps.orders.kinds import OrderKind, Outcome
from touchmark.apps.orders.record import note, status_of
from touchmark.apps.orders.record import record as record_order
from touchmark.apps.screening import queries as screening
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.order import ORDER
from touchmark.engine.terms import Actor, Role
from touchmark.engine.territories import codes_that_meet
from touchmark.flows.give_information import give, tell_sellers

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.orders.models import Order, OrderItem

#: How much of a ground fits where the decision keeps it.
LONGEST_GROUND = 500


#: Less time than this to answer is time in which nobody else need be there.
A_DAY = timedelta(days=1)


class SecondPersonMissing(NotVerified):
    """Two must look before an order that hurts many is carried out."""


class NothingToDo(TouchmarkError):
    """Nothing that the order names can be acted on; it is declined, and that said."""


@transaction.atomic
def carry_out(*, ref: str, actor: Actor, at: datetime) -> Order:
    """
    Do what an order asks, once: disable each listing that is offered where it applies, or compile what is asked about
    each seller. The sellers are told, unless the authority has set a later time.

    :raises NoSuchOrder: if there is none that the actor may see
    :raises NotVerified, SecondPersonMissing: if nobody, or not as many as must, found it to be real
    :raises NothingToDo: if nothing that it names is known, or offered where it applies
    :raises IncompleteParticulars: if an order to give information lacks what its law asks for
    :raises AlreadyThere: if somebody was first
    """
    order = access.order_for(actor, ref, lock=True)
    event = ORDER.step(status_of(order), "carry_out", roles=actor.roles).event
    require_verified(order)
    items = list(order_queries.items_of(order))
    require_second(order, items, at)
    act = _restrict if order.kind == OrderKind.ACT else give
    act(order, items, actor=actor, at=at)
    if not any(item.outcome in (Outcome.RESTRICTED, Outcome.GIVEN) for item in items):
        raise NothingToDo("Nothing that it names is known here, or offered where it applies: decline it with that.")
    order.carried_out_at = at
    lacking = [element.name for element in order_queries.missing_from(order)]
    record_order(order, event, actor=actor, at=at, payload={"missing": lacking})
    if order.kind == OrderKind.GIVE and not _later(order, at):
        tell_sellers(order, at=at)
    return order


def require_second(order: Order, items: Iterable[OrderItem], at: datetime) -> None:
    """
    Pass if as many people as must have looked at an order to act.

    :raises SecondPersonMissing: if a second person must
    """
    if order.confirmed_at is None and asks_for_two(order, items, at):
        raise SecondPersonMissing(
            "What it names very many have bought or look at: a second person confirms that the order is real."
        )


def asks_for_two(order: Order, items: Iterable[OrderItem], at: datetime) -> str:
    """
    Give the rule by which two must look before an order to act is carried out; blank where one is enough.

    Where the law leaves less than a day to answer, nobody waits for a second person: the order binds.
    """
    by = order_queries.answered_by(order)
    if order.kind != OrderKind.ACT or (by is not None and by - order.received_at < A_DAY):
        return ""
    named = [item.listing for item in items if item.listing is not None and item.listing.gone_at is None]
    rules = (why_two(one, DecisionKind.DISABLE, screening.current(one), at=at) for one in named)
    return next(filter(None, rules), "")


def _later(order: Order, at: datetime) -> datetime | None:
    """Give until when the sellers are told nothing, if that is still to come."""
    return order.untold_until if order.untold_until and order.untold_until > at else None


def _restrict(order: Order, items: Iterable[OrderItem], *, actor: Actor, at: datetime) -> None:
    taken: dict[int, Decision] = {}
    for item in sorted(items, key=lambda one: one.listing_id or 0):  # rows in one order: nobody waits in a circle
        item.outcome = Outcome.UNKNOWN
        if item.listing_id is not None:
            listing = catalog.taken_by_key(item.listing_id)
            item.outcome = _outcome(order, listing)
            if item.outcome == Outcome.RESTRICTED:
                known = taken.get(listing.pk)
                item.decision = taken[listing.pk] = known or _decide(order, listing, actor=actor, at=at)
        item.save(update_fields=["outcome", "decision"])


def _outcome(order: Order, listing: Listing) -> Outcome:
    if listing.gone_at is not None:
        return Outcome.GONE
    offered = not listing.sold_in or not codes_that_meet(order.applies_in).isdisjoint(listing.sold_in)
    return Outcome.RESTRICTED if offered else Outcome.NOT_OFFERED


def _decide(order: Order, listing: Listing, *, actor: Actor, at: datetime) -> Decision:
    decision = decisions.take(
        listing=listing,
        snapshot=catalog_actions.take_snapshot(listing, at=at),
        choice=_choice(order, listing, at),
        evidence={},
        notices=(),
        actor=actor,
        at=at,
    )
    decisions.explain(decision=decision, from_notice=False, at=at)
    decisions.carry_out(decision=decision, actor=actor, at=at)
    _name_second(decision, order, actor)
    return decision


def _name_second(decision: Decision, order: Order, actor: Actor) -> None:
    """Whoever looked besides is named in the decision too: neither of the two decides on an appeal against it."""
    if order.confirmed_at is not None:
        other = order.confirmed_by_id if order.verified_by_id == actor.user_id else order.verified_by_id
        second = Actor(other, actor.organisation_id, frozenset({Role.REVIEWER}))
        decisions.approve(decision=decision, actor=second, at=order.confirmed_at)


def _choice(order: Order, listing: Listing, at: datetime) -> Choice:
    """Say to the seller, in its language, who ordered what, on which ground, and where that can be contested."""
    said = order.elements
    with translation.override(read_by(listing.seller)):
        facts = _("{authority} ({country}) ordered us to act against this listing. Its order: {reference}.")
        where = _("How the order itself can be contested:")
        why = [said.get("reasons", ""), f"{where} {said['redress']}" if said.get("redress") else ""]
        explained = "\n\n".join(filter(None, why)) or _("We carry out what the authority has ordered.")
        ground = said.get("legal_basis") or _("Order of an authority")
        facts = facts.format(authority=order.authority, country=order.country, reference=order.reference)
        if listing.marketplace.wholly:
            facts += " " + _("Your shop has a product on sale everywhere, or nowhere; so it is off sale everywhere.")
    return Choice(
        kind=DecisionKind.REMOVE if listing.marketplace.wholly else DecisionKind.DISABLE,
        facts=facts,
        request_key=uuid4(),
        ground=Ground.ORDER,
        ground_reference=ground[:LONGEST_GROUND],
        ground_explanation=explained,
        territories=() if listing.marketplace.wholly else tuple(order.applies_in),
        order=order.ref,
        untold_until=_later(order, at),
    )


@transaction.atomic
def lift(*, ref: str, why: str, actor: Actor, at: datetime) -> Order:
    """
    Undo what was done upon an order that a court, or the authority itself, has lifted.

    :raises NoSuchOrder: if there is none that the actor may see
    :raises WhyMissing: if nobody says why
    :raises IllegalMove: if it is not carried out, or lifted already
    """
    order = access.order_for(actor, ref, lock=True)
    event = ORDER.step(status_of(order), "lift", roles=actor.roles).event
    if not why.strip():
        raise WhyMissing("Say who lifted the order, and by what: the authority and the sellers read it.")
    order.ended_why = why.strip()
    for decision in _standing(order):
        putting_back.put_back(decision=decision, reason=order.ended_why, actor=actor, at=at)
        record.write_to_seller(decision, "order_lifted", at=at, why=order.ended_why)
    record_order(order, event, actor=actor, at=at)
    letters.tell(order, "lifted", at=at)
    return order


def _standing(order: Order) -> list[Decision]:
    keys = {item.decision_id for item in order_queries.items_of(order) if item.decision_id is not None}
    taken = [queries.taken(key) for key in sorted(keys)]
    return [decision for decision in taken if decision.status in putting_back.RESTRICTS]


@transaction.atomic
def hold(*, ref: str, until: datetime, why: str, actor: Actor, at: datetime) -> Order:
    """
    Set anew until when the sellers are told nothing, as the authority says; a moment that has come tells them now.

    Whoever was told stays told.

    :raises WhyMissing: if nobody says upon what
    :raises NotVerified: if the order is not known to be real
    """
    order = access.order_for(actor, ref, lock=True)
    require_verified(order)
    if not why.strip():
        raise WhyMissing("Say by which word of the authority the time is changed.")
    order.untold_until, order.untold_why = until, why.strip()
    order.save(update_fields=["untold_until", "untold_why"])
    note(order, "hold", actor=actor, at=at, payload={"until": until.isoformat()})
    telling.put_off(order.ref, until=until)
    return order
