"""A seller at the desk: proposed by one, approved by another, lifted; and what both sides write to each other."""

from uuid import uuid4

import pytest
from django.test import Client
from tests.factories import accounts, catalog
from tests.flows.test_restrict_seller import proposed, suspended
from tests.flows.world import World, built

from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Actor
from touchmark.web.ui import tracks

pytestmark = pytest.mark.django_db

FORM = {
    "kind": "suspend",
    "facts": "Five listings were restricted.",
    "ground": "terms",
    "ground_reference": "Terms, 9.1",
    "ground_explanation": "Again and again.",
}


@pytest.fixture
def world(settings: object, tmp_path: object) -> World:
    for name in ("BLOBS", "SNAPSHOTS", "SHARDS"):
        setattr(settings, name, tmp_path / name.lower())  # type: ignore[operator]
    return built()


def client(actor: Actor) -> Client:
    return accounts.signed_in(User.objects.get(pk=actor.user_id))


def test_two_people_suspend_a_seller_and_open_the_shop_again(world: World) -> None:
    rita, ravi = client(world.rita), client(world.ravi)
    world.restrict()
    page = rita.get("/desk/sellers/bazaar/s-1/").content.decode()
    assert "Propose it" in page
    assert "Noted" in page
    assert "repeated infringements" in page
    answer = rita.post("/desk/sellers/bazaar/s-1/", FORM | {"request_key": uuid4()}, follow=True)
    decision = Decision.objects.get(kind="suspend")
    assert "once a second person approves it" in answer.content.decode()
    address = f"/desk/decisions/{decision.ref}/"
    assert "Somebody else approves it." in rita.get(address).content.decode()
    assert decision.ref in ravi.get("/desk/sellers/").content.decode()
    assert rita.post(f"{address}answer/", {"event": "approve"}).status_code == 403
    answer = ravi.post(f"{address}answer/", {"event": "approve"}, follow=True)
    assert "the marketplace and the seller are told" in answer.content.decode()
    answer = ravi.post(f"{address}answer/", {"event": "lift"}, follow=True)
    assert "Say why" in answer.content.decode()
    ravi.post(f"{address}answer/", {"event": "lift", "reason": "The invoices came."})
    decision.refresh_from_db()
    assert decision.status == "reversed"
    seller = client(world.sam).get(f"/seller/decisions/{decision.ref}/").content.decode()
    assert "Your shop opens again" in seller
    assert "The invoices came." in seller


def test_a_decision_stays_in_the_record_of_who_offered_the_listing_then(world: World) -> None:
    decision = world.restrict()
    other = catalog.listing(listing_id="L-9", of=None, seller_id="s-9").seller
    Listing.objects.filter(pk=decision.listing_id).update(seller=other)
    page = client(world.rita).get("/desk/sellers/bazaar/s-1/").content.decode()
    assert decision.ref in page
    assert decision.ref not in client(world.rita).get("/desk/sellers/bazaar/s-9/").content.decode()


def test_a_proposal_that_lacks_something_comes_back_with_what_was_typed(world: World) -> None:
    answer = client(world.rita).post("/desk/sellers/bazaar/s-1/", FORM | {"facts": "", "request_key": uuid4()})
    assert answer.status_code == 422
    assert "Write what speaks against the seller" in answer.content.decode()
    assert "Again and again." in answer.content.decode()
    answer = client(world.rita).post(
        "/desk/sellers/bazaar/s-1/", FORM | {"facts": "All counterfeit.", "request_key": uuid4()}
    )
    assert "needs proof" in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_proposal_is_none_of_the_sellers_business_yet(world: World) -> None:
    decision = proposed(world)
    assert client(world.sam).get(f"/seller/decisions/{decision.ref}/").status_code == 404


def test_the_seller_reads_why_the_shop_is_suspended(world: World) -> None:
    decision = suspended(world)
    page = client(world.sam).get(f"/seller/decisions/{decision.ref}/").content.decode()
    assert "Your shop is suspended" in page
    assert "Five listings were restricted in a month." in page
    assert "Appeal this decision" in page
    for address in ("/seller/", "/seller/decisions/", "/inbox/"):
        assert client(world.sam).get(address).status_code == 200
    for address in ("/desk/decisions/", "/desk/deliveries/", "/desk/sellers/"):
        assert client(world.rita).get(address).status_code == 200


def test_messages_go_both_ways_and_stand_in_one_thread(world: World) -> None:
    decision = world.restrict()
    sam, rita, key = client(world.sam), client(world.rita), uuid4()
    address = f"/seller/decisions/{decision.ref}/messages/"
    before = Message.objects.filter(kind="email").count()
    for _ in range(2):  # the same form, sent twice
        sam.post(address, {"text": "Which letters are wrong?", "request_key": key})
    assert Letter.objects.filter(kind="message_from_seller").count() == 1
    assert Message.objects.filter(kind="email").count() == before
    letter = Letter.objects.get(kind="message_from_seller")
    assert "Which letters are wrong?" in rita.get(f"/inbox/{letter.pk}/").content.decode()
    desk = f"/desk/decisions/{decision.ref}/messages/"
    assert "Which letters are wrong?" in rita.get(desk).content.decode()
    assert "needs proof" in rita.post(desk, {"text": "It is counterfeit."}).content.decode()
    rita.post(desk, {"text": "The first and the fourth.", "request_key": uuid4()})
    page = sam.get(address).content.decode()
    assert page.index("Which letters are wrong?") < page.index("The first and the fourth.")
    assert Letter.objects.get(kind="message_from_desk").organisation_id == world.sam.organisation_id
    assert "2 messages about it" in sam.get(f"/seller/decisions/{decision.ref}/").content.decode()


def test_an_empty_message_is_not_sent_and_a_strangers_neither(world: World) -> None:
    decision = world.restrict()
    answer = client(world.sam).post(f"/seller/decisions/{decision.ref}/messages/", {"text": " "})
    assert answer.status_code == 422
    assert "Write something before you send it." in answer.content.decode()
    stranger = accounts.signed_in(accounts.member("seller"))  # type: ignore[arg-type]
    assert stranger.post(f"/seller/decisions/{decision.ref}/messages/", {"text": "Hello"}).status_code == 404
    assert not Letter.objects.filter(kind="message_from_seller").exists()


def test_the_standing_says_what_counts_and_until_when(world: World) -> None:
    sam = client(world.sam)
    assert "Nothing counts against you." in sam.get("/seller/standing/").content.decode()
    decision = world.restrict()
    page = sam.get("/seller/standing/").content.decode()
    assert decision.ref in page
    assert "Expires" in page
    assert "From 2 on: no new offers for 14 days" in page
    assert "serious" in page
    assert "1 Aug 2027" in page


def test_of_many_that_count_the_first_to_expire_are_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = world.restrict()
    rita = client(world.rita)
    assert "more count" not in rita.get("/desk/sellers/bazaar/s-1/").content.decode()
    monkeypatch.setattr(tracks, "SHOWN", 0)
    for page in (rita.get("/desk/sellers/bazaar/s-1/"), client(world.sam).get("/seller/standing/")):
        assert "One more counts, and expires later." in page.content.decode()
    assert decision.ref
