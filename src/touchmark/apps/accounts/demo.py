"""
What a demo may do and no other installation: people made without an invitation, and links that sign in once.

A database is a demo from its first moment or never: the seal is set while nobody is in it, and nothing removes it.
"""

import secrets
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from django.db import transaction

from touchmark.apps.accounts import queries
from touchmark.apps.accounts.actions import digest_of
from touchmark.apps.accounts.models import DemoLink, DemoSeal, Membership, Organisation, User
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Role


class NotEmpty(TouchmarkError):
    """There are people in this database: it cannot become a demo."""


class NotADemo(TouchmarkError):
    """This database is no demo."""


class DemoLinkRefused(TouchmarkError):
    """The link does not sign anybody in; why is not said."""


@transaction.atomic
def seal_as_demo(*, at: datetime) -> None:
    """
    Mark this database as a demo, for good.

    :raises NotEmpty: if there is anybody in it
    """
    if User.objects.exists():
        raise NotEmpty("This database has people in it. The demo needs one of its own: set TOUCHMARK_VAR elsewhere.")
    DemoSeal.objects.create(id=1, made_at=at)


@transaction.atomic
def found_demo_organisation(*, kind: str, name: str, country: str, at: datetime) -> Organisation:
    """
    Add an organisation of any kind to the demo's world.

    :raises NotADemo: in any other database
    """
    _require_demo()
    return Organisation.objects.create(kind=kind, name=name, country=country, created_at=at)


@transaction.atomic
def enrol_demo_person(
    *, email: str, name: str, organisation_id: int, roles: list[Role], at: datetime, time_zone: str = "UTC"
) -> User:
    """
    Put a person with these roles into the demo's world; they have no password. A known address gets further roles.

    :raises NotADemo: in any other database
    """
    _require_demo()
    person = queries.person_at(email)
    if person is None:
        person = User(email=email, name=name, time_zone=time_zone, joined_at=at)
        person.set_unusable_password()
        person.save()
    for role in roles:
        Membership.objects.create(user=person, organisation_id=organisation_id, role=role, since=at)
    return person


@transaction.atomic
def make_demo_link(*, user: User, at: datetime) -> str:
    """
    Give the secret of a link that signs this person in once.

    :raises NotADemo: in any other database
    """
    _require_demo()
    secret = secrets.token_urlsafe(24)
    DemoLink.objects.create(user=user, secret_digest=digest_of(secret), made_at=at)
    return secret


@transaction.atomic
def use_demo_link(*, secret: str, remote_addr: str, forwarded: bool, at: datetime) -> User:
    """
    Use a link up, and give the person whom it signs in.

    ``remote_addr`` is where the request came from; ``forwarded``: whether a proxy says that it came from elsewhere.

    :raises DemoLinkRefused: outside a demo, from any but this machine, and for a link unknown or used
    """
    if not _at_home(remote_addr, forwarded=forwarded):
        raise DemoLinkRefused("This link works in a demo only, on the machine that it runs on.")
    digest = digest_of(secret)
    if not DemoLink.objects.filter(secret_digest=digest, used_at=None).update(used_at=at):
        raise DemoLinkRefused("This link was used already. The demo prints new ones when it starts.")
    return DemoLink.objects.select_related("user").get(secret_digest=digest).user


def may_read_letters(*, remote_addr: str, forwarded: bool) -> bool:
    """Whether a request may read what the demo sent: to whom its links sign in, on the machine that it runs on."""
    return _at_home(remote_addr, forwarded=forwarded)


def _at_home(remote_addr: str, *, forwarded: bool) -> bool:
    return queries.is_demo() and not forwarded and is_loopback(remote_addr)


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return found.ipv4_mapped.is_loopback
    return found.is_loopback


def _require_demo() -> None:
    if not queries.is_demo():
        raise NotADemo("This database is no demo.")
