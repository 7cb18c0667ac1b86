"""What a migration may do to a table that is there already, and may be large: keep nobody waiting, and be run again."""

import pytest
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.models import ForeignKey

from touchmark.apps.constraints import AddCheckBeside, AddKeyBeside, AddUniqueBeside
from touchmark.apps.indexes import AddIndexBeside

BESIDE = (AddIndexBeside, AddCheckBeside, AddKeyBeside, AddUniqueBeside)
#: The last migration of each app from before there was a way to add a check or a key beside whoever writes.
BEFORE = {
    "accounts": 5,
    "appeals": 5,
    "audit": 3,
    "blobs": 1,
    "buyers": 2,
    "catalog": 14,
    "clients": 4,
    "counters": 2,
    "deadlines": 1,
    "decisions": 13,
    "desk": 4,
    "disputes": 1,
    "examinations": 2,
    "flaggers": 1,
    "gates": 2,
    "hooks": 1,
    "inbox": 3,
    "mandates": 1,
    "notices": 15,
    "orders": 2,
    "outbox": 2,
    "penalties": 3,
    "registry": 5,
    "reports": 1,
    "rules": 1,
    "safety": 2,
    "screening": 13,
    "tiers": 1,
    "traders": 1,
}


def ours() -> list[Migration]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [found for found in loader.disk_migrations.values() if found.__module__.startswith("touchmark.")]


@pytest.mark.parametrize("migration", ours(), ids=str)
def test_an_index_of_a_table_that_is_there_is_made_beside_whoever_writes(migration: Migration) -> None:
    made = {one.name_lower for one in migration.operations if isinstance(one, CreateModel)}
    indexes = [one for one in migration.operations if isinstance(one, AddIndex)]
    locking = [one for one in indexes if not isinstance(one, AddIndexBeside) and one.model_name_lower not in made]
    assert not locking, "use touchmark.apps.indexes.AddIndexBeside, in a migration of its own"
    assert not (migration.atomic and any(isinstance(one, AddIndexBeside) for one in indexes))


def since() -> list[Migration]:
    return [one for one in ours() if int(one.name[:4]) > BEFORE.get(one.app_label, 0)]


def test_a_constraint_or_a_key_of_a_table_that_is_there_is_added_beside_whoever_writes() -> None:
    for migration in since():
        made = {one.name_lower for one in migration.operations if isinstance(one, CreateModel)}
        checks = [one for one in migration.operations if isinstance(one, AddConstraint)]
        keys = [one for one in migration.operations if isinstance(one, AddField) and isinstance(one.field, ForeignKey)]
        locking = [one for one in (*checks, *keys) if not isinstance(one, BESIDE) and one.model_name_lower not in made]
        assert not locking, f"{migration}: use AddCheckBeside, AddUniqueBeside, AddKeyBeside"


def test_what_is_added_beside_whoever_writes_is_in_no_transaction() -> None:
    beside = [one for one in ours() if any(isinstance(step, BESIDE) for step in one.operations)]
    assert not [str(one) for one in beside if one.atomic]


@pytest.mark.parametrize("migration", [one for one in ours() if not one.atomic], ids=str)
def test_what_is_no_transaction_holds_nothing_that_cannot_be_repeated(migration: Migration) -> None:
    """Broken off in its middle, it is begun anew: a column that is there already would stop it for good."""
    assert all(isinstance(one, (*BESIDE, RunPython, RunSQL)) for one in migration.operations)
