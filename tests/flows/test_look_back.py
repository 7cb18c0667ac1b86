"""Looking back: when a listing is removed, others of the same that its seller offered already go first."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.engine.screening.image.drawing import encoded, photo
from tests.factories import accounts, catalog, pictures
from tests.factories.at_once import at_once
from tests.flows.test_consequences import linked
from tests.flows.test_resolve_appeal import filed, resolved
from tests.flows.world import LATER, World
from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.penalties import queries
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening.models import Returned
from touchmark.flows import stay_down

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PLAIN = "Vintage leather shoulder bag, chestnut brown"


def offered(title: str = PLAIN, *, at: datetime = LATER, **said: Any) -> Listing:
    listing = catalog.listing(title=title, at=at, **said)
    screening.screen_now([listing.pk], at=at)
    return listing


def passed(world: World) -> None:
    """Let the forward pass look at everything there is, so that nothing of it finds what follows."""
    stay_down.keep_up(at=LATER + HOUR)
    assert not Returned.objects.exists()


def removed(world: World, listing: Listing) -> None:
    world.listing = listing
    world.restrict(at=LATER + 2 * HOUR)


def back(at: datetime = LATER + 3 * HOUR) -> int:
    return stay_down.look_back(at=at)


def first(world: World) -> list[int]:
    return [row.listing.pk for row in queue.page(world.rita) if row.came_back]


def test_what_its_seller_offers_already_goes_first_and_says_that_it_stood(world: World) -> None:
    one, twin, plain, others = offered(), offered(f"{PLAIN}!"), offered("A tea towel"), offered(seller_id="s-99")
    passed(world)
    removed(world, one)
    assert back() == 1
    assert first(world) == [twin.pk]
    assert Returned.objects.get().stood
    assert back() == 0  # once
    assert not {plain.pk, others.pk} & set(first(world))
    rita = accounts.signed_in(User.objects.get(pk=world.rita.user_id))
    page = rita.get(f"/desk/bazaar/{twin.listing_id}/").content.decode()
    assert "It stood before that one was removed." in page


def test_another_shop_of_the_same_seller_and_one_that_is_linked(world: World) -> None:
    of = Organisation.objects.get(pk=world.sam.organisation_id)
    one, same = offered(), offered(seller_id="s-2", of=of)
    passed(world)
    removed(world, one)
    assert back() == 1
    assert first(world) == [same.pk]
    link = linked(world)  # the shop of Sam is counted together with s-9
    theirs = offered("A jug of white clay with a blue handle", seller_id="s-9", at=LATER + 4 * HOUR)
    mine = offered("A jug of white clay with a blue handle", at=LATER + 4 * HOUR)
    stay_down.keep_up(at=LATER + 5 * HOUR)
    world.listing = theirs
    world.restrict(at=LATER + 6 * HOUR)
    assert back(LATER + 7 * HOUR) == 1
    assert mine.pk in first(world)
    assert link.ref


def test_a_picture_alone_is_enough(world: World, settings: Any, tmp_path: Any) -> None:
    settings.BLOBS = tmp_path / "blobs"
    files = pictures.Folder({"a.jpg": encoded(photo(3)), "b.jpg": encoded(photo(3).resize((500, 375)), quality=60)})
    one = offered(images=["a.jpg"], pictures=files)
    twin = offered("Handmade tote", images=["b.jpg"], pictures=files)
    passed(world)
    removed(world, one)
    assert back() == 1
    assert first(world) == [twin.pk]


def test_it_goes_on_where_it_stopped_in_small_steps(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stay_down, "BACK", 2)
    one, twins = offered(), [offered() for _ in range(5)]
    passed(world)
    removed(world, one)
    found = [back() for _ in range(6)]
    assert sum(found) == 5
    assert max(found) <= 2
    assert sorted(first(world)) == sorted(twin.pk for twin in twins)
    place = queries.looking_back()
    assert place.upto == place.after


def test_what_is_put_back_or_only_hidden_is_not_looked_for(world: World) -> None:
    one, _twin = offered(), offered()
    passed(world)
    world.listing = one
    world.restrict(kind=DecisionKind.HIDE, at=LATER + 2 * HOUR)
    assert back() == 0
    other, _same = offered("A jug of white clay"), offered("A jug of white clay")
    world.listing = other
    decision = world.restrict(at=LATER + 2 * HOUR)
    resolved(world, filed(world, decision), "reverse")
    assert back(LATER + 9 * DAY) == 0


def test_one_that_is_noted_already_keeps_what_it_is_noted_for(world: World) -> None:
    one, two, twin = offered(), offered(), offered()
    passed(world)
    removed(world, one)
    back()
    noted = Returned.objects.get(listing=twin).decision
    world.listing = two
    world.restrict(at=LATER + 4 * HOUR)
    back(LATER + 5 * HOUR)
    assert Returned.objects.get(listing=twin).decision == noted


@pytest.mark.django_db(transaction=True)
def test_two_workers_note_each_once(world: World) -> None:
    one, twin = offered(), offered()
    passed(world)
    removed(world, one)
    at_once(back, back)
    assert [row.listing_id for row in Returned.objects.all()] == [twin.pk]
