"""In which language somebody reads: what the browser asks for, what they chose, and what goes to them by e-mail."""

from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts

from touchmark.apps.accounts.models import User
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db
CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}


def test_a_visitor_reads_what_the_browser_asks_for() -> None:
    page = Client().get("/how-it-works", headers=CHINESE)
    assert '<html lang="zh-hans"' in page.text
    assert "卖家可以申诉" in page.text
    assert "卖家可以申诉" not in Client().get("/how-it-works", headers={"Accept-Language": "fr"}).text


def test_a_visitor_chooses_and_comes_back_to_the_page() -> None:
    client = Client()
    answer = client.post("/language", {"language": "zh-hans", "next": "/how-it-works"})
    assert answer["Location"] == "/how-it-works"
    assert '<html lang="zh-hans"' in client.get("/how-it-works").text
    client.post("/language", {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/how-it-works", headers=CHINESE).text


@pytest.mark.parametrize("given", [{"language": "tlh"}, {}, {"language": "zh-hans\nx"}])
def test_a_language_that_is_none_changes_nothing(given: dict[str, Any]) -> None:
    answer = Client().post("/language", given | {"next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert not answer.cookies


def test_somebody_signed_in_keeps_theirs_wherever_they_sign_in() -> None:
    vera = accounts.member(Role.HOLDER)
    accounts.signed_in(vera).post("/language", {"language": "zh-hans", "next": "/account"})
    assert User.objects.get(pk=vera.pk).language == "zh-hans"
    page = accounts.signed_in(User.objects.get(pk=vera.pk)).get("/account", headers={"Accept-Language": "en"})
    assert "您的账户" in page.text


def test_it_is_on_the_page_of_the_account() -> None:
    vera = accounts.member(Role.HOLDER, name="Vera")
    client = accounts.signed_in(vera)
    sent = {"name": "Vera", "language": "zh-hans", "time_zone": "Asia/Shanghai"}
    answer = client.post("/account", sent, follow=True)
    assert "已保存" in answer.text
    assert User.objects.get(pk=vera.pk).language == "zh-hans"
