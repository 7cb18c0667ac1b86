"""
Everything that changes who may act for whom.

What happens is appended to the record under ``organisation:<key>`` or ``person:<key>``; an event names people,
organisations and invitations by key only, so that a person can be forgotten and the record stands.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import access, mail, queries
from touchmark.apps.accounts.models import Invitation, Membership, Organisation, OrganisationKind, Team, User
from touchmark.apps.audit import actions as audit
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor, Role

INVITATION_LASTS = timedelta(days=7)
#: So many invitations of one organisation may be open at once: each is a letter to an address that somebody typed.
INVITATIONS_AT_ONCE = 50
#: So many letters of one organisation go out in a day, and so many of them to one address: withdrawn ones went, too.
INVITATIONS_A_DAY, TO_AN_ADDRESS = 200, 3
DAY = timedelta(days=1)

#: Which roles an organisation of each kind can have.
ROLES_OF: dict[str, frozenset[Role]] = {
    OrganisationKind.PLATFORM: frozenset(
        {Role.REVIEWER, Role.POLICY_OWNER, Role.OPERATOR, Role.INVESTIGATOR, Role.SECRETARIAT}
    ),
    OrganisationKind.HOLDER: frozenset({Role.HOLDER, Role.AGENT, Role.MEMBER}),
    OrganisationKind.SELLER: frozenset({Role.SELLER}),
    OrganisationKind.AUTHORITY: frozenset({Role.AUTHORITY}),
    OrganisationKind.GUEST: frozenset(),
}

#: Which roles somebody may give and take away. An operator does so in every organisation, the others in their own.
MAY_GIVE: dict[Role, frozenset[Role]] = {
    Role.OPERATOR: frozenset().union(*ROLES_OF.values()),
    Role.HOLDER: frozenset({Role.HOLDER, Role.AGENT}),
    Role.SELLER: frozenset({Role.SELLER}),
    Role.AUTHORITY: frozenset({Role.AUTHORITY}),
}


class RoleNotYoursToGive(TouchmarkError):
    """The actor may not give or take away this role here, or an organisation of this kind has no such role."""


class TooManyInvitations(TouchmarkError):
    """Too many invitations of the organisation wait to be accepted, or went out today."""


class AlreadyInThatRole(TouchmarkError):
    """The person holds the role already."""


class InvitationGone(TouchmarkError):
    """The invitation was used, withdrawn, has run out, or never was; which of these is not said."""


class SignInFirst(TouchmarkError):
    """The invited address belongs to somebody known here, who must be signed in to accept."""


class WeakPassword(TouchmarkError):
    """The password is too easily guessed; ``texts`` says each thing to mend."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(" ".join(texts))
        self.texts = texts


class LastOperator(TouchmarkError):
    """The installation would be left without anybody who runs it."""


class AlreadyRun(TouchmarkError):
    """The installation has an operator, who invites the next."""


class NotAnOperator(TouchmarkError):
    """Only an operator may do this."""


