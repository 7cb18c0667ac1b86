"""A listing that waits to be published is answered for: it may be, or it is held until somebody decides."""

from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest

from tests.factories import catalog, registry
from tests.factories.accounts import AT
from tests.factories.pictures import EMPTY
from tests.flows.world import LATER, World, appeal_form
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.catalog.listings_in import import_listings
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Actor
from touchmark.flows import resolve_appeal
from touchmark.flows.hold_publication import answer_pending
from touchmark.site import wiring

DAY = timedelta(days=1)


def pushed(title: str, listing_id: str = "L-new", *, publication: str = "pending", at: Any = LATER) -> Listing:
    """Let the marketplace send a listing that is not published yet."""
    row = catalog.rows({"listing_id": listing_id, "title": title, "marketplace": "bazaar", "seller_id": "s-1"})
    waits = pa.RecordBatch.from_pylist([{"publication": publication}])
    import_listings(row, waits, images=EMPTY, marketplaces=Marketplaces.open_now(), actor=Actor.system(), at=at)
    return Listing.objects.get(listing_id=listing_id)


def told(listing: Listing) -> list[tuple[str, str]]:
    found = Message.objects.filter(subject=f"listing:{listing.pk}").order_by("sequence")
    return [(m.payload["type"], m.payload["data"].get("action", "")) for m in found]


def test_what_is_clear_may_be_published_and_the_marketplace_is_told_once(world: World) -> None:
    listing = pushed("A teapot")
    assert listing.pending_since == LATER
    assert answer_pending(at=LATER) == 1
    assert told(listing) == [("listing.cleared", "")]
    assert answer_pending(at=LATER) == 0
    assert not Decision.objects.exists()
    pushed("A teapot", at=LATER + DAY)  # it asks again, and is answered again
    assert answer_pending(at=LATER + DAY) == 1
    assert told(listing) == [("listing.cleared", "")] * 2


def test_what_is_not_clear_is_held_and_explained(world: World) -> None:
    listing = pushed("АLDЕRМООR leather bag")
    answer_pending(at=LATER)
    decision = Decision.objects.get()
    assert (decision.kind, decision.status, decision.decided_by, decision.right) == ("hold", "held", None, world.right)
    assert told(listing) == [("listing.restricted", "hold")]
    said = decision.statement.content
    assert "It was held by itself" in said["automated_decision"]
    assert "not published until somebody has decided" in said["restriction"]
    assert "АLDЕRМООR" in said["facts"]
    assert Letter.objects.get(kind="statement_of_reasons").organisation_id == world.sam.organisation_id


def test_leaving_it_on_sale_releases_it(world: World) -> None:
    world.listing = pushed("АLDЕRМООR leather bag")
    answer_pending(at=LATER)
    world.restrict(kind=DecisionKind.NONE, at=LATER + DAY)
    held = Decision.objects.get(kind="hold")
    assert (held.status, held.restriction.status) == ("released", "lift_ordered")
    assert told(world.listing) == [("listing.restricted", "hold"), ("listing.restored", "")]
    assert Letter.objects.filter(kind="listing_released").count() == 1
    pushed("АLDЕRМООR leather bag", at=LATER + 2 * DAY)  # the same again: it was decided
    answer_pending(at=LATER + 2 * DAY)
    assert told(world.listing)[-1] == ("listing.cleared", "")


def test_a_restriction_takes_the_place_of_the_hold(world: World) -> None:
    world.listing = pushed("АLDЕRМООR leather bag")
    answer_pending(at=LATER)
    decision = world.restrict(at=LATER + DAY)
    assert Decision.objects.get(kind="hold").status == "replaced"
    assert told(world.listing) == [("listing.restricted", "hold"), ("listing.restricted", "remove")]
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER + DAY)
    resolve_appeal.resolve(ref=appeal.ref, event="reverse", text="Right.", actor=world.ravi, at=LATER + 2 * DAY)
    assert told(world.listing)[-1] == ("listing.restored", "")


def test_a_hold_is_appealed_and_reversed(world: World) -> None:
    listing = pushed("АLDЕRМООR leather bag")
    answer_pending(at=LATER)
    appeal = appeals.file(decision_ref=Decision.objects.get().ref, form=appeal_form(), actor=world.sam, at=LATER)
    resolve_appeal.resolve(ref=appeal.ref, event="reverse", text="Right.", actor=world.ravi, at=LATER + DAY)
    assert (Decision.objects.get().status, told(listing)[-1]) == ("reversed", ("listing.restored", ""))


def test_published_by_the_marketplace_itself_it_waits_no_more(world: World) -> None:
    listing = pushed("A teapot")
    pushed("A teapot", publication="")
    listing.refresh_from_db()
    assert (listing.pending_since, answer_pending(at=LATER)) == (None, 0)


def test_a_listing_that_somebody_restricts_already_is_not_held_too(world: World) -> None:
    world.restrict()
    row = catalog.rows({"listing_id": world.listing.listing_id, "title": world.listing.title, "marketplace": "bazaar"})
    waits = pa.RecordBatch.from_pylist([{"publication": "pending"}])
    import_listings(row, waits, images=EMPTY, marketplaces=Marketplaces.open_now(), actor=Actor.system(), at=LATER)
    answer_pending(at=LATER)
    assert told(world.listing) == [("listing.restricted", "remove")]


@pytest.mark.usefixtures("world")
def test_the_worker_answers() -> None:
    registry.verified(text="NORRVIKA")
    pushed("A teapot")
    assert wiring.by_rules(LATER) >= 1
    assert Message.objects.filter(payload__type="listing.cleared").count() == 1
    assert AT < LATER
