"""Brand gates: listings wait until their seller has shown once where the goods come from; later ones go on."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import accounts, catalog, gates, registry
from tests.flows.test_hold_publication import pushed, told
from tests.flows.world import LATER, World
from touchmark.apps.accounts.models import Organisation
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.strikes import record_of_sellers
from touchmark.apps.gates import access
from touchmark.apps.gates.actions import AlreadyFiled, AlreadyOpen, IncompleteProof, UnusableGate
from touchmark.apps.gates.models import Gate, Proof
from touchmark.apps.inbox.models import Letter
from touchmark.apps.registry.models import Brand
from touchmark.apps.screening import actions as screening
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.terms import Actor, Role
from touchmark.flows import brand_gate, hold_publication

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def opened(world: World, **said: Any) -> Gate:
    """Open a gate for the brand of the world's mark."""
    brand = Brand.objects.create(holder_id=world.right.holder_id, name="Aldermoor")
    world.right.brand = brand
    world.right.save(update_fields=["brand"])
    return gates.gate(brand=brand.pk, at=LATER, **said)


def offered(title: str = "A teapot", *, at: Any = LATER + HOUR, **said: Any) -> Listing:
    """Let the marketplace send a published listing, and screen it."""
    listing = catalog.listing(title=title, at=at, **said)
    screening.screen_now([listing.pk], at=at)
    return listing


def looked(at: Any = LATER + 2 * HOUR) -> None:
    """Let the worker look at everything that was screened."""
    while brand_gate.keep_up(at=at):
        pass
    brand_gate.keep_up(at=at)


def test_a_new_listing_of_the_brand_waits_without_a_strike_until_its_seller_has_shown_a_proof(world: World) -> None:
    gate = opened(world)
    by_field, by_mark = offered(brand="ALDERMOOR "), offered("ALDERMOOR bag")
    other, plain = offered("NORRVIK bag"), offered()
    looked()
    held = Decision.objects.filter(gate=gate.ref)
    assert {decision.listing_id for decision in held} == {by_field.pk, by_mark.pk}
    assert (told(other), told(plain)) == ([], [])
    decision = held.get(listing=by_field)
    assert (decision.status, told(by_field)) == ("held", [("listing.restricted", "hold")])
    said = decision.statement.content
    assert "proof of origin for Aldermoor" in said["contractual_ground"]
    assert "until we have checked a proof" in said["duration"]
    assert by_field.seller is not None
    assert record_of_sellers([by_field.seller.pk], at=LATER + DAY).strikes == ()
    gates.checked(gates.proof(gate, world.sam, at=LATER + DAY), at=LATER + DAY)
    assert set(held.values_list("status", flat=True)) == {"released"}
    assert told(by_field)[-1] == ("listing.restored", "")
    later = offered(brand="Aldermoor", at=LATER + 2 * DAY)
    looked(LATER + 3 * DAY)
    assert told(later) == []  # the proof is reused


def test_what_was_there_as_it_is_before_the_gate_was_opened_is_left_alone(world: World) -> None:
    opened(world)
    screening.screen_now([world.listing.pk], at=LATER + HOUR)
    looked()
    assert not Decision.objects.exists()


def test_a_pending_listing_waits_before_the_gate_and_is_published_with_a_proof(world: World) -> None:
    gate = opened(world)
    listing = pushed("A teapot of Aldermoor", at=LATER + HOUR)
    Listing.objects.filter(pk=listing.pk).update(brand="Aldermoor")
    hold_publication.answer_pending(at=LATER + HOUR)
    assert Decision.objects.get().gate == gate.ref
    gates.checked(gates.proof(gate, world.sam, at=LATER + DAY), at=LATER + DAY)
    assert told(listing) == [("listing.restricted", "hold"), ("listing.restored", "")]


def test_declined_it_goes_on_waiting_and_another_can_be_filed(world: World) -> None:
    gate = opened(world)
    listing = offered(brand="Aldermoor")
    looked()
    first = gates.proof(gate, world.sam, at=LATER + DAY)
    with pytest.raises(AlreadyFiled):
        gates.proof(gate, world.sam, at=LATER + DAY)
    gates.checked(first, "decline", at=LATER + DAY)
    assert Decision.objects.get(listing=listing).status == "held"
    letter = Letter.objects.get(kind="proof_answered")
    assert (letter.content["status"], letter.content["why"]) == ("declined", "The number on it is of another invoice.")
    gates.checked(gates.proof(gate, world.sam, at=LATER + DAY), at=LATER + 2 * DAY)
    assert Decision.objects.get(listing=listing).status == "released"


@pytest.mark.parametrize("way", ["expires", "is revoked"])
def test_when_a_proof_is_good_no_more_later_listings_wait_and_earlier_ones_stay(world: World, way: str) -> None:
    gate = opened(world)
    proof = gates.checked(gates.proof(gate, world.sam, at=LATER), at=LATER, until=LATER + 5 * DAY)
    early = offered(brand="Aldermoor")
    looked()
    if way == "expires":
        looked(LATER + 5 * DAY)
    else:
        gates.checked(proof, "revoke", at=LATER + 2 * DAY)
    late = offered(brand="Aldermoor", at=LATER + 6 * DAY)
    looked(LATER + 7 * DAY)
    assert (told(early), told(late)) == ([], [("listing.restricted", "hold")])
    assert Proof.objects.get().status == ("expired" if way == "expires" else "revoked")