def digest_of(secret: str) -> str:
    """Give what is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def one_line(name: str) -> str:
    """Give a name without line breaks: it stands in letters, where a second line would speak for us."""
    return " ".join(name.split())


def roles_to_give(actor: Actor, organisation: Organisation) -> list[Role]:
    """Give the roles that the actor may give in an organisation whose people they may see, in the order of ``Role``."""
    allowed = frozenset().union(*(MAY_GIVE.get(role, frozenset()) for role in actor.roles))
    return list(queries.in_order(allowed & ROLES_OF[organisation.kind]))


@transaction.atomic
def found_organisation(*, kind: str, name: str, country: str, actor: Actor, at: datetime) -> Organisation:
    """
    Add a holder, seller or authority, so that people can be invited to it. The platform is founded with its operator.

    :raises NotAnOperator: if the actor runs nothing here, or the kind is the platform
    """
    if not actor.has(Role.OPERATOR) or kind in (OrganisationKind.PLATFORM, OrganisationKind.GUEST):
        raise NotAnOperator(_("Only an operator adds organisations, and there is one platform."))
    organisation = Organisation.objects.create(kind=kind, name=one_line(name), country=country, created_at=at)
    _append(organisation, "organisation_founded", actor, at, {"kind": kind, "country": country})
    return organisation


@transaction.atomic
def invite(
    *, organisation_id: int, email: str, role: Role, actor: Actor, at: datetime, team_id: int | None = None
) -> Invitation:
    """
    Ask an address to join an organisation: a link is e-mailed that works once, for seven days.

    An open invitation of the same address to the same role is withdrawn: the newest link is the one that works.

    :param team_id: the team that they join, whose limits their role has from the first moment

    :raises NoSuchOrganisation: if the actor may not see the organisation's people
    :raises RoleNotYoursToGive: if the actor may not give the role, or the organisation has none such
    :raises AlreadyInThatRole: if the person holds it
    :raises TooManyInvitations: if as many wait, or went out today, as may
    :raises NoSuchTeam: if the organisation has no such team
    """
    organisation = access.team_for(actor, organisation_id)
    require_may_give(actor, organisation, role)
    if queries.members_of(organisation.pk).filter(user__email__iexact=email, role=role).exists():
        raise AlreadyInThatRole(_("This person holds that role already."))
    if queries.open_invitations_of(organisation.pk, at).count() >= INVITATIONS_AT_ONCE:
        raise TooManyInvitations(_("Too many invitations wait to be accepted. Withdraw some, or wait."))
    _require_letters_left(organisation, email, at)
    team = access.team_of(organisation, team_id)
    invitation, secret = _open_invitation(organisation, email, role, actor, at, team)
    letter = mail.invitation(invitation, secret, invited_by=invitation.invited_by)
    outbox.put(kind="email", to=email, payload=letter, at=at)
    return invitation


def _require_letters_left(organisation: Organisation, email: str, at: datetime) -> None:
    """Pass if another letter may go out: nobody floods a stranger's mailbox in our name."""
    today = Invitation.objects.filter(organisation=organisation, invited_at__gt=at - DAY)
    if today.filter(email__iexact=email).count() >= TO_AN_ADDRESS:
        raise TooManyInvitations(_("This address was sent several invitations today. Ask them to look, or wait a day."))
    if today.count() >= INVITATIONS_A_DAY:
        raise TooManyInvitations(_("Very many invitations were sent today. Send the others tomorrow."))


@transaction.atomic
def invite_first_operator(*, email: str, organisation_name: str, at: datetime) -> str:
    """
    Open an installation that nobody runs yet, and give the secret of the link that makes its first operator.

    Nothing is e-mailed: whoever runs the command is sitting at the machine. A second call replaces the first link, as
    long as no operator has accepted.

    :raises AlreadyRun: if there is an operator
    """
    if queries.has_operator():
        raise AlreadyRun(_("There is an operator already; operators invite further ones on the page People."))
    platform = queries.platform() or Organisation.objects.create(
        kind=OrganisationKind.PLATFORM, name=organisation_name, created_at=at
    )
    _withdraw_open(platform, Role.OPERATOR, at)
    return _open_invitation(platform, email, Role.OPERATOR, Actor.system(), at)[1]


def _withdraw_open(organisation: Organisation, role: Role, at: datetime) -> None:
    waiting = queries.open_invitations_of(organisation.pk, at).filter(role=role)
    waiting.select_related(None).order_by().update(withdrawn_at=at)


def _open_invitation(
    organisation: Organisation, email: str, role: Role, actor: Actor, at: datetime, team: Team | None = None
) -> tuple[Invitation, str]:
    earlier = Invitation.objects.filter(
        organisation=organisation, email__iexact=email, role=role, accepted_at=None, withdrawn_at=None
    )
    earlier.update(withdrawn_at=at)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        team=team,
        secret_digest=digest_of(secret),
        invited_by_id=actor.user_id,
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    payload: dict[str, Json] = {"invitation": invitation.pk, "role": role, "team": team.pk if team else None}
    _append(organisation, "person_invited", actor, at, payload)
    return invitation, secret


@transaction.atomic
def accept_invitation(
    *, secret: str, user: User | None, name: str, password: str, at: datetime, language: str = "en"
) -> User:
    """
    Join the organisation: as the person signed in, or as a new one with this name and password.

    ``user`` is who is signed in, or None; ``name``, ``password`` and ``language`` count for a new
    person only.

    :raises InvitationGone: if the link is no longer good
    :raises SignInFirst: if the address is somebody's who is not the one signed in
    :raises WeakPassword: if a new person's password is too easily guessed
    """
    invitation = access.invitation_with(digest_of(secret), at)
    if invitation is None:
        raise InvitationGone(_("This invitation is no longer good. Ask whoever invited you for a new one."))
    person = queries.person_at(invitation.email)
    if person is not None and person != user:
        raise SignInFirst(_("Sign in with the address that was invited, then open the link again."))
    _use_up(invitation, at)
    person = person or new_person(invitation.email, name, password, language, at)
    return _join(person, invitation, at)


