"""``touchmark open-marketplace``: a shop system that listings can come from."""

import pytest
from tests.factories.accounts import AT

from touchmark.apps.catalog import reaching
from touchmark.apps.catalog.models import Marketplace
from touchmark.integrations.webhooks.sign import headers_of
from touchmark.ops.cli import UNUSABLE, main

pytestmark = pytest.mark.django_db


def test_it_is_open_and_says_what_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["open-marketplace", "bazaar", "--name", "The Bazaar", "--regime", "eu", "--territories", "de, fr"]) == 0
    )
    assert "touchmark import listings FILE --marketplace bazaar" in capsys.readouterr().out
    opened = Marketplace.objects.get()
    assert (opened.name, opened.regime, opened.territories, opened.webhook_secret) == (
        "The Bazaar",
        "eu",
        ["DE", "FR"],
        "",
    )


def test_a_webhook_gets_a_secret_that_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["open-marketplace", "bazaar", "--webhook", "https://bazaar.example/hooks"]) == 0
    secret = reaching.webhook_of("bazaar").secret
    assert secret in capsys.readouterr().out
    assert secret not in Marketplace.objects.get().webhook_secret  # sealed
    assert headers_of(secret=secret, id="m-1", body=b"{}", at=AT)["webhook-signature"].startswith("v1,")


@pytest.mark.parametrize("arguments", [["The Bazaar"], ["bazaar", "--regime", "atlantis"], ["rights"]])
def test_what_cannot_be_opened_is_said_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["open-marketplace", *arguments]) == UNUSABLE
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not Marketplace.objects.exists()
