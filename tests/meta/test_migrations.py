"""What a migration may do to a table that is there already, and may be large: keep nobody waiting, and be run again."""

import pytest
from django.db.migrations import AddIndex, CreateModel, Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from touchmark.apps.indexes import AddIndexBeside


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


@pytest.mark.parametrize("migration", [one for one in ours() if not one.atomic], ids=str)
def test_what_is_no_transaction_holds_nothing_that_cannot_be_repeated(migration: Migration) -> None:
    """Broken off in its middle, it is begun anew: a column that is there already would stop it for good."""
    assert all(isinstance(one, AddIndexBeside | RunPython | RunSQL) for one in migration.operations)
