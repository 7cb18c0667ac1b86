"""``touchmark invite-operator``: the first door of an empty installation."""

import pytest
from django.test import Client
from tests.factories import accounts

from touchmark.engine.terms import Role
from touchmark.ops.cli import UNUSABLE, main

pytestmark = pytest.mark.django_db


def test_it_prints_a_link_that_opens(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite-operator", "olga@bazaar.test", "--organisation", "Bazaar"]) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith("http://127.0.0.1:8000/invitation/")
    page = Client().get(link.removeprefix("http://127.0.0.1:8000"))
    assert "Join Bazaar" in page.text


def test_it_refuses_where_somebody_runs_the_installation(capsys: pytest.CaptureFixture[str]) -> None:
    accounts.member(Role.OPERATOR)
    assert main(["invite-operator", "mallory@example.test"]) == UNUSABLE
    assert "There is an operator already" in capsys.readouterr().err


def test_it_refuses_what_is_no_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite-operator", "olga"]) == UNUSABLE
    assert "'olga' is not an e-mail address" in capsys.readouterr().err
