"""An authority orders to act against listings: in its territories, beside what is decided otherwise, and back."""

from datetime import timedelta

import pytest

from tests.factories import accounts, catalog, orders
from tests.factories.orders import AT
from tests.flows.world import World, appeal_form
from touchmark.apps.accounts.models import User
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.audit.models import Event
from touchmark.apps.catalog import actions as catalog_actions
from touchmark.apps.catalog.models import Listing
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions import actions as decisions
from touchmark.apps.decisions import queries, strikes
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision, Restriction
from touchmark.apps.inbox.models import Letter
from touchmark.apps.orders import actions
from touchmark.apps.orders.actions import NotVerified, OwnVerification
from touchmark.apps.orders.models import Order
from touchmark.apps.orders.said import IncompleteOrder
from touchmark.apps.outbox.models import Message
from touchmark.apps.reports import statements
from touchmark.engine.lifecycle.table import AlreadyThere, IllegalMove
from touchmark.engine.terms import Actor
from touchmark.flows import carry_out_order, hear_marketplace
from touchmark.flows.carry_out_order import NothingToDo, SecondPersonMissing, carry_out, lift
from touchmark.flows.resolve_appeal import resolve
from touchmark.web.desk.contested import form_of

DAY = timedelta(days=1)


def told(subject: Listing) -> list[tuple[str, dict[str, object]]]:
    """Give what the marketplace was told of a listing, in its order: type and data."""
    found = Message.objects.filter(kind="webhook", subject=f"listing:{subject.pk}").order_by("sequence")
    return [(message.payload["type"], message.payload["data"]) for message in found]


def mails() -> list[str]:
    found = Message.objects.filter(kind="email", to="poststelle@lg-koeln.example").order_by("created_at", "id")
    return [message.payload["subject"] for message in found]


def test_what_very_many_have_bought_takes_two_before_an_order_takes_it_off(world: World) -> None:
    Listing.objects.filter(pk=world.listing.pk).update(sold_count=5_000)
    order = orders.verified(world.rita, world.listing.listing_id)
    rita = accounts.signed_in(User.objects.get(pk=world.rita.user_id))
    page = rita.get(f"/orders/{order.ref}/").text
    assert "A second person confirms, because very many have bought" in page
    assert "Carry it out" not in page
    with pytest.raises(SecondPersonMissing):
        carry_out(ref=order.ref, actor=world.rita, at=AT)
    with pytest.raises(OwnVerification):
        actions.verify(ref=order.ref, how="Again.", actor=world.rita, at=AT)
    before = mails()
    actions.verify(ref=order.ref, how="I called, too.", actor=world.ravi, at=AT)
    assert mails() == before  # the authority was told that it is received
    carry_out(ref=order.ref, actor=world.rita, at=AT)
    decision = Decision.objects.get(order=order.ref)
    assert (decision.decided_by_id, decision.approved_by_id) == (world.rita.user_id, world.ravi.user_id)


def test_where_the_law_leaves_hours_nobody_waits_for_a_second_person(world: World) -> None:
    Listing.objects.filter(pk=world.listing.pk).update(sold_count=5_000)
    order = orders.verified(world.rita, world.listing.listing_id, country="IN", territories=("DE",))
    order = carry_out(ref=order.ref, actor=world.rita, at=AT)
    assert order.carried_out_at == AT


