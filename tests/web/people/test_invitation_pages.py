"""Opening and accepting an invitation in the browser."""

import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.accounts import AT, PASSWORD

from touchmark.apps.accounts import actions, queries
from touchmark.apps.accounts.models import Invitation, Membership, OrganisationKind, User
from touchmark.engine.terms import Role
from touchmark.web import clock

pytestmark = pytest.mark.django_db


def link(role: Role = Role.SELLER, email: str = "sam@stall.test") -> str:
    """Give the address of a fresh invitation."""
    of = accounts.organisation(accounts.KIND_OF.get(role, OrganisationKind.PLATFORM), name="Stall 12")
    actions.invite(organisation_id=of.pk, email=email, role=role, actor=accounts.actor(Role.OPERATOR), at=clock.now())
    secret = "known-to-the-test"
    Invitation.objects.filter(email=email).update(secret_digest=actions.digest_of(secret))
    return f"/invitation/{secret}"


def test_a_new_person_joins_and_is_signed_in() -> None:
    client, address = Client(), link()
    assert "sam@stall.test" in client.get(address).text
    assert "as seller" in client.get(address).text
    answer = client.post(address, {"name": "Sam", "password": PASSWORD})
    assert answer["Location"] == "/"
    assert client.get("/account").status_code == 200
    assert Client().get(address).status_code == 404


def test_opening_the_link_changes_nothing() -> None:
    client, address = Client(), link()
    client.get(address)
    client.head(address)
    assert Invitation.objects.get().accepted_at is None
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "", "password": PASSWORD}, "Fill in “Your name”"),
        ({"name": "Sam", "password": ""}, "Fill in “Password”"),
        ({"name": "Sam", "password": "short"}, "12 characters"),
        ({"name": "Sam", "password": "sam@stall.test"}, "too similar"),
    ],
)
def test_what_is_missing_is_named_and_what_was_given_is_kept(given: dict[str, str], told: str) -> None:
    answer = Client().post(link(), given)
    assert answer.status_code == 200
    assert told in answer.text
    assert "<title>Error:" in answer.text
    assert not User.objects.filter(email="sam@stall.test").exists()
    if given["name"]:
        assert 'value="Sam"' in answer.text


def test_the_password_is_not_written_into_the_page_again() -> None:
    assert "zebra-17" not in Client().post(link(), {"name": "Sam", "password": "zebra-17"}).text


def test_a_reviewer_who_joins_owes_a_second_factor_at_once() -> None:
    client = Client()
    client.post(link(Role.REVIEWER, "rita@bazaar.test"), {"name": "Rita", "password": PASSWORD})
    assert client.get("/")["Location"] == "/account/second-factor"
    assert client.get("/account/second-factor").status_code == 200  # the password was typed a moment ago


def test_a_known_person_is_asked_to_sign_in_first() -> None:
    accounts.user(email="sam@stall.test")
    address = link()
    page = Client().get(address)
    assert f"/sign-in?next={address}" in page.text
    assert Client().post(address, {"name": "Mallory", "password": PASSWORD}).status_code == 200
    assert not Membership.objects.filter(role=Role.SELLER).exists()


def test_a_known_person_signed_in_joins_with_a_click() -> None:
    sam = accounts.member(Role.HOLDER, email="sam@stall.test")
    client, address = accounts.signed_in(sam), link()
    assert "Your name" not in client.get(address).text
    assert client.post(address)["Location"] == "/"
    assert [found.name for found in queries.organisations_of(sam.pk)][-1] == "Stall 12"
    assert "Stall 12" in client.get("/people").text  # and acts for it now


def test_somebody_else_signed_in_cannot_take_it() -> None:
    mallory = accounts.member(Role.SELLER, email="mallory@example.test")
    accounts.user(email="sam@stall.test")
    client, address = accounts.signed_in(mallory), link()
    assert "You are signed in as mallory@example.test now" in client.get(address).text
    assert client.post(address, {"name": "M", "password": PASSWORD}).status_code == 200
    assert not Membership.objects.filter(user=mallory, organisation__name="Stall 12").exists()


def test_a_new_persons_link_opened_by_somebody_signed_in_makes_the_new_person() -> None:
    """At a shared machine: whoever holds the link is who was invited; the earlier session ends."""
    client, address = accounts.signed_in(accounts.member(Role.SELLER, email="other@stall.test")), link()
    client.post(address, {"name": "Sam", "password": PASSWORD})
    assert "sam@stall.test" in client.get("/account").text


def test_an_invented_link_and_a_used_one_say_the_same() -> None:
    address = link()
    Client().post(address, {"name": "Sam", "password": PASSWORD})
    pages = {Client().get(tried).status_code for tried in (address, "/invitation/invented")}
    assert pages == {404}


def test_a_link_that_has_run_out_is_gone() -> None:
    address = link()
    Invitation.objects.update(expires_at=AT)
    assert Client().get(address).status_code == 404
    assert Client().post(address, {"name": "Sam", "password": PASSWORD}).status_code == 404
