"""
Taking orders in and moving them: received, verified, asked about, completed, answered, declined, withdrawn.

Carrying one out and lifting it write decisions too, and are flows. Each step is on record under ``order:<ref>``. A
letter that nobody has verified leads to nothing but its being received.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.blobs.evidence import Taken
from touchmark.apps.catalog.models import Marketplace
from touchmark.apps.orders import access, letters, naming, queries
from touchmark.apps.orders.kinds import OrderKind
from touchmark.apps.orders.models import STANDS, LetterPage, Order, OrderItem
from touchmark.apps.orders.record import note, record, status_of
from touchmark.apps.orders.said import IncompleteOrder, Said
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.order import ORDER, OrderStatus
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.terms import Actor, Role


class NotVerified(TouchmarkError):
    """Nobody, or not as many as must, found the order to be real."""


class OwnVerification(NotYours):
    """Whoever verified an order first does not confirm it."""


class NoSuchMarketplace(TouchmarkError):
    """There is no such marketplace, or it is not the program's own."""


class WhyMissing(TouchmarkError):
    """Nobody says why, or what."""


@dataclass(frozen=True, slots=True)
class Received:
    """An order, and whether it had been received ``before``: then nothing was written but that it came again."""

    order: Order
    before: bool


@transaction.atomic
def receive(*, marketplace: str, said: Said, letter: Taken | None = None, actor: Actor, at: datetime) -> Received:
    """
    Take an order in. One that stands already under the same authority and reference is that one.

    :raises NotYours: if the actor neither reviews nor is the marketplace's program
    :raises NoSuchMarketplace: if it is none that the actor acts for
    :raises IncompleteOrder: if it cannot be told who orders what
    """
    event = ORDER.step(OrderStatus.NEW, "receive", roles=actor.roles).event
    market = _marketplace(marketplace, actor)
    said.require_usable(at=at)
    if known := Order.objects.filter(marketplace=market, same_key=said.same_key, status__in=STANDS).first():
        note(known, "again", actor=actor, at=at)
        return Received(known, before=True)
    order = Order(
        ref=new_ref("O", at),
        kind=said.kind,
        marketplace=market,
        country=said.country.upper(),
        authority=said.authority.strip(),
        reference=said.reference.strip(),
        same_key=said.same_key,
        received_at=said.received_at,
        entered_at=at,
        entered_by_id=actor.user_id,
    )
    _say(order, said)
    record(order, event, actor=actor, at=at, payload={"marketplace": market.slug, "kind": said.kind})
    _name(order, said)
    _keep(order, letter)
    return Received(order, before=False)


def require_may_receive(marketplace: str, actor: Actor) -> None:
    """
    Pass if the actor takes orders in for a marketplace, by its slug.

    :raises NoSuchMarketplace: otherwise; whether there is one is not said
    """
    reaches = actor.reaches(Role.REVIEWER)
    own = bool(marketplace) and actor.marketplace == marketplace
    within = any(
        not reach.brands and (not reach.marketplaces or marketplace in reach.marketplaces) for reach in reaches
    )
    if not (own or within) or not Marketplace.objects.filter(slug=marketplace).exists():
        raise NoSuchMarketplace(f"There is no marketplace {marketplace} for which you take orders in.")


def _marketplace(slug: str, actor: Actor) -> Marketplace:
    """Take the marketplace's row: of two who enter the same order at once, the second finds the first's."""
    require_may_receive(slug, actor)
    return Marketplace.objects.select_for_update().get(slug=slug)


def _say(order: Order, said: Said) -> None:
    order.contact = said.contact.strip()
    order.elements = said.texts
    order.territories = sorted({code.upper() for code in said.territories})
    order.asked = list(dict.fromkeys(said.asked))
    order.untold_until = said.untold_until
    order.product = said.product


def _name(order: Order, said: Said) -> None:
    order.items.all().delete()
    OrderItem.objects.bulk_create(naming.items(order, naming.written(said.locations)))


def _keep(order: Order, letter: Taken | None) -> None:
    if letter is None:
        return
    first = order.pages.count()
    order.letter = order.letter or letter.file
    order.save(update_fields=["letter"])
    LetterPage.objects.bulk_create(
        LetterPage(order=order, place=place, blob=page) for place, page in enumerate(letter.pages, start=first)
    )


@transaction.atomic
def verify(*, ref: str, how: str, actor: Actor, at: datetime) -> Order:
    """
    Say that an order is real, and how that was found; of one to give information, or where two must look before many
    are hurt by it, a second person says so again.

    Somebody else's letterhead is the usual fraud: call the authority by a number that is not in the letter.

    :raises NoSuchOrder: if there is none that the actor may see
    :raises WhyMissing: if nobody says how
    :raises OwnVerification: if the same person confirms
    :raises IllegalMove: if it is verified already, or settled
    """
    order = access.order_for(actor, ref, lock=True)
    if not actor.has(Role.REVIEWER):
        raise NotYours("A reviewer verifies an order.")
    if status_of(order) not in (OrderStatus.RECEIVED, OrderStatus.INCOMPLETE) or order.confirmed_at:
        raise IllegalMove("This order is verified already, or settled: there is nothing to verify.")
    if not how.strip():
        raise WhyMissing("Say how you found it to be real: whom you called, by which number, where you found that.")
    second, known = order.verified_at is not None, order.verified
    if second and order.verified_by_id == actor.user_id:
        raise OwnVerification("You verified it first: somebody else confirms.")
    if second:
        order.confirmed_at, order.confirmed_by_id = at, actor.person
        order.verified_how = f"{order.verified_how}\n\n{how.strip()}"
    else:
        order.verified_at, order.verified_by_id, order.verified_how = at, actor.person, how.strip()
    if order.verified and order.contact and order.issuer_id is None:
        order.issuer_id = accounts.authority_at(order.contact)
    order.save()
    note(order, "confirm" if second else "verify", actor=actor, at=at)
    if not known:
        letters.tell(order, "received", at=at, by=queries.answered_by(order))
    return order


