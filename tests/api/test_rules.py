"""Rules through the API: written, replayed, tried, switched on by two, stopped; and what is refused."""

from typing import Any

import pytest

from tests.factories import accounts, clients
from tests.factories import rules as written_rules
from tests.factories.accounts import AT
from tests.factories.clients import Program
from tests.flows.world import World, built
from touchmark.apps.rules.actions import SHADOW_LASTS
from touchmark.apps.rules.models import RuleVersion
from touchmark.engine.screening.rules.rule import Effect
from touchmark.engine.screening.rules.writing import rule_written
from touchmark.engine.terms import Role


@pytest.fixture
def world(db: None) -> World:
    return built()


@pytest.fixture
def owner(world: World) -> Program:
    return clients.with_every_scope(accounts.actor(Role.POLICY_OWNER))


def written(owner: Program, then: Effect = Effect.QUEUE) -> Any:
    file = 'version = "1"\nreview_at = 0.3\nact_at = 0.9\n\n' + rule_written(written_rules.rule(then))
    return owner.post("/rules", {"text": file, "reason": "We see these every week."})


def moved(owner: Program, step: str, **said: object) -> Any:
    return owner.post("/rules/disguised-bags.1/steps", {"step": step, **said})


def test_a_rule_that_does_not_act_goes_all_the_way(owner: Program) -> None:
    assert [written(owner).json(), written(owner).json()] == [{"written": 1}, {"written": 0}]
    assert moved(owner, "shadow").json()["status"] == "shadow"
    refused = moved(owner, "switch_on")
    assert refused.status_code == 409
    assert "Replay the rule" in refused.json()["detail"]
    replayed = owner.post("/rules/disguised-bags.1/replay")
    assert (replayed.status_code, replayed.json()["listings"]) == (202, 1)
    assert moved(owner, "switch_on", expects=replayed.json()["held"]).json()["status"] == "live"
    (line,) = owner.get("/rules", status="live").json()["items"]
    assert (line["ref"], line["effect"], line["replay"]["held"]) == (
        "disguised-bags.1",
        "queue",
        replayed.json()["held"],
    )
    assert moved(owner, "stop").status_code == 422  # nobody said why
    assert moved(owner, "stop", why="It queues teapots.").json()["status"] == "stopped"
    assert owner.get("/rules", status="live").json()["items"] == []


def test_one_that_acts_is_switched_on_by_two(owner: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    written(owner, Effect.ACT)
    moved(owner, "shadow")
    held = owner.post("/rules/disguised-bags.1/replay").json()["held"]
    RuleVersion.objects.update(shadow_since=AT - 365 * SHADOW_LASTS)
    assert moved(owner, "switch_on", expects=held).status_code == 409
    assert moved(owner, "propose", expects=held).json()["status"] == "proposed"
    assert moved(owner, "approve", expects=held).status_code == 403
    second = clients.with_every_scope(accounts.actor(Role.POLICY_OWNER))
    assert moved(second, "approve", expects=held).json()["status"] == "live"


@pytest.mark.parametrize(
    ("text", "said"),
    [("x = 1", "text"), ("not toml", "text"), ('version = "1"\n[[rule]]\n', "text")],
)
def test_what_is_no_file_of_rules_is_refused(owner: Program, text: str, said: str) -> None:
    refused = owner.post("/rules", {"text": text, "reason": "As a trial."})
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith(said)
    assert not RuleVersion.objects.exists()


def test_a_reviewer_reads_rules_and_writes_none(world: World, owner: Program) -> None:
    written(owner)
    rita = clients.with_every_scope(world.rita)
    assert rita.get("/rules/disguised-bags.1").json()["author"]
    assert written(rita).status_code == 403
    assert rita.post("/rules/disguised-bags.1/replay").status_code == 403
    for never in ("disguised-bags.2", "disguised-bags", "disguised-bags.x", ".1"):
        assert rita.get(f"/rules/{never}").status_code == 404


def test_a_key_takes_a_step_once(owner: Program) -> None:
    written(owner)
    first = owner.post("/rules/disguised-bags.1/steps", {"step": "shadow"}, key="once")
    again = owner.post("/rules/disguised-bags.1/steps", {"step": "shadow"}, key="once")
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
