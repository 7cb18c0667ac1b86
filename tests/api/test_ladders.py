"""Ladders through the API: read, looked at beforehand, chosen; and by whom not."""

import pytest

from tests.factories import accounts, clients
from tests.factories.clients import Program
from tests.flows.test_consequences import removed
from tests.flows.world import LATER, World, built
from touchmark.api import clock
from touchmark.apps.audit.models import Event
from touchmark.engine.penalties import consequences
from touchmark.engine.terms import Role

OTHER = {"ladder": "platform.strikes-only", "why": "Points confuse our sellers."}


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return built()


@pytest.fixture
def owner(world: World) -> Program:
    return clients.with_every_scope(accounts.actor(Role.POLICY_OWNER))


def test_ladders_are_read_as_they_are_in_force(owner: Program) -> None:
    found = owner.get("/ladders").json()
    assert [one["ladder"] for one in found["in_force"]] == list(consequences.names(on=LATER.date()))
    points = found["in_force"][0]["tracks"][0]
    assert (points["track"], points["daily_cap"], points["merge_days"]) == ("points", 6, None)
    assert points["steps"][1] == {"amount": 12, "consequence": "listing_ban", "days": 7}
    nobody = {"marketplace": "bazaar", "ladder": "platform.consequences", "since": None, "by": None}
    assert nobody in found["followed"]


def test_another_is_looked_at_and_chosen(world: World, owner: Program) -> None:
    removed(world, LATER)
    assert owner.get("/ladders/bazaar").json()["preview"] is None
    preview = owner.get("/ladders/bazaar", instead="platform.strikes-only").json()["preview"]
    assert (preview["shops"], preview["now"]["warning"], preview["then"]["warning"]) == (1, 1, 1)
    assert owner.get("/ladders/bazaar", instead="nobody's").status_code == 404
    chosen = owner.post("/ladders/bazaar/following", OTHER)
    assert (chosen.status_code, chosen.json()["ladder"]) == (200, "platform.strikes-only")
    assert owner.post("/ladders/bazaar/following", OTHER).status_code == 409
    assert owner.post("/ladders/bazaar/following", OTHER | {"why": " "}).status_code == 422
    assert owner.post("/ladders/nowhere/following", OTHER).status_code == 404
    assert Event.objects.filter(stream="ladder:bazaar").count() == 1


def test_a_reviewers_program_looks_and_does_not_choose(world: World) -> None:
    reviewer = clients.with_every_scope(world.ravi)
    assert reviewer.get("/ladders/bazaar").status_code == 200
    assert reviewer.post("/ladders/bazaar/following", OTHER).status_code == 403
    seller = clients.with_every_scope(world.sam)
    assert seller.get("/ladders").json()["followed"] == []
    assert seller.get("/ladders/bazaar").status_code == 404
