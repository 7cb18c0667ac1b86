"""An index is made once, anew where it was half made, and beside whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, NotSupportedError, connection, models
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from touchmark.apps.indexes import AddIndexBeside

NAME = "blobs_tried"
TRIED = AddIndexBeside("blob", models.Index(fields=["size"], name=NAME))


def migrated(backwards: bool = False) -> None:
    state = MigrationExecutor(connection).loader.project_state()
    migration = Migration("tried", "blobs")
    migration.atomic, migration.operations = False, [TRIED]
    after = state.clone()
    TRIED.state_forwards("blobs", after)
    with connection.schema_editor(atomic=False) as editor:
        step = TRIED.database_backwards if backwards else TRIED.database_forwards
        step("blobs", editor, *((after, state) if backwards else (state, after)))


def stands() -> bool:
    with connection.cursor() as cursor:
        return NAME in connection.introspection.get_constraints(cursor, "blobs_blob")


@pytest.fixture(autouse=True)
def table(transactional_db: None) -> Any:
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {NAME}")


def test_it_is_made_once_and_taken_away() -> None:
    for _ in range(2):
        migrated()
        assert stands()
    migrated(backwards=True)
    assert not stands()


@pytest.mark.plans
def test_one_that_was_broken_off_is_made_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tried (size int); INSERT INTO tried VALUES (1), (1)")
        with pytest.raises(IntegrityError):
            cursor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON tried (size)")
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [NAME])
        assert cursor.fetchone() == (False,)
        migrated()
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [NAME])
        assert cursor.fetchone() == (True,)
        cursor.execute("DROP TABLE tried")


@pytest.mark.plans
def test_in_a_transaction_it_is_refused_with_what_to_do() -> None:
    state = ProjectState()
    with connection.schema_editor(atomic=True) as editor, pytest.raises(NotSupportedError, match="atomic = False"):
        TRIED.database_forwards("blobs", editor, state, state)
