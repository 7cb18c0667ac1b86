from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from touchmark.apps.audit import actions, guard
from touchmark.engine.terms import Actor
from touchmark.ops.cli import main

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Path) -> Path:
    settings.TOUCHMARK_RECORD_KEY_FILE = tmp_path / "record.key"
    return settings.TOUCHMARK_RECORD_KEY_FILE


@pytest.fixture
def append() -> Callable[[int], None]:
    def append(count: int) -> None:
        for _ in range(count):
            with transaction.atomic():
                actions.append(stream="decision:D-1", kind="restricted", actor=Actor.system(), at=AT, payload={})

    return append


def change(sql: str) -> None:
    with guard.lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_record_that_holds(append: Callable[[int], None], capsys: pytest.CaptureFixture[str]) -> None:
    append(3)
    actions.seal(at=AT)
    assert main(["verify-audit"]) == 0
    assert capsys.readouterr().out == "The record holds: 3 events, 3 of them sealed under 1 checkpoints.\n"


def test_the_unsealed_tail_is_named(append: Callable[[int], None], capsys: pytest.CaptureFixture[str]) -> None:
    append(2)
    assert main(["verify-audit"]) == 0
    assert "Not sealed yet: 2, the oldest of 2026-11-22 09:00:00 UTC" in capsys.readouterr().out


def test_what_does_not_hold_is_named(append: Callable[[int], None], capsys: pytest.CaptureFixture[str]) -> None:
    append(2)
    actions.seal(at=AT)
    change("UPDATE audit_event SET kind = 'dismissed' WHERE number = 2")
    assert main(["verify-audit"]) == 1
    told = capsys.readouterr()
    assert not told.out
    assert "does not hold. Event 2 of stream decision:D-1 is not as it was written" in told.err


def test_a_checkpoint_kept_elsewhere(
    append: Callable[[int], None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    append(2)
    actions.seal(at=AT)
    assert main(["verify-audit", "--print-checkpoint"]) == 0
    kept = tmp_path / "elsewhere"
    kept.write_text(capsys.readouterr().out)
    assert kept.read_text().splitlines()[1] == "2"
    assert main(["verify-audit", "--checkpoint", str(kept)]) == 0
    change("DELETE FROM audit_checkpoint")
    change("DELETE FROM audit_leaf")
    change("DELETE FROM audit_event")
    assert main(["verify-audit"]) == 0
    assert main(["verify-audit", "--checkpoint", str(kept)]) == 1
    assert "counts 2 events, the log has 0: cut short" in capsys.readouterr().err


def test_keys_kept_elsewhere(
    append: Callable[[int], None], capsys: pytest.CaptureFixture[str], key: Path, tmp_path: Path
) -> None:
    append(1)
    actions.seal(at=AT)
    kept = key.with_name("record.key.pub").rename(tmp_path / "elsewhere")
    assert main(["verify-audit"]) == 2
    assert "record.key.pub cannot be read" in capsys.readouterr().err
    assert main(["verify-audit", "--keys", str(kept)]) == 0
    kept.write_text("")
    assert main(["verify-audit", "--keys", str(kept)]) == 1
    assert "No key that is trusted here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--checkpoint", "no-such-file"], "no-such-file cannot be read"),
        (["--checkpoint", __file__], "test_verify_audit.py is not a checkpoint"),
        (["--keys", "no-such-file"], "no-such-file cannot be read"),
        (["--keys", __file__], "A key is <name>+<id>+<base64>"),
        (["--print-checkpoint"], "nothing has been sealed yet"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    arguments: list[str], said: str, append: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    if "--print-checkpoint" not in arguments:
        append(1)
        actions.seal(at=AT)
    assert main(["verify-audit", *arguments]) == 2
    assert said in capsys.readouterr().err
