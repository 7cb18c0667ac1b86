"""What buyers are told, and how many a marketplace says that it told."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from tests.factories import catalog, clients
from tests.factories.at_once import at_once
from tests.flows.world import LATER, World, built
from touchmark.api import clock
from touchmark.apps.audit import queries as audit
from touchmark.apps.buyers import actions
from touchmark.apps.buyers.actions import Counted
from touchmark.apps.buyers.models import Duty, Said
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.models import Decision
from touchmark.engine.policy.months import months_before
from touchmark.engine.terms import Actor
from touchmark.flows import inform_buyers
from touchmark.flows.lapse import lapse_due

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = LATER + DAY
SAID = {"told": 41, "unreachable": 0, "told_at": (LATER + HOUR).isoformat(), "how": "e-mail and app"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = built()
    Listing.objects.update(sold_count=41, category="Baby > Toys")
    return made


def asked(world: World) -> Decision:
    decision = world.restrict()
    cache.clear()
    assert inform_buyers.keep_up(at=LATER) == 1
    return decision


def test_a_program_reads_what_to_say_to_whom_and_by_when_and_says_how_many_it_told(world: World) -> None:
    decision, shop = asked(world), clients.of_marketplace()
    (line,) = shop.get("/buyers").json()["items"]
    assert (line["decision"], line["status"], line["informed"]) == (decision.ref, "asked", None)
    assert line["bought_since"] == months_before(LATER.date(), 6).isoformat()
    assert line["due_by"] is not None
    assert "It was found to be illegal" in line["texts"]["en"]
    answer = shop.post(f"/decisions/{decision.ref}/buyers", SAID)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["status"], said["informed"]["told"], said["due_by"]) == ("informed", 41, None)
    assert shop.get("/buyers", status="asked").json()["items"] == []
    assert shop.get(f"/decisions/{decision.ref}/buyers").json() == said


def test_whom_it_cannot_reach_is_told_by_a_public_notice(world: World, client: Any) -> None:
    decision, shop = asked(world), clients.of_marketplace()
    said = shop.post(f"/decisions/{decision.ref}/buyers", SAID | {"told": 30, "unreachable": 11}).json()
    assert (said["status"], said["published_at"] is not None) == ("published", True)
    assert "leather bag" in client.get("/illegal-products").content.decode()
    assert [event.kind for event in audit.events_of(f"buyers:{decision.ref}")] == ["ask", "confirm", "publish"]


def test_said_again_the_last_numbers_count_and_the_same_ones_change_nothing(world: World) -> None:
    decision, shop = asked(world), clients.of_marketplace()
    for numbers in (SAID, SAID, SAID | {"told": 44}, SAID | {"told": 44, "unreachable": 1}):
        assert shop.post(f"/decisions/{decision.ref}/buyers", numbers).status_code == 200
    assert list(Said.objects.values_list("told", "unreachable")) == [(41, 0), (44, 0), (44, 1)]
    assert Duty.objects.get().status == "published"


def test_late_it_still_counts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    decision, shop = asked(world), clients.of_marketplace()
    lapse_due(LATER + 30 * DAY)
    monkeypatch.setattr(clock, "now", lambda: LATER + 31 * DAY)
    assert shop.get("/buyers", status="overdue").json()["items"] != []
    assert shop.post(f"/decisions/{decision.ref}/buyers", SAID).json()["status"] == "informed"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"told": -1}, 422),
        ({"told": 10**12}, 422),
        ({"told": "many"}, 422),
        ({"how": ""}, 422),
        ({"how": "x" * 201}, 422),
        ({"told_at": "2026-01-01T00:00:00"}, 422),
        ({"told_at": (NOW + DAY).isoformat()}, 422),
        ({"told_at": (LATER - DAY).isoformat()}, 422),
    ],
    ids=["less than none", "too many", "no number", "no way", "a long way", "no zone", "to come", "before"],
)
def test_what_cannot_be_is_refused(world: World, changed: dict[str, Any], status: int) -> None:
    decision, shop = asked(world), clients.of_marketplace()
    assert shop.post(f"/decisions/{decision.ref}/buyers", SAID | changed).status_code == status
    assert not Said.objects.exists()


def test_another_marketplace_finds_nothing_and_a_holder_neither(world: World) -> None:
    decision = asked(world)
    catalog.marketplace("lumina", regime="eu")
    other = clients.of_marketplace("lumina")
    assert other.get("/buyers").json()["items"] == []
    assert other.get(f"/decisions/{decision.ref}/buyers").status_code == 404
    assert other.post(f"/decisions/{decision.ref}/buyers", SAID).status_code == 404


def test_a_decision_that_asks_for_nothing_says_so(world: World) -> None:
    decision, shop = world.restrict(), clients.of_marketplace()
    answer = shop.get(f"/decisions/{decision.ref}/buyers")
    assert (answer.status_code, "asks for no buyers" in answer.json()["detail"]) == (404, True)


def test_an_undone_decision_takes_no_numbers(world: World) -> None:
    decision, shop = asked(world), clients.of_marketplace()
    actions.end(key=Duty.objects.get().pk, at=LATER)
    assert shop.post(f"/decisions/{decision.ref}/buyers", SAID).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_said_twice_at_the_same_time_it_is_one_state(world: World) -> None:
    decision = asked(world)
    counted = Counted(30, 11, LATER + HOUR, "e-mail")

    def say() -> Duty:
        return actions.count(ref=decision.ref, counted=counted, actor=Actor.program_of("bazaar"), at=NOW)

    at_once(say, say)
    assert Duty.objects.get().status == "published"
    assert Said.objects.count() == 1
