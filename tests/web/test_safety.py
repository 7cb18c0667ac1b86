"""The pages of product safety and of suspicions."""

from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts, safety
from tests.flows.world import World, built
from tests.web.worlds import words_of

from touchmark.apps.accounts.models import User
from touchmark.apps.safety.kinds import DutyKind
from touchmark.apps.safety.models import SafetyDuty, Suspicion
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db
TOLD = {
    "do": "tell",
    "text": "A toy <b>that</b> breaks.",
    "where": "Safety Business Gateway",
    "told_at": "2026-01-05T09:00",
    "reference": "SBG-1",
}
POLICE = {
    "do": "tell",
    "basis": "seller",
    "country": "DE",
    "authority": "Bundeskriminalamt",
    "given": "Everything.",
    "told_at": "2026-01-05T09:00",
}


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    return built()


def rita(world: World) -> Client:
    return accounts.signed_in(User.objects.get(pk=world.rita.user_id))


def paul(role: Role = Role.POLICY_OWNER) -> Client:
    return accounts.signed_in(accounts.member(role))


def test_a_duty_is_met_with_what_was_told(world: World) -> None:
    duty, reader = safety.duty(world.listing), rita(world)
    assert duty.ref in words_of(reader.get("/safety/").text)
    address = f"/safety/duties/{duty.ref}/"
    refused = reader.post(address, TOLD | {"reference": ""})
    assert (refused.status_code, "Write the number under which they keep it." in words_of(refused.text)) == (422, True)
    assert reader.post(address, TOLD).status_code == 302
    page = reader.get(address)
    assert "A toy <b>that</b> breaks." in words_of(page.text)
    assert "<b>that" not in page.text
    assert SafetyDuty.objects.get().status == "met"
    assert "Set it aside" not in page.text


def test_only_who_leads_is_offered_to_set_one_aside(world: World) -> None:
    address = f"/safety/duties/{safety.duty(world.listing).ref}/"
    assert "Set it aside" not in rita(world).get(address).text
    lead = paul()
    assert "Set it aside" in lead.get(address).text
    assert lead.post(address, {"do": "aside", "why": ""}).status_code == 422
    assert lead.post(address, {"do": "aside", "why": "A poster."}).status_code == 302
    assert "Let it be due again" in lead.get(address).text


def test_a_report_is_processed_by_a_decision_not_by_a_tick(world: World) -> None:
    reader = rita(world)
    address = f"/safety/duties/{safety.duty(world.listing, DutyKind.NOTICE).ref}/"
    assert "Open the listing" in words_of(reader.get(address).text)
    assert reader.post(address, TOLD).status_code != 200
    assert SafetyDuty.objects.get().status == "due"


def test_the_leader_sees_what_is_late_on_the_first_page(world: World) -> None:
    lead = paul()
    assert "Product safety, to be done" in words_of(lead.get("/desk/home/").text)
    duty = safety.duty(world.listing)
    safety.suspicion(world.listing, by=world.rita)
    page = lead.get("/desk/home/").text  # all of it began long ago
    assert "1 is late" in words_of(page)
    assert "1 suspicion to be told" in words_of(page)
    assert f"/safety/duties/{duty.ref}/" in page


def test_a_suspicion_is_raised_from_a_listing_and_told(world: World) -> None:
    reader = rita(world)
    listing = f"/desk/bazaar/{world.listing.listing_id}/"
    address = f"/safety/suspect/bazaar/{world.listing.listing_id}/"
    assert address in reader.get(listing).text
    assert reader.post(address, {"reasons": " "}).status_code == 422
    assert reader.post(address, {"reasons": "It gave a child a shock."}).status_code == 302
    again = reader.post(address, {"reasons": "Again."})
    assert (again.status_code, "waits to be told to the police already" in words_of(again.text)) == (422, True)
    one = f"/safety/suspicions/{Suspicion.objects.get().ref}/"
    assert "Record what the police was told" not in words_of(reader.get(one).text)
    reader.post(one, POLICE)
    assert Suspicion.objects.get().status == "raised"
    chief = paul(Role.INVESTIGATOR)
    assert chief.post(one, POLICE | {"country": "US"}).status_code == 422
    assert chief.post(one, POLICE).status_code == 302
    assert "Bundeskriminalamt" in words_of(chief.get(one).text)
    assert Suspicion.objects.get().status == "reported"


def test_a_colleague_finds_no_suspicion_of_anothers(world: World) -> None:
    raised = safety.suspicion(world.listing, by=world.rita)
    ravi = accounts.signed_in(User.objects.get(pk=world.ravi.user_id))
    assert ravi.get(f"/safety/suspicions/{raised.ref}/").status_code == 404
    assert raised.ref not in ravi.get("/safety/").text
    assert raised.ref not in ravi.get(f"/desk/bazaar/{world.listing.listing_id}/").text


@pytest.mark.parametrize("role", [Role.SELLER, Role.HOLDER, Role.OPERATOR, Role.MEMBER])
def test_others_are_turned_away(world: World, role: Role) -> None:
    raised, duty = safety.suspicion(world.listing, by=world.rita), safety.duty(world.listing)
    reader = paul(role)
    for address in ("/safety/", f"/safety/suspicions/{raised.ref}/", f"/safety/duties/{duty.ref}/"):
        assert reader.get(address).status_code == 403


def test_nothing_at_all_says_so(world: World) -> None:
    assert "Nothing is to be done" in words_of(rita(world).get("/safety/").text)
    assert "No suspicion waits to be told" in words_of(paul(Role.INVESTIGATOR).get("/safety/").text)
