"""The pages by which a rights holder gets in without an invitation."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.accounts import PASSWORD

from touchmark.apps.accounts.models import Organisation, SignUp, User
from touchmark.apps.accounts.sign_up import FROM_A_PLACE
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db
REST = {"name": "Mara Voss", "organisation": "Heron", "country": "de", "password": PASSWORD, "terms": "on"}


@pytest.fixture(autouse=True)
def is_open(settings: Any) -> None:
    settings.TOUCHMARK_SIGN_UP = True


def asked(email: str = "mara@heron.test") -> str:
    """Ask for a link, and give its path."""
    Client().post("/join", {"email": email})
    found = re.search(r"/join/\S+", Message.objects.latest("created_at").payload["body"])
    assert found is not None
    return found[0]


def test_a_holder_joins_and_is_signed_in_on_its_first_page() -> None:
    client, path = Client(), asked()
    assert "mara@heron.test" in client.get(path).text
    assert "What is reported" not in client.get(path).text
    answer = client.post(path, REST)
    assert answer["Location"] == "/holder/"
    assert "A work without registration" in client.get("/holder/").text
    assert Organisation.objects.get().country == "DE"
    assert Client().get(path).status_code == 404


def test_opening_the_link_changes_nothing() -> None:
    path = asked()
    Client().get(path)
    Client().head(path)
    assert SignUp.objects.get().used_at is None
    assert "no-store" in Client().get(path)["Cache-Control"]


def test_known_and_unknown_addresses_get_the_same_answer() -> None:
    accounts.member(Role.HOLDER, email="known@heron.test")
    answers = [Client().post("/join", {"email": email}) for email in ("known@heron.test", "new@heron.test")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/join/sent")}
    assert "heron.test" not in Client().get("/join/sent").text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"terms": ""}, "Read the terms"),
        ({"country": "Germany"}, "two letters"),
        ({"password": "short"}, "12 characters"),
        ({"name": ""}, "Fill in “Your name”"),
    ],
)
def test_what_is_missing_is_named_and_nobody_is_made(changed: dict[str, str], told: str) -> None:
    answer = Client().post(asked(), REST | changed)
    assert answer.status_code == 422
    assert told in answer.text
    assert not User.objects.exists()


def test_a_flood_is_told_what_to_do() -> None:
    for number in range(FROM_A_PLACE):
        Client().post("/join", {"email": f"person{number}@flood.test"})
    answer = Client().post("/join", {"email": "more@flood.test"})
    assert answer.status_code == 422
    assert "wait an hour" in answer.text


def test_pages_say_how_to_get_in_as_the_installation_has_it(settings: Any) -> None:
    assert "Make an account" in Client().get("/").text
    assert "Make an account" in Client().get("/sign-in").text
    settings.TOUCHMARK_SIGN_UP = False
    path = "/join/anything"
    assert Client().get(path).status_code == 404
    assert (
        "Make an account" not in Client().get("/").text + Client().get("/sign-in").text + Client().get("/report/").text
    )


def test_the_terms_name_the_installations_own(settings: Any) -> None:
    assert "own terms" not in Client().get("/terms").text
    settings.TOUCHMARK_TERMS = "https://bazaar.test/terms"
    assert 'href="https://bazaar.test/terms"' in Client().get("/terms").text
    assert 'href="https://bazaar.test/terms"' in Client().get(asked()).text
