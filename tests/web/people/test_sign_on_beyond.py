"""What a session that an organisation's provider began must not reach: the person's life in other organisations."""

from typing import Any

import pytest
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.factories import accounts

from touchmark.apps.accounts.models import Membership, Organisation, User
from touchmark.engine.terms import Role
from touchmark.web.guard import SIGNED_ON

pytestmark = pytest.mark.django_db


def through_the_provider_of(organisation: Organisation, person: User) -> Client:
    """Give a browser in which the organisation's provider, which says what it likes, has signed the person in."""
    client = Client()
    session: Any = accounts.session_of(person)
    methods = [one for one in session["account_authentication_methods"] if one["method"] == "mfa"]
    signed_on = {"method": SIGNED_ON, "at": accounts.AT.timestamp(), "organisation": organisation.pk}
    session["account_authentication_methods"] = [signed_on, *methods]
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


@pytest.fixture
def house() -> Organisation:
    return accounts.organisation(name="Brand House")


def of_two(house: Organisation, role: Role = Role.SELLER) -> tuple[User, Membership]:
    """Give somebody who keeps the people of the house and acts elsewhere too, with the role held there."""
    person = accounts.member(Role.HOLDER, of=house)
    accounts.member(role, person=person)
    return person, Membership.objects.exclude(organisation=house).get(user=person)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_made_to_leave_another_organisation(house: Organisation, method: str) -> None:
    person, elsewhere = of_two(house, Role.REVIEWER)
    colleague = accounts.member(Role.REVIEWER, name="Ravi Colleague")
    client = through_the_provider_of(house, person)
    assert client.get("/people").status_code == 200
    answer = getattr(client, method)(f"/people/memberships/{elsewhere.pk}/leave")
    assert answer.status_code == 404
    assert colleague.name not in answer.text
    elsewhere.refresh_from_db()
    assert elsewhere.ended_at is None


def test_no_second_factor_is_set_up_for_who_acts_elsewhere_too(house: Organisation) -> None:
    person, _elsewhere = of_two(house)
    person.set_unusable_password()  # another organisation's provider is how they sign in
    person.save()
    client = through_the_provider_of(house, person)
    assert client.get("/account/second-factor").status_code == 403
    assert client.post("/account/second-factor", {"code": "123456"}).status_code == 403
    assert not Authenticator.objects.exists()


def test_who_acts_for_the_house_alone_sets_one_up(house: Organisation) -> None:
    person = accounts.member(Role.HOLDER, of=house)
    person.set_unusable_password()
    person.save()
    assert through_the_provider_of(house, person).get("/account/second-factor").status_code == 200


def test_sessions_and_the_name_are_the_persons_own(house: Organisation) -> None:
    person, _elsewhere = of_two(house)
    client = through_the_provider_of(house, person)
    assert client.get("/account/sessions").status_code == 403
    assert client.post("/account/sessions/end").status_code == 403
    said = {"name": "Somebody Else", "language": "en", "time_zone": "UTC"}
    assert client.post("/account", said).status_code == 403
    person.refresh_from_db()
    assert person.name != "Somebody Else"
    assert client.get("/account").status_code == 200


def test_who_acts_for_the_house_alone_keeps_their_account_there(house: Organisation) -> None:
    person = accounts.member(Role.HOLDER, of=house)
    client = through_the_provider_of(house, person)
    assert client.get("/account/sessions").status_code == 200
    said = {"name": "Vera New", "language": "en", "time_zone": "UTC"}
    assert client.post("/account", said).status_code == 302
