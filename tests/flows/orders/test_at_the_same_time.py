"""Two officers at the same moment, each on a connection of their own: on SQLite and on PostgreSQL."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories import orders
from tests.factories.at_once import at_once
from tests.factories.orders import AT
from tests.flows.world import World, built
from touchmark.apps.decisions.models import Decision
from touchmark.apps.orders.actions import Received
from touchmark.apps.orders.models import Order
from touchmark.apps.outbox.models import Message
from touchmark.engine.lifecycle.table import AlreadyThere
from touchmark.flows.carry_out_order import carry_out
from touchmark.flows.tell_seller import tell_due


@pytest.fixture
def world(transactional_db: None, settings: Any, tmp_path: Path) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    return built()


def test_an_order_is_received_and_carried_out_once_and_told_of_once(world: World) -> None:
    said = {"locations": (world.listing.listing_id,), "untold_until": AT.replace(day=30)}
    taken = at_once(lambda: orders.received(world.rita, **said), lambda: orders.received(world.ravi, **said))
    assert all(isinstance(one, Received) for one in taken), taken
    assert sorted(one.before for one in taken) == [False, True]
    order = orders.actions.verify(ref=Order.objects.get().ref, how="Called.", actor=world.rita, at=AT)
    done = at_once(
        lambda: carry_out(ref=order.ref, actor=world.rita, at=AT),
        lambda: carry_out(ref=order.ref, actor=world.ravi, at=AT),
    )
    assert sorted(type(one) for one in done if isinstance(one, Exception)) == [AlreadyThere], done
    assert Decision.objects.count() == 1
    told = at_once(lambda: tell_due(AT.replace(day=30)), lambda: tell_due(AT.replace(day=30)))
    assert sorted(told) == [0, 1]
    assert Message.objects.filter(kind="webhook", payload__type="listing.statement").count() == 1
