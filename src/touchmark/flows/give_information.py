"""
An authority asks for information about sellers: exactly what it asks for is compiled, each look recorded.

The seller is told at the latest then, unless the authority has set a later time (DSA, article 10(5)).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from touchmark.apps.decisions.statement import read_by
from touchmark.apps.decisions.told import SELLER_TOLD
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.orders import access, queries
from touchmark.apps.orders.actions import require_verified
from touchmark.apps.orders.kinds import Asked, OrderKind, Outcome
from touchmark.apps.orders.record import note
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.traders.disclosing import held_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.policy import particulars
from touchmark.engine.policy.orders import DOCUMENTS, regime_of
from touchmark.engine.record.canonical import Json

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Seller
    from touchmark.apps.orders.models import Order, OrderItem
    from touchmark.engine.terms import Actor


class NotAskedFor(TouchmarkError):
    """The order asks for no information, or is not carried out yet."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is given about one seller: each field that was asked for, None where nothing is held."""

    seller_id: str
    marketplace: str
    fields: dict[str, str | None]


def give(order: Order, items: Iterable[OrderItem], *, actor: Actor, at: datetime) -> None:
    """
    Compile what the order asks for, and put on record that it is disclosed; the caller holds its row.

    :raises IncompleteParticulars: if it lacks what its law asks for: personal data goes out on a whole order only
    """
    regime = regime_of(order.country, order.received_at.date())
    particulars.require(queries.given_in(order), document=DOCUMENTS[order.kind], regime=regime)
    every = list(items)
    for item in every:
        item.outcome = Outcome.GIVEN if item.seller_id is not None else Outcome.UNKNOWN
        item.save(update_fields=["outcome"])
    if any(item.outcome == Outcome.GIVEN for item in every):
        _disclosed(order, compiled(order), actor=actor, at=at)


def compiled(order: Order) -> list[Held]:
    """Give what is held of what the order asks for, about each seller that it names; the caller records the look."""
    named = queries.named_sellers(queries.items_of(order).select_related("seller__marketplace"))
    return [_held(item.seller, order.asked) for item in named if item.seller is not None]


def _held(seller: Seller, asked: list[str]) -> Held:
    opened = seller.opened_on.isoformat() if seller.opened_on else ""
    of_shop = {Asked.SHOP.value: seller.name, Asked.OPENED_ON.value: opened, Asked.COUNTRY.value: seller.country}
    held = of_shop | held_of(seller.organisation_id, asked)
    return Held(seller.seller_id, seller.marketplace.slug, {name: held.get(name) or None for name in asked})


@transaction.atomic
def look(*, ref: str, actor: Actor, at: datetime) -> tuple[Order, list[Held]]:
    """
    Show what would be given, or was; that somebody looked is on record.

    :raises NoSuchOrder: if there is none that the actor may see
    :raises NotAskedFor: if it asks for no information
    :raises NotVerified: if no two people found it to be real
    """
    order = _whole(ref, actor)
    note(order, "look", actor=actor, at=at, payload={"fields": list(order.asked)})
    return order, compiled(order)


@transaction.atomic
def disclose(*, ref: str, actor: Actor, at: datetime) -> tuple[Order, bytes]:
    """
    Give what was asked for as the file that goes to the authority; each time is on record, with the file's digest.

    :raises NotAskedFor: if it asks for no information, or is not carried out
    """
    order = _whole(ref, actor)
    if order.carried_out_at is None:
        raise NotAskedFor("Carry the order out first: what is disclosed is told to the seller, unless that must wait.")
    return order, _disclosed(order, compiled(order), actor=actor, at=at)


def _whole(ref: str, actor: Actor) -> Order:
    order = access.order_for(actor, ref, lock=True)
    if order.kind != OrderKind.GIVE:
        raise NotAskedFor("This order asks for no information.")
    require_verified(order)
    return order


def _disclosed(order: Order, held: list[Held], *, actor: Actor, at: datetime) -> bytes:
    sellers = [{"marketplace": one.marketplace, "seller_id": one.seller_id, "held": one.fields} for one in held]
    said: dict[str, Any] = {"order": order.ref, "reference": order.reference, "authority": order.authority}
    data = json.dumps(said | {"compiled_at": at.isoformat(), "sellers": sellers}, ensure_ascii=False, indent=2).encode()
    payload: dict[str, Json] = {
        "fields": list(order.asked),
        "sellers": len(held),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    note(order, "disclose", actor=actor, at=at, payload=payload)
    return data


def tell_sellers(order: Order, *, at: datetime) -> None:
    """Tell each seller about whom information was given, here or through the marketplace. The caller holds the row."""
    order.told_at = at
    order.save(update_fields=["told_at"])
    for item in queries.named_sellers(queries.items_of(order)):
        if item.seller is not None and item.outcome == Outcome.GIVEN:
            _tell(order, item.seller, at)


def _tell(order: Order, seller: Seller, at: datetime) -> None:
    slug = seller.marketplace.slug
    with translation.override(read_by(seller)):
        content = _content(order, seller, at)
        text = render_to_string("letters/parts/information_given.txt", {"c": content}).strip()
    if seller.organisation is None:
        data = {"marketplace": slug, "seller_id": seller.seller_id, "text": text}
        outbox.tell_marketplace(slug, SELLER_TOLD, data, at=at, subject=f"order:{order.ref}:{seller.pk}")
        return
    about: dict[str, Any] = {"kind": "information_given", "about": order.ref, "content": content, "at": at}
    inbox.deliver(organisation=seller.organisation, concerns=inbox.Concerns(slug), **about)


def _content(order: Order, seller: Seller, at: datetime) -> dict[str, Any]:
    """Give what the letter keeps: names of fields are translated, and the moment is written, where it is read."""
    with translation.override("en"):
        fields = [str(Asked(name).label) for name in order.asked]
    return {
        "authority": f"{order.authority} ({order.country})",
        "reference": order.reference,
        "fields": fields,
        "given_at": (order.carried_out_at or at).isoformat(),
        "shop": str(seller),
        "legal_basis": order.elements.get("legal_basis", ""),
        "reasons": order.elements.get("reasons", ""),
        "redress": order.elements.get("redress", ""),
    }
