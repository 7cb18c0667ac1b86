"""Those who bought an illegal product lately are informed by the marketplace, or publicly where not all are known."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import accounts
from tests.factories.at_once import at_once
from tests.flows.world import LATER, World, appeal_form, built_of_toys
from touchmark.apps.accounts.models import User
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.buyers import actions
from touchmark.apps.buyers.models import Duty
from touchmark.apps.catalog.models import Listing, Marketplace
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.outbox.models import Message
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.policy.months import months_before
from touchmark.flows import inform_buyers
from touchmark.flows.hear_marketplace import hear
from touchmark.flows.lapse import lapse_due
from touchmark.flows.resolve_appeal import resolve

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    return built_of_toys()


def due(at: datetime = LATER) -> int:
    cache.clear()
    return inform_buyers.keep_up(at=at)


def told(kind: str) -> list[dict[str, Any]]:
    return [m.payload["data"] for m in Message.objects.filter(kind="webhook") if m.payload["type"] == kind]


def asked(world: World) -> tuple[Decision, Duty]:
    decision = world.restrict()
    assert due() == 1
    return decision, Duty.objects.get()


def test_the_marketplace_is_asked_once_with_the_text_and_since_when(world: World) -> None:
    decision, duty = asked(world)
    assert due() == 0
    (said,) = told("buyers.inform")
    assert (said["decision"], said["listing_id"]) == (decision.ref, world.listing.listing_id)
    assert said["bought_since"] == months_before(LATER.date(), 6).isoformat() == duty.bought_since.isoformat()
    assert set(said["texts"]) == {"en", "zh-hans"}
    assert "It was found to be illegal: Regulation (EU) 2017/1001, art. 9(2)(a)." in said["texts"]["en"]
    assert "Do not use it any more." in said["texts"]["en"]  # toys can injure
    assert "counterfeit" not in said["texts"]["en"]


@pytest.mark.parametrize(
    "other",
    [{"ground": Ground.TERMS}, {"kind": DecisionKind.HIDE}],
    ids=["by the terms alone", "hidden, not taken off"],
)
def test_what_is_not_illegal_or_stays_on_sale_asks_for_nothing(world: World, other: dict[str, Any]) -> None:
    world.restrict(**other)
    assert due() == 0


def test_what_nobody_bought_and_who_is_let_off_are_left_alone(world: World) -> None:
    Listing.objects.update(sold_count=0)
    world.restrict()
    assert due() == 0
    Listing.objects.update(sold_count=None)  # nobody knows: it is asked
    Marketplace.objects.update(size="micro")
    assert due() == 0
    Marketplace.objects.update(size="large")
    assert due() == 1


def test_its_answer_is_the_confirmation_and_twice_is_once(world: World) -> None:
    decision, duty = asked(world)
    payload = {"type": "buyers.inform", "data": {"decision": decision.ref}}
    hear(payload, at=LATER + DAY)
    hear(payload, at=LATER + 2 * DAY)
    duty.refresh_from_db()
    assert (duty.status, duty.informed_at) == ("informed", LATER + DAY)
    assert lapse_due(LATER + 60 * DAY) >= 0
    duty.refresh_from_db()
    assert duty.status == "informed"


def test_without_an_answer_it_is_overdue_and_a_reviewer_publishes_it(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision, duty = asked(world)
    lapse_due(LATER + 30 * DAY)
    duty.refresh_from_db()
    assert duty.status == "overdue"
    with pytest.raises(NotYours):
        actions.publish(decision=decision, actor=world.vera, at=LATER + 30 * DAY)
    monkeypatch.setattr("touchmark.web.clock.now", lambda: LATER + 30 * DAY)
    rita = accounts.signed_in(User.objects.get(pk=world.rita.user_id))
    assert "overdue: the marketplace has not confirmed" in rita.get(f"/desk/decisions/{decision.ref}/").content.decode()
    assert "Nothing is published" in client.get("/illegal-products").content.decode()
    assert rita.post(f"/desk/decisions/{decision.ref}/buyers/", {"event": "publish"}).status_code == 302
    page = client.get("/illegal-products").content.decode()
    assert "leather bag" in page
    with pytest.raises(IllegalMove):
        actions.publish(decision=decision, actor=world.rita, at=LATER + 31 * DAY)


def test_an_undone_decision_ends_it_and_the_marketplace_is_told(world: World, client: Client) -> None:
    decision, duty = asked(world)
    actions.publish(decision=decision, actor=world.rita, at=LATER)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)
    resolve(ref=appeal.ref, event="reverse", text="They are genuine.", actor=world.ravi, at=LATER + DAY)
    assert due(LATER + DAY) == 1
    duty.refresh_from_db()
    assert duty.status == "ended"
    assert [one["decision"] for one in told("buyers.inform_withdrawn")] == [decision.ref]
    assert "leather bag" not in client.get("/illegal-products").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_once(world: World) -> None:
    world.restrict()
    cache.clear()
    at_once(lambda: inform_buyers.keep_up(at=LATER), lambda: inform_buyers.keep_up(at=LATER))
    assert len(told("buyers.inform")) == 1


@pytest.mark.parametrize(
    ("on", "since"),
    [
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2028, 8, 31), date(2028, 2, 29)),  # a leap year
        (date(2026, 3, 1), date(2025, 9, 1)),
        (date(2026, 6, 15), date(2025, 12, 15)),
    ],
)
def test_six_months_back_end_on_a_day_that_there_is(on: date, since: date) -> None:
    assert months_before(on, 6) == since