def test_a_person_lets_one_version_through_and_the_next_one_waits_again(world: World) -> None:
    opened(world)
    world.listing = offered("ALDERMOOR bag")
    looked()
    world.restrict(kind=DecisionKind.NONE, facts="Known to us.", at=LATER + DAY)
    looked(LATER + 2 * DAY)
    assert told(world.listing)[-1] == ("listing.restored", "")
    offered("ALDERMOOR bag, red", listing_id=world.listing.listing_id, at=LATER + 3 * DAY)
    looked(LATER + 4 * DAY)
    assert told(world.listing)[-1] == ("listing.restricted", "hold")


def test_a_seller_whom_the_holder_names_needs_no_proof(world: World) -> None:
    opened(world)
    world.right.authorised_sellers = ["s-1"]
    world.right.save(update_fields=["authorised_sellers"])
    listing = offered("ALDERMOOR bag")
    looked()
    assert told(listing) == []


def test_a_gate_of_a_category_holds_at_its_marketplace_alone(world: World) -> None:
    catalog.marketplace("lumina")
    gates.gate(category="Watches", marketplace="bazaar", at=LATER)
    here, there = offered(category="watches > men"), offered(category="Watches", on="lumina")
    other = offered(category="Wristbands")
    looked()
    assert [told(listing) for listing in (here, there, other)] == [[("listing.restricted", "hold")], [], []]


def test_closed_everything_that_waited_goes_on(world: World) -> None:
    gate = opened(world)
    listing = offered(brand="Aldermoor")
    looked()
    owner = accounts.actor(Role.POLICY_OWNER)
    brand_gate.close(ref=gate.ref, actor=owner, at=LATER + DAY)
    assert told(listing)[-1] == ("listing.restored", "")
    with pytest.raises(UnusableGate):
        brand_gate.close(ref=gate.ref, actor=owner, at=LATER + DAY)


@pytest.mark.parametrize(
    "said", [{}, {"category": "watches", "brand": 1}, {"category": "watches", "reason": " "}], ids=str
)
def test_a_gate_that_is_not_described_is_not_opened(db: None, said: dict[str, Any]) -> None:
    with pytest.raises(UnusableGate):
        gates.gate(**said)


def test_the_same_gate_is_not_opened_twice(db: None) -> None:
    gates.gate(category="Watches")
    with pytest.raises(AlreadyOpen):
        gates.gate(category=" watches")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued_by": " "}, "issued_by"),
        ({"issued_on": (LATER + 40 * DAY).date()}, "issued_on"),
        ({"files": []}, "files"),
        ({"files": [None] * 6}, "files"),
    ],
)
def test_what_a_proof_must_say(world: World, changes: dict[str, Any], field: str) -> None:
    gate = opened(world)
    with pytest.raises(IncompleteProof) as refused:
        gates.proof(gate, world.sam, at=LATER, **changes)
    assert refused.value.field == field
    assert not Proof.objects.exists()


def test_who_may_open_file_check_and_see(world: World) -> None:
    gate = opened(world)
    for actor in (world.rita, world.sam, world.vera):
        with pytest.raises(NotYours):
            gates.gate(category="shoes", by=actor)
    proof = gates.proof(gate, world.sam, at=LATER)
    page = proof.files.get().blob_id
    stranger = accounts.actor(Role.SELLER)
    sees = [access.may_see_picture(actor, page) for actor in (world.sam, world.rita, stranger, world.vera)]
    assert sees == [True, True, False, False]
    with pytest.raises(access.NoSuchProof):
        brand_gate.check(ref=proof.ref, event="accept", valid_until=LATER + DAY, answer="", actor=stranger, at=LATER)
    with pytest.raises(NotYours):
        brand_gate.check(ref=proof.ref, event="accept", valid_until=LATER + DAY, answer="", actor=world.sam, at=LATER)
    with pytest.raises(IncompleteProof):
        gates.checked(proof, at=LATER, until=LATER)
    gates.checked(proof, at=LATER)
    with pytest.raises(IllegalMove):
        gates.checked(proof, at=LATER)


def test_one_sellers_proof_says_nothing_of_anothers(world: World) -> None:
    gate = opened(world)
    gates.checked(gates.proof(gate, world.sam, at=LATER), at=LATER)
    another: Actor = accounts.actor(Role.SELLER)
    of = Organisation.objects.get(pk=another.organisation_id)
    catalog.listing(seller_id="s-9", of=of, at=LATER)
    listing = offered(brand="Aldermoor", seller_id="s-9")
    looked()
    assert told(listing) == [("listing.restricted", "hold")]
    assert registry.organisation_of(world.sam).pk != of.pk
