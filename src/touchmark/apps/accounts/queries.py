"""Reading who is who: people, the organisations they act for, and whether this database is a demo."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet

from touchmark.apps.accounts.models import (
    DemoSeal,
    Identity,
    Invitation,
    Membership,
    Organisation,
    OrganisationKind,
    SignUp,
    Team,
    User,
)
from touchmark.engine.terms import Reach, Role

#: Who can restrict somebody's livelihood or sees personal data: they show a second factor in every session.
NEEDS_SECOND_FACTOR = frozenset(
    {
        Role.REVIEWER,
        Role.POLICY_OWNER,
        Role.OPERATOR,
        Role.INVESTIGATOR,
        Role.AUTHORITY,
        Role.SECRETARIAT,
    }
)


@dataclass(frozen=True, slots=True)
class ActsFor:
    """
    An organisation that a person acts for, in which roles (in the order of ``Role``), and how far those reach that do
    not reach everywhere.
    """

    organisation_id: int
    name: str
    kind: str
    roles: tuple[Role, ...]
    limits: tuple[tuple[Role, Reach], ...] = ()


def organisations_of(user_id: int) -> list[ActsFor]:
    """Give the organisations that a person acts for, the longest-standing first."""
    held = Membership.objects.filter(user_id=user_id, ended_at=None).select_related("organisation", "team")
    grouped: dict[Organisation, list[Membership]] = {}
    for membership in held.order_by("since", "id"):
        grouped.setdefault(membership.organisation, []).append(membership)
    return [
        ActsFor(found.pk, found.name, found.kind, in_order(Role(one.role) for one in held), _limits(held))
        for found, held in grouped.items()
    ]


def _limits(held: Iterable[Membership]) -> tuple[tuple[Role, Reach], ...]:
    found = ((Role(one.role), one.team.reach) for one in held if one.team is not None)
    return tuple((role, reach) for role, reach in found if not reach.everywhere)


def in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Give roles in the order in which ``Role`` names them."""
    kept = set(roles)
    return tuple(role for role in Role if role in kept)


def language_of(organisation_id: int | None) -> str:
    """Give the language that most people of an organisation read; the site's own where it has nobody."""
    if organisation_id is None:
        return settings.LANGUAGE_CODE
    people = User.objects.filter(memberships__organisation=organisation_id, memberships__ended_at=None)
    counted = people.values("language").annotate(readers=Count("pk", distinct=True)).order_by("-readers", "language")
    first = counted.first()
    return first["language"] if first else settings.LANGUAGE_CODE


def addresses_in(organisation_id: int, role: Role) -> list[str]:
    """Give the e-mail addresses, in small letters, of whoever holds a role in an organisation now."""
    held = Membership.objects.filter(organisation_id=organisation_id, role=role, ended_at=None)
    return sorted({address.lower() for address in held.values_list("user__email", flat=True)})


def authority_at(address: str) -> int | None:
    """Give the key of the authority of which somebody has this e-mail address; None where none has, or two."""
    held = Membership.objects.filter(role=Role.AUTHORITY, ended_at=None, user__email__iexact=address)
    found = set(held.values_list("organisation_id", flat=True))
    return found.pop() if len(found) == 1 else None


def needs_second_factor(user_id: int) -> bool:
    """Whether a person holds, for any organisation, a role that calls for a second factor."""
    return Membership.objects.filter(user_id=user_id, ended_at=None, role__in=NEEDS_SECOND_FACTOR).exists()


def person(user_id: int) -> User:
    """Give the person who acts."""
    return User.objects.get(pk=user_id)


def person_at(address: str) -> User | None:
    """Give the person with this e-mail address, whatever its case."""
    return User.objects.filter(email__iexact=address).first()


def members_of(organisation_id: int) -> QuerySet[Membership]:
    """Give who holds which role in an organisation now, by name."""
    held = Membership.objects.filter(organisation_id=organisation_id, ended_at=None)
    return held.select_related("user", "organisation", "team").order_by("user__name", "user_id", "role")


def memberships_of(user_id: int) -> QuerySet[Membership]:
    """Give every role that somebody holds or held, the first one first."""
    return Membership.objects.filter(user_id=user_id).select_related("organisation").order_by("since", "id")


def invitations_to(address: str) -> QuerySet[Invitation]:
    """Give the invitations of an address."""
    return Invitation.objects.filter(email__iexact=address).select_related("organisation").order_by("id")


def sign_ups_of(address: str) -> QuerySet[SignUp]:
    """Give the times at which somebody asked for an account with an address."""
    return SignUp.objects.filter(email__iexact=address).order_by("id")


def identities_of(user_id: int) -> QuerySet[Identity]:
    """Give by which subject of whose provider a person signs in."""
    return Identity.objects.filter(user_id=user_id).select_related("sign_on").order_by("id")


def names_of(keys: Iterable[int | None]) -> dict[int | None, str]:
    """Give people's names by key."""
    return dict(User.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name"))


def teams_of(organisation_id: int) -> QuerySet[Team]:
    """Give the teams of an organisation, by name."""
    return Team.objects.filter(organisation_id=organisation_id, dissolved_at=None).order_by("name", "id")


def open_invitations_of(organisation_id: int, at: datetime) -> QuerySet[Invitation]:
    """Give the invitations to an organisation that can still be accepted, the newest first."""
    waiting = Invitation.objects.filter(
        organisation_id=organisation_id, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    return waiting.select_related("organisation", "invited_by", "team").order_by("-invited_at", "-id")


def invitations_that_wait() -> QuerySet[Invitation]:
    """Give the invitations that nobody accepted and nobody withdrew, run out or not."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)


def organisation(key: int) -> Organisation:
    """Give an organisation that is known to be there."""
    return Organisation.objects.get(pk=key)


def organisations() -> QuerySet[Organisation]:
    """Give every organisation that people act for, by kind and name."""
    return Organisation.objects.exclude(kind=OrganisationKind.GUEST).order_by("kind", "name", "id")


def holders_named(words: str) -> QuerySet[Organisation]:
    """Give the rights holders whose names have all of these words in them, by name; all of them for no words."""
    found = Organisation.objects.filter(kind=OrganisationKind.HOLDER).order_by("name", "id")
    for word in words.split():
        found = found.filter(name__icontains=word)
    return found


def platform() -> Organisation | None:
    """Give the organisation that runs this installation; None before the first operator was invited."""
    return Organisation.objects.filter(kind=OrganisationKind.PLATFORM).order_by("id").first()


def has_operator() -> bool:
    """Whether somebody is an operator now."""
    return Membership.objects.filter(role=Role.OPERATOR, ended_at=None, user__is_active=True).exists()


def is_demo() -> bool:
    """Whether this database was made by the demo."""
    return DemoSeal.objects.exists()
