"""On whose behalf somebody acts, and whose people they may see. The only door to both."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries
from touchmark.apps.accounts.models import Invitation, Membership, Organisation, Team, User
from touchmark.apps.accounts.queries import ActsFor
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

#: Who may see and change the people of their own organisation, unless their role is limited: nobody whose reach is
#: shorter than the organisation's gives roles in it. An operator may in every organisation.
KEEPS_A_TEAM = frozenset({Role.HOLDER, Role.SELLER, Role.AUTHORITY, Role.OPERATOR})


class NoSuchOrganisation(TouchmarkError):
    """There is no such organisation, or none whose people this actor may see; which of the two is not said."""


class NoSuchTeam(TouchmarkError):
    """The organisation has no such team, or none that this actor may see."""


def actor_for(user: User, organisation_id: int | None) -> Actor:
    """
    Give the person as an actor for one of their organisations.

    Another organisation than theirs, or None, gives the one they have acted for longest; somebody without any acts
    for nobody, in no role.
    """
    return actor_among(queries.organisations_of(user.pk), user, organisation_id)


def actor_among(held: Sequence[ActsFor], user: User, organisation_id: int | None) -> Actor:
    """Give the person as an actor for one of these organisations, which are all of theirs; as ``actor_for`` does."""
    chosen = next((found for found in held if found.organisation_id == organisation_id), held[0] if held else None)
    if chosen is None:
        return Actor(user_id=user.pk, organisation_id=None, roles=frozenset())
    return Actor(
        user_id=user.pk,
        organisation_id=chosen.organisation_id,
        roles=frozenset(chosen.roles),
        limits=chosen.limits,
    )


def team_for(actor: Actor, organisation_id: int | None = None) -> Organisation:
    """
    Give the organisation whose people the actor may see and change: their own, or any for an operator.

    :raises NoSuchOrganisation: if there is none that the actor may see
    """
    wanted = actor.organisation_id if organisation_id is None else organisation_id
    own = wanted == actor.organisation_id and actor.reaches_everywhere(*KEEPS_A_TEAM)
    allowed = actor.has(Role.OPERATOR) or own
    found = Organisation.objects.filter(pk=wanted).first() if allowed and wanted is not None else None
    if found is None:
        raise NoSuchOrganisation("There is no such organisation among those whose people you may see.")
    return found


def team_of(organisation: Organisation, team_id: int | None) -> Team | None:
    """
    Give a team of an organisation whose people the caller may change; None for no team.

    :raises NoSuchTeam: if the organisation has none such
    """
    if team_id is None:
        return None
    found = Team.objects.filter(organisation=organisation, pk=team_id, dissolved_at=None).first()
    if found is None:
        raise NoSuchTeam(_("There is no such team."))
    return found


def membership_for(actor: Actor, membership_id: int) -> Membership:
    """
    Give a membership that is still held: one's own, or one in an organisation whose people the actor may change.

    :raises NoSuchOrganisation: if there is none that the actor may see
    """
    found = Membership.objects.filter(pk=membership_id, ended_at=None).select_related("organisation", "user").first()
    if found is None:
        raise NoSuchOrganisation("There is no such person among those whom you may see.")
    if found.user_id != actor.user_id:
        team_for(actor, found.organisation_id)
    return found


def invitation_with(secret_digest: str, at: datetime) -> Invitation | None:
    """Give the invitation whose link has this digest, if it is still good. Knowing the secret is the permission."""
    good = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    return good.select_related("organisation", "invited_by").filter(secret_digest=secret_digest).first()
