"""The page of colleagues: who sees whom, inviting, taking away."""

import pytest
from django.test import Client
from tests.factories import accounts

from touchmark.apps.accounts import queries
from touchmark.apps.accounts.models import Invitation, Membership, OrganisationKind
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db


def test_a_holder_sees_their_own_people_and_no_others() -> None:
    mine, other = accounts.organisation(name="Maison Verre"), accounts.organisation(name="Rival House")
    vera = accounts.member(Role.HOLDER, of=mine, name="Vera")
    accounts.member(Role.AGENT, of=mine, name="Arthur Agent")
    accounts.member(Role.HOLDER, of=other, name="Rivka Rival", email="rivka@rival.test")
    client = accounts.signed_in(vera)
    page = client.get("/people").text
    assert "Arthur Agent" in page
    assert "Riv" not in page
    assert client.get(f"/people/{other.pk}").status_code == 404
    assert client.get("/people/999999").status_code == 404
    assert client.get("/people/organisations").status_code == 403


def test_an_operator_sees_every_organisation() -> None:
    other = accounts.organisation(name="Rival House")
    accounts.member(Role.HOLDER, of=other, name="Rivka Rival")
    client = accounts.signed_in(accounts.member(Role.OPERATOR))
    assert "Rival House" in client.get("/people/organisations").text
    assert "Rivka Rival" in client.get(f"/people/{other.pk}").text


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AGENT, Role.POLICY_OWNER, Role.INVESTIGATOR, Role.MEMBER])
def test_who_keeps_no_team_sees_none(role: Role) -> None:
    assert accounts.signed_in(accounts.member(role)).get("/people").status_code == 403


def test_inviting() -> None:
    of = accounts.organisation(name="Maison Verre")
    client = accounts.signed_in(accounts.member(Role.HOLDER, of=of))
    answer = client.post(f"/people/{of.pk}/invite", {"email": "arthur@law.test", "role": "agent"}, follow=True)
    assert "a link is on its way to arthur@law.test" in answer.text
    assert "Invited, not yet here" in answer.text
    assert Message.objects.get(kind="email").to == "arthur@law.test"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"email": "not an address", "role": "agent"}, "Enter a valid email address"),
        ({"email": "", "role": "agent"}, "Fill in “E-mail address”"),
        ({"email": "a@b.test"}, "Choose an answer to “Role”"),
        ({"email": "a@b.test", "role": "operator"}, "not one of the available choices"),  # a forged form
        ({"email": "vera@verre.test", "role": "holder"}, "holds that role already"),
    ],
)
def test_an_invitation_that_cannot_be_sent_says_why(given: dict[str, str], told: str) -> None:
    of = accounts.organisation()
    client = accounts.signed_in(accounts.member(Role.HOLDER, of=of, email="vera@verre.test"))
    answer = client.post(f"/people/{of.pk}/invite", given)
    assert told in answer.text
    assert not Invitation.objects.exists()


def test_inviting_into_anothers_organisation_is_as_if_there_were_none() -> None:
    client = accounts.signed_in(accounts.member(Role.HOLDER))
    other = accounts.organisation()
    answer = client.post(f"/people/{other.pk}/invite", {"email": "a@b.test", "role": "agent"})
    assert answer.status_code == 404
    assert not Invitation.objects.exists()


def test_withdrawing() -> None:
    of = accounts.organisation()
    client = accounts.signed_in(accounts.member(Role.HOLDER, of=of))
    client.post(f"/people/{of.pk}/invite", {"email": "arthur@law.test", "role": "agent"})
    invitation = Invitation.objects.get()
    assert client.get(f"/people/invitations/{invitation.pk}/withdraw").status_code == 405
    answer = client.post(f"/people/invitations/{invitation.pk}/withdraw", follow=True)
    assert "its link no longer works" in answer.text
    answer = client.post(f"/people/invitations/{invitation.pk}/withdraw", follow=True)
    assert "accepted or withdrawn already" in answer.text


def test_withdrawing_anothers_invitation_is_as_if_there_were_none() -> None:
    of = accounts.organisation()
    accounts.signed_in(accounts.member(Role.HOLDER, of=of)).post(
        f"/people/{of.pk}/invite", {"email": "arthur@law.test", "role": "agent"}
    )
    rival = accounts.signed_in(accounts.member(Role.HOLDER))
    assert rival.post(f"/people/invitations/{Invitation.objects.get().pk}/withdraw").status_code == 404
    assert Invitation.objects.get().withdrawn_at is None


def test_taking_a_role_away_asks_first() -> None:
    of = accounts.organisation()
    client = accounts.signed_in(accounts.member(Role.HOLDER, of=of))
    arthur = accounts.member(Role.AGENT, of=of, name="Arthur")
    address = f"/people/memberships/{Membership.objects.get(user=arthur).pk}/end"
    assert "Take the role agent from Arthur?" in client.get(address).text
    assert queries.organisations_of(arthur.pk)
    client.post(address)
    assert not queries.organisations_of(arthur.pk)
    assert client.get(address).status_code == 404


def test_taking_away_a_rivals_role_is_as_if_there_were_none() -> None:
    rival = accounts.member(Role.HOLDER, name="Rivka")
    client = accounts.signed_in(accounts.member(Role.HOLDER))
    address = f"/people/memberships/{Membership.objects.get(user=rival).pk}/end"
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert queries.organisations_of(rival.pk)


def test_the_last_operator_is_told_why_they_stay() -> None:
    olga = accounts.member(Role.OPERATOR)
    client = accounts.signed_in(olga)
    answer = client.post(f"/people/memberships/{Membership.objects.get().pk}/end", follow=True)
    assert "This is the last operator" in answer.text


def test_giving_up_ones_own_last_role_leads_to_a_page_that_says_so() -> None:
    of = accounts.organisation()
    vera = accounts.member(Role.HOLDER, of=of)
    client = accounts.signed_in(vera)
    answer = client.post(f"/people/memberships/{Membership.objects.get().pk}/end", follow=True)
    assert answer.status_code == 200
    assert "your roles have ended" in answer.text


def test_adding_an_organisation() -> None:
    client = accounts.signed_in(accounts.member(Role.OPERATOR))
    answer = client.post(
        "/people/organisations", {"name": "Maison Verre", "kind": "holder", "country": "fr"}, follow=True
    )
    assert "Nobody yet" in answer.text
    for nobodys in ("platform", "guest"):
        answer = client.post("/people/organisations", {"name": "x", "kind": nobodys, "country": ""})
        assert "not one of the available choices" in answer.text
    answer = client.post("/people/organisations", {"name": "x", "kind": "seller", "country": "France"})
    assert "two letters" in answer.text


def test_a_name_is_shown_and_not_obeyed() -> None:
    of = accounts.organisation(name="<script>alert(1)</script>")
    client = accounts.signed_in(accounts.member(Role.HOLDER, of=of, name="<img src=x onerror=alert(1)>"))
    page = client.get("/people").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_number_of_queries_does_not_grow_with_the_team(django_assert_max_num_queries: object) -> None:
    of = accounts.organisation(OrganisationKind.SELLER)
    sam = accounts.member(Role.SELLER, of=of)
    client: Client = accounts.signed_in(sam)
    for _number in range(20):
        accounts.member(Role.SELLER, of=of)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get("/people")
