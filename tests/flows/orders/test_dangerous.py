"""An order about goods that are illegal, or dangerous: its own clock, the buyers, the duties of product safety."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache

from tests.factories import accounts, orders
from tests.factories.orders import AT
from tests.flows.world import World
from touchmark.apps.buyers import queries as buyers
from touchmark.apps.buyers.models import Duty
from touchmark.apps.catalog.models import Listing, Marketplace
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions import telling
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.orders import access, actions, queries
from touchmark.apps.orders.models import Order
from touchmark.apps.orders.said import IncompleteOrder
from touchmark.apps.outbox.models import Message
from touchmark.apps.safety.models import SafetyDuty
from touchmark.flows import inform_buyers, product_safety
from touchmark.flows.carry_out_order import lift

DAY = timedelta(days=1)


@pytest.fixture
def sold(world: World) -> World:
    Listing.objects.update(sold_count=4)
    return world


def looked(at: datetime = AT + timedelta(minutes=5)) -> tuple[int, int]:
    cache.clear()
    return product_safety.keep_up(at=at), inform_buyers.keep_up(at=at)


def duties() -> list[tuple[str, str, str]]:
    return sorted(SafetyDuty.objects.values_list("kind", "because", "status"))


def running(order: Order) -> dict[str, str]:
    return dict(Deadline.objects.filter(subject=f"order:{order.ref}", closed_at=None).values_list("clock", "rule"))


def test_dangerous_goods_have_a_clock_until_they_are_off_sale(sold: World) -> None:
    order = orders.verified(sold.rita, sold.listing.listing_id, product="dangerous")
    assert running(order) == {"answer_order": "eu.dsa.9.answer-order", "safety_order": "eu.gpsr.22.order"}
    due = Deadline.objects.get(clock="safety_order")
    assert due.started_at == order.received_at
    orders.carry_out_order.carry_out(ref=order.ref, actor=sold.rita, at=AT)
    assert list(running(order)) == ["answer_order"]
    due.refresh_from_db()
    assert due.outcome == "met"


def test_what_is_entered_wrongly_starts_and_stops_it(sold: World) -> None:
    order = orders.received(sold.rita, locations=(sold.listing.listing_id,)).order
    assert "safety_order" not in running(order)
    for product, runs in (("dangerous", True), ("illegal", False), ("dangerous", True)):
        said = orders.said(locations=(sold.listing.listing_id,), product=product)
        actions.complete(ref=order.ref, said=said, actor=sold.rita, at=AT)
        assert ("safety_order" in running(order)) is runs
    actions.withdraw(ref=order.ref, why="The court called.", actor=sold.rita, at=AT)
    assert running(order) == {}


@pytest.mark.parametrize("wrong", [{"product": "poison"}, {"product": "illegal", "kind": "give"}])
def test_only_an_order_to_act_says_a_known_word_of_goods(sold: World, wrong: dict[str, str]) -> None:
    with pytest.raises(IncompleteOrder) as refusal:
        orders.received(sold.rita, locations=("s-1",), **wrong)
    assert refusal.value.field == "product"


@pytest.mark.parametrize(
    ("product", "begun", "asked"),
    [
        ("", [], 0),
        ("illegal", [], 1),
        ("dangerous", [("authorities", "order", "due"), ("consumers", "order", "due")], 1),
    ],
)
def test_buyers_are_informed_and_duties_begin_by_what_it_says(
    sold: World, product: str, begun: list[tuple[str, str, str]], asked: int
) -> None:
    orders.carried_out(sold.rita, sold.listing.listing_id, product=product)
    looked()
    assert (duties(), Duty.objects.count()) == (begun, asked)
    assert looked() == (0, 0)  # once
    if product == "dangerous":
        said = Message.objects.get(payload__type="buyers.inform").payload["data"]["texts"]["en"]
        assert "can injure people" in said


def test_what_the_seller_is_not_to_learn_yet_is_told_to_nobody(sold: World) -> None:
    until = AT + 70 * DAY
    orders.carried_out(sold.rita, sold.listing.listing_id, product="dangerous", untold_until=until)
    assert looked() == (0, 0)
    decision = Decision.objects.get()
    telling.tell(decision=decision, at=until)
    looked(until + timedelta(minutes=5))
    assert [kind for kind, _, _ in duties()] == ["authorities", "consumers"]
    assert set(SafetyDuty.objects.values_list("began_at", flat=True)) == {until}
    assert Duty.objects.count() == 1


def test_lifted_it_is_undone(sold: World) -> None:
    order = orders.carried_out(sold.rita, sold.listing.listing_id, product="dangerous")
    looked()
    lift(ref=order.ref, why="The court set it aside.", actor=sold.rita, at=AT + DAY)
    looked(AT + DAY)
    assert {status for _, _, status in duties()} == {"ended"}
    assert not buyers.due(AT + DAY).exists()


def test_the_overview_counts_what_is_due_by_the_first_clock(sold: World) -> None:
    order = orders.received(sold.rita, locations=(sold.listing.listing_id,), product="dangerous").order
    seen = access.orders_for(sold.rita)
    first = Deadline.objects.get(clock="answer_order").due_at
    assert first is not None
    assert queries.counts(seen, first - 2 * DAY) == queries.Counts(1, 0, 0)
    assert queries.counts(seen, first - timedelta(hours=1)) == queries.Counts(1, 1, 0)
    assert queries.counts(seen, AT + 20 * DAY) == queries.Counts(1, 1, 1)
    actions.withdraw(ref=order.ref, why="The court called.", actor=sold.rita, at=AT)
    assert queries.counts(seen, AT) == queries.Counts(0, 0, 0)
    orders.received(sold.rita, locations=("L-0",), reference="2")
    page = accounts.signed_in(accounts.User.objects.get(pk=sold.rita.user_id)).get("/desk/home/").content.decode()
    assert "Orders of authorities, due within 24 hours" in page


def test_a_shop_that_can_do_no_less_takes_it_off_and_the_seller_reads_so(sold: World) -> None:
    Marketplace.objects.update(webhook_url="oscar+https://shop.example")
    order = orders.carried_out(sold.rita, sold.listing.listing_id)
    decision = Decision.objects.get()
    assert (decision.kind, decision.territories) == (DecisionKind.REMOVE, [])
    assert "everywhere, or nowhere" in decision.statement.content["facts"]
    assert Message.objects.get(payload__type="listing.restricted").payload["data"]["action"] == "remove"
    lift(ref=order.ref, why="The court set it aside.", actor=sold.rita, at=AT + DAY)
    assert Message.objects.filter(payload__type="listing.restored").exists()
    assert Letter.objects.filter(kind="order_lifted").exists()


def test_what_was_hidden_stays_hidden_where_an_order_does_not_disable_it(sold: World) -> None:
    sold.restrict(kind=DecisionKind.HIDE)
    order = orders.carried_out(sold.rita, sold.listing.listing_id)
    last = Message.objects.filter(payload__type="listing.restricted").latest("sequence").payload["data"]
    assert (last["action"], last["territories"], last["hide"]) == ("disable", ["DE"], True)
    lift(ref=order.ref, why="The court set it aside.", actor=sold.rita, at=AT + DAY)
    last = Message.objects.filter(payload__type="listing.restricted").latest("sequence").payload["data"]
    assert (last["action"], "hide" in last) == ("hide", False)
