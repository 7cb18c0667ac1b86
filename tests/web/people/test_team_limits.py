"""The pages that limit roles: a team's form, moving somebody, inviting into a team."""

from typing import Any

import pytest
from tests.factories import accounts, catalog, registry

from touchmark.apps.accounts.models import Invitation, Membership, OrganisationKind, Team
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, Any]:
    vera = registry.holder("Timber Brands")
    registry.verified(vera, text="ALDER", brand="Alder")
    catalog.marketplace("bazaar")
    platform = accounts.organisation(OrganisationKind.PLATFORM)
    return {"client": accounts.signed_in(accounts.member(Role.OPERATOR)), "platform": platform, "vera": vera}


def made(world: dict[str, Any], **said: Any) -> Any:
    whole = {"name": "Teapots", "marketplaces": ["bazaar"], "territories": "de; FR", "brands": "timber brands: alder"}
    return world["client"].post(f"/people/{world['platform'].pk}/teams/new", whole | said)


def test_a_team_is_made_changed_and_dissolved(world: dict[str, Any]) -> None:
    assert made(world).status_code == 302
    team = Team.objects.get()
    assert (team.marketplaces, team.territories) == (["bazaar"], ["DE", "FR"])
    assert len(team.brands) == 1
    page = world["client"].get("/people").text
    assert "Bazaar, DE, FR, Timber Brands: Alder" in page
    form = world["client"].get(f"/people/teams/{team.pk}").text
    assert "Timber Brands: Alder" in form
    assert "checked" in form
    world["client"].post(f"/people/teams/{team.pk}", {"name": "Pots"})
    team.refresh_from_db()
    assert (team.name, team.reach.everywhere) == ("Pots", True)
    world["client"].post(f"/people/teams/{team.pk}/dissolve")
    assert "Pots" not in world["client"].get("/people").text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"territories": "Germany"}, "“GERMANY” is no code of a country"),
        ({"brands": "Nobody: Nothing"}, "There is no brand"),
        ({"marketplaces": ["elsewhere"]}, "not one of the available choices"),
        ({"name": ""}, "Fill in"),
    ],
)
def test_what_makes_no_sense_is_told(world: dict[str, Any], said: dict[str, Any], told: str) -> None:
    assert told in made(world, **said).text
    assert not Team.objects.exists()


def test_somebody_is_invited_into_a_team_and_moved_out_of_it(world: dict[str, Any]) -> None:
    made(world)
    team, platform = Team.objects.get(), world["platform"]
    invited = {"email": "rita@bazaar.test", "role": "reviewer", "team": team.pk}
    assert world["client"].post(f"/people/{platform.pk}/invite", invited).status_code == 302
    assert Invitation.objects.get().team == team
    ravi = Membership.objects.get(user=accounts.member(Role.REVIEWER, of=platform))
    for chosen, expected in ((team.pk, team), ("", None)):
        assert world["client"].post(f"/people/memberships/{ravi.pk}/team", {"team": chosen}).status_code == 302
        ravi.refresh_from_db()
        assert ravi.team == expected


def test_a_holder_limits_an_agent_to_own_brands_and_knows_of_no_others(world: dict[str, Any]) -> None:
    registry.verified(registry.holder("Rival"), text="SECRETMARK", brand="Secretbrand")
    of = registry.organisation_of(world["vera"])
    client = accounts.signed_in(accounts.member(Role.HOLDER, of=of))
    page = client.get(f"/people/{of.pk}/teams/new").text
    assert "Secretbrand" not in page
    refused = client.post(f"/people/{of.pk}/teams/new", {"name": "x", "brands": "Secretbrand"})
    assert "There is no brand" in refused.text
    assert client.post(f"/people/{of.pk}/teams/new", {"name": "x", "brands": "Alder"}).status_code == 302


def test_a_team_of_others_is_not_there(world: dict[str, Any]) -> None:
    made(world)
    stranger = accounts.signed_in(accounts.member(Role.HOLDER))
    team = Team.objects.get()
    for address in (f"/people/teams/{team.pk}", f"/people/{team.organisation_id}/teams/new"):
        assert stranger.get(address).status_code == 404
