"""Signing in by a link of the demo, through the door that a browser uses."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.accounts import AT

from touchmark.apps.accounts import demo
from touchmark.apps.accounts.models import DemoLink, DemoSeal, OrganisationKind, User
from touchmark.engine.terms import Role
from touchmark.integrations.email.send import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita() -> User:
    demo.seal_as_demo(at=AT)
    of = demo.found_demo_organisation(kind=OrganisationKind.PLATFORM, name="Bazaar", country="NL", at=AT)
    return demo.enrol_demo_person(
        email="rita@bazaar.test",
        name="Rita",
        organisation_id=of.pk,
        roles=[Role.REVIEWER, Role.OPERATOR],
        at=AT,
    )


def enter(client: Client, secret: str, **meta: Any) -> int:
    return client.get(f"/demo/enter/{secret}", **meta).status_code


def test_it_signs_in_with_the_second_factor_shown(rita: User) -> None:
    client = Client()
    assert enter(client, demo.make_demo_link(user=rita, at=AT)) == 302
    answer = client.get("/people")
    assert answer.status_code == 200
    assert "People of Bazaar" in answer.text
    assert "Nothing here leaves this computer" in answer.text  # the page says that it is a demo


def test_it_takes_over_nothing_of_the_session_before(rita: User) -> None:
    sam = demo.enrol_demo_person(
        email="sam@stall.test",
        name="Sam",
        organisation_id=demo.found_demo_organisation(kind="seller", name="Stall", country="DE", at=AT).pk,
        roles=[Role.SELLER],
        at=AT,
    )
    client = Client()
    enter(client, demo.make_demo_link(user=rita, at=AT))
    enter(client, demo.make_demo_link(user=sam, at=AT))
    assert client.get("/people").text.count("Bazaar") == 0


def test_it_works_once(rita: User) -> None:
    secret = demo.make_demo_link(user=rita, at=AT)
    enter(Client(), secret)
    late = Client()
    assert enter(late, secret) == 404
    assert late.get("/people").status_code == 302


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},  # whatever it says: a proxy stands between
        {"HTTP_X_FORWARDED_FOR": ""},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_from_elsewhere_it_is_an_unknown_address_and_stays_good(rita: User, meta: dict[str, str]) -> None:
    secret = demo.make_demo_link(user=rita, at=AT)
    client = Client()
    assert enter(client, secret, **meta) == 404
    assert client.get("/people").status_code == 302
    assert DemoLink.objects.get().used_at is None


def test_elsewhere_than_in_a_demo_it_is_an_unknown_address(rita: User) -> None:
    secret = demo.make_demo_link(user=rita, at=AT)
    DemoSeal.objects.all().delete()
    assert enter(Client(), secret) == 404
    assert enter(Client(), "invented") == 404


def test_a_session_of_the_demo_is_worth_nothing_without_the_seal(rita: User) -> None:
    client = Client()
    enter(client, demo.make_demo_link(user=rita, at=AT))
    DemoSeal.objects.all().delete()
    assert client.get("/people")["Location"] == "/account/second-factor"


def test_people_of_the_demo_are_told_that_they_have_no_password(rita: User) -> None:
    client = Client()
    enter(client, demo.make_demo_link(user=rita, at=AT))
    assert "You signed in without a password" in client.get("/account").text
    assert client.get("/account/password").status_code == 403


def test_a_real_installation_has_no_people_of_the_demo() -> None:
    accounts.user()
    with pytest.raises(demo.NotEmpty):
        demo.seal_as_demo(at=AT)


def test_the_letters_of_a_demo_are_read_on_its_own_machine_and_nowhere_else(
    rita: User, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    for number, subject in enumerate(("Erste für Sie", "Second <b>")):
        body, before = f"Open http://127.0.0.1:8000/join/s{number} now.\n", set(tmp_path.iterdir())
        send(to="mara@heron.test", subject=subject, body=body, id=str(number), at=AT, sender="a@b.test")
        for file in set(tmp_path.iterdir()) - before:  # clocks of files may be slower than two letters
            os.utime(file, (number, number))
    page = Client().get("/demo/letters/").content.decode()
    assert page.index("Second &lt;b&gt;") < page.index("Erste für Sie")
    assert '<a href="http://127.0.0.1:8000/join/s1"' in page
    assert Client().get("/demo/letters/", REMOTE_ADDR="192.0.2.1").status_code == 404
    assert Client().get("/demo/letters/", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404
    DemoSeal.objects.all().delete()
    assert Client().get("/demo/letters/").status_code == 404


def test_letters_that_share_a_file_are_each_read(rita: User, settings: Any, tmp_path: Path) -> None:
    """Django names a file after the second and a place in memory, which the next letter may have, too."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    for number, subject in enumerate(("Erste", "Zweite")):
        send(to="mara@heron.test", subject=subject, body="Hello.\n", id=str(number), at=AT, sender="a@b.test")
    files = sorted(tmp_path.iterdir(), key=lambda file: b"Zweite" in file.read_bytes())
    shared = b"".join(file.read_bytes() for file in files)
    for file in files:
        file.unlink()
    (tmp_path / "both.log").write_bytes(shared)
    page = Client().get("/demo/letters/").content.decode()
    assert page.index("Zweite") < page.index("Erste")
