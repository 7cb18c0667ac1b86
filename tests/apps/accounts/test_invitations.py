"""Getting in: by invitation alone, which works once, for a while, for one address."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.factories import accounts
from tests.factories.accounts import AT, PASSWORD

from touchmark.apps.accounts import access, actions, oneself, queries
from touchmark.apps.accounts.models import Invitation, Organisation, OrganisationKind, User
from touchmark.apps.audit.models import Event
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db


def invited(role: Role = Role.HOLDER, email: str = "vera@verre.test") -> tuple[str, Organisation]:
    """Invite an address as an operator, and give the secret of the link in the letter."""
    of = accounts.organisation(accounts.KIND_OF.get(role, OrganisationKind.PLATFORM))
    operator = accounts.actor(Role.OPERATOR)
    actions.invite(organisation_id=of.pk, email=email, role=role, actor=operator, at=AT)
    return secret_for(email), of


def secret_for(email: str) -> str:
    letter = Message.objects.filter(kind="email", to=email).order_by("-created_at").first()
    assert letter is not None
    found = re.search(r"/invitation/(\S+)", letter.payload["body"])
    assert found is not None
    return found[1]


def accept(secret: str, user: User | None = None, **changed: Any) -> User:
    given: dict[str, Any] = {"name": "Vera Verre", "password": PASSWORD, "at": AT} | changed
    return actions.accept_invitation(secret=secret, user=user, **given)


def test_a_new_person_joins_with_the_link() -> None:
    secret, of = invited()
    vera = accept(secret)
    assert vera.check_password(PASSWORD)
    assert access.actor_for(vera, None) == Actor(vera.pk, of.pk, frozenset({Role.HOLDER}))


def test_only_a_digest_of_the_secret_is_kept() -> None:
    secret, _of = invited()
    kept = [str(value) for value in Invitation.objects.values().get().values()]
    assert not any(secret in value for value in kept)


def test_the_record_names_keys_and_no_person() -> None:
    secret, of = invited()
    vera = accept(secret)
    events = Event.objects.filter(stream=f"organisation:{of.pk}").order_by("number")
    assert [(event.kind, event.payload.get("role")) for event in events] == [
        ("person_invited", "holder"),
        ("person_joined", "holder"),
    ]
    assert events[1].payload["person"] == vera.pk
    assert "vera" not in str([event.payload for event in events]).lower()


def test_a_link_works_once() -> None:
    secret, _of = invited()
    vera = accept(secret)
    for user in (None, vera):
        with pytest.raises(actions.InvitationGone):
            accept(secret, user)


@pytest.mark.parametrize(
    ("after", "good"),
    [
        (timedelta(days=7) - timedelta(seconds=1), True),
        (timedelta(days=7), False),  # the moment it runs out, it is out
        (timedelta(days=30), False),
    ],
)
def test_a_link_runs_out_after_seven_days(after: timedelta, good: bool) -> None:
    secret, _of = invited()
    if good:
        accept(secret, at=AT + after)
    else:
        with pytest.raises(actions.InvitationGone):
            accept(secret, at=AT + after)


def test_a_withdrawn_link_and_an_invented_one_say_the_same() -> None:
    secret, _of = invited()
    invitation = Invitation.objects.get()
    actions.withdraw(invitation_id=invitation.pk, actor=accounts.actor(Role.OPERATOR), at=AT)
    texts = set()
    for tried in (secret, "never-was"):
        with pytest.raises(actions.InvitationGone) as refused:
            accept(tried)
        texts.add(str(refused.value))
    assert len(texts) == 1


def test_a_second_invitation_to_the_same_role_replaces_the_first() -> None:
    first, of = invited()
    operator = accounts.actor(Role.OPERATOR)
    Message.objects.all().delete()
    actions.invite(organisation_id=of.pk, email="VERA@verre.test", role=Role.HOLDER, actor=operator, at=AT)
    with pytest.raises(actions.InvitationGone):
        accept(first)
    accept(secret_for("VERA@verre.test"))


def test_a_known_address_joins_only_signed_in_as_itself() -> None:
    vera = accounts.member(Role.HOLDER, email="vera@verre.test")
    secret, of = invited(Role.SELLER)
    for user in (None, accounts.user()):
        with pytest.raises(actions.SignInFirst):
            accept(secret, user)
    accept(secret, vera)
    assert [(found.organisation_id, found.roles) for found in queries.organisations_of(vera.pk)][1:] == [
        (of.pk, (Role.SELLER,))
    ]
    vera.refresh_from_db()
    assert vera.check_password(PASSWORD)  # an invitation changes no password


def test_the_case_of_an_address_makes_no_second_person() -> None:
    accounts.user(email="vera@verre.test")
    secret, _of = invited(email="Vera@Verre.test")
    with pytest.raises(actions.SignInFirst):
        accept(secret)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "passwordpassword"[:11],  # one too few
        "vera@verre.test",  # the address itself
        "password1234",  # everybody's
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays_good(password: str) -> None:
    secret, _of = invited()
    with pytest.raises(actions.WeakPassword) as refused:
        accept(secret, password=password)
    assert refused.value.texts
    accept(secret)


# Who may invite whom. An operator everywhere, the others in their own organisation only.
@pytest.mark.parametrize(
    ("by", "role", "own", "allowed"),
    [
        (Role.OPERATOR, Role.REVIEWER, True, True),
        (Role.OPERATOR, Role.OPERATOR, True, True),
        (Role.OPERATOR, Role.HOLDER, False, True),
        (Role.OPERATOR, Role.SELLER, False, True),
        (Role.OPERATOR, Role.AUTHORITY, False, True),
        (Role.HOLDER, Role.AGENT, True, True),
        (Role.HOLDER, Role.HOLDER, True, True),
        (Role.HOLDER, Role.MEMBER, True, False),  # the alliance is joined, not taken
        (Role.HOLDER, Role.HOLDER, False, False),  # another holder's people are none of theirs
        (Role.AGENT, Role.AGENT, True, False),  # an agent acts, and invites nobody
        (Role.SELLER, Role.SELLER, True, True),
        (Role.SELLER, Role.SELLER, False, False),
        (Role.AUTHORITY, Role.AUTHORITY, True, True),
        (Role.REVIEWER, Role.REVIEWER, True, False),
        (Role.POLICY_OWNER, Role.OPERATOR, True, False),
        (Role.SECRETARIAT, Role.MEMBER, False, False),
    ],
)
def test_who_may_invite_whom(by: Role, role: Role, own: bool, allowed: bool) -> None:
    actor = accounts.actor(by)
    of = actor.organisation_id if own else accounts.organisation(accounts.KIND_OF[role]).pk
    assert of is not None
    if allowed:
        actions.invite(organisation_id=of, email="new@example.test", role=role, actor=actor, at=AT)
    else:
        with pytest.raises((access.NoSuchOrganisation, actions.RoleNotYoursToGive)):
            actions.invite(organisation_id=of, email="new@example.test", role=role, actor=actor, at=AT)
    assert Message.objects.count() == int(allowed)


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (OrganisationKind.HOLDER, Role.REVIEWER),
        (OrganisationKind.SELLER, Role.HOLDER),
        (OrganisationKind.PLATFORM, Role.SELLER),
        (OrganisationKind.AUTHORITY, Role.OPERATOR),
        (OrganisationKind.HOLDER, Role.SYSTEM),  # nobody's
    ],
)
def test_an_operator_gives_no_role_that_an_organisation_of_that_kind_has_not(kind: str, role: Role) -> None:
    of = accounts.organisation(kind)
    with pytest.raises(actions.RoleNotYoursToGive):
        actions.invite(organisation_id=of.pk, email="a@b.test", role=role, actor=accounts.actor(Role.OPERATOR), at=AT)


def test_nobody_is_invited_to_a_role_they_hold() -> None:
    of = accounts.organisation()
    accounts.member(Role.HOLDER, of=of, email="vera@verre.test")
    with pytest.raises(actions.AlreadyInThatRole):
        actions.invite(
            organisation_id=of.pk,
            email="Vera@verre.test",
            role=Role.HOLDER,
            actor=accounts.actor(Role.OPERATOR),
            at=AT,
        )


def test_the_first_operator_opens_an_empty_installation() -> None:
    lost = actions.invite_first_operator(email="olga@bazaar.test", organisation_name="Bazaar", at=AT)
    secret = actions.invite_first_operator(email="olga@bazaar.test", organisation_name="Bazaar", at=AT)
    with pytest.raises(actions.InvitationGone):
        accept(lost)
    olga = accept(secret, name="Olga")
    assert access.actor_for(olga, None).has(Role.OPERATOR)
    assert Organisation.objects.get().kind == OrganisationKind.PLATFORM
    assert Message.objects.count() == 0  # whoever runs the command sits before it
    with pytest.raises(actions.AlreadyRun):
        actions.invite_first_operator(email="mallory@example.test", organisation_name="Bazaar", at=AT)


def test_another_link_of_the_first_operator_ends_when_the_address_differs() -> None:
    lost = actions.invite_first_operator(email="olga@bazaar.test", organisation_name="Bazaar", at=AT)
    actions.invite_first_operator(email="oleg@bazaar.test", organisation_name="Bazaar", at=AT)
    with pytest.raises(actions.InvitationGone):
        accept(lost)


def test_a_letter_says_who_invites_to_what_and_until_when() -> None:
    invited()
    letter = Message.objects.get(kind="email").payload
    assert letter["to"] == "vera@verre.test"
    assert letter["subject"].startswith("You are invited to act for holder")
    assert "until Sat 8 Aug 2026, 09:00 (UTC)" in letter["body"]
    assert "\n" not in letter["subject"]


def test_so_many_invitations_wait_and_no_more() -> None:
    of, holder = accounts.organisation(), accounts.user()
    accounts.member(Role.HOLDER, of=of, person=holder)
    actor = access.actor_for(holder, of.pk)
    for number in range(actions.INVITATIONS_AT_ONCE):
        actions.invite(organisation_id=of.pk, email=f"{number}@law.test", role=Role.AGENT, actor=actor, at=AT)
    with pytest.raises(actions.TooManyInvitations):
        actions.invite(organisation_id=of.pk, email="more@law.test", role=Role.AGENT, actor=actor, at=AT)
    later = AT + actions.INVITATION_LASTS  # they have run out
    actions.invite(organisation_id=of.pk, email="more@law.test", role=Role.AGENT, actor=actor, at=later)


def test_a_name_puts_no_line_of_its_own_into_a_letter() -> None:
    person = accounts.member(Role.HOLDER)
    oneself.change_profile(
        user=person, name="Vera\n\nYou have won: http://evil.example", language="en", time_zone="UTC", at=AT
    )
    assert "\n" not in person.name
    of = queries.organisations_of(person.pk)[0].organisation_id
    actor = access.actor_for(person, of)
    actions.invite(organisation_id=of, email="a@law.test", role=Role.AGENT, actor=actor, at=AT)
    body = Message.objects.get(to="a@law.test").payload["body"]
    assert not any(line.startswith("You have won") for line in body.splitlines())


def test_nobody_floods_a_mailbox_with_invitations() -> None:
    vera = accounts.actor(Role.HOLDER)

    def invite(email: str, at: datetime = AT) -> None:
        of, role = vera.organisation, Role.AGENT
        made = actions.invite(organisation_id=of, email=email, role=role, actor=vera, at=at)
        actions.withdraw(invitation_id=made.pk, actor=vera, at=at)

    for _number in range(actions.TO_AN_ADDRESS):
        invite("victim@example.test")
    with pytest.raises(actions.TooManyInvitations, match="several invitations today"):
        invite("Victim@example.test")
    for number in range(actions.INVITATIONS_A_DAY - actions.TO_AN_ADDRESS):
        invite(f"person-{number}@example.test")
    with pytest.raises(actions.TooManyInvitations, match="today"):
        invite("one-more@example.test")
    assert Message.objects.filter(kind="email").count() == actions.INVITATIONS_A_DAY
    invite("victim@example.test", AT + actions.DAY)
