"""Passkeys by the door that a browser uses: who may add one, what a made-up answer gets, and the last one stays."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from tests.factories import accounts
from tests.factories.accounts import PASSWORD

from touchmark.apps.audit.models import Event
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db
MADE_UP = [
    "",
    "null",
    "[]",
    '"text"',
    "17",
    "{",
    "{}",
    '{"id": 1}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": []}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA",'
    ' "attestationObject": "AA"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "AA",'
    ' "signature": "AA", "userHandle": "AA"}}',
    "[" * 5_000,
    '{"a":' * 3_000 + "1" + "}" * 3_000,
    json.dumps({"id": "x" * 20_000}),
]


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


@pytest.mark.parametrize("answer", MADE_UP)
def test_a_made_up_answer_adds_nothing_and_signs_in_nobody(answer: str, settings: Any) -> None:
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    client = accounts.just_proven(accounts.signed_in(accounts.member(Role.SELLER)))
    client.get("/account/passkeys/add")
    assert client.post("/account/passkeys/add", {"credential": answer}).status_code == 200
    assert not Authenticator.objects.exists()
    stranger = Client()
    assert stranger.get("/sign-in/passkey", headers={"Accept": "application/json"}).json()["request_options"]
    answered = stranger.post("/sign-in/passkey", {"credential": answer})
    assert answered.status_code == 302
    assert stranger.get("/account").status_code == 302


def passkey(person: Any) -> Authenticator:
    """Keep a passkey of which nothing but its being there matters."""
    data = {"name": "work laptop", "credential": {}}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)


def test_a_stale_session_adds_and_takes_away_nothing() -> None:
    rita = accounts.member(Role.REVIEWER)
    client, kept = accounts.signed_in(rita), passkey(rita)
    for address in ("/account/passkeys/add", f"/account/passkeys/{kept.pk}/end", "/account/codes", "/account/erase"):
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/again/code?next={address}")


def test_the_password_alone_does_not_stand_for_the_second_factor() -> None:
    rita = accounts.member(Role.REVIEWER, email="rita@bazaar.test")
    client, kept = accounts.signed_in(rita), passkey(rita)
    client.post("/sign-in/again", {"password": PASSWORD})
    answer = client.post(f"/account/passkeys/{kept.pk}/end")
    assert answer["Location"].startswith("/sign-in/again/code")
    assert Authenticator.objects.filter(pk=kept.pk).exists()


def test_who_owes_the_second_factor_adds_none_beside_the_one_that_is_there() -> None:
    rita = accounts.member(Role.REVIEWER, email="rita@bazaar.test")
    accounts.second_factor(rita)
    client = accounts.signed_in(rita)
    session = client.session
    shown = session["account_authentication_methods"]
    session["account_authentication_methods"] = [one for one in shown if one["method"] == "password"]
    session.save()
    client.post("/sign-in/again", {"password": PASSWORD})
    for address in ("/account/passkeys/add", "/account/second-factor"):
        assert client.get(address)["Location"] == "/sign-in/again/code"


def test_the_last_one_of_who_needs_one_stays_and_others_go() -> None:
    rita = accounts.member(Role.REVIEWER)
    client = accounts.just_proven(accounts.signed_in(rita))
    kept = passkey(rita)
    assert client.post("/account/second-factor/end").status_code == 302  # the passkey is left
    assert client.post(f"/account/passkeys/{kept.pk}/end").status_code == 403
    spare = passkey(rita)
    assert client.post(f"/account/passkeys/{kept.pk}/end").status_code == 302
    assert [one.pk for one in Authenticator.objects.exclude(type="recovery_codes")] == [spare.pk]
    kinds = Event.objects.filter(user_id=rita.pk).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["second_factor_taken_away", "passkey_taken_away"]


def test_somebody_elses_passkey_is_not_there() -> None:
    theirs = passkey(accounts.member(Role.SELLER))
    client = accounts.just_proven(accounts.signed_in(accounts.member(Role.SELLER)))
    assert client.post(f"/account/passkeys/{theirs.pk}/end").status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_passkeys_are_bound_to_the_address_that_people_type(settings: Any) -> None:
    settings.PUBLIC_URL = "https://ip.example.org"
    client = accounts.just_proven(accounts.signed_in(accounts.member(Role.SELLER)))
    assert client.get("/account/passkeys/add").context["js_data"]["creation_options"]["publicKey"]["rp"]["id"] == (
        "ip.example.org"
    )
