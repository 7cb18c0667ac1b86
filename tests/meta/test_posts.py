"""
Every route × every stranger, by POST: whoever has no part in a case changes nothing of it, and learns nothing.

The forms are sent with what some form might hold; the references are those of the world's own right, listing,
notice, decision, appeal, letter, people and programs, which belong to somebody else.
"""

from collections.abc import Iterator

from django.test import Client
from tests.factories import accounts, clients, registry
from tests.meta.test_routes import ROUTES, SECRETS, Scene, guard_of, scene  # noqa: F401  # a fixture

from touchmark.apps.accounts.models import Invitation, Membership, User
from touchmark.apps.audit.models import Event
from touchmark.apps.clients.models import Client as Program
from touchmark.engine.terms import Role

#: What some form holds somewhere: enough to come past the form where the reference were one's own.
ANSWERS = {
    "email": "mallory@evil.test",
    "role": "holder",
    "name": "Mallory",
    "text": "a text",
    "reason": "other",
    "explanation": "because",
    "statement": "on",
    "to": "1",
    "state": "given_up",
}


def strangers(scene: Scene) -> Iterator[tuple[str, User]]:  # noqa: F811
    """Give people who have no part in the world's case, one for each kind of organisation that could be in one."""
    yield "holder", accounts.member(Role.HOLDER)
    yield "agent", accounts.member(Role.AGENT)
    yield "seller", accounts.member(Role.SELLER)
    yield "authority", accounts.member(Role.AUTHORITY)
    yield "member", accounts.member(Role.MEMBER)


def _things_of_others(scene: Scene) -> None:  # noqa: F811
    """Point the keys at rows that are there and somebody else's."""
    theirs = clients.with_every_scope(scene.world.vera)
    assert theirs.token
    other = registry.organisation_of(scene.world.vera)
    invited = Invitation.objects.create(
        organisation=other,
        email="kept@brand.test",
        role=Role.AGENT,
        secret_digest="d" * 64,
        invited_at=accounts.AT,
        expires_at=accounts.AT.replace(year=2100),
    )
    scene.values |= {
        "client_id": Program.objects.latest("pk").pk,
        "invitation_id": invited.pk,
        "membership_id": Membership.objects.filter(organisation=other, ended_at=None).latest("pk").pk,
        "organisation_id": other.pk,
    }


def test_a_stranger_changes_nothing_by_any_form(scene: Scene) -> None:  # noqa: F811
    _things_of_others(scene)
    people = list(strangers(scene))
    keys = {person.pk for _, person in people}
    before = Event.objects.exclude(user_id__in=keys).count()
    faults = []
    for route in ROUTES:
        for role, person in people:
            client: Client = accounts.signed_in(person)
            answer = client.post(scene.address(route), ANSWERS)
            if answer.status_code >= 500:
                faults.append(f"{route} as {role}: {answer.status_code}")
            faults += [
                f"{route} as {role}: {name}" for name in SECRETS if name in answer.content.decode(errors="replace")
            ]
    done = Event.objects.filter(user_id__in=keys)
    homes = {
        f"organisation:{key}" for key in Membership.objects.filter(user__in=keys).values_list("organisation", flat=True)
    }
    homes |= {f"person:{key}" for key in keys}
    faults += [f"{event.stream}: {event.kind}" for event in done if event.stream not in homes]
    assert faults == []
    assert Event.objects.exclude(user_id__in=keys).count() == before


def test_nobody_unsigned_changes_anything_by_any_form(scene: Scene) -> None:  # noqa: F811
    before = Event.objects.count()
    faults = []
    for route in ROUTES:
        answer = Client().post(scene.address(route), ANSWERS)
        if guard_of(route).signed_in and answer.status_code != 302:
            faults.append(f"{route}: {answer.status_code}")
    assert faults == []
    assert Event.objects.count() == before
