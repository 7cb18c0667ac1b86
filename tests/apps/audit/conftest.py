import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from touchmark.apps.audit import actions, guard
from touchmark.apps.audit.models import Event
from touchmark.engine.terms import Actor, Role

#: On SQLite a transaction is the only one that writes: there is nothing to try there.
collect_ignore = [] if os.environ.get("TOUCHMARK_DATABASE_URL", "").startswith("postgres") else ["test_together.py"]

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
RITA = Actor(user_id=7, organisation_id=3, roles=frozenset({Role.REVIEWER, Role.POLICY_OWNER}))


@pytest.fixture(autouse=True)
def record_key(settings: Any, tmp_path: Path) -> Path:
    """A key of the test's own."""
    settings.TOUCHMARK_RECORD_KEY_FILE = tmp_path / "keys" / "record.key"
    return settings.TOUCHMARK_RECORD_KEY_FILE


@pytest.fixture
def append() -> Callable[..., Event]:
    def append(stream: str = "decision:D-1", kind: str = "restricted", **payload: Any) -> Event:
        with transaction.atomic():
            return actions.append(stream=stream, kind=kind, actor=RITA, at=AT, payload=payload)

    return append


@pytest.fixture
def attack(transactional_db: None) -> Iterator[Callable[..., None]]:
    """What the database's owner can do: no trigger, foreign key or check stands in the way."""
    guard.take_down(connection)
    shut = _open_on_sqlite() if connection.vendor == "sqlite" else _open_on_postgres()
    yield _execute_to_effect
    for table in ("unsealed", "leaf", "checkpoint", "event"):
        _execute(f"DELETE FROM audit_{table}")  # noqa: S608
    for statement in shut:
        _execute(statement)
    guard.put_up(connection)


def _open_on_sqlite() -> list[str]:
    _execute("PRAGMA foreign_keys = OFF")
    _execute("PRAGMA ignore_check_constraints = ON")
    return ["PRAGMA foreign_keys = ON", "PRAGMA ignore_check_constraints = OFF"]


def _open_on_postgres() -> list[str]:
    """Drop the constraints; give the statements that bring them back."""
    found = _execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype IN ('f', 'c') AND conrelid::regclass::text LIKE 'audit\\_%'"
    )
    for table, name, _ in found:
        _execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in found]


def _execute(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _execute_to_effect(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount, "the attack changed nothing"