def test_an_order_goes_the_whole_way(world: World) -> None:
    listing = world.listing
    order = orders.received(world.rita, locations=(listing.listing_id,), without=("redress",)).order
    assert Deadline.objects.get(subject=f"order:{order.ref}").rule == "eu.dsa.9.answer-order"
    actions.verify(ref=order.ref, how="Called the court.", actor=world.rita, at=AT)
    actions.ask_for_more(ref=order.ref, text="Please name it.", actor=world.rita, at=AT)
    whole = orders.said(locations=(listing.listing_id,))
    with pytest.raises(IncompleteOrder, match="the redress that is open"):
        actions.complete(
            ref=order.ref, said=orders.said(locations=("L-0",), without=("redress",)), actor=world.rita, at=AT
        )
    actions.complete(ref=order.ref, said=whole, actor=world.rita, at=AT + DAY)
    with pytest.raises(NotVerified):  # what completes it could be forged as well
        carry_out(ref=order.ref, actor=world.rita, at=AT + DAY)
    actions.verify(ref=order.ref, how="The same clerk confirms.", actor=world.rita, at=AT + DAY)
    carry_out(ref=order.ref, actor=world.rita, at=AT + DAY)
    decision = Decision.objects.get(order=order.ref)
    assert (decision.kind, decision.territories, decision.ground) == (DecisionKind.DISABLE, ["DE"], Ground.ORDER)
    assert "Landgericht Köln (DE) ordered us" in decision.statement.content["facts"]
    assert decision.statement.content["legal_ground"] == "§ 128 MarkenG"
    assert "within two weeks" in decision.statement.content["ground_explanation"]
    assert decision.statement.content["source"] == "We acted on the order of an authority."
    assert decision.statement.content["duration"].endswith("lasts as long as the order does.")
    ((kind, data),) = told(listing)
    assert (kind, data["action"], data["territories"]) == ("listing.restricted", "disable", ["DE"])
    assert "tell_seller" not in data
    actions.answer(ref=order.ref, text="Done on 2 August.", actor=world.rita, at=AT + DAY)
    assert Deadline.objects.get(subject=f"order:{order.ref}").outcome == "met"
    assert sorted(subject.split(":")[1].strip().split(" (")[0] for subject in mails()) == [
        "received",
        "received",
        "something is missing",
        "what was done",
    ]
    lift(ref=order.ref, why="The court set it aside.", actor=world.rita, at=AT + 2 * DAY)
    assert [kind for kind, _ in told(listing)] == ["listing.restricted", "listing.restored"]
    assert Order.objects.get().status == "lifted"
    assert Letter.objects.filter(kind="order_lifted", organisation_id=world.sam.organisation_id).count() == 1
    kinds = Event.objects.filter(stream=f"order:{order.ref}").order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["receive", "ask_for_more", "complete", "carry_out", "answer", "lift"]


def test_what_waits_at_the_desk_goes_on_waiting_and_can_be_decided_beside_it(world: World) -> None:
    notice = world.report()
    orders.carried_out(world.rita, world.listing.listing_id)
    notice.refresh_from_db()
    assert notice.status == "received"
    assert queries.in_force_on(world.listing) is None
    own = world.restrict()
    assert own.kind == DecisionKind.REMOVE
    kinds = [(data["decision"], data["action"]) for _, data in told(world.listing)]
    order = Decision.objects.exclude(order="").get()
    assert kinds == [(order.ref, "disable"), (own.ref, "remove")]
    assert told(world.listing)[1][1]["also"] == [{"decision": order.ref, "action": "disable", "territories": ["DE"]}]


def test_lifting_the_one_leaves_the_other(world: World) -> None:
    own = world.restrict()
    order = orders.carried_out(world.rita, world.listing.listing_id)
    (_, second) = told(world.listing)
    assert (second[1]["action"], second[1]["territories"]) == ("remove", [])  # each message says the whole
    decisions.reverse(decision=own, reason="No use.", actor=world.ravi, at=AT + DAY)
    kind, data = told(world.listing)[2]
    assert (kind, data["still_restricted"]) == ("listing.restored", [Decision.objects.get(order=order.ref).ref])
    kind, data = told(world.listing)[3]
    assert (kind, data["action"], data["territories"]) == ("listing.restricted", "disable", ["DE"])
    assert "also" not in data
    for message in Message.objects.filter(kind="webhook").order_by("sequence"):
        hear_marketplace.hear(message.payload, at=AT + DAY)
    restriction = Restriction.objects.get(decision__order=order.ref)
    assert restriction.status == "in_place"
    assert Restriction.objects.get(decision=own).status == "lifted"
    lift(ref=order.ref, why="Set aside.", actor=world.rita, at=AT + 2 * DAY)
    assert told(world.listing)[-1][0] == "listing.restored"
    assert "still_restricted" not in told(world.listing)[-1][1]


