"""Teams, and how far the roles of their people reach."""

from typing import Any

import pytest
from tests.factories import accounts
from tests.factories.accounts import AT

from touchmark.apps.accounts import access, actions, queries, teams
from touchmark.apps.accounts.models import Membership, OrganisationKind, Team, User
from touchmark.apps.audit.models import Event
from touchmark.engine.terms import EVERYWHERE, Actor, Reach, Role

pytestmark = pytest.mark.django_db
BAZAAR = Reach(marketplaces=frozenset({"bazaar"}))


@pytest.fixture
def olga() -> Actor:
    return accounts.actor(Role.OPERATOR)


def team(olga: Actor, name: str = "Teapots", reach: Reach = BAZAAR, **said: Any) -> Team:
    return teams.found_team(organisation_id=olga.organisation, name=name, reach=reach, actor=olga, at=AT, **said)


def reach_of(person: User) -> tuple[Reach, ...]:
    return access.actor_for(person, None).reaches(Role.REVIEWER)


def moved(olga: Actor, person: User, to: Team | None) -> None:
    membership = Membership.objects.get(user=person, role=Role.REVIEWER)
    teams.move(membership_id=membership.pk, team_id=to.pk if to else None, actor=olga, at=AT)


def test_a_role_reaches_everywhere_until_its_team_limits_it(olga: Actor) -> None:
    rita = accounts.member(Role.REVIEWER)
    assert reach_of(rita) == (EVERYWHERE,)
    made = team(olga)
    moved(olga, rita, made)
    assert reach_of(rita) == (BAZAAR,)
    wider = Reach(marketplaces=frozenset({"bazaar", "lumina"}))
    teams.change_team(team_id=made.pk, name="Pots", reach=wider, actor=olga, at=AT)
    assert reach_of(rita) == (wider,)
    moved(olga, rita, None)
    assert reach_of(rita) == (EVERYWHERE,)
    kinds = Event.objects.filter(stream=f"organisation:{olga.organisation}").values_list("kind", flat=True)
    assert list(kinds) == ["team_founded", "person_moved", "team_changed", "person_moved"]


def test_a_limit_of_one_role_is_none_of_another(olga: Actor) -> None:
    rita = accounts.member(Role.REVIEWER, Role.INVESTIGATOR)
    moved(olga, rita, team(olga))
    actor = access.actor_for(rita, None)
    assert actor.reaches(Role.REVIEWER) == (BAZAAR,)
    assert actor.reaches(Role.INVESTIGATOR, Role.REVIEWER) == (EVERYWHERE,)
    assert actor.reaches(Role.POLICY_OWNER) == ()


def test_who_is_invited_into_a_team_is_limited_from_the_first_moment(olga: Actor) -> None:
    made = team(olga)
    actions.invite(
        organisation_id=olga.organisation, email="r@b.test", role=Role.REVIEWER, actor=olga, at=AT, team_id=made.pk
    )
    invitation = queries.open_invitations_of(olga.organisation, AT).get()
    secret = "s" * 32
    invitation.secret_digest = actions.digest_of(secret)
    invitation.save()
    rita = actions.accept_invitation(secret=secret, user=None, name="Rita", password=accounts.PASSWORD, at=AT)
    assert reach_of(rita) == (BAZAAR,)


def test_nobody_changes_how_far_their_own_role_reaches(olga: Actor) -> None:
    accounts.member(Role.REVIEWER, person=User.objects.get(pk=olga.user_id))
    own = Membership.objects.get(user_id=olga.user_id, role=Role.REVIEWER)
    made = team(olga)
    with pytest.raises(teams.NotYoursToMove):
        teams.move(membership_id=own.pk, team_id=made.pk, actor=olga, at=AT)
    Membership.objects.filter(pk=own.pk).update(team=made)
    with pytest.raises(teams.NotYoursToMove):
        teams.change_team(team_id=made.pk, name="Teapots", reach=EVERYWHERE, actor=olga, at=AT)
    assert teams.change_team(team_id=made.pk, name="Pots", reach=BAZAAR, actor=olga, at=AT).name == "Pots"


def test_a_limited_holder_keeps_no_team() -> None:
    of = accounts.organisation()
    vera, arthur = accounts.member(Role.HOLDER, of=of), accounts.member(Role.AGENT, of=of)
    held = Team.objects.create(organisation=of, name="DE", territories=["DE"], made_at=AT)
    Membership.objects.filter(user=vera).update(team=held)
    limited = access.actor_for(vera, of.pk)
    other = Membership.objects.get(user=arthur)
    for refused in (
        lambda: teams.found_team(organisation_id=of.pk, name="x", reach=EVERYWHERE, actor=limited, at=AT),
        lambda: teams.move(membership_id=other.pk, team_id=None, actor=limited, at=AT),
        lambda: actions.invite(organisation_id=of.pk, email="a@b.test", role=Role.HOLDER, actor=limited, at=AT),
    ):
        with pytest.raises(access.NoSuchOrganisation):
            refused()


def test_a_team_of_another_organisation_is_not_there(olga: Actor) -> None:
    vera = accounts.actor(Role.HOLDER)
    theirs = Team.objects.create(organisation=accounts.organisation(), name="Theirs", made_at=AT)
    with pytest.raises(access.NoSuchTeam):
        teams.team_for(vera, theirs.pk)
    rita = accounts.member(Role.REVIEWER)
    with pytest.raises(access.NoSuchTeam):
        moved(olga, rita, theirs)


def test_a_team_is_named_once_and_dissolved_when_nobody_is_in_it(olga: Actor) -> None:
    made = team(olga)
    with pytest.raises(teams.TeamNamedAlready):
        team(olga, name=" Teapots ")
    rita = accounts.member(Role.REVIEWER)
    moved(olga, rita, made)
    with pytest.raises(teams.TeamNotEmpty):
        teams.dissolve_team(team_id=made.pk, actor=olga, at=AT)
    moved(olga, rita, None)
    teams.dissolve_team(team_id=made.pk, actor=olga, at=AT)
    assert team(olga).pk != made.pk
    assert made.organisation.kind == OrganisationKind.PLATFORM
