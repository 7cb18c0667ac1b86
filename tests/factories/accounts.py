"""People, organisations and roles for tests; and signing in, with what the second factor leaves in a session."""

import itertools
from datetime import UTC, datetime
from importlib import import_module

from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from touchmark.apps.accounts import queries
from touchmark.apps.accounts.models import Membership, Organisation, OrganisationKind, User
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock

AT = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough pass phrase"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

_numbers = itertools.count(1)

#: What an organisation must be for somebody to hold a role in it.
KIND_OF: dict[Role, str] = {
    Role.HOLDER: OrganisationKind.HOLDER,
    Role.AGENT: OrganisationKind.HOLDER,
    Role.MEMBER: OrganisationKind.HOLDER,
    Role.SELLER: OrganisationKind.SELLER,
    Role.AUTHORITY: OrganisationKind.AUTHORITY,
}


def organisation(kind: str = OrganisationKind.HOLDER, name: str = "", country: str = "DE") -> Organisation:
    """Make an organisation; of the platform there is one."""
    if kind == OrganisationKind.PLATFORM:
        return queries.platform() or Organisation.objects.create(kind=kind, name=name or "Bazaar", created_at=AT)
    return Organisation.objects.create(
        kind=kind, name=name or f"{kind} {next(_numbers)}", country=country, created_at=AT
    )


def user(email: str = "", name: str = "", password: str = PASSWORD, time_zone: str = "UTC") -> User:
    """Make a person without a role."""
    number = next(_numbers)
    made = User(
        email=email or f"person{number}@example.test",
        name=name or f"Person {number}",
        joined_at=AT,
        time_zone=time_zone,
    )
    made.set_password(password)
    made.save()
    return made


def member(*roles: Role, of: Organisation | None = None, person: User | None = None, **about: str) -> User:
    """Make a person with roles in an organisation (one that fits the first role, if none is given)."""
    person = person or user(**about)
    of = of or organisation(KIND_OF.get(roles[0], OrganisationKind.PLATFORM))
    for role in roles:
        Membership.objects.create(user=person, organisation=of, role=role, since=AT)
    return person


def actor(*roles: Role, of: Organisation | None = None) -> Actor:
    """Make a person with roles and give them as an actor."""
    person = member(*roles, of=of)
    held = queries.organisations_of(person.pk)[0]
    return Actor(user_id=person.pk, organisation_id=held.organisation_id, roles=frozenset(held.roles))


def second_factor(person: User) -> str:
    """Give the person an authenticator app, and its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return str(secret)


def session_of(person: User) -> SessionBase:
    """
    Give a session in which the person has signed in, and shown their second factor if they need one.

    Signing in for real is tested where it belongs; argon2 in every test would take its time.
    """
    session: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = person._meta.pk.value_to_string(person)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "password", "at": AT.timestamp(), "email": person.email}]
    session["account_authentication_methods_user"] = user_id_to_str(person)
    if queries.needs_second_factor(person.pk):
        if not person.authenticator_set.exists():
            second_factor(person)
        session["account_authentication_methods"].append({"method": "mfa", "at": AT.timestamp(), "type": "totp"})
    session.save()
    return session


def just_proven(client: Client) -> Client:
    """Let whoever is signed in have shown again a moment ago that it is them: what opens an account asks for it."""
    session = client.session
    shown = [*session["account_authentication_methods"], {"method": "mfa", "type": "totp"}]
    lately = {"at": clock.now().timestamp(), "reauthenticated": True}
    session["account_authentication_methods"] = [one | lately for one in shown]
    session.save()
    return client


def signed_in(person: User) -> Client:
    """Give a test client in which the person has signed in, second factor and all."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(person).session_key or ""
    return client
