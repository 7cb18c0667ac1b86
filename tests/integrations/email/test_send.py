"""Against Django's own backends, and a mail server on this machine that says what the table says."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail

from touchmark.integrations.answers import Answer, Later, Never
from touchmark.integrations.email.send import send

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def post(**changes: str) -> Answer:
    letter = {
        "to": "sam@seller.example",
        "subject": "Your listing was removed",
        "body": "Why, and what you can do.\n",
        "id": "6b1f2c52-9a0e-4d4e-8a3d-3f4f0f6f9d11",
        "sender": "Touchmark <touchmark@market.example>",
    }
    return send(**{**letter, **changes}, at=AT)


@pytest.fixture(autouse=True)
def outgoing(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


def test_a_letter_goes_out_under_the_outbox_s_id() -> None:
    assert post() == Answer()
    (letter,) = mail.outbox
    message = letter.message()
    assert message["Message-ID"] == "<6b1f2c52-9a0e-4d4e-8a3d-3f4f0f6f9d11@market.example>"
    assert message["Date"] == "Sun, 22 Nov 2026 09:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert (letter.to, letter.subject) == (["sam@seller.example"], "Your listing was removed")
    assert letter.body == "Why, and what you can do.\n"


def test_the_second_try_can_be_told_for_what_it_is() -> None:
    post()
    post()
    assert len({letter.message()["Message-ID"] for letter in mail.outbox}) == 1


@pytest.mark.parametrize("field", ["subject", "to"])
def test_no_line_can_be_smuggled_into_the_head(field: str) -> None:
    with pytest.raises(Never, match="line break"):
        post(**{field: "a@b.example\nBcc: everybody@world.example"})
    assert not mail.outbox


def test_it_goes_into_a_file_where_mail_is_set_to_files(settings: Any, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    post()
    (file,) = tmp_path.iterdir()
    assert "Your listing was removed" in file.read_text()


@contextmanager
def mail_server(answers: dict[str, str]) -> Iterator[int]:
    """Says 250 to everything but the commands in the table."""

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rw", newline="\r\n") as lines:
            _say(lines, answers.get("CONNECT", "220 ready"))
            for line in lines:
                command = line.split(maxsplit=1)[0].upper() if line.strip() else ""
                if command == "DATA" and "DATA" not in answers:
                    _say(lines, "354 go on")
                    while next(lines) != ".\r\n":
                        pass
                    command = "."
                _say(lines, answers.get(command, "221 bye" if command == "QUIT" else "250 fine"))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def _say(lines: Any, answer: str) -> None:
    lines.write(answer + "\r\n")
    lines.flush()


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, None),
        ({"RCPT": "550 no such person"}, Never),
        ({"RCPT": "450 mailbox busy"}, Later),
        ({"MAIL": "554 you are not welcome"}, Never),
        ({"MAIL": "451 later please"}, Later),
        ({".": "552 too big"}, Never),
        ({".": "452 no room at present"}, Later),
        ({"CONNECT": "421 too many connections"}, Later),
        ({"CONNECT": "554 no service here"}, Later),  # we are refused, not the letter
    ],
)
def test_a_mail_server_s_word(settings: Any, answers: dict[str, str], outcome: type[Exception] | None) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_server(answers) as port:
        settings.EMAIL_PORT = port
        if outcome is None:
            assert post() == Answer()
        else:
            with pytest.raises(outcome) as refusal:
                post()
            (said,) = answers.values()
            assert refusal.value.answer == Answer(int(said[:3]), said[4:])  # type: ignore[attr-defined]


def test_no_mail_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.EMAIL_PORT = taken.getsockname()[1]
    with pytest.raises(Later, match="cannot be reached"):
        post()