def test_two_orders_add_up(world: World) -> None:
    orders.carried_out(world.rita, world.listing.listing_id)
    second = {"country": "FR", "authority": "Tribunal de Paris", "reference": "26/1", "territories": ("FR", "BE")}
    french = orders.carried_out(world.rita, world.listing.listing_id, **second)
    assert told(world.listing)[-1][1]["territories"] == ["BE", "DE", "FR"]
    lift(ref=french.ref, why="Set aside.", actor=world.rita, at=AT + DAY)
    assert told(world.listing)[-1][1]["territories"] == ["DE"]


def test_an_order_is_no_strike_and_no_statement_of_article_17(world: World) -> None:
    decision = Decision.objects.get(order=orders.carried_out(world.rita, world.listing.listing_id).ref)
    assert world.listing.seller is not None
    assert list(strikes.counted_on([world.listing.seller.pk])) == []
    assert strikes.counting_on(world.listing.marketplace, size=5) == []
    assert decision not in statements.due()
    world.restrict()
    assert statements.due().count() == 1


def test_a_decision_rests_on_an_order_or_on_a_right_never_on_both(world: World) -> None:
    with pytest.raises(IncompleteDecision, match="order"):
        world.choice(ground=Ground.ORDER).require_whole(at=AT)
    with pytest.raises(IncompleteDecision, match="order"):
        world.choice(order="O-1").require_whole(at=AT)
    with pytest.raises(IncompleteDecision, match="right"):
        world.choice(right=None).require_whole(at=AT)


def test_nothing_is_done_upon_a_letter_that_nobody_verified(world: World) -> None:
    order = orders.received(world.rita, locations=(world.listing.listing_id,)).order
    with pytest.raises(NotVerified):
        carry_out(ref=order.ref, actor=world.rita, at=AT)
    with pytest.raises(NotVerified):
        actions.ask_for_more(ref=order.ref, text="What?", actor=world.rita, at=AT)
    with pytest.raises(NotVerified):
        carry_out_order.hold(ref=order.ref, until=AT + DAY, why="They say so.", actor=world.rita, at=AT)
    actions.decline(ref=order.ref, why="The court knows of no such order.", actor=world.rita, at=AT)
    assert mails() == told(world.listing) == []  # nobody is told, least of all whoever forged it
    assert not Decision.objects.exists()
    with pytest.raises(IllegalMove):
        actions.verify(ref=order.ref, how="Late.", actor=world.rita, at=AT)


def test_what_is_unknown_gone_or_offered_elsewhere_is_told_apart(world: World) -> None:
    here = catalog.listing(offered_in=["DE", "FR"], url="https://bazaar.example/item/7?utm_source=x")
    there = catalog.listing(offered_in=["PL"])
    gone = catalog.listing()
    Listing.objects.filter(pk=gone.pk).update(gone_at=AT)
    named = ("https://www.bazaar.example/item/7", f"bazaar:{there.listing_id}", gone.listing_id, "L-nothing")
    order = orders.carried_out(world.rita, *named, here.listing_id)
    outcomes = [item.outcome for item in order.items.all()]
    assert outcomes == ["restricted", "not_offered", "gone", "unknown", "restricted"]
    assert Decision.objects.filter(order=order.ref).count() == 1  # one listing named twice is one decision


def test_an_order_for_a_country_where_nothing_is_offered_is_declined(world: World) -> None:
    elsewhere = catalog.listing(offered_in=["PL"])
    order = orders.verified(world.rita, elsewhere.listing_id)
    with pytest.raises(NothingToDo, match="decline"):
        carry_out(ref=order.ref, actor=world.rita, at=AT)
    assert not Decision.objects.exists()
    actions.decline(ref=order.ref, why="It is not offered in Germany.", actor=world.rita, at=AT)
    assert any(mail.startswith("Your order 31 O 345/26: not carried out") for mail in mails())


