"""
Teams: some of an organisation's people, and how far their roles reach.

A role outside of any team, or in one without limits, reaches everywhere that the role itself does. What is done here is
appended to the record under ``organisation:<key>``.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import access, queries
from touchmark.apps.accounts.actions import one_line, require_may_give
from touchmark.apps.accounts.models import Membership, Organisation, Team
from touchmark.apps.audit import actions as audit
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor, Reach, Role


class TeamNamedAlready(TouchmarkError):
    """The organisation has a team of that name."""


class TeamNotEmpty(TouchmarkError):
    """Somebody is in the team, or invited to it."""


class NotYoursToMove(TouchmarkError):
    """Nobody changes how far their own role reaches."""


@transaction.atomic
def found_team(*, organisation_id: int, name: str, reach: Reach, actor: Actor, at: datetime) -> Team:
    """
    Add a team to an organisation.

    :raises NoSuchOrganisation: if the actor may not see the organisation's people
    :raises TeamNamedAlready: if it has a team of that name
    """
    organisation = access.team_for(actor, organisation_id)
    _require_unused(organisation, name)
    team = Team.objects.create(organisation=organisation, name=one_line(name), made_at=at, **_lists(reach))
    _append(team, "team_founded", actor, at, _lists(reach))
    return team


@transaction.atomic
def change_team(*, team_id: int, name: str, reach: Reach, actor: Actor, at: datetime) -> Team:
    """
    Rename a team, or have its people's roles reach elsewhere. It takes effect with their next click.

    :raises NoSuchTeam: if there is none that the actor may see
    :raises TeamNamedAlready: if the organisation has another of that name
    :raises NotYoursToMove: if the actor is in it, and the reach is to be another
    """
    team = team_for(actor, team_id)
    inside = Membership.objects.filter(team=team, ended_at=None, user=actor.person)
    if team.reach != reach and inside.exists():
        raise NotYoursToMove(_("You are in this team yourself: somebody else changes how far it reaches."))
    _require_unused(team.organisation, name, but=team)
    team.name = one_line(name)
    for field, value in _lists(reach).items():
        setattr(team, field, value)
    team.save()
    _append(team, "team_changed", actor, at, _lists(reach))
    return team


@transaction.atomic
def dissolve_team(*, team_id: int, actor: Actor, at: datetime) -> None:
    """
    End a team in which nobody is left.

    :raises NoSuchTeam: if there is none that the actor may see
    :raises TeamNotEmpty: if somebody is in it, or invited to it
    """
    team = team_for(actor, team_id)
    invited = queries.open_invitations_of(team.organisation_id, at).filter(team=team)
    if Membership.objects.filter(team=team, ended_at=None).exists() or invited.exists():
        raise TeamNotEmpty(_("Somebody is in this team, or invited to it. Move them first."))
    team.dissolved_at = at
    team.save(update_fields=["dissolved_at"])
    _append(team, "team_dissolved", actor, at, {})


@transaction.atomic
def move(*, membership_id: int, team_id: int | None, actor: Actor, at: datetime) -> Membership:
    """
    Put somebody's role into a team, or into none. How far it reaches changes with their next click.

    :raises NoSuchOrganisation: if there is no such membership that the actor may see
    :raises NoSuchTeam: if the organisation has no such team
    :raises RoleNotYoursToGive: if the actor may not give that role
    :raises NotYoursToMove: if it is the actor's own
    """
    membership = access.membership_for(actor, membership_id)
    require_may_give(actor, access.team_for(actor, membership.organisation_id), Role(membership.role))
    if membership.user_id == actor.user_id:
        raise NotYoursToMove(_("Somebody else changes how far your own role reaches."))
    membership.team = access.team_of(membership.organisation, team_id)
    membership.save(update_fields=["team"])
    payload: dict[str, Json] = {"person": membership.user_id, "role": membership.role, "team": team_id}
    stream = f"organisation:{membership.organisation_id}"
    audit.append(stream=stream, kind="person_moved", actor=actor, at=at, payload=payload)
    return membership


def team_for(actor: Actor, team_id: int) -> Team:
    """
    Give a team of an organisation whose people the actor may see and change.

    :raises NoSuchTeam: if there is none
    """
    team = Team.objects.filter(pk=team_id, dissolved_at=None).select_related("organisation").first()
    try:
        access.team_for(actor, team.organisation_id if team else 0)
    except access.NoSuchOrganisation:
        team = None
    if team is None:
        raise access.NoSuchTeam(_("There is no such team."))
    return team


def _require_unused(organisation: Organisation, name: str, *, but: Team | None = None) -> None:
    named = queries.teams_of(organisation.pk).filter(name=one_line(name))
    if (named.exclude(pk=but.pk) if but else named).exists():
        raise TeamNamedAlready(_("There is a team of that name already."))


def _lists(reach: Reach) -> dict[str, Json]:
    return {
        "marketplaces": sorted(reach.marketplaces),
        "territories": sorted(reach.territories),
        "brands": sorted(reach.brands),
    }


def _append(team: Team, kind: str, actor: Actor, at: datetime, payload: dict[str, Json]) -> None:
    said: dict[str, Json] = {"team": team.pk, **payload}
    audit.append(stream=f"organisation:{team.organisation_id}", kind=kind, actor=actor, at=at, payload=said)
