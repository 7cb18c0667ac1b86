"""A check, what is unique or a key is added once, gone on with where it was broken off, and beside whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, NotSupportedError, connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F, Q

from touchmark.apps.constraints import AddCheckBeside, AddKeyBeside, AddUniqueBeside

CHECK = AddCheckBeside("blob", models.CheckConstraint(condition=Q(size__gte=0), name="blobs_tried"))
KEY = AddKeyBeside("blob", "tried", models.ForeignKey("accounts.user", on_delete=models.PROTECT, null=True))
UNIQUE = AddUniqueBeside("blob", models.UniqueConstraint(fields=["media_type", "sha256"], name="blobs_tried_once"))
PARTLY = AddUniqueBeside(
    "blob", models.UniqueConstraint(fields=["size"], condition=Q(media_type="a"), name="blobs_tried_partly")
)
Step = AddCheckBeside | AddUniqueBeside | AddKeyBeside
STEPS = {"check": CHECK, "unique": UNIQUE, "unique under a condition": PARTLY, "key": KEY}
each_step = pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)


@pytest.fixture(autouse=True)
def table(transactional_db: None) -> Any:
    yield
    for step in STEPS.values():
        if stands(step):
            migrated(step, backwards=True)


def migrated(step: Step, *, backwards: bool = False, atomic: bool = False) -> None:
    before = MigrationExecutor(connection).loader.project_state()
    after = before.clone()
    step.state_forwards("blobs", after)
    with connection.schema_editor(atomic=atomic or connection.vendor == "sqlite") as editor:
        if backwards:
            step.database_backwards("blobs", editor, after, before)
        else:
            step.database_forwards("blobs", editor, before, after)


def stands(step: Step) -> bool:
    with connection.cursor() as cursor:
        if isinstance(step, AddKeyBeside):
            columns = connection.introspection.get_table_description(cursor, "blobs_blob")
            return "tried_id" in {column.name for column in columns}
        return step.constraint.name in connection.introspection.get_constraints(cursor, "blobs_blob")


@each_step
def test_it_is_added_and_taken_away(step: Step) -> None:
    migrated(step)
    assert stands(step)
    migrated(step, backwards=True)
    assert not stands(step)


@pytest.mark.plans
@each_step
def test_run_again_it_changes_nothing(step: Step) -> None:
    for _ in range(2):
        migrated(step)
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "blobs_blob")
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")
        assert cursor.fetchone() == (0,)
    if step is KEY:
        own = [one for one in found.values() if one["columns"] == ["tried_id"]]
        assert sorted((bool(one["foreign_key"]), one["index"]) for one in own) == [(False, True), (True, False)]


@pytest.mark.plans
def test_a_row_that_breaks_it_is_told_and_once_mended_it_is_proven() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO blobs_blob (sha256, size, media_type, problem, stored_at) VALUES ('x', 3, 'a', '', now())"
        )
    negative = AddCheckBeside("blob", models.CheckConstraint(condition=Q(size__lt=0), name="blobs_tried"))
    with pytest.raises(IntegrityError):
        migrated(negative)
    with connection.cursor() as cursor:
        cursor.execute("SELECT convalidated FROM pg_constraint WHERE conname = 'blobs_tried'")
        assert cursor.fetchone() == (False,)
        cursor.execute("DELETE FROM blobs_blob WHERE sha256 = 'x'")
    migrated(negative)
    with connection.cursor() as cursor:
        cursor.execute("SELECT convalidated FROM pg_constraint WHERE conname = 'blobs_tried'")
        assert cursor.fetchone() == (True,)


def keep(name: str, size: int) -> None:
    with connection.cursor() as cursor:
        sql = "INSERT INTO blobs_blob (sha256, size, media_type, problem, stored_at) VALUES (%s, %s, 'a', '', now())"
        cursor.execute(sql, [name, size])


@pytest.mark.plans
def test_two_rows_that_are_alike_are_told_and_once_mended_it_is_made() -> None:
    keep("x", 3)
    keep("y", 3)
    with pytest.raises(IntegrityError):
        migrated(PARTLY)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM blobs_blob WHERE sha256 = 'y'")
    migrated(PARTLY)
    with pytest.raises(IntegrityError):
        keep("z", 3)
    keep("z", 4)


@pytest.mark.plans
def test_what_is_unique_is_a_constraint_that_a_state_without_it_takes_away() -> None:
    migrated(UNIQUE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT contype FROM pg_constraint WHERE conname = 'blobs_tried_once'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.plans
@each_step
def test_in_a_transaction_it_is_refused_with_what_to_do(step: Step) -> None:
    with pytest.raises(NotSupportedError, match="atomic = False"):
        migrated(step, atomic=True)


def test_what_cannot_be_added_so_is_refused() -> None:
    with pytest.raises(NotSupportedError, match="only a check"):
        AddCheckBeside("blob", models.UniqueConstraint(fields=["size"], name="x"))  # type: ignore[arg-type]
    for other in (models.CheckConstraint(condition=Q(size=1), name="x"), models.UniqueConstraint(F("size"), name="x")):
        with pytest.raises(NotSupportedError, match="fields that are unique"):
            AddUniqueBeside("blob", other)  # type: ignore[arg-type]
    for field in (models.ForeignKey("accounts.user", on_delete=models.PROTECT), models.IntegerField(null=True)):
        with pytest.raises(NotSupportedError, match="null=True"):
            AddKeyBeside("blob", "x", field)
