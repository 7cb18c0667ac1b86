"""A right that is cancelled, has expired or was withdrawn stops notices, holds and stay-down under it, at once."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache

from tests.factories import catalog, registry
from tests.factories.accounts import AT
from tests.flows.world import LATER, World, built
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.outbox.models import Message
from touchmark.apps.registry import actions as rights
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import returned
from touchmark.apps.screening.models import Returned, Waiting
from touchmark.apps.screening.returned import Again
from touchmark.flows import hold, stop_rights
from touchmark.flows.report_listing import NothingToReport

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    cache.clear()
    return built()


def withdraw(world: World) -> None:
    rights.withdraw(ref=world.right.ref, actor=world.vera, at=LATER)


def cancelled(world: World) -> None:
    Right.objects.filter(pk=world.right.pk).update(office_status="cancelled")


def expired(world: World) -> None:
    Right.objects.filter(pk=world.right.pk).update(expires_on=LATER.date())


@pytest.mark.parametrize("ends", [withdraw, cancelled, expired])
def test_what_waits_is_stopped_and_its_holder_told(world: World, ends: Any) -> None:
    item = world.report()
    other = world.report(by=world.nils, right=world.other_right)
    ends(world)
    assert stop_rights.keep_up(at=LATER) == 1
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.status, item.notice.status, other.status) == ("stopped", "stopped", "received")
    assert not deadlines.running_of_each([f"notice:{item.ref}"])[f"notice:{item.ref}"]
    letter = Letter.objects.get(kind="notice_stopped")
    assert (letter.organisation_id, letter.content["listings"]) == (world.vera.organisation_id, 1)
    assert Waiting.objects.get(listing=world.listing).notices == 1  # that of the other right


def test_nothing_is_stopped_twice_and_nothing_while_a_right_is_good(world: World) -> None:
    world.report()
    assert stop_rights.keep_up(at=LATER) == 0
    withdraw(world)
    assert stop_rights.keep_up(at=LATER) == 1
    assert stop_rights.keep_up(at=LATER + DAY) == 0
    assert Letter.objects.filter(kind="notice_stopped").count() == 1


def test_a_right_expires_by_the_day_alone(world: World) -> None:
    item = world.report()
    Right.objects.filter(pk=world.right.pk).update(expires_on=(LATER + DAY).date())
    assert stop_rights.keep_up(at=LATER) == 0
    assert stop_rights.keep_up(at=LATER + DAY) == 1
    assert NoticeItem.objects.get(pk=item.pk).status == "stopped"


def test_a_right_that_is_looked_at_anew_stops_nothing(world: World) -> None:
    item = world.report()
    Right.objects.filter(pk=world.right.pk).update(status="submitted")
    assert stop_rights.keep_up(at=LATER) == 0
    assert NoticeItem.objects.get(pk=item.pk).status == "received"


def test_what_is_held_because_of_it_is_released_and_its_seller_told(world: World) -> None:
    choice = Choice(
        kind=DecisionKind.HOLD,
        facts="Held before it is published.",
        request_key=uuid4(),
        right=world.right,
        ground=Ground.TERMS,
        ground_reference="Terms",
        ground_explanation="It is looked at first.",
    )
    held = hold.hold(world.listing, choice, at=AT)
    withdraw(world)
    assert stop_rights.keep_up(at=LATER) >= 1
    assert Decision.objects.get(pk=held.pk).status == "released"
    assert Letter.objects.filter(kind="listing_released").count() == 1
    assert Message.objects.filter(kind="webhook").exists()


def test_what_was_decided_stands_and_stay_down_ends(world: World) -> None:
    decision = world.restrict()
    again = catalog.listing(title="АLDЕRМООR leather bag, again", of=registry.organisation_of(world.sam))
    returned.note([again.pk], {again.pk: Again(decision.ref, 0.9, 257, stood=False)}, at=LATER)
    withdraw(world)
    assert stop_rights.keep_up(at=LATER) == 1
    assert not Returned.objects.exists()
    assert Decision.objects.get(pk=decision.pk).status == "in_force"


def test_nothing_new_is_reported_under_it(world: World) -> None:
    withdraw(world)
    with pytest.raises(Exception, match="right") as refused:
        world.report()
    assert not isinstance(refused.value, NothingToReport)
