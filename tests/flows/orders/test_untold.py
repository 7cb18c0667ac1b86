"""As long as an authority says so, nothing tells the seller; then the clock does, of itself. Channel by channel."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.api.test_matrix import OPERATIONS
from tests.factories import accounts, clients, orders
from tests.factories.orders import AT
from tests.flows.orders.test_act import told
from tests.flows.world import World, appeal_form
from tests.meta.test_routes import ROUTES, guard_of, patterns
from touchmark.apps.accounts.models import User
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.decisions import access, messages, strikes
from touchmark.apps.decisions.access import NoSuchDecision
from touchmark.apps.decisions.models import Decision, Statement
from touchmark.apps.inbox.models import Letter
from touchmark.apps.orders.models import Order
from touchmark.apps.outbox.models import Message
from touchmark.apps.penalties import queries as penalties
from touchmark.apps.reports import publications, statements
from touchmark.flows import own_data
from touchmark.flows.carry_out_order import carry_out, hold, lift
from touchmark.flows.tell_seller import tell_due

DAY = timedelta(days=1)
UNTIL = AT + 30 * DAY


@pytest.fixture
def untold(world: World) -> Decision:
    """Give the decision upon an order of which the seller learns nothing yet."""
    order = orders.carried_out(world.rita, world.listing.listing_id, untold_until=UNTIL)
    return Decision.objects.get(order=order.ref)


def addresses(decision: Decision) -> Iterator[str]:
    """Give every page that a seller may open, for this decision, its listing and its shop."""
    listing = decision.offer
    refs: dict[str, Any] = {
        "ref": decision.ref,
        "marketplace": listing.marketplace.slug,
        "listing_id": listing.listing_id,
        "seller_id": listing.seller.seller_id if listing.seller else "",
        "side": "counter_notifier",
        "kind": "copyright",
        "sha256": "0" * 64,
        "width": 320,
        "message_id": uuid4(),
    }
    for route in ROUTES:
        guard = guard_of(route)
        if guard.roles and "seller" not in guard.roles:
            continue
        pattern = next(p for p in patterns() if p.name == route).pattern
        wanted = getattr(pattern, "converters", {}) or pattern.regex.groupindex
        yield reverse(route, kwargs={key: refs.get(key, 1) for key in wanted})


def read_by_seller(decision: Decision, world: World) -> dict[str, str]:
    """Give what the seller reads, by the address: pages, and what its program gets."""
    sam = User.objects.get(pk=world.sam.user_id)
    client, program = accounts.signed_in(sam), clients.with_every_scope(world.sam)
    found = {page: _text(client.get(page, follow=True)) for page in addresses(decision)}
    for method, path, _ in OPERATIONS:
        if method == "GET":
            address = re.sub(r"{[^}]+}", decision.ref, path)
            found[f"API {address}"] = _text(program.get(address))
    return found


def _text(answer: Any) -> str:
    body: bytes = b"".join(answer) if answer.streaming else answer.content
    return body.decode("utf-8", "replace")


def test_no_page_and_no_program_of_the_seller_says_a_word(untold: Decision, world: World, settings: Any) -> None:
    settings.TOUCHMARK_API_RATE = 10**9
    telling = ("Landgericht", "31 O 345/26", "MarkenG", untold.order)
    for address, text in read_by_seller(untold, world).items():
        shown = text.replace(untold.ref, "") if untold.ref in address or "decision" in address else text
        assert not any(word in shown for word in telling), address
        assert untold.ref not in text or untold.ref in address, address


def test_the_walk_finds_the_words_once_the_seller_is_told(untold: Decision, world: World, settings: Any) -> None:
    settings.TOUCHMARK_API_RATE = 10**9
    assert tell_due(UNTIL) == 1
    found = read_by_seller(untold, world)
    shown = {address for address, text in found.items() if "Landgericht" in text}
    assert f"/seller/decisions/{untold.ref}/" in shown
    assert {"API /decisions", f"API /decisions/{untold.ref}"} <= shown


def test_no_letter_and_no_mail(untold: Decision, world: World) -> None:
    assert not Letter.objects.filter(organisation_id=world.sam.organisation_id).exists()
    to_sam = User.objects.get(pk=world.sam.user_id).email
    assert not Message.objects.filter(kind="email", to=to_sam).exists()
    with pytest.raises(messages.NobodyToWriteTo, match="nothing of this decision yet"):
        messages.say(ref=untold.ref, text="Hello", request_key=untold.request_key, actor=world.rita, at=AT)


def test_the_marketplace_takes_it_off_and_is_told_to_say_nothing(untold: Decision, world: World) -> None:
    ((kind, data),) = told(world.listing)
    assert (kind, data["action"]) == ("listing.restricted", "disable")
    assert (data["tell_seller"], data["tell_seller_after"]) == (False, UNTIL.isoformat())
    assert "statement" not in data
    program = clients.of_marketplace()
    found = program.get(f"/decisions/{untold.ref}").json()
    assert (found["tell_seller"], found["statement"]) == (False, None)


def test_no_statement_anywhere(untold: Decision, world: World) -> None:
    assert not Statement.objects.exists()
    assert statements.gather(at=AT) == 0
    assert publications.keep_up(at=AT + DAY) == 0
    assert untold.ref not in Client().get("/published").content.decode()
    sam = User.objects.get(pk=world.sam.user_id)
    assert untold.ref.encode() not in own_data.exported(user=sam, at=AT)


def test_standing_and_ladder_are_as_they_were(untold: Decision, world: World) -> None:
    shop = world.listing.seller
    assert shop is not None
    assert strikes.record_of_sellers([shop.pk], at=AT).standing == "good"
    assert not penalties.stand_of(shop, at=AT).behind


def test_the_seller_can_neither_see_nor_appeal_it(untold: Decision, world: World) -> None:
    with pytest.raises(NoSuchDecision):
        access.decision_for(world.sam, untold.ref)
    with pytest.raises(NoSuchDecision):
        appeals.file(decision_ref=untold.ref, form=appeal_form(), actor=world.sam, at=AT)


def test_a_decision_beside_it_does_not_give_it_away(untold: Decision, world: World) -> None:
    world.restrict()
    _, (_, data) = told(world.listing)
    assert data["also"] == [{"decision": untold.ref, "action": "disable", "territories": ["DE"], "tell_seller": False}]
    assert untold.ref not in str(data["statement"])
    letters = Letter.objects.filter(organisation_id=world.sam.organisation_id)
    assert all(untold.ref not in str(letter.content) for letter in letters)


def test_when_the_time_is_over_the_clock_tells_once(untold: Decision, world: World) -> None:
    assert tell_due(UNTIL - timedelta(seconds=1)) == 0
    assert tell_due(UNTIL) == 1
    assert tell_due(UNTIL + DAY) == 0
    letter = Letter.objects.get(organisation_id=world.sam.organisation_id)
    assert (letter.kind, letter.about) == ("statement_of_reasons", untold.ref)
    issued = Statement.objects.get()
    assert issued.issued_at == UNTIL
    assert issued.appeal_by > UNTIL + 180 * DAY  # six months from the day on which the seller learns of it
    assert "takes effect on 1 August 2026" in issued.content["duration"]
    assert len(told(world.listing)) == 1
    handed = Message.objects.get(kind="webhook", subject=f"statement:{untold.ref}")
    assert (handed.payload["type"], handed.payload["data"]["statement"]) == ("listing.statement", issued.content)
    assert access.decision_for(world.sam, untold.ref) == untold
    assert statements.due().count() == 0


def test_what_became_of_it_meanwhile_is_told_with_it(untold: Decision, world: World) -> None:
    lift(ref=untold.order, why="The court set it aside.", actor=world.rita, at=AT + DAY)
    assert not Letter.objects.filter(organisation_id=world.sam.organisation_id).exists()
    assert told(world.listing)[-1][0] == "listing.restored"
    assert tell_due(UNTIL) == 1
    kinds = Letter.objects.filter(organisation_id=world.sam.organisation_id).order_by("pk")
    assert [letter.kind for letter in kinds] == ["statement_of_reasons", "order_lifted"]


def test_the_authority_puts_the_time_off_or_ends_it(untold: Decision, world: World) -> None:
    hold(ref=untold.order, until=UNTIL + 30 * DAY, why="Their letter.", actor=world.rita, at=AT)
    assert tell_due(UNTIL) == 0
    hold(ref=untold.order, until=AT + DAY, why="Their letter.", actor=world.rita, at=AT + DAY)
    assert tell_due(AT + DAY) == 1
    hold(ref=untold.order, until=UNTIL, why="Too late.", actor=world.rita, at=AT + DAY)
    untold.refresh_from_db()
    assert untold.untold_until is None  # whoever was told stays told


def test_a_time_that_was_over_before_it_was_carried_out_holds_nothing_back(world: World) -> None:
    order = orders.verified(world.rita, world.listing.listing_id, untold_until=AT + DAY)
    carry_out(ref=order.ref, actor=world.rita, at=AT + 2 * DAY)
    assert Statement.objects.count() == 1
    assert Order.objects.get().status == "carried_out"
