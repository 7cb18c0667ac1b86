"""Orders of authorities for tests: received, verified, carried out."""

from datetime import datetime, timedelta
from typing import Any

from tests.factories import accounts
from touchmark.apps.orders import actions
from touchmark.apps.orders.actions import Received
from touchmark.apps.orders.kinds import OrderKind
from touchmark.apps.orders.models import Order
from touchmark.apps.orders.said import Said
from touchmark.engine.terms import Actor, Role
from touchmark.flows import carry_out_order

AT = accounts.AT + timedelta(hours=3)
#: Whole under articles 9 and 10 of the Digital Services Act.
TEXTS = {
    "legal_basis": "§ 128 MarkenG",
    "reasons": "The court found that the bags carry the mark without leave.",
    "redress": "A complaint to the Landgericht within two weeks.",
    "inform": "Landgericht Köln, 31. Zivilkammer",
    "language": "English",
}


def said(kind: str = OrderKind.ACT, **changes: Any) -> Said:
    """Give what a whole letter of a German court says; ``without`` names texts that are missing."""
    lacking = changes.pop("without", ())
    whole: dict[str, Any] = {
        "kind": kind,
        "country": "DE",
        "authority": "Landgericht Köln",
        "reference": "31 O 345/26",
        "received_at": AT,
        "contact": "poststelle@lg-koeln.example",
        "elements": {name: text for name, text in TEXTS.items() if name not in lacking},
        "territories": ("DE",) if kind == OrderKind.ACT else (),
        "asked": ("name", "address", "shop") if kind == OrderKind.GIVE else (),
    }
    return Said(**whole | changes)


def received(actor: Actor, on: str = "bazaar", at: datetime = AT, **changes: Any) -> Received:
    """Let somebody take an order in."""
    return actions.receive(marketplace=on, said=said(**changes), actor=actor, at=at)


def verified(by: Actor, *locations: str, confirmed_by: Actor | None = None, at: datetime = AT, **changes: Any) -> Order:
    """Take an order in that is found to be real: of one to give information, by two people."""
    order = received(by, at=at, locations=locations, **changes).order
    for person in (by, confirmed_by) if confirmed_by else (by,):
        actions.verify(ref=order.ref, how="Called back by the number on the court's own site.", actor=person, at=at)
    order.refresh_from_db()
    return order


def carried_out(by: Actor, *locations: str, at: datetime = AT, **changes: Any) -> Order:
    """Take an order in, and carry it out."""
    order = verified(by, *locations, at=at, **changes)
    return carry_out_order.carry_out(ref=order.ref, actor=by, at=at)


def reviewers() -> tuple[Actor, Actor]:
    """Give two people of the desk."""
    return accounts.actor(Role.REVIEWER), accounts.actor(Role.REVIEWER)
