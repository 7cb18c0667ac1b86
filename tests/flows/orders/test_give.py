"""An authority orders information about a seller: exactly what it asks for, after two people, each look on record."""

import json
from datetime import timedelta

import pytest

from tests.factories import accounts, catalog, orders
from tests.factories.orders import AT
from tests.flows.test_trader_clocks import given
from tests.flows.world import World
from touchmark.apps.audit.models import Event
from touchmark.apps.inbox.models import Letter
from touchmark.apps.orders import actions
from touchmark.apps.orders.access import NoSuchOrder
from touchmark.apps.orders.actions import NotVerified, OwnVerification
from touchmark.apps.orders.kinds import OrderKind
from touchmark.apps.outbox.models import Message
from touchmark.apps.traders import actions as traders
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.particulars import IncompleteParticulars
from touchmark.engine.terms import Role
from touchmark.flows.carry_out_order import carry_out
from touchmark.flows.give_information import NotAskedFor, disclose, look
from touchmark.flows.tell_seller import tell_due

DAY = timedelta(days=1)


def noted(ref: str) -> list[str]:
    return list(Event.objects.filter(stream=f"order:{ref}:notes").order_by("number").values_list("kind", flat=True))


@pytest.fixture
def trader(world: World) -> World:
    traders.give(given=given(), actor=world.sam, at=AT)
    return world


def test_exactly_what_is_asked_for_is_given_and_each_look_is_on_record(trader: World) -> None:
    order = orders.verified(trader.rita, "s-1", confirmed_by=trader.ravi, kind=OrderKind.GIVE)
    _, (held,) = look(ref=order.ref, actor=trader.rita, at=AT)
    assert held.fields == {"name": "Blue Crate GmbH", "address": "Am Kai 3, Hamburg", "shop": None}
    with pytest.raises(NotAskedFor, match="Carry the order out"):
        disclose(ref=order.ref, actor=trader.rita, at=AT)
    carry_out(ref=order.ref, actor=trader.rita, at=AT)
    _, data = disclose(ref=order.ref, actor=trader.rita, at=AT)
    (seller,) = json.loads(data)["sellers"]
    assert set(seller["held"]) == {"name", "address", "shop"}
    assert b"+49" not in data
    assert b"DE0212" not in data
    assert noted(order.ref) == ["verify", "confirm", "look", "disclose", "disclose"]
    last = Event.objects.filter(stream=f"order:{order.ref}:notes").order_by("number").last()
    assert last is not None
    assert "Blue Crate GmbH" not in str(last.payload)  # names of fields, and a digest
    assert set(last.payload) == {"fields", "sellers", "sha256"}
    letter = Letter.objects.get(kind="information_given")
    assert letter.organisation_id == trader.sam.organisation_id
    assert letter.content["fields"] == ["name of the trader", "address", "name of the shop"]
    assert "Hamburg" not in str(letter.content)


def test_a_mail_to_the_authority_holds_no_personal_data(trader: World) -> None:
    order = orders.verified(trader.rita, "s-1", confirmed_by=trader.ravi, kind=OrderKind.GIVE)
    carry_out(ref=order.ref, actor=trader.rita, at=AT)
    actions.answer(ref=order.ref, text="Handed over in person.", actor=trader.rita, at=AT)
    mails = Message.objects.filter(kind="email", to="poststelle@lg-koeln.example")
    assert mails.count() == 2
    assert not any("Hamburg" in str(mail.payload) for mail in mails)


def test_one_person_is_not_enough(trader: World) -> None:
    order = orders.verified(trader.rita, "s-1", kind=OrderKind.GIVE)
    with pytest.raises(OwnVerification):
        actions.verify(ref=order.ref, how="Still real.", actor=trader.rita, at=AT)
    for refused in (look, carry_out):
        with pytest.raises(NotVerified, match="second person"):
            refused(ref=order.ref, actor=trader.rita, at=AT)
    assert not Message.objects.filter(kind="email", to="poststelle@lg-koeln.example").exists()
    actions.verify(ref=order.ref, how="I called, too.", actor=trader.ravi, at=AT)
    with pytest.raises(IllegalMove):
        actions.verify(ref=order.ref, how="And again.", actor=trader.ravi, at=AT)


def test_personal_data_goes_out_on_a_whole_order_only(trader: World) -> None:
    lacking = {"kind": OrderKind.GIVE, "without": ("legal_basis",)}
    order = orders.verified(trader.rita, "s-1", confirmed_by=trader.ravi, **lacking)
    with pytest.raises(IncompleteParticulars, match="the legal basis"):
        carry_out(ref=order.ref, actor=trader.rita, at=AT)
    assert "disclose" not in noted(order.ref)


def test_the_seller_is_told_when_the_authority_lets_us(trader: World) -> None:
    until = AT + 10 * DAY
    order = orders.verified(trader.rita, "s-1", confirmed_by=trader.ravi, kind=OrderKind.GIVE, untold_until=until)
    carry_out(ref=order.ref, actor=trader.rita, at=AT)
    assert tell_due(until - DAY) == 0
    assert not Letter.objects.filter(kind="information_given").exists()
    assert tell_due(until) == 1
    assert tell_due(until) == 0
    assert Letter.objects.filter(kind="information_given").count() == 1


def test_a_seller_who_does_not_sign_in_here_is_told_through_the_marketplace(world: World) -> None:
    catalog.listing(seller_id="s-9")
    order = orders.verified(world.rita, "s-9", "s-none", confirmed_by=world.ravi, kind=OrderKind.GIVE)
    carry_out(ref=order.ref, actor=world.rita, at=AT)
    message = Message.objects.get(kind="webhook", payload__type="seller.told")
    assert message.payload["data"]["seller_id"] == "s-9"
    assert "It asked for: name of the trader, address, name of the shop" in message.payload["data"]["text"]
    assert [item.outcome for item in order.items.all()] == ["given", "unknown"]


def test_nobody_else_sees_an_order(trader: World) -> None:
    order = orders.verified(trader.rita, "s-1", confirmed_by=trader.ravi, kind=OrderKind.GIVE)
    for role in set(Role) - {Role.REVIEWER, Role.MARKETPLACE, Role.GUEST, Role.CLOCK, Role.SYSTEM}:
        with pytest.raises(NoSuchOrder):
            look(ref=order.ref, actor=accounts.actor(role), at=AT)


def test_an_order_to_act_gives_no_information(trader: World) -> None:
    order = orders.verified(trader.rita, trader.listing.listing_id)
    with pytest.raises(NotAskedFor):
        look(ref=order.ref, actor=trader.rita, at=AT)
