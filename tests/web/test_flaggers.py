"""The pages of trusted flaggers."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.accounts import AT
from tests.web.worlds import words_of

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.flaggers.models import Flagger
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role
from touchmark.web.flaggers.pages import OFFERED

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return accounts.signed_in(accounts.member(Role.OPERATOR))


def said(of: Organisation, **changed: object) -> dict[str, object]:
    return {
        "organisation": of.pk,
        "coordinator": "Arcom",
        "country": "fr",
        "coordinator_email": "dsc@arcom.test",
        "decision": "2026-14",
        "awarded_on": AT.date().isoformat(),
        "expertise": ["copyright", "design"],
    } | changed


def test_one_is_entered_suspended_reported_and_revoked(client: Client) -> None:
    union = accounts.organisation(name="Union <b>of Makers")
    answer = client.post("/flaggers/", said(union))
    flagger = Flagger.objects.get()
    assert answer["Location"] == f"/flaggers/{flagger.ref}/"
    assert (flagger.country, flagger.expertise, flagger.ends_on) == ("FR", ["copyright", "design"], None)
    page = client.get(f"/flaggers/{flagger.ref}/")
    assert "Union <b>of Makers" in words_of(page.text)
    assert "<b>of" not in page.text
    for do, status in (("suspend", "suspended"), ("reinstate", "active"), ("report", "active"), ("revoke", "revoked")):
        assert client.post(f"/flaggers/{flagger.ref}/", {"do": do, "text": "They wrote."}).status_code == 302
        flagger.refresh_from_db()
        assert flagger.status == status
    assert Message.objects.filter(to="dsc@arcom.test").count() == 1
    assert "reported to the coordinator" in words_of(client.get(f"/flaggers/{flagger.ref}/").text)
    assert "Revoked" in words_of(client.get("/flaggers/").text)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"ends_on": (AT.date() - timedelta(days=1)).isoformat()}, "It ends before it begins"),
        ({"country": "France"}, "two letters"),
        ({"organisation": ""}, "Look for the organisation by its name, and choose it."),
        ({"organisation": "", "q": "holder"}, "Choose an answer to “Organisation”"),
        ({"organisation": "999999999999999999999"}, "Look for the organisation by its name, and choose it."),
        ({"coordinator_email": "nobody"}, "email address"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_entered(client: Client, changed: dict[str, object], told: str) -> None:
    answer = client.post("/flaggers/", said(accounts.organisation(), **changed))
    assert answer.status_code == 422
    assert told in words_of(answer.text)
    assert not Flagger.objects.exists()


def test_an_organisation_is_looked_for_and_what_was_written_is_kept(client: Client) -> None:
    union = accounts.organisation(name="Union of Makers")
    accounts.organisation("seller", name="Union of Sellers")
    for number in range(OFFERED + 1):
        accounts.organisation(name=f"Association {number}")
    found = client.post("/flaggers/", said(union, organisation="", q="makers UNION") | {"do": "find"})
    assert found.status_code == 200
    page = found.content.decode()
    assert "Union of Makers" in page
    assert "Union of Sellers" not in page
    assert f'value="{union.pk}"' in page
    assert "checked" in page.split(f'value="{union.pk}"')[1].split(">")[0]  # the only one there is
    assert 'value="Arcom"' in page
    assert "Fill in" not in page
    again = client.post("/flaggers/", said(union, q="Association") | {"do": "find"}).content.decode()
    assert "There are more than these" in again
    assert "Union of Makers" in again  # what was chosen stays to be chosen
    none = client.post("/flaggers/", said(union, organisation="", q="<b>Nobody") | {"do": "find"}).content.decode()
    assert "No rights holder has “&lt;b&gt;Nobody” in its name." in none
    assert "Write a word of its name." in client.post("/flaggers/", {"do": "find"}).content.decode()
    assert not Flagger.objects.exists()


def test_what_cannot_be_done_from_here_is_said(client: Client) -> None:
    client.post("/flaggers/", said(accounts.organisation()))
    ref = Flagger.objects.get().ref
    assert client.post(f"/flaggers/{ref}/", {"do": "reinstate", "text": "Why not."}).status_code == 422
    assert client.post(f"/flaggers/{ref}/", {"do": "suspend", "text": ""}).status_code == 422
    assert Flagger.objects.get().status == "active"
