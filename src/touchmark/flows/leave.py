"""Somebody leaves an organisation: roles, tokens and sessions end at once; what they held goes to somebody by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import access, queries
from touchmark.apps.accounts.actions import end_membership
from touchmark.apps.audit import actions as audit
from touchmark.apps.clients import actions as clients
from touchmark.apps.desk import filters, holds
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import User


class SuccessorMissing(TouchmarkError):
    """Somebody has to take over what the person holds."""


@dataclass(frozen=True, slots=True)
class Left:
    """What ended when somebody left."""

    roles: int
    tokens: int
    sessions: int
    handed_over: int


@transaction.atomic
def leave(*, membership_id: int, to: int | None, actor: Actor, at: datetime) -> Left:
    """
    Have somebody leave the organisation of a membership, in all of their roles there. What they did stays on record.

    :param to: the reviewer who takes over the listings that they hold and the filters that they share
    :raises NoSuchOrganisation: if there is no such membership that the actor may see
    :raises RoleNotYoursToGive: if the actor may not take away one of the roles
    :raises LastOperator: if nobody would be left to run the installation
    :raises SuccessorMissing: if they hold listings, or share filters, and nobody of the team is named to take them
    """
    membership = access.membership_for(actor, membership_id)
    user_id, organisation_id = membership.user_id, membership.organisation_id
    handed = _handed_over(user_id, organisation_id, to, actor, at)
    theirs = queries.members_of(organisation_id).filter(user_id=user_id)
    roles = [end_membership(membership_id=one.pk, actor=actor, at=at) for one in theirs]
    tokens = clients.end_those_of(user_id=user_id, organisation_id=organisation_id, actor=actor, at=at)
    sessions = end_sessions(user_id)
    payload = {"person": user_id, "to": to, "handed_over": handed, "tokens": tokens}
    audit.append(stream=f"organisation:{organisation_id}", kind="person_left", actor=actor, at=at, payload=payload)
    return Left(len(roles), tokens, sessions, handed)


def successors(membership_id: int, actor: Actor) -> list[User]:
    """Give who can take over what somebody holds: the other reviewers of the organisation."""
    membership = access.membership_for(actor, membership_id)
    others = queries.members_of(membership.organisation_id).filter(role=Role.REVIEWER)
    return [one.user for one in others.exclude(user_id=membership.user_id)]


def _handed_over(user_id: int, organisation_id: int, to: int | None, actor: Actor, at: datetime) -> int:
    """Hand on what they hold and share; filters end with the last reviewer, since nobody is left to see them."""
    held, shared = holds.count_of(user_id, at=at), filters.shared_by(user_id, organisation_id).exists()
    others = queries.members_of(organisation_id).filter(role=Role.REVIEWER).exclude(user_id=user_id)
    if not held and not (shared and others.exists()):
        return 0
    successor = next((one.user for one in others if one.user_id == to), None)
    if successor is None and held:
        raise SuccessorMissing(_("They hold listings: say which reviewer takes them over."))
    if successor is None:
        raise SuccessorMissing(_("They share filters with the team: say which reviewer takes them over."))
    filters.pass_on(of=user_id, organisation_id=organisation_id, to=successor, actor=actor, at=at)
    return holds.pass_on(of=user_id, to=successor, actor=actor, at=at)


def end_sessions(user_id: int, *, but: str = "") -> int:
    """End a person's sessions, but for the one with this key; give how many there were."""
    found = list(UserSession.objects.filter(user_id=user_id).exclude(session_key=but))
    for session in found:
        session.end()
    return len(found)
