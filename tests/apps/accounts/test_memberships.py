"""Who acts for whom, and how that ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from tests.factories import accounts
from tests.factories.accounts import AT

from touchmark.apps.accounts import access, actions, oneself, queries
from touchmark.apps.accounts.models import Membership, Organisation, OrganisationKind, User
from touchmark.apps.audit.models import Event
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def membership_of(actor: Actor) -> Membership:
    return Membership.objects.get(user_id=actor.user_id, organisation_id=actor.organisation_id)


def end(membership: Membership, by: Actor) -> Membership:
    return actions.end_membership(membership_id=membership.pk, actor=by, at=LATER)


def test_somebody_without_a_role_acts_for_nobody() -> None:
    person = accounts.user()
    assert access.actor_for(person, None) == Actor(person.pk, None, frozenset())


def test_somebody_with_several_organisations_acts_for_the_one_they_chose() -> None:
    person = accounts.user()
    first, second = accounts.organisation(), accounts.organisation(OrganisationKind.SELLER)
    accounts.member(Role.AGENT, of=first, person=person)
    accounts.member(Role.SELLER, of=second, person=person)
    assert access.actor_for(person, None).organisation_id == first.pk
    assert access.actor_for(person, second.pk) == Actor(person.pk, second.pk, frozenset({Role.SELLER}))
    # one that is not theirs is as good as none
    assert access.actor_for(person, accounts.organisation().pk).organisation_id == first.pk


def test_a_role_held_elsewhere_is_not_brought_along() -> None:
    person = accounts.user()
    accounts.member(Role.HOLDER, of=accounts.organisation(), person=person)
    accounts.member(Role.REVIEWER, person=person)
    platform = queries.platform()
    assert platform is not None
    assert access.actor_for(person, None).roles == {Role.HOLDER}
    assert access.actor_for(person, platform.pk).roles == {Role.REVIEWER}


def test_an_ended_membership_gives_nothing() -> None:
    reviewer, operator = accounts.actor(Role.REVIEWER), accounts.actor(Role.OPERATOR)
    end(membership_of(reviewer), operator)
    assert access.actor_for(User.objects.get(pk=reviewer.user_id), reviewer.organisation_id).roles == frozenset()
    assert not queries.needs_second_factor(reviewer.user_id or 0)
    event = Event.objects.filter(kind="membership_ended").get()
    assert event.payload == {"person": reviewer.user_id, "role": "reviewer"}


def test_it_ends_once() -> None:
    reviewer, operator = accounts.actor(Role.REVIEWER), accounts.actor(Role.OPERATOR)
    membership = membership_of(reviewer)
    end(membership, operator)
    with pytest.raises(access.NoSuchOrganisation):
        end(membership, operator)


def test_the_last_operator_stays() -> None:
    only = accounts.actor(Role.OPERATOR)
    with pytest.raises(actions.LastOperator):
        end(membership_of(only), only)


def test_an_operator_whose_account_is_closed_does_not_count() -> None:
    one, other = accounts.actor(Role.OPERATOR), accounts.actor(Role.OPERATOR)
    User.objects.filter(pk=other.user_id).update(is_active=False)
    with pytest.raises(actions.LastOperator):
        end(membership_of(one), one)


def test_one_of_two_operators_may_go() -> None:
    one, other = accounts.actor(Role.OPERATOR), accounts.actor(Role.OPERATOR)
    end(membership_of(one), one)
    with pytest.raises(actions.LastOperator):
        end(membership_of(other), other)


# Who may take away whose role, besides giving up one's own.
@pytest.mark.parametrize(
    ("by", "role", "own", "allowed"),
    [
        (Role.OPERATOR, Role.REVIEWER, True, True),
        (Role.OPERATOR, Role.SELLER, False, True),
        (Role.HOLDER, Role.AGENT, True, True),
        (Role.HOLDER, Role.MEMBER, True, False),
        (Role.HOLDER, Role.AGENT, False, False),
        (Role.SELLER, Role.SELLER, True, True),
        (Role.REVIEWER, Role.REVIEWER, True, False),
        (Role.AGENT, Role.HOLDER, True, False),
    ],
)
def test_who_may_take_away_a_role(by: Role, role: Role, own: bool, allowed: bool) -> None:
    actor = accounts.actor(by)
    of = Organisation.objects.get(pk=actor.organisation_id) if own else None
    membership = membership_of(accounts.actor(role, of=of))
    if allowed:
        assert end(membership, actor).ended_at == LATER
    else:
        with pytest.raises((access.NoSuchOrganisation, actions.RoleNotYoursToGive)):
            end(membership, actor)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AGENT, Role.MEMBER])
def test_anybody_may_give_up_their_own_role(role: Role) -> None:
    actor = accounts.actor(role)
    assert end(membership_of(actor), actor).ended_at == LATER


def test_a_role_that_was_given_up_can_be_given_again() -> None:
    actor = accounts.actor(Role.AGENT)
    end(membership_of(actor), actor)
    accounts.member(
        Role.AGENT,
        of=Organisation.objects.get(pk=actor.organisation_id),
        person=User.objects.get(pk=actor.user_id),
    )
    assert Membership.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"role": "king"}, {"ended_at": AT - timedelta(days=1)}])
def test_the_database_refuses_a_membership_that_makes_no_sense(wrong: dict[str, object]) -> None:
    membership = membership_of(accounts.actor(Role.SELLER))
    with pytest.raises(IntegrityError):
        Membership.objects.filter(pk=membership.pk).update(**wrong)


def test_the_database_refuses_a_second_platform_and_a_second_person_at_an_address() -> None:
    accounts.organisation(OrganisationKind.PLATFORM)
    accounts.user(email="vera@verre.test")
    with pytest.raises(IntegrityError):
        User.objects.create(email="VERA@verre.test", name="x", joined_at=AT)


def test_a_second_platform_is_refused() -> None:
    accounts.organisation(OrganisationKind.PLATFORM)
    with pytest.raises(IntegrityError):
        Organisation.objects.create(kind=OrganisationKind.PLATFORM, name="Another", created_at=AT)


@pytest.mark.parametrize("by", [Role.HOLDER, Role.SELLER, Role.REVIEWER, Role.POLICY_OWNER])
def test_only_an_operator_adds_an_organisation(by: Role) -> None:
    with pytest.raises(actions.NotAnOperator):
        actions.found_organisation(kind="holder", name="x", country="DE", actor=accounts.actor(by), at=AT)


def test_nobody_adds_a_second_platform() -> None:
    with pytest.raises(actions.NotAnOperator):
        actions.found_organisation(kind="platform", name="x", country="DE", actor=accounts.actor(Role.OPERATOR), at=AT)


@pytest.mark.parametrize(
    ("role", "needed"),
    [
        (Role.REVIEWER, True),
        (Role.POLICY_OWNER, True),
        (Role.OPERATOR, True),
        (Role.INVESTIGATOR, True),
        (Role.AUTHORITY, True),
        (Role.SECRETARIAT, True),
        (Role.HOLDER, False),
        (Role.AGENT, False),
        (Role.SELLER, False),
        (Role.MEMBER, False),
    ],
)
def test_whose_role_calls_for_a_second_factor(role: Role, needed: bool) -> None:
    assert queries.needs_second_factor(accounts.member(role).pk) is needed


def test_a_changed_profile_is_on_record_without_its_content() -> None:
    person = accounts.user(name="Vera")
    oneself.change_profile(user=person, name="Vera Verre", language="zh-hans", time_zone="Europe/Paris", at=AT)
    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone) == ("Vera Verre", "zh-hans", "Europe/Paris")
    assert Event.objects.get(stream=f"person:{person.pk}").payload == {}
