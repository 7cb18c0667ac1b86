import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.factories import tables
from tests.ops import world

from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.models import Checkpoint
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.outbox.models import Message, State
from touchmark.engine.terms import Actor
from touchmark.ops.cli import main

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wiring(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.TOUCHMARK_WIRING = "tests.ops.world"
    settings.TOUCHMARK_RECORD_KEY_FILE = tmp_path / "record.key"
    yield
    world.told.clear()
    world.rung.clear()
    world.broken.clear()


def note(says: str, *, to: str = "somebody", at: datetime = LONG_AGO) -> Message:
    with transaction.atomic():
        audit.append(stream="note:1", kind="written", actor=Actor.system(), at=at, payload={})
        return outbox.put(kind="note", to=to, payload={"says": says}, at=at)


@pytest.mark.django_db
def test_once_does_all_that_there_is_and_stops(capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(60):  # more than one pass takes
        note(f"{n}", at=LONG_AGO + timedelta(seconds=n))
    assert main(["worker", "--once"]) == 0
    assert world.told == [f"{n}" for n in range(60)]
    assert len(world.rung) == 1
    assert Checkpoint.objects.get().size == 60
    told = capsys.readouterr().err
    assert f"touchmark worker: {DONE.format(1, 50, 60)}" in told


@pytest.mark.django_db
def test_a_message_that_fails_waits_and_the_worker_is_not_to_blame() -> None:
    message = note("fail")
    note("go", to="somebody else")
    assert main(["worker", "--once"]) == 0
    message.refresh_from_db()
    assert message.state == State.WAITING
    assert sorted(world.told) == ["fail", "go"]


@pytest.mark.django_db
@pytest.mark.parametrize("command", [["worker", "--once"], ["tick"]])
def test_a_part_that_fails_keeps_no_other_from_being_done(
    command: list[str], settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TOUCHMARK_RECORD_KEY_FILE.write_text("no key")
    note("go")
    assert main(command) == 1
    assert world.told == ["go"]
    assert "background work failed: sealed" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_clock_that_fails_keeps_no_other_from_being_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    world.broken.append("for good")
    assert main(["tick"]) == 1
    assert len(world.rung) == 1
    told = capsys.readouterr()
    assert told.out == DONE.format(1, 0, 0)
    assert "background work failed: lapsed" in told.err


DONE = "{} clocks fell due, {} messages tried, 0 listings screened, 0 looked at by rules, {} events sealed\n"


@pytest.mark.django_db
def test_tick_makes_one_pass(capsys: pytest.CaptureFixture[str]) -> None:
    note("go")
    assert main(["tick"]) == 0
    assert capsys.readouterr().out == DONE.format(1, 1, 1)
    assert main(["tick"]) == 0
    assert capsys.readouterr().out == DONE.format(0, 0, 0)


TOUCHMARK = [sys.executable, "-m", "touchmark.ops.cli"]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an installation of its own, on SQLite."""
    var = tmp_path_factory.mktemp("var")
    environment = os.environ | {"TOUCHMARK_VAR": str(var), "PYTHONUNBUFFERED": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "touchmark.site.settings"
    environment.pop("TOUCHMARK_DATABASE_URL", None)
    tables.on_sqlite(var / "touchmark.sqlite3")
    return environment


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_it_is_told_to(installation: dict[str, str], number: int) -> None:
    worker = subprocess.Popen([*TOUCHMARK, "worker"], env=installation, stderr=subprocess.PIPE, text=True)
    assert worker.stderr is not None
    with worker.stderr as said:
        assert "begins" in said.readline()
        worker.send_signal(number)
        assert worker.wait(timeout=60) == 0
        assert "has finished what was in hand and stops" in said.read()


@pytest.mark.parametrize("command", [["worker"], ["serve", "--listen", "127.0.0.1:1"]])
def test_nothing_that_goes_on_begins_on_tables_of_another_version(command: list[str], tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TOUCHMARK", "DJANGO"))}
    ended = subprocess.run(
        [sys.executable, "-m", "touchmark.ops.cli", *command],
        env=environment | {"TOUCHMARK_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 2
    assert "run touchmark migrate first" in ended.stderr
    assert "Traceback" not in ended.stderr
