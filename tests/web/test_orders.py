"""A reviewer enters an order that came by letter, verifies it, carries it out, answers; and what goes wrong."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts, orders, pictures
from tests.factories.orders import AT
from tests.flows.test_trader_clocks import given
from tests.flows.world import World, built

from touchmark.apps.accounts.models import User
from touchmark.apps.audit.models import Event
from touchmark.apps.decisions.models import Decision
from touchmark.apps.orders.kinds import OrderKind
from touchmark.apps.orders.models import Order
from touchmark.apps.traders import actions as traders
from touchmark.engine.terms import Actor
from touchmark.web import clock


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(hours=1))
    return built()


def browser(actor: Actor) -> Client:
    return accounts.signed_in(User.objects.get(pk=actor.user_id))


def letter(**changes: Any) -> dict[str, Any]:
    """Give what a reviewer fills in from a letter."""
    whole = {
        "marketplace": "bazaar",
        "kind": "act",
        "authority": "Landgericht Köln",
        "country": "de",
        "reference": "31 O 345/26",
        "received_at": "2026-08-01T11:00",
        "locations": "",
        "territories": "DE",
        "contact": "poststelle@lg-koeln.example",
        **orders.TEXTS,
    }
    return whole | changes


def done(client: Client, ref: str, do: str, **said: str) -> Any:
    return client.post(f"/orders/{ref}/", {"do": do} | said)


def test_from_the_letter_to_the_answer(world: World) -> None:
    client = browser(world.rita)
    assert "No order waits" in client.get("/orders/").content.decode()
    sent = letter(locations=f"{world.listing.listing_id}\nL-nothing", redress="", letter=_scan())
    answer = client.post("/orders/new/", sent)
    order = Order.objects.get()
    assert answer.headers["Location"] == f"/orders/{order.ref}/"
    assert order.letter is not None
    page = client.get(f"/orders/{order.ref}/").content.decode()
    assert "The redress that is open" in page
    assert "missing" in page
    assert f"/media/{order.pages.get().blob_id}/480" in page
    assert client.get(f"/media/{order.pages.get().blob_id}/480").status_code == 200
    assert "not verified" in client.get("/orders/").content.decode()
    done(client, order.ref, "verify", text="Called the court.")
    done(client, order.ref, "ask_for_more", text="Please name it.")
    assert "Something is missing" in client.get("/orders/").content.decode()
    changed = letter(locations=world.listing.listing_id)
    client.post(f"/orders/{order.ref}/change/", changed)
    done(client, order.ref, "verify", text="Called again.")
    page = client.get(f"/orders/{order.ref}/").content.decode()
    assert "1 listing is disabled in: DE" in page
    done(client, order.ref, "carry_out")
    done(client, order.ref, "answer", text="Done on 1 August.")
    order.refresh_from_db()
    assert order.status == "answered"
    page = client.get(f"/orders/{order.ref}/").content.decode()
    decision = Decision.objects.get(order=order.ref)
    assert decision.ref in page
    assert order.ref in client.get(f"/desk/decisions/{decision.ref}/").content.decode()
    done(client, order.ref, "lift", text="Set aside.")
    order.refresh_from_db()
    assert order.status == "lifted"
    assert "Nothing more: it is settled." in client.get(f"/orders/{order.ref}/").content.decode()
    assert order.authority in client.get("/orders/?all=1").content.decode()


def _scan() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("letter.png", pictures.drawn(), content_type="image/png")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"authority": ""}, "Fill in “Authority”"),
        ({"country": "DEU"}, "at most 2 characters"),
        ({"country": "1x"}, "two letters"),
        ({"received_at": "2031-01-01T00:00"}, "It cannot have been received then"),
        ({"received_at": "yesterday"}, "Enter a valid date/time"),
        ({"territories": "Germany"}, "no code of a country"),
        ({"untold_until": "2026-01-01T00:00"}, "Choose a moment to come"),
        ({"asked": ["diary"]}, "diary"),
        ({"contact": "the court"}, "Enter a valid email"),
        ({"marketplace": "elsewhere"}, "elsewhere"),
    ],
)
def test_what_cannot_be_taken_in_is_told_beside_its_field(world: World, changes: Mapping[str, Any], says: str) -> None:
    answer = browser(world.rita).post("/orders/new/", letter(**changes))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Order.objects.exists()


def test_the_same_letter_again_leads_to_the_order_that_stands(world: World) -> None:
    client = browser(world.rita)
    client.post("/orders/new/", letter())
    answer = client.post("/orders/new/", letter(authority="LANDGERICHT KÖLN"), follow=True)
    assert "This order was received before: here it is." in answer.content.decode()
    assert Order.objects.count() == 1


def test_a_step_without_words_is_refused_beside_them_and_a_late_one_is_said_so(world: World) -> None:
    client, order = browser(world.rita), orders.received(world.rita).order
    answer = done(client, order.ref, "verify", text=" ")
    assert (answer.status_code, "Write something" in answer.content.decode()) == (422, True)
    answer = client.post(f"/orders/{order.ref}/", {"do": "answer", "text": "Done."}, follow=True)
    assert "That cannot be done to this order any more, or not yet." in answer.content.decode()
    answer = client.post(f"/orders/{order.ref}/", {"do": "carry_out"}, follow=True)
    assert "Nobody has found this order to be real yet." in answer.content.decode()


def test_information_is_shown_on_a_post_alone_and_each_look_is_on_record(world: World) -> None:
    traders.give(given=given(), actor=world.sam, at=AT)
    order = orders.received(world.rita, kind=OrderKind.GIVE, locations=("s-1",)).order
    rita, ravi = browser(world.rita), browser(world.ravi)
    done(rita, order.ref, "verify", text="Called.")
    assert "A second person confirms" in rita.get(f"/orders/{order.ref}/").content.decode()
    answer = done(rita, order.ref, "verify", text="Called.")
    assert "You verified it first" in answer.content.decode()
    refused = rita.post(f"/orders/{order.ref}/data/", {"do": "look"}, follow=True)
    assert "second person" in refused.content.decode()
    done(ravi, order.ref, "verify", text="I called, too.")
    assert rita.get(f"/orders/{order.ref}/data/").status_code == 302
    page = rita.post(f"/orders/{order.ref}/data/", {"do": "look"}).content.decode()
    assert "Am Kai 3, Hamburg" in page
    assert "+49 40" not in page
    assert "Hamburg" not in rita.get(f"/orders/{order.ref}/").content.decode()
    early = rita.post(f"/orders/{order.ref}/data/", {"do": "disclose"}, follow=True)
    assert "Carry the order out first" in early.content.decode()
    done(rita, order.ref, "carry_out")
    file = rita.post(f"/orders/{order.ref}/data/", {"do": "disclose"})
    assert file.headers["Content-Disposition"] == f'attachment; filename="{order.ref}.json"'
    kinds = Event.objects.filter(stream=f"order:{order.ref}:notes").order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["verify", "confirm", "look", "disclose", "disclose"]


def test_a_list_of_orders_asks_as_little_whatever_it_shows(world: World, django_assert_max_num_queries: Any) -> None:
    client = browser(world.rita)
    for number in range(12):
        orders.received(world.rita, reference=f"R {number}")
    with django_assert_max_num_queries(12):
        client.get("/orders/")


def test_what_somebody_wrote_is_shown_as_text(world: World) -> None:
    hostile = "<script>alert(1)</script>"
    order = orders.received(
        world.rita, authority=hostile, reference=hostile, locations=(hostile,), elements={"reasons": hostile}
    ).order
    client = browser(world.rita)
    for page in ("/orders/", f"/orders/{order.ref}/", f"/orders/{order.ref}/change/"):
        assert hostile not in client.get(page).content.decode()
