"""Programs of those who review: duties of product safety are met, suspicions raised and told."""

from typing import Any

import pytest

from tests.factories import accounts, clients, safety
from tests.flows.world import World, built
from touchmark.apps.safety.kinds import DutyKind
from touchmark.engine.terms import Actor, Role

TOLD = {"text": "It breaks.", "where": "Safety Business Gateway", "told_at": "2026-01-05T09:00:00Z", "reference": "1"}
POLICE = {
    "country": "DE",
    "authority": "Bundeskriminalamt",
    "basis": "seller",
    "given": "Everything.",
    "told_at": "2026-01-05T09:00:00Z",
}


@pytest.fixture
def world(db: None) -> World:
    return built()


def test_a_duty_is_met_by_what_was_told(world: World) -> None:
    duty, program = safety.duty(world.listing), clients.with_every_scope(world.rita)
    assert [one["ref"] for one in program.get("/safety-duties", status="due").json()["items"]] == [duty.ref]
    assert program.get("/safety-duties", due_before="2020-01-01T00:00:00Z").json()["items"] == []
    unnumbered = program.post(f"/safety-duties/{duty.ref}/report", TOLD | {"reference": ""})
    assert (unnumbered.status_code, unnumbered.json()["errors"][0]["pointer"]) == (422, "/reference")
    later = program.post(f"/safety-duties/{duty.ref}/report", TOLD | {"told_at": "2990-01-01T00:00:00Z"})
    assert later.status_code == 422
    met = program.post(f"/safety-duties/{duty.ref}/report", TOLD, key="1").json()
    assert (met["status"], met["told"][0]["reference"]) == ("met", "1")
    assert program.post(f"/safety-duties/{duty.ref}/report", TOLD, key="1").json() == met
    assert len(program.get(f"/safety-duties/{duty.ref}").json()["told"]) == 1


def test_who_leads_sets_a_duty_aside_and_a_repeated_request_does_not_turn_it_round(world: World) -> None:
    address = f"/safety-duties/{safety.duty(world.listing).ref}/setting-aside"
    aside = {"event": "set_aside", "why": "A poster."}
    assert clients.with_every_scope(world.rita).post(address, aside).status_code == 403
    lead = clients.with_every_scope(accounts.actor(Role.POLICY_OWNER))
    assert lead.post(address, aside).json()["status"] == "set_aside"
    assert lead.post(address, aside).status_code == 409
    assert lead.post(address, {"event": "owe_after_all", "why": "After all."}).json()["status"] == "due"


def test_what_was_reported_is_processed_by_a_decision(world: World) -> None:
    duty = safety.duty(world.listing, DutyKind.NOTICE)
    answer = clients.with_every_scope(world.rita).post(f"/safety-duties/{duty.ref}/report", TOLD)
    assert (answer.status_code, "Decide on the listing" in answer.json()["detail"]) == (409, True)


def test_a_suspicion_is_raised_told_dropped_and_raised_again(world: World) -> None:
    rita = clients.with_every_scope(world.rita)
    about = {"marketplace": "bazaar", "listing_id": world.listing.listing_id, "reasons": "It shocks children."}
    raised = rita.post("/suspicions", about, key="1").json()
    assert (raised["status"], raised["told"]) == ("raised", [])
    assert raised["concerned"]
    assert rita.post("/suspicions", about, key="2").status_code == 409
    address = f"/suspicions/{raised['ref']}"
    assert rita.post(f"{address}/police-report", POLICE).status_code == 403
    ivan = clients.with_every_scope(accounts.actor(Role.INVESTIGATOR))
    drop = {"event": "drop", "why": "A poster."}
    assert ivan.post(f"{address}/dropping", drop).json()["status"] == "dropped"
    assert ivan.post(f"{address}/dropping", drop).status_code == 409
    assert ivan.post(f"{address}/dropping", {"event": "raise_again", "why": "No."}).json()["status"] == "raised"
    elsewhere = ivan.post(f"{address}/police-report", POLICE | {"country": "US"})
    assert elsewhere.status_code == 422
    told = ivan.post(f"{address}/police-report", POLICE).json()
    assert (told["status"], told["told"][0]["authority"], told["concerned"]) == ("reported", "Bundeskriminalamt", [])


@pytest.mark.parametrize("who", ["bazaar", "seller", "holder", "operator", "ravi"])
def test_nobody_else_sees_a_suspicion_or_hears_of_a_duty(world: World, who: str) -> None:
    raised, duty = safety.suspicion(world.listing, by=world.rita), safety.duty(world.listing)
    actors: dict[str, Any] = {"bazaar": Actor.program_of("bazaar"), "seller": world.sam, "holder": world.vera}
    actors |= {"operator": accounts.actor(Role.OPERATOR), "ravi": world.ravi}
    program = clients.with_every_scope(actors[who])
    assert program.get("/suspicions").json()["items"] == []
    assert program.get(f"/suspicions/{raised.ref}").status_code == 404
    seen = 200 if who == "ravi" else 404
    assert program.get(f"/safety-duties/{duty.ref}").status_code == seen
