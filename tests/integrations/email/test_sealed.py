"""A mail server that asks for an account, over TLS: nothing of the password is said in the open, or to a stranger."""

from pathlib import Path
from typing import Any

import pytest
from tests.integrations.email.server import PASSWORD, USER, certificate, mail_server
from tests.integrations.email.test_send import post

from touchmark.integrations.answers import Answer, Later


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    return certificate(tmp_path)


@pytest.fixture(autouse=True)
def outgoing(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "127.0.0.1", USER, PASSWORD
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = True, False


@pytest.fixture
def trusted(pem: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    return pem


@pytest.mark.parametrize("sealed", [False, True], ids=["starttls", "from the first byte on"])
def test_a_letter_goes_out_by_an_account_over_tls(settings: Any, trusted: Path, sealed: bool) -> None:
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = not sealed, sealed
    with mail_server(trusted, sealed=sealed) as (port, heard):
        settings.EMAIL_PORT = port
        assert post() == Answer()
    (letter,) = heard.letters
    assert "Subject: Your listing was removed" in letter
    assert any(command.startswith("AUTH") for command, _ in heard.commands)
    assert "AUTH" not in heard.open_words
    assert "MAIL" not in heard.open_words


def test_a_wrong_password_is_ours_to_mend_and_the_letter_waits(settings: Any, trusted: Path) -> None:
    settings.EMAIL_HOST_PASSWORD = "another"
    with mail_server(trusted) as (port, heard):
        settings.EMAIL_PORT = port
        with pytest.raises(Later, match="535 wrong name or password"):
            post()
    assert heard.letters == []


@pytest.mark.parametrize("sealed", [False, True], ids=["starttls", "from the first byte on"])
def test_a_server_that_nobody_vouches_for_learns_nothing(settings: Any, pem: Path, sealed: bool) -> None:
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = not sealed, sealed
    with mail_server(pem, sealed=sealed) as (port, heard):
        settings.EMAIL_PORT = port
        with pytest.raises(Later, match=r"cannot be reached.*certificate"):
            post()
    assert heard.letters == []
    assert not any(command.startswith(("AUTH", "MAIL")) for command, _ in heard.commands)


def test_a_server_without_tls_hears_no_password(settings: Any, trusted: Path) -> None:
    with mail_server(trusted, offers_tls=False) as (port, heard):
        settings.EMAIL_PORT = port
        with pytest.raises(Later, match="STARTTLS"):
            post()
    assert heard.letters == []
    assert not any(command.startswith(("AUTH", "MAIL")) for command, _ in heard.commands)
