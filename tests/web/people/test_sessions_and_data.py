"""Where one is signed in, one's own data, erasure, and who looked at what."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from tests.factories import accounts, catalog
from tests.factories.accounts import AT, PASSWORD

from touchmark.apps.accounts import actions, retention
from touchmark.apps.accounts.models import Invitation, Membership, User
from touchmark.apps.audit.models import Event
from touchmark.apps.desk.models import SavedFilter
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db


def signed_in(person: User, browser: str = "Firefox") -> Client:
    client = Client(headers={"user-agent": browser})
    assert client.post("/sign-in", {"login": person.email, "password": PASSWORD}).status_code == 302
    return client


def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others() -> None:
    sam = accounts.member(Role.SELLER)
    here, phone, desk = (signed_in(sam, name) for name in ("Here/1", "Phone/2", "Desk/3"))
    page = here.get("/account/sessions").text
    assert all(name in page for name in ("Here/1", "Phone/2", "Desk/3"))
    here.post(f"/account/sessions/{UserSession.objects.get(user_agent='Phone/2').pk}/end")
    assert [client.get("/account").status_code for client in (here, phone, desk)] == [200, 302, 200]
    here.post("/account/sessions/end")
    assert [client.get("/account").status_code for client in (here, desk)] == [200, 302]


def test_nobody_ends_or_sees_anothers_session() -> None:
    sam, nils = accounts.member(Role.SELLER), accounts.member(Role.SELLER)
    theirs = signed_in(sam, "Secret/9")
    other = signed_in(nils)
    assert "Secret/9" not in other.get("/account/sessions").text
    other.post(f"/account/sessions/{UserSession.objects.get(user=sam).pk}/end")
    assert theirs.get("/account").status_code == 200


def exported(client: Client) -> dict[str, Any]:
    answer = client.post("/account/data")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        found: dict[str, Any] = json.loads(archive.read("data.json"))
    return found


def test_ones_own_data_is_a_file_and_nobody_elses_is_in_it() -> None:
    sam = accounts.member(Role.SELLER, name="Sam 三木", email="sam@stall.test")
    accounts.member(Role.SELLER, name="Planted Name", email="planted@stall.test")
    client = signed_in(sam)
    client.post("/account", {"name": "Sam 三木", "language": "en", "time_zone": "UTC"})
    found = exported(client)
    assert (found["person"]["email"], found["person"]["name"]) == ("sam@stall.test", "Sam 三木")
    assert found["roles"][0]["role"] == "seller"
    assert found["sessions"][0]["browser"] == "Firefox"
    assert [one["what"] for one in found["record"]] == ["profile_changed"]
    text = json.dumps(found)
    assert "planted" not in text.lower()
    assert sam.password not in text


def test_erasure_leaves_the_record_whole_and_nothing_of_the_person() -> None:
    sam = accounts.member(Role.SELLER, name="Erasable Name", email="erasable@stall.test")
    client = signed_in(sam)
    client.post("/account", {"name": "Erasable Name", "language": "en", "time_zone": "UTC"})
    accounts.second_factor(sam)
    SavedFilter.objects.create(by=sam, name="Mine alone", asked={"part": "act"}, made_at=AT)
    assert [one["name"] for one in exported(client)["filters"]] == ["Mine alone"]
    address = {"email": "Erasable@stall.test"}
    assert client.post("/account/erase", address)["Location"].startswith("/sign-in/again")
    accounts.just_proven(client)
    assert client.post("/account/erase", address).status_code == 409  # acts for an organisation
    Membership.objects.update(ended_at=AT)
    before = list(Event.objects.filter(user_id=sam.pk).values_list("digest", flat=True))
    assert "not the address" in client.post("/account/erase", {"email": "x@y.test"}).text
    assert client.post("/account/erase", address).status_code == 302
    sam.refresh_from_db()
    assert (sam.name, sam.is_active, sam.has_usable_password()) == ("–", False, False)
    assert "erasable" not in sam.email
    assert not Authenticator.objects.filter(user=sam).exists()
    assert not UserSession.objects.filter(user=sam).exists()
    assert not SavedFilter.objects.exists()
    assert client.get("/account").status_code == 302
    after = list(Event.objects.filter(user_id=sam.pk).order_by("id"))
    assert [event.digest for event in after][: len(before)] == before
    assert all(bytes(event.digest) == event.entry().digest(bytes(event.salt)) for event in after)
    refused = Client().post("/sign-in", {"login": "erasable@stall.test", "password": PASSWORD})
    assert refused.status_code == 200


def test_looks_at_others_cases_are_on_record_and_the_operator_reads_them() -> None:
    catalog.marketplace("bazaar")
    listing = catalog.listing()
    rita = accounts.member(Role.REVIEWER, name="Rita Reviewer")
    desk = accounts.signed_in(rita)
    assert desk.get(f"/desk/bazaar/{listing.listing_id}/").status_code == 200
    assert desk.get("/desk/bazaar/none/").status_code == 404  # nothing was seen
    look = Event.objects.get(kind="looked")
    assert (look.user_id, look.payload) == (rita.pk, {"what": "listing", "about": f"bazaar/{listing.listing_id}"})
    operator = accounts.signed_in(accounts.member(Role.OPERATOR))
    other = accounts.organisation(name="Rival")
    operator.get(f"/people/{other.pk}")
    page = operator.get("/people/looks").text
    assert "Rita Reviewer" in page
    assert f"bazaar/{listing.listing_id}" in page
    assert "people of an organisation" in page
    assert "people of an organisation" not in operator.get(f"/people/looks?person={rita.pk}").text
    assert desk.get("/people/looks").status_code == 403


def test_an_operators_own_people_are_no_look() -> None:
    accounts.signed_in(accounts.member(Role.OPERATOR)).get("/people")
    assert not Event.objects.filter(kind="looked").exists()


def test_what_has_served_its_purpose_is_forgotten_by_its_period() -> None:
    olga = accounts.actor(Role.OPERATOR)
    said: dict[str, Any] = {"organisation_id": olga.organisation, "role": Role.REVIEWER, "actor": olga}
    actions.invite(email="old@b.test", at=AT, **said)
    actions.invite(email="new@b.test", at=AT + timedelta(days=90), **said)
    accounts.session_of(accounts.member(Role.SELLER))
    Session.objects.update(expire_date=AT)
    assert retention.keep_to_it(AT - timedelta(seconds=1)) == 0
    assert retention.keep_to_it(AT + timedelta(days=98)) == 2
    assert sorted(Invitation.objects.values_list("email", flat=True)) == ["", "new@b.test"]
    assert not Session.objects.exists()
    assert all(one.why for one in retention.all_kept())