def test_the_same_order_twice_is_one_and_after_its_end_a_new_one(world: World) -> None:
    first = orders.received(world.rita)
    again = orders.received(world.ravi, authority="landgericht  KÖLN", reference="31 o 345/26")
    assert (first.before, again.before) == (False, True)
    assert again.order == first.order
    actions.withdraw(ref=first.order.ref, why="Their letter of 3 August.", actor=world.rita, at=AT)
    for refused in (
        lambda: carry_out(ref=first.order.ref, actor=world.rita, at=AT),
        lambda: actions.withdraw(ref=first.order.ref, why="Again.", actor=world.rita, at=AT),
        lambda: lift(ref=first.order.ref, why="Again.", actor=world.rita, at=AT),
    ):
        with pytest.raises(IllegalMove):
            refused()
    assert orders.received(world.rita).order != first.order


def test_two_officers_at_once_carry_it_out_once(world: World) -> None:
    order = orders.carried_out(world.rita, world.listing.listing_id)
    with pytest.raises(AlreadyThere):
        carry_out(ref=order.ref, actor=world.ravi, at=AT)
    assert Decision.objects.count() == 1


def test_an_order_of_one_listing_cannot_stand_on_it_twice(world: World) -> None:
    order = orders.carried_out(world.rita, world.listing.listing_id)
    choice = world.choice(
        right=None, ground=Ground.ORDER, order=order.ref, kind=DecisionKind.DISABLE, territories=("DE",)
    )
    about = {"listing": world.listing, "snapshot": catalog_actions.take_snapshot(world.listing, at=AT)}
    with pytest.raises(AlreadyRestricted):
        decisions.take(**about, choice=choice, evidence={}, notices=(), actor=world.rita, at=AT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"authority": " "}, "authority"),
        ({"country": "Germany"}, "country"),
        ({"reference": ""}, "reference"),
        ({"kind": "close"}, "kind"),
        ({"received_at": AT + DAY}, "received_at"),
        ({"territories": ("DEU",)}, "territories"),
        ({"asked": ("diary",)}, "asked"),
        ({"untold_until": AT - DAY}, "untold_until"),
        ({"locations": tuple(f"L-{number}" for number in range(301))}, "locations"),
    ],
)
def test_what_cannot_be_taken_in_names_the_field(world: World, changes: dict[str, object], field: str) -> None:
    with pytest.raises(IncompleteOrder) as refusal:
        actions.receive(marketplace="bazaar", said=orders.said(**changes), actor=world.rita, at=AT)
    assert refusal.value.field == field


def test_the_answer_is_due_from_the_day_it_was_received_by_the_law_of_its_country(world: World) -> None:
    indian = orders.received(world.rita, country="IN", received_at=AT - DAY, reference="7").order
    due = Deadline.objects.get(subject=f"order:{indian.ref}")
    assert (due.rule, due.due_at) == ("in.it.3-1-d.order-3h", AT - DAY + timedelta(hours=3))


def test_a_marketplace_takes_in_orders_of_its_own_alone(world: World) -> None:
    program = Actor.program_of("bazaar")
    order = orders.received(program).order
    assert order.entered_by is None
    with pytest.raises(actions.NoSuchMarketplace):
        orders.received(program, on="lumina")
    with pytest.raises(Exception, match="only by"):
        carry_out(ref=order.ref, actor=program, at=AT)


def test_an_appeal_narrows_what_went_beyond_the_order(world: World) -> None:
    order = orders.carried_out(world.rita, world.listing.listing_id, territories=("DE", "FR"))
    decision = Decision.objects.get(order=order.ref)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=AT + DAY)
    form = form_of(appeal, {"outcome": "reverse_partly", "text": "France was not meant.", "kind": "disable"})
    form.data["territories"] = "DE"
    assert form.is_valid()
    said = {"event": "reverse_partly", "text": "France was not meant.", "choice": form.choice_for(appeal)}
    resolve(ref=appeal.ref, actor=world.ravi, at=AT + 2 * DAY, **said)
    left = Decision.objects.get(order=order.ref, status="in_force")
    assert (left.territories, left.ground) == (["DE"], Ground.ORDER)
    assert told(world.listing)[-1][1]["territories"] == ["DE"]
