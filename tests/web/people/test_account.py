"""One's own account: name, time zone, light or dark."""

import pytest
from django.test import Client
from tests.factories import accounts

from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db


def test_name_and_time_zone_are_changed() -> None:
    sam = accounts.member(Role.SELLER)
    client = accounts.signed_in(sam)
    answer = client.post("/account", {"name": "Samira", "language": "en", "time_zone": "Asia/Shanghai"}, follow=True)
    assert "Saved." in answer.text
    sam.refresh_from_db()
    assert (sam.name, sam.time_zone) == ("Samira", "Asia/Shanghai")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", ""])
def test_a_time_zone_that_is_none_is_refused(zone: str) -> None:
    sam = accounts.member(Role.SELLER)
    answer = accounts.signed_in(sam).post("/account", {"name": "Sam", "time_zone": zone})
    assert answer.status_code == 200
    sam.refresh_from_db()
    assert sam.time_zone == "UTC"


def test_somebody_without_a_role_is_told_so() -> None:
    page = accounts.signed_in(accounts.user()).get("/", follow=True)
    assert "your roles have ended" in page.text


def test_the_theme_is_kept_and_turned() -> None:
    client = Client()
    assert client.post("/theme", {"next": "/how-it-works"})["Location"] == "/how-it-works"
    assert 'data-theme="dark"' in client.get("/").text
    client.post("/theme")
    assert 'data-theme="light"' in client.get("/").text
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/").text.split("<head>")[0]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "\\\\evil.example", "evil", ""])
def test_the_theme_sends_nobody_to_another_site(target: str) -> None:
    assert Client().post("/theme", {"next": target})["Location"] == "/"