def require_verified(order: Order) -> None:
    """
    Pass if an order is known to be real.

    :raises NotVerified: otherwise; nothing is done upon it but receiving it
    """
    if order.verified_at is None:
        raise NotVerified("Nobody has found this order to be real yet. Verify it first; nothing is done before.")
    if not order.verified:
        raise NotVerified("An order to give information takes a second person who finds it to be real.")


@transaction.atomic
def ask_for_more(*, ref: str, text: str, actor: Actor, at: datetime) -> Order:
    """
    Ask the authority for what is missing; the time to answer goes on.

    :raises NotVerified: if nobody found it to be real
    :raises WhyMissing: if nothing is asked
    :raises IllegalMove: if it does not wait to be carried out
    """
    order, event = _moved(ref, "ask_for_more", actor)
    require_verified(order)
    order.asked_for_more = _words(text, "Say what is missing, and how to give it: the authority reads it.")
    record(order, event, actor=actor, at=at, payload={"missing": [one.name for one in queries.missing_from(order)]})
    letters.tell(order, "incomplete", at=at, missing=queries.missing_from(order))
    return order


@transaction.atomic
def complete(*, ref: str, said: Said, letter: Taken | None = None, actor: Actor, at: datetime) -> Order:
    """
    Take in what completes an order, or what was entered wrongly.

    It is verified anew: what completes a real order can be forged as well. Not so what the authority's own people
    write here, signed in; but of an order to give information two people look at each version of it.

    :raises IncompleteOrder: if it cannot be taken in, or an order that was asked about still lacks something
    :raises IllegalMove: if it is carried out or settled already
    """
    order = access.sent_by(actor, ref)
    event = "complete" if order.status == OrderStatus.INCOMPLETE else "amend"
    event = ORDER.step(status_of(order), event, roles=actor.roles).event
    said.require_what(at=at)
    _say(order, said)
    if not actor.has(Role.AUTHORITY) or order.kind == OrderKind.GIVE:
        order.verified_at = order.verified_by = order.confirmed_at = order.confirmed_by = None
        order.verified_how = ""
    order.save()
    _name(order, said)
    _keep(order, letter)
    if event == "complete" and (lacking := queries.missing_from(order)):
        first, every = lacking[0], ", ".join(element.asks for element in lacking)
        raise IncompleteOrder(first.name, f"Still missing: {every}.")
    return record(order, event, actor=actor, at=at)


@transaction.atomic
def answer(*, ref: str, text: str, actor: Actor, at: datetime) -> Order:
    """
    Tell the authority what was done and when.

    :raises WhyMissing: if nothing is said
    :raises IllegalMove: if it is not carried out, or answered already
    """
    order, event = _moved(ref, "answer", actor)
    order.answer, order.answered_at = _words(text, "Write what was done and when: the authority reads it."), at
    record(order, event, actor=actor, at=at)
    letters.tell(order, "answered", at=at, items=list(queries.items_of(order)))
    return order


@transaction.atomic
def decline(*, ref: str, why: str, actor: Actor, at: datetime) -> Order:
    """
    Decline an order, with reasons. Of one that nobody found to be real, nobody is told.

    :raises WhyMissing: if nobody says why
    :raises IllegalMove: if it is carried out or settled already
    """
    order, event = _moved(ref, "decline", actor)
    order.ended_why = _words(why, "Say why it is declined: the authority reads it.")
    if letters.tell(order, "declined", at=at):
        order.answer, order.answered_at = order.ended_why, at
    return record(order, event, actor=actor, at=at)


@transaction.atomic
def withdraw(*, ref: str, why: str, actor: Actor, at: datetime) -> Order:
    """
    Take down that the authority takes its order back before it was carried out.

    :raises WhyMissing: if nobody says how we know
    :raises IllegalMove: if it is carried out already (then it is lifted), or settled
    """
    order = access.sent_by(actor, ref)
    event = ORDER.step(status_of(order), "withdraw", roles=actor.roles).event
    order.ended_why = _words(why, "Say who took it back, and how we know.")
    return record(order, event, actor=actor, at=at)


def _moved(ref: str, event: str, actor: Actor) -> tuple[Order, str]:
    order = access.order_for(actor, ref, lock=True)
    return order, ORDER.step(status_of(order), event, roles=actor.roles).event


def _words(text: str, missing: str) -> str:
    if not text.strip():
        raise WhyMissing(missing)
    return text.strip()