@transaction.atomic
def accept_vouched(*, invitation: Invitation, name: str, language: str, at: datetime) -> User:
    """
    Join as a new person for whom the organisation's own identity provider has vouched: no link, and no password.

    :raises InvitationGone: if the invitation is no longer good
    """
    _use_up(invitation, at)
    person = User(email=invitation.email, name=one_line(name) or invitation.email, language=language, joined_at=at)
    person.set_unusable_password()
    person.save()
    return _join(person, invitation, at)


def _use_up(invitation: Invitation, at: datetime) -> None:
    """Accept the invitation for good; of two at once, one gets it."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not waiting.update(accepted_at=at):
        raise InvitationGone(_("This invitation is no longer good. Ask whoever invited you for a new one."))


def new_person(email: str, name: str, password: str, language: str, at: datetime) -> User:
    """
    Add a person, of whom the caller knows that the address is theirs.

    :raises WeakPassword: if the password is too easily guessed
    """
    person = User(email=email, name=one_line(name), language=language, joined_at=at)
    try:
        validate_password(password, person)
    except ValidationError as refused:
        raise WeakPassword(list(refused.messages)) from refused
    person.set_password(password)
    person.save()
    return person


def _join(person: User, invitation: Invitation, at: datetime) -> User:
    role = Role(invitation.role)
    Membership.objects.get_or_create(
        user=person,
        organisation=invitation.organisation,
        role=role,
        ended_at=None,
        defaults={"since": at, "team": invitation.team},
    )
    actor = Actor(user_id=person.pk, organisation_id=invitation.organisation_id, roles=frozenset({role}))
    _append(
        invitation.organisation,
        "person_joined",
        actor,
        at,
        {"person": person.pk, "role": role, "invitation": invitation.pk},
    )
    return person


@transaction.atomic
def withdraw(*, invitation_id: int, actor: Actor, at: datetime) -> Invitation:
    """
    Take an invitation back before it is accepted.

    :raises InvitationGone: if there is none that could be
    :raises NoSuchOrganisation: if the actor may not see the organisation's people
    :raises RoleNotYoursToGive: if the actor may not give that role
    """
    invitation = Invitation.objects.select_related("organisation").filter(pk=invitation_id).first()
    if invitation is None:
        raise InvitationGone(_("There is no such invitation."))
    organisation = access.team_for(actor, invitation.organisation_id)
    require_may_give(actor, organisation, Role(invitation.role))
    waiting = Invitation.objects.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None)
    if not waiting.update(withdrawn_at=at):
        raise InvitationGone(_("This invitation was accepted or withdrawn already."))
    _append(organisation, "invitation_withdrawn", actor, at, {"invitation": invitation_id})
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def end_membership(*, membership_id: int, actor: Actor, at: datetime) -> Membership:
    """
    Take a role away from somebody, or give up one's own. It takes effect with the person's next click.

    :raises NoSuchOrganisation: if there is no such membership in an organisation whose people the actor may see
    :raises RoleNotYoursToGive: if the actor may not give that role
    :raises LastOperator: if nobody would be left to run the installation
    """
    membership = access.membership_for(actor, membership_id)
    if membership.user_id != actor.user_id:
        require_may_give(actor, membership.organisation, Role(membership.role))
    if membership.role == Role.OPERATOR:
        _require_another_operator(membership)
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    _append(
        membership.organisation,
        "membership_ended",
        actor,
        at,
        {"person": membership.user_id, "role": membership.role},
    )
    return membership


def _require_another_operator(membership: Membership) -> None:
    """Lock every operator's membership, so that two operators cannot end each other's at once."""
    operators = Membership.objects.select_for_update().filter(role=Role.OPERATOR, ended_at=None)
    left = [other for other in operators.select_related("user") if other.pk != membership.pk and other.user.is_active]
    if not left:
        raise LastOperator(_("This is the last operator. Invite another one first."))


def require_may_give(actor: Actor, organisation: Organisation, role: Role) -> None:
    """
    Refuse whoever may not give this role.

    :raises RoleNotYoursToGive: if so
    """
    if role not in roles_to_give(actor, organisation):
        raise RoleNotYoursToGive(_("You may not give or take away this role in this organisation."))


def _append(organisation: Organisation, kind: str, actor: Actor, at: datetime, payload: Mapping[str, Json]) -> None:
    audit.append(stream=f"organisation:{organisation.pk}", kind=kind, actor=actor, at=at, payload=payload)
